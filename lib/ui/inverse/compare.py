"""All methods from one start and one bracket: a table and one plot of their errors."""

from collections.abc import Sequence
from functools import lru_cache
from math import nan

import streamlit as st

from lib.expression import Expression
from lib.figures.errors import error_figure
from lib.inverse import METHODS, Accuracy, Solutions, convergence, destination
from lib.inverse.comparison import Run, compare
from lib.locale import _, translate
from lib.ui.inputs import Window
from lib.ui.inverse.inputs import MethodInput, TargetInput, input_bracket, input_start
from lib.ui.inverse.run import REMEMBERED, Letters
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import plot, table, take_away
from lib.ui.typed import Typed


@lru_cache(REMEMBERED)
def _runs(
    expression: Expression,
    y: float,
    start: float,
    bracket: Window,
    window: Window,
    variable: str,
    at: Letters,
    accuracy: Accuracy,
) -> tuple[Run, ...]:
    return compare(
        expression,
        y,
        start=start,
        bracket=bracket,
        window=window,
        variable=variable,
        at=dict(at),
        accuracy=accuracy,
    )


def show_comparison(it: Typed, target: TargetInput, chosen: MethodInput, found: Solutions) -> None:
    """The box that the chosen method has no use for, the table and the plot."""
    with st.columns(3)[0]:
        start = input_start(it, target) if chosen.start is None else chosen.start
        bracket = input_bracket(it, target) if chosen.bracket is None else chosen.bracket
    letters = tuple(sorted(it.at.items()))
    runs = _runs(it.function, target.y, start, bracket, target.window, it.variable, letters, chosen.accuracy)
    left, right = st.columns([7, 4], gap="medium")
    errors = {}
    rows: list[Sequence[float | str]] = []
    for run in runs:
        title = translate(METHODS[run.method].title)
        seen = convergence(run.trace, destination(run.trace, found))
        if any(error > 0 for error in seen.errors):
            errors[title] = seen.errors
        steps = float(max(0, len(run.trace.steps) - 1))
        x = run.trace.x if run.trace.status.found else nan
        order = nan if seen.order is None else round(seen.order, 2)
        outcome = translate(run.trace.status.outcome)
        rows.append([title, outcome, x, steps, *map(float, run.evaluations), round(run.seconds * 1e3, 2), order])
    head = [_("method"), _("outcome"), label_of(it.variable), _("steps"), "f", "f ′", "ms", _("order")]
    with left, st.container(key="methods"):  # all rows, to compare them
        table(head, rows, _("All methods from the same start or bracket"), named_rows=True)
        take_away(head, rows, "methods.csv")
        hint(_("f and f′: how often each was asked for. ms: with the record of every step, so that it can be shown."))
    with right:
        if errors:
            plot(error_figure(errors, 420), "all_errors", _("The errors of all methods, step by step."))
        else:
            hint(_("No errors to draw: no solution is known, or each method began at one."))
