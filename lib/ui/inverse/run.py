"""The calls that the page makes, remembered while only what is shown of their results changes."""

from dataclasses import dataclass
from functools import lru_cache

from lib.expression import Expression
from lib.inverse import Accuracy, Solutions, Trace, solve
from lib.inverse.proof.proof import Proof
from lib.inverse.proof.search import Search
from lib.inverse.proof.slices import request_slice
from lib.ui.inputs import Window
from lib.ui.inverse.inputs import MethodInput, TargetInput
from lib.ui.results import result
from lib.ui.slices import Running, Task, running, say_boxes
from lib.ui.typed import Typed

REMEMBERED = 64
THOROUGH = 8  # times the budget that a worker may use before the visitor is asked
Letters = tuple[tuple[str, float], ...]


def find_solutions(it: Typed, target: TargetInput) -> tuple[Solutions, Running | None]:
    """All solutions in the window; where the budget of a visitor's thread runs out, those that a worker has found so
    far, and its search."""
    letters = tuple(sorted(it.at.items()))
    asked = (it.function, target.y, target.window, it.variable, letters)
    first = _first_look(*asked)
    if not first.known.exhausted:
        return first.known, None
    search = running(
        Task(
            asked,
            "_solutions",
            first.search.copy,
            lambda search, owner: request_slice(it.function, search, target.y, it.variable, it.at, owner),
            lambda search, _over: first.proof.conclude(search),
            THOROUGH * first.proof.budget,
            say_boxes,
        )
    )
    return search.found, search


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


@dataclass(frozen=True, eq=False)
class FirstLook:
    """The proof, its search after a part of its budget, and what that shows."""

    proof: Proof
    search: Search
    known: Solutions


@lru_cache(REMEMBERED)
def _first_look(expression: Expression, y: float, window: Window, variable: str, at: Letters) -> FirstLook:
    proof = Proof(expression, y, window, variable=variable, at=dict(at))
    search = proof.advance(Search.of(proof.window), proof.glance)
    return FirstLook(proof, search, proof.conclude(search.copy()))


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
