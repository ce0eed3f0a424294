"""Formulas of derivatives, computed by a worker while the numbers are already there."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any
from uuid import uuid4

import streamlit as st

from lib.calculus.formula import Formula, request_exact, request_formula, request_partials
from lib.expression import Expression
from lib.jobs import Job, JobError, Status
from lib.locale import _
from lib.readings.latex import letter
from lib.ui.notice import hint
from lib.ui.typed import Typed
from lib.ui.typeset import typeset

MOST = 4  # orders whose formula is worth reading
POLL = 0.4  # seconds
CHECKED = 8  # points with exact values: some 10 ms each
_ASKED, _SEEN = "_formulas", "_formulas_seen"
_OWNER = "_owner"
BY_TEXT: dict[str | type[Any], Callable[[Any], Any]] = {
    Expression: Expression.canonical
}  # Streamlit's own hash of a formula takes longer than the numbers


@st.cache_resource(max_entries=256, ttl=3600, hash_funcs=BY_TEXT)
def _job(expression: Expression, order: int, variable: str, bounds: tuple[tuple[str, float], ...], _owner: str) -> Job:
    """The job of a formula, one for all visitors who ask for it."""
    return request_formula(expression, order, variable=variable, at=dict(bounds), owner=_owner)


def _jobs(it: Typed, highest: int) -> Iterator[Job]:
    """The jobs of the orders from 1, each begun when the one before has ended."""
    owner = st.session_state.setdefault(_OWNER, uuid4().hex)
    bounds = tuple(sorted((name, it.at[name]) for name in it.function.bounds))
    seen: dict[int, tuple[object, Job]] = st.session_state.setdefault(_SEEN, {})  # the cache is slow to ask
    for order in range(1, min(highest, MOST) + 1):
        asked = (it.function, order, it.variable, bounds)
        before, job = seen.get(order, (None, None))
        if job is None or before != asked or job.status is not Status.FINISHED:
            job = _job(*asked, owner)
            seen[order] = (asked, job)
        if job.status in (Status.BUSY, Status.CANCELLED):
            _job.clear(*asked, owner)
        _drop_old(asked[0], job)
        yield job
        if not job.done:
            return


@st.cache_resource(max_entries=256, ttl=3600, hash_funcs=BY_TEXT)
def _exact(
    expression: Expression, points: tuple[float, ...], variable: str, at: tuple[tuple[str, float], ...], _owner: str
) -> Job:
    return request_exact(expression, points, variable=variable, at=dict(at), owner=_owner)


def exact_job(it: Typed, points: tuple[float, ...]) -> Job:
    """The job of the exact values at the first few points."""
    owner = st.session_state.setdefault(_OWNER, uuid4().hex)
    asked = (it.function, points[:CHECKED], it.variable, tuple(sorted(it.at.items())))
    job = _exact(*asked, owner)
    if job.status in (Status.BUSY, Status.CANCELLED):
        _exact.clear(*asked, owner)
    return job


@st.cache_resource(max_entries=256, ttl=3600, hash_funcs=BY_TEXT)
def _partials(
    expression: Expression,
    point: tuple[float, ...],
    variables: tuple[str, ...],
    at: tuple[tuple[str, float], ...],
    _owner: str,
) -> Job:
    return request_partials(expression, point, variables=variables, at=dict(at), owner=_owner)


def partials_job(it: Typed, point: tuple[float, ...]) -> Job:
    """The job of the exact gradient and Hessian at a point."""
    owner = st.session_state.setdefault(_OWNER, uuid4().hex)
    asked = (it.function, point, it.variables, tuple(sorted(it.at.items())))
    job = _partials(*asked, owner)
    if job.status in (Status.BUSY, Status.CANCELLED):
        _partials.clear(*asked, owner)
    return job


def _drop_old(function: Expression, job: Job) -> None:
    """End what this visitor asked for before and no longer looks at."""
    before = st.session_state.get(_ASKED)
    if before and before[0] != function and not before[1].done and before[1].owner == st.session_state[_OWNER]:
        before[1].cancel()
    st.session_state[_ASKED] = (function, job)


def show_formulas(it: Typed, highest: int) -> None:
    """f', f'', … typeset, as they arrive."""
    if it.function.shape is not None or it.function.random or not highest:
        return
    with st.container(key="formulas"):
        jobs = list(_jobs(it, highest))
        if all(job.done for job in jobs):
            _show(it, jobs)
        else:
            _waiting(it, highest)


@st.fragment(run_every=POLL)
def _waiting(it: Typed, highest: int) -> None:
    jobs = list(_jobs(it, highest))
    if all(job.done for job in jobs):
        st.rerun()
    _show(it, jobs)


def _show(it: Typed, jobs: Sequence[Job]) -> None:
    for order, job in enumerate(jobs, 1):
        name = f"f^{{({order})}}" if order > 3 else "f" + "'" * order
        if not job.done:
            hint(_("The formula is on its way."))
            continue
        try:
            found: Formula = job.result()
            st.latex(f"{name}({letter(it.variable)}) = {typeset(found.latex)}")
        except JobError as error:
            hint(_("No formula of order {order}: {why}", order=order, why=error.args[0]))
