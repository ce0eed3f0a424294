"""The steps of the method as a table, when it stops, and how fast it converges."""

from collections.abc import Sequence
from math import nan

import streamlit as st

from lib.figures.errors import error_figure
from lib.inverse import METHODS, Solutions, Status, Trace, convergence, destination
from lib.locale import _, translate
from lib.ui.inverse.inputs import MethodInput
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import number, plot, table, take_away
from lib.ui.typed import Typed


def say_ending(trace: Trace, chosen: MethodInput, found: Solutions) -> None:
    """How the run ended, without advice where nothing is there to be found, and the inequality that would have stopped
    it."""
    in_vain = found.complete and not found.roots and not trace.status.found
    if in_vain and trace.status not in (Status.POLE, Status.JUMP):  # those say what is there instead
        outcome = translate(trace.status.outcome)
        sentence = _(
            "It is proved that the window holds no solution: no start or bracket leads to one there. "
            "How the run ended: {outcome}.",
            outcome=outcome,
        )
        say(sentence, "warn")
    else:
        say(trace.message, "good" if trace.status.found else "warn")
    hint(stopping_rule(chosen))


def stopping_rule(chosen: MethodInput) -> str:
    """The inequality with its tolerances."""
    accuracy = chosen.accuracy
    relative = f"{accuracy.relative:.3g}"
    absolute = "10⁻¹⁸·max |x|" if accuracy.absolute is None else f"{accuracy.absolute:.3g}"
    method = METHODS[chosen.method]
    error = "|b − a|" if method.brackets else "|xₖ − xₖ₋₁|"
    if method.brackets and not getattr(method, "closes", True):
        error = "min(|b − a|, |xₖ − xₖ₋₁|)"
    return _(
        "It stops when {error} ≤ {relative}·|xₖ| + {absolute}, or after {steps} steps.",
        error=error,
        relative=relative,
        absolute=absolute,
        steps=accuracy.steps,
    )


def show_steps(it: Typed, y: float, trace: Trace, found: Solutions, shown: int) -> None:
    """The steps up to the one that is shown, beside the errors of all."""
    if not trace.steps:
        hint(_("There are no steps: the method could not begin."))
        return
    seen = convergence(trace, destination(trace, found))
    left, right = st.columns([7, 4], gap="medium")
    with left:
        head, rows = step_rows(it, y, trace, seen.errors, seen.ratios)
        table(head, rows[: shown + 1], _("The steps of the method"), in_full=(1,), from_the_end=True)
        take_away(head, rows, "steps.csv")
    if not any(error > 0 for error in seen.errors):
        return
    with right:
        plot(error_figure({_("error"): seen.errors}), "errors", _("The error of each step, on a logarithmic axis."))
        if seen.order is None:
            hint(_("Too few errors above rounding to see an order of convergence."))
        else:
            order = number(round(seen.order, 2))
            hint(_("Observed order of convergence: p = {order} in errorₖ₊₁ ≈ C·errorₖᵖ.", order=order))


def step_rows(
    it: Typed, y: float, trace: Trace, errors: Sequence[float], ratios: Sequence[float]
) -> tuple[list[str], list[Sequence[float | str]]]:
    """k, x, f(x) − y, f' or the slope m in its place or bracket or both, error and ratio."""
    name = label_of(it.variable)
    slopes = any(step.derivative is not None for step in trace.steps)
    bracketed = any(step.bracket is not None for step in trace.steps)
    slope_name = "m" if any(step.parallel for step in trace.steps) else "f ′"
    head = ["k", name, f"f({name}) − y", *([slope_name] if slopes else []), *(["a", "b"] if bracketed else [])]
    rows: list[Sequence[float | str]] = []
    for step, error, ratio in zip(trace.steps, errors, ratios, strict=True):
        slope = nan if step.derivative is None else step.derivative
        ends = step.bracket or (nan, nan)
        middle = [*([slope] if slopes else []), *(ends if bracketed else ())]
        rows.append([str(step.k), step.x, step.f - y, *middle, error, ratio])
    return [*head, _("error"), _("ratio")], rows
