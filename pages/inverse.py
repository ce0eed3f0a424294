"""Every x with f(x) = y, what is proved of it, and one of them by a method, step by step."""

import streamlit as st

from lib.calculus import curve
from lib.figures.inverse import inverse_figure
from lib.inverse import solutions, solve
from lib.locale import _
from lib.ui import inputs, results, tables
from lib.ui.notice import say
from lib.ui.solutions import show_solutions
from lib.ui.typed import typed

it = typed()
left, right = st.columns([7, 4], gap="medium")
with right:
    target = inputs.input_target()
    answers = st.container(key="result_solutions")
    chosen = inputs.input_method()

with results.result():
    trace = solve(
        it.function,
        target.y,
        chosen.method,
        start=chosen.start,
        bracket=chosen.bracket,
        window=target.window,
        variable=it.variable,
        at=it.at,
    )
    found = solutions(it.function, target.y, target.window, variable=it.variable, at=it.at)
    drawn = curve(it.function, target.window, order=0, variable=it.variable, at=it.at)
    with left, st.container(key="result_plot"):
        alt = _("Plot of f with the level y, its solutions and the steps of the method; the tables hold the numbers.")
        results.plot(inverse_figure(drawn, target.y, trace, found), "steps", alt)
    with answers:
        show_solutions(it, target.y, found)
    with right, st.container(key="result_numbers"):
        say(trace.message, "good" if trace.status.found else "warn")
        tables.steps_table(trace, it.variable)
