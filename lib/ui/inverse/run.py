"""The calls that the page makes, remembered while only what is shown of their results changes."""

from functools import lru_cache

from lib.expression import Expression
from lib.inverse import Accuracy, Solutions, Trace, solutions, solve
from lib.ui.inputs import Window
from lib.ui.inverse.inputs import MethodInput, TargetInput
from lib.ui.results import result
from lib.ui.typed import Typed

REMEMBERED = 64
Letters = tuple[tuple[str, float], ...]


def find_solutions(it: Typed, target: TargetInput) -> Solutions:
    """All solutions in the window."""
    return _solutions(it.function, target.y, target.window, it.variable, tuple(sorted(it.at.items())))


def run_method(it: Typed, target: TargetInput, chosen: MethodInput) -> Trace | None:
    """The run of the method, or None after a sentence where it can't begin: that must not hide the solutions."""
    letters = tuple(sorted(it.at.items()))
    with result():
        return _trace(
            it.function,
            target.y,
            chosen.method,
            chosen.start,
            chosen.bracket,
            target.window,
            it.variable,
            letters,
            chosen.accuracy,
        )
    return None


@lru_cache(REMEMBERED)
def _solutions(expression: Expression, y: float, window: Window, variable: str, at: Letters) -> Solutions:
    return solutions(expression, y, window, variable=variable, at=dict(at))


@lru_cache(REMEMBERED)
def _trace(
    expression: Expression,
    y: float,
    method: str,
    start: float | None,
    bracket: Window | None,
    window: Window,
    variable: str,
    at: Letters,
    accuracy: Accuracy,
) -> Trace:
    return solve(
        expression,
        y,
        method,
        start=start,
        bracket=bracket,
        window=window,
        variable=variable,
        at=dict(at),
        accuracy=accuracy,
    )
