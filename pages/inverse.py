"""Every x with f(x) = y, what is proved of it, and one of them by a method, step by step."""

from dataclasses import replace
from functools import partial

import streamlit as st

from lib.calculus import curve
from lib.figures.inverse import inverse_figure
from lib.locale import _
from lib.ui import results
from lib.ui.inputs import zoomed
from lib.ui.inverse import details
from lib.ui.inverse.inputs import begin_at, input_accuracy, input_method, input_target
from lib.ui.inverse.run import find_solutions, run_method
from lib.ui.inverse.solutions import show_solutions
from lib.ui.inverse.steps import say_ending
from lib.ui.inverse.system import show_system
from lib.ui.inverse.watch import input_step
from lib.ui.slices import show_progress
from lib.ui.typed import typed

it = typed()


def show_equation() -> None:
    """f(x) = y."""
    left, right = st.columns([7, 4], gap="medium")
    with right:
        target = input_target()
        answers = st.container(key="result_numbers")
        chosen = input_method(it, target)
        ending = st.container(key="result_ending")
        chosen = replace(chosen, accuracy=input_accuracy(it))
    with left:
        plot = st.container(key="result_plot")
        stepping = st.container(key="steps")
        view = zoomed(f"{it.function.source}|{target}")
    below = st.container(key="details")

    with results.result():
        found, search = find_solutions(it, target)
        with answers:
            show_solutions(it, target.y, found)
            if search:
                show_progress(search)
        with ending:
            trace = run_method(it, target, chosen)
            if trace:
                say_ending(trace, chosen, found)
        with stepping:
            shown = input_step(len(trace.steps) - 1 if trace else 0)
        window = view[0] if view else target.window
        drawn = curve(it.function, window, order=0, variable=it.variable, at=it.at)
        with plot, st.container(key="zoomable"):
            alt = _(
                "Plot of f with the level y, its solutions and the steps of the method; the tables hold the numbers."
            )
            figure = inverse_figure(drawn, target.y, trace, found, shown=shown, view=view)
            results.live_plot(figure, "walk", alt, partial(begin_at, chosen=chosen, window=window))
        with below:
            details.show(it, target, chosen, details.input_detail(), found, trace, shown)


if it.function.shape == 2 and len(it.variables) == 2:
    show_system(it)
else:
    show_equation()
