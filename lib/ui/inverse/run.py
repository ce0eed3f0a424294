"""The calls that the page makes, remembered while only what is shown of their results changes."""

from functools import lru_cache
from uuid import uuid4

import streamlit as st

from lib.expression import Expression
from lib.inverse import Accuracy, Solutions, Trace, solutions, solve
from lib.inverse.proof.solutions import request_solutions
from lib.jobs import Job, Status
from lib.locale import _
from lib.ui.formulas import BY_TEXT, POLL
from lib.ui.inputs import Window
from lib.ui.inverse.inputs import MethodInput, TargetInput
from lib.ui.notice import hint
from lib.ui.results import result
from lib.ui.typed import Typed

REMEMBERED = 64
LIVE = 0.4  # of the budget: some 50 ms where it runs out
_OWNER = "_owner"
Letters = tuple[tuple[str, float], ...]


def find_solutions(it: Typed, target: TargetInput) -> Solutions:
    """All solutions in the window; where the budget of a visitor's thread runs out, those that a worker has found."""
    asked = (it.function, target.y, target.window, it.variable, tuple(sorted(it.at.items())))
    found = _solutions(*asked)
    if not found.exhausted:
        return found
    job = search(it, target)
    return job.result() if job.status is Status.FINISHED else found


def search(it: Typed, target: TargetInput) -> Job:
    """The job that goes on where the live search stopped."""
    owner = st.session_state.setdefault(_OWNER, uuid4().hex)
    asked = (it.function, target.y, target.window, it.variable, tuple(sorted(it.at.items())))
    job = _search(*asked, owner)
    if job.status in (Status.BUSY, Status.CANCELLED):
        _search.clear(*asked, owner)
    return job


def show_search(it: Typed, target: TargetInput) -> None:
    """While a worker goes on with the search: say so, and draw the page again when it is done."""
    if not search(it, target).done:
        _waiting(it, target)


@st.fragment(run_every=POLL)
def _waiting(it: Typed, target: TargetInput) -> None:
    if search(it, target).done:
        st.rerun()
    hint(_("The search for solutions goes on."))


@st.cache_resource(max_entries=64, ttl=3600, hash_funcs=BY_TEXT)
def _search(expression: Expression, y: float, window: Window, variable: str, at: Letters, _owner: str) -> Job:
    return request_solutions(expression, y, window, variable, dict(at), _owner)


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
    return solutions(expression, y, window, variable=variable, at=dict(at), effort=LIVE)


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
