"""The plots: the map and the surface of two variables; of one its curve, and beside it those of f′ and f″."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
import torch
from streamlit.delta_generator import DeltaGenerator
from torch import Tensor

from lib.calculus import curve
from lib.calculus.at_points import at_points
from lib.calculus.audit.conventions import existing, missing_derivatives
from lib.calculus.descent import METHODS, Path
from lib.figures import theme
from lib.figures.curve import Extra, Marks, curve_figure
from lib.figures.landmarks import SYMBOLS, WAYS, within
from lib.figures.landscape import contour_figure, surface_figure
from lib.locale import _, translate
from lib.ui import results
from lib.ui.gradient.details import Found
from lib.ui.gradient.layers import input_layers, layers
from lib.ui.gradient.place import GradientInput
from lib.ui.gradient.plane import Plane
from lib.ui.inputs import Window
from lib.ui.notice import hint
from lib.ui.typed import Typed

PIECE, SAMPLES = 0.3, 61  # half the length of a piece of parabola over the window's width, and its points


def show_plane(plane: Plane, found: Found, level: DeltaGenerator, relief: DeltaGenerator, over: DeltaGenerator) -> None:
    """The map and the surface, with what is chosen to lie on them."""
    with over:
        draw = input_layers(plane)
    with level, st.container(key="result_level"), st.container(key="clickable"):
        alt = _("Level lines of f with the point and the direction of the gradient.")
        extras = [*layers(plane, draw.over), *found.over(plane)]
        figure = contour_figure(plane.land, plane.place, plane.model.gradient[0], plane.names, extras=extras)
        results.plot(figure, "level", alt)
    with relief, st.container(key="result_surface"):
        alt = _("The surface of f with the point and a piece of the tangent plane.")
        ways = found.upon(plane)
        figure = surface_figure(plane.land, plane.place, plane.model, plane.names, pieces=draw.pieces, extras=ways)
        results.plot(figure, "surface", alt)
    if plane.held:
        with level:
            hint(_("A slice of f at {place}; what lies off it is drawn where it projects.", place=plane.held))


def show_line(it: Typed, chosen: GradientInput, found: Found, level: DeltaGenerator, relief: DeltaGenerator) -> None:
    """f with its tangents and parabola, and what the open detail found; f′ and f″ beside it."""
    window, f = chosen.windows[0], it.function
    points = torch.tensor(chosen.points, dtype=torch.float64)[:, 0]
    missing = missing_derivatives(f, points, variable=it.variable, at=it.at)
    values = existing(at_points(f, points, 2, variable=it.variable, at=it.at), missing)
    drawn = curve(f, window, variable=it.variable, at=it.at)
    extras = [_parabola(chosen.point[0], values[:, chosen.row], window), *_ways(found.paths, window)]
    with level, st.container(key="result_level"), st.container(key="clickable"):
        alt = _("The curve of f with tangents at the points and the parabola of the quadratic model.")
        marks = _critical(it, found)
        figure = curve_figure(drawn, points, values, drawn=(0,), noisy=f.random, marks=marks, extras=extras)
        results.plot(figure, "line", alt)
    with relief, st.container(key="result_surface"):
        alt = _("The curves of f′, which is the gradient, and f″, which is the Hessian.")
        results.plot(curve_figure(drawn, points, values, drawn=(1, 2)), "slopes", alt)


def _parabola(x: float, values: Tensor, window: Window) -> Extra:
    """A piece of the quadratic model about x; values (3,): f, f′ and f″ there."""
    away = PIECE * (window[1] - window[0]) * np.linspace(-1, 1, SAMPLES)
    f, slope, bend = values.tolist()
    return Extra(_("quadratic model"), x + away, f + slope * away + bend * away**2 / 2, theme.SECOND, "dot")


def _critical(it: Typed, found: Found) -> list[Marks]:
    """The critical points on the curve, by kind."""
    points = found.search.found.points if found.search else ()
    marks = []
    for kind, (symbol, _color) in SYMBOLS.items():
        x = torch.tensor([p.point[0] for p in points if p.kind is kind], dtype=torch.float64)
        if len(x):
            y = at_points(it.function, x, 0, variable=it.variable, at=it.at)[0]
            marks.append(Marks(translate(kind.value), np.asarray(x), np.asarray(y), symbol))
    return marks


def _ways(paths: Sequence[Path], window: Window) -> list[Extra]:
    """The steps of each method of descent along the curve, as far as they stay in the window."""
    extras = []
    for path in paths:
        way = within(np.array([[*step.point, step.value] for step in path.steps]), [window])
        method = list(METHODS).index(path.method)
        extras.append(Extra(translate(METHODS[path.method].title), way[:, 0], way[:, 1], WAYS[method], "solid"))
    return extras
