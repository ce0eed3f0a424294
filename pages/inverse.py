"""x with f(x) = y, by Newton or bisection: plot of the steps, their table, and how it ended."""

import streamlit as st

from lib.calculus import curve
from lib.figures.inverse import inverse_figure
from lib.inverse import solve
from lib.locale import _
from lib.ui import inputs, results, tables
from lib.ui.typed import typed

it = typed()
left, right = st.columns([7, 4], gap="medium")
with right:
    chosen = inputs.input_inverse()

with results.result():
    trace = solve(
        it.function,
        chosen.y,
        chosen.method,
        start=chosen.start,
        bracket=chosen.bracket,
        window=chosen.window,
        variable=it.variable,
        at=it.at,
    )
    drawn = curve(it.function, chosen.window, order=0, variable=it.variable, at=it.at)
    with left, st.container(key="result_plot"):
        alt = _("Plot of f with the level y and the steps of the method; the table holds the numbers.")
        results.plot(inverse_figure(drawn, chosen.y, trace), "steps", alt)
    with right, st.container(key="result_numbers"):
        tables.answer(trace, it.variable)
        tables.steps_table(trace, it.variable)
