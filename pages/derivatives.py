"""f, f' and f'' of a function of one variable: plot, tangents, table, and what x.grad would hold."""

from dataclasses import replace

import streamlit as st
import torch

from lib.calculus import curve, derivatives, reduced_gradient
from lib.figures.curve import curve_figure
from lib.locale import _
from lib.ui import inputs, results, tables
from lib.ui.typed import typed

it = typed()
left, right = st.columns([7, 4], gap="medium")
with right:
    chosen = inputs.input_derivatives(it)

with results.result():
    points = torch.tensor(chosen.points, dtype=torch.float64)
    values = derivatives(it.function, points, mode="autograd", variable=it.variable, at=it.at)
    drawn = curve(it.function, chosen.window, variable=it.variable, at=it.at)
    grad = None
    if chosen.component is None:
        grad = reduced_gradient(it.function, points, chosen.reduction, variable=it.variable, at=it.at)
    else:
        values, drawn = values[:, chosen.component], replace(drawn, values=drawn.values[:, chosen.component])
    with left, st.container(key="result_plot"):
        alt = _("Plot of f, f′ and f″ with the tangents at the points; the table holds the numbers.")
        results.plot(curve_figure(drawn, points, values, noisy=it.function.random), "curve", alt)
    with right, st.container(key="result_numbers"):
        tables.derivatives_table(it.variable, chosen, values, grad)
