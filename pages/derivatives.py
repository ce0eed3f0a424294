"""f and its derivatives at points: plot, tangents, table, and what x.grad would hold."""

from functools import partial

import streamlit as st
import torch

from lib.calculus import reduced_gradient
from lib.calculus.at_points import at_points
from lib.calculus.audit import raw_autograd
from lib.calculus.audit.conventions import existing, missing_derivatives
from lib.figures.curve import curve_figure
from lib.locale import _
from lib.ui import inputs, results, tables
from lib.ui.derivatives import details
from lib.ui.derivatives.family import show_family
from lib.ui.derivatives.hints import curve_hints
from lib.ui.derivatives.plane import show_plane
from lib.ui.formulas import show_formulas
from lib.ui.letters import label_of
from lib.ui.points import add_point, input_move
from lib.ui.typed import Typed, of_component, typed

it = typed()
left, right = st.columns([7, 4], gap="medium")
with right:
    chosen = inputs.input_derivatives(it)
with left:
    plot = st.container(key="result_plot")
    draw = inputs.input_curve(it, chosen)
    input_move(chosen.rest, chosen.window, label_of(it.variable))
below = st.container(key="details")
with right:
    numbers = st.container(key="result_numbers")


def show_curve(it: Typed) -> None:
    """A number: its plot, table, formulas, and the open detail."""
    with below:
        detail = details.input_detail(it, chosen)
    points = torch.tensor(chosen.points, dtype=torch.float64)
    values = at_points(it.function, points, max(chosen.order, 2), variable=it.variable, at=it.at)
    window = draw.view[0] if draw.view else chosen.window
    found = details.find(it, detail, window, max(draw.drawn, default=0))
    grad = None
    if chosen.reduction == "mean":  # else it is f'
        grad = reduced_gradient(it.function, points, chosen.reduction, variable=it.variable, at=it.at)
    with numbers:  # before the plot, which a browser takes longest to draw
        tables.derivatives_table(it, chosen, values[: chosen.order + 1], grad)
        show_formulas(it, chosen.order)
    single = raw_autograd(it.function, found.curve.x, it.variable, it.at, torch.float32) if chosen.single else None
    with plot, st.container(key="zoomable"):
        alt = _("Plot of f, f′ and f″ with the tangents at the points; the table holds the numbers.")
        figure = curve_figure(
            found.curve,
            points,
            existing(values, missing_derivatives(it.function, points, variable=it.variable, at=it.at)),
            drawn=draw.drawn,
            beside=draw.beside,
            stacked=draw.stacked,
            noisy=it.function.random,
            view=draw.view,
            marks=found.marks(),
            extras=found.extras(),
            poles=found.poles(),
            single=single,
        )
        results.live_plot(figure, "curve", alt, partial(add_point, window=window))
        curve_hints(found.curve)
    with below, st.container(key="result_detail"):
        details.show(it, chosen, found, values[0])


with results.result():
    if chosen.vector:
        show = show_plane if chosen.vector == "plane" else show_family
        show(it, chosen, draw, plot.container(key="zoomable"), numbers, below)
    else:
        show_curve(of_component(it, chosen.component))
