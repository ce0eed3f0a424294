"""A vector of two components as two equations in two unknowns: Newton's path on the map of both."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from lib.calculus import grid
from lib.export.system_script import system_script
from lib.expression import Expression
from lib.figures.errors import error_figure
from lib.figures.system import system_figure
from lib.inverse import Accuracy
from lib.inverse.system import SystemTrace, solve_system
from lib.locale import _
from lib.readings.numbers import read_point
from lib.ui import state
from lib.ui.inputs import input_window
from lib.ui.inverse.inputs import input_accuracy
from lib.ui.inverse.run import REMEMBERED, Letters
from lib.ui.inverse.watch import input_step
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.picking import input_pick, within
from lib.ui.results import headline, number, plot, result, table, take_away
from lib.ui.typed import Typed, of_component

ORIGIN = "origin"

Pair = tuple[float, float]


@lru_cache(REMEMBERED)
def _trace(
    expression: Expression, target: Pair, start: Pair, variables: tuple[str, str], at: Letters, accuracy: Accuracy
) -> SystemTrace:
    return solve_system(expression, target, start, variables=variables, at=dict(at), accuracy=accuracy)


def show_system(it: Typed) -> None:
    """The whole page for a vector: inputs, map, path, table, errors and script."""
    pair = (it.variables[0], it.variables[1])
    names = [label_of(name) for name in pair]
    left, right = st.columns([7, 4], gap="medium")
    with right:
        first, second = st.columns(2)
        with first:
            target = _input_pair(_("Target ({names})", names="f₁, f₂"), "goal", "1, 0")
        with second:
            ways = _("Type it, or click on the map.")
            start = _input_pair(_("Start ({names})", names=", ".join(names)), ORIGIN, "1, 0.5", help=ways)
        ends = st.container(key="result_numbers")
        windows = []
        for column, name, key in zip(st.columns(2), names, ("xwindow", "ywindow"), strict=True):
            with column:
                windows.append(input_window(_("Window in {name}", name=name), key, "-3:3"))
        accuracy = input_accuracy(it)
    with left:
        place, stepping = st.container(key="result_plot"), st.container(key="steps")
        input_pick(within((windows[0], windows[1]), _begin_at))
    below = st.container(key="result_detail")
    with result():
        letters = tuple(sorted(it.at.items()))
        trace = _trace(it.function, target, start, pair, letters, accuracy)
        with stepping:
            shown = input_step(len(trace.steps) - 1)
        with ends:
            if trace.ending.found:
                headline(", ".join(f"{n} = {number(x)}" for n, x in zip(names, trace.steps[-1].point, strict=True)))
            say(trace.message, "good" if trace.ending.found else "warn")
            hint(_("f has two components, so that f = target are two equations: Newton's method with the Jacobian."))
            hint(_("It finds one solution from this start; another start may lead to another one."))
        lands = [grid(of_component(it, k).function, *windows, variables=pair, at=it.at) for k in (0, 1)]
        with place, st.container(key="clickable"):
            figure = system_figure(lands, target, (names[0], names[1]), trace.steps[: shown + 1])
            plot(figure, "system", _("The curves of both equations, which cross at the solutions, and Newton's path."))
        with below:
            _details(it, target, start, trace, shown)


def _input_pair(label: str, key: str, default: str, help: str | None = None) -> Pair:
    x, y = state.read(state.text(label, key, default, help=help), lambda typed: read_point(typed, 2), default, key)
    return x, y


def _begin_at(place: Pair) -> None:
    st.session_state[ORIGIN] = f"{place[0]:.15g}, {place[1]:.15g}"


def _details(it: Typed, target: Pair, start: Pair, trace: SystemTrace, shown: int) -> None:
    """The steps, the length of the residual, and the script."""
    names = [label_of(name) for name in it.variables]
    opened = state.choice(
        _("Details"),
        {"steps": _("Steps"), "code": _("PyTorch code")},
        "about_system",
        "steps",
        label_visibility="collapsed",
    )
    if opened == "code":
        hint(_("It prints k, the point, and f less the target for each step."))
        last = trace.steps[-1].k
        script = system_script(it.function, target, start, steps=last, variables=it.variables, at=it.at)
        st.code(script, language="python")
        return
    rows: list[Sequence[float | str]] = [
        [str(step.k), *step.point, *step.residual, step.norm, step.determinant] for step in trace.steps
    ]
    head = ["k", *names, "f₁ − y₁", "f₂ − y₂", "|f − y|", "det J"]
    left, right = st.columns([7, 4], gap="medium")
    with left:
        table(head, rows[: shown + 1], _("The steps of the method"), in_full=(1, 2), from_the_end=True)
        take_away(head, rows, "system.csv")
    with right:
        residuals = {_("length of the residual"): [step.norm for step in trace.steps]}
        plot(error_figure(residuals, title="|f − y|"), "residuals", _("The length of the residual at each step."))
