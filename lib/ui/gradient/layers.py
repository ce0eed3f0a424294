"""Which layers lie over the map, and which pieces of the local model on the surface."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from lib.figures import theme
from lib.figures.figure import Drawing
from lib.figures.layers import axes_cross, gradient_arrows, level_zero, newton_arrow, stream_traces
from lib.locale import _
from lib.ui import state
from lib.ui.gradient.plane import Plane


@dataclass(frozen=True)
class LayersInput:
    """The layers over the map, and the pieces on the surface."""

    over: tuple[str, ...]
    pieces: tuple[str, ...]


def input_layers(plane: Plane) -> LayersInput:
    """The boxes; they stand below the plots."""
    x, y = plane.names
    names = {
        "zero": _("∂{f}/∂{x} = 0 and ∂{f}/∂{y} = 0", x=x, y=y, f=plane.f),
        "axes": _("eigenvectors"),
        "newton": _("Newton's step"),
        "field": _("gradient field"),
        "stream": _("streamlines"),
    }
    pieces = {"plane": _("tangent plane"), "quadratic": _("quadratic model")}
    with st.container(horizontal=True, key="drawing", gap="medium"):
        over = state.choices(_("Over the map"), names, "layers", [])
        return LayersInput(over, state.choices(_("On the surface"), pieces, "pieces", ["plane"]))


def layers(plane: Plane, chosen: Sequence[str]) -> list[Drawing]:
    """What to draw over the map."""
    drawn: list[Drawing] = []
    width = plane.windows[0][1] - plane.windows[0][0]
    if "field" in chosen:
        drawn += gradient_arrows(plane.field)
    if "stream" in chosen:
        drawn += stream_traces(plane.streamlines)
    if "zero" in chosen:
        drawn += level_zero(plane.field, plane.names, plane.f)
    if "axes" in chosen:
        drawn += axes_cross(plane.place, plane.model.eigenvectors[0], width)
    if "newton" in chosen:
        drawn += newton_arrow(plane.place, plane.model.newton[0], plane.windows)
    if plane.others:
        x, y = np.array(plane.others).T
        drawn.append(theme.dots(x, y, _("other points"), theme.FAINT, 8))
    return drawn
