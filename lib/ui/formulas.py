"""Formulas of derivatives, computed by a worker while the numbers are already there."""

from collections.abc import Iterator, Sequence

import streamlit as st

from lib.calculus.formula import Formula, request_exact, request_formula, request_partials
from lib.expression import Expression
from lib.jobs import Job, JobError
from lib.locale import _
from lib.readings.latex import letter
from lib.ui.asking import Shared, owner
from lib.ui.notice import hint
from lib.ui.typed import Typed
from lib.ui.typeset import typeset

MOST = 4  # orders whose formula is worth reading
POLL = 0.4  # seconds
CHECKED = 8  # points with exact values: some 10 ms each
_ASKED = "_formulas"
Letters = tuple[tuple[str, float], ...]


def _formula(expression: Expression, order: int, variable: str, bounds: Letters, owner: str) -> Job:
    return request_formula(expression, order, variable=variable, at=dict(bounds), owner=owner)


def _exact(expression: Expression, points: tuple[float, ...], variable: str, at: Letters, owner: str) -> Job:
    return request_exact(expression, points, variable=variable, at=dict(at), owner=owner)


def _partials(
    expression: Expression, point: tuple[float, ...], variables: tuple[str, ...], at: Letters, orders: int, owner: str
) -> Job:
    return request_partials(expression, point, variables=variables, at=dict(at), orders=orders, owner=owner)


_formulas, _exacts, _all_partials = Shared(_formula, 256), Shared(_exact, 256), Shared(_partials, 256)


def _jobs(it: Typed, highest: int) -> Iterator[Job]:
    """The jobs of the orders from 1, each begun when the one before has ended."""
    bounds = tuple(sorted((name, it.at[name]) for name in it.function.bounds))
    for order in range(1, min(highest, MOST) + 1):
        job = _formulas(it.function, order, it.variable, bounds)
        _drop_old(it.function, job)
        yield job
        if not job.done:
            return


def exact_job(it: Typed, points: tuple[float, ...]) -> Job:
    """The job of the exact values at the first few points."""
    return _exacts(it.function, points[:CHECKED], it.variable, tuple(sorted(it.at.items())))


def partials_job(it: Typed, point: tuple[float, ...], orders: int = 2) -> Job:
    """The job of the exact gradient and, of 2 orders, Hessian at a point."""
    return _all_partials(it.function, point, it.variables, tuple(sorted(it.at.items())), orders)


def _drop_old(function: Expression, job: Job) -> None:
    """End what this visitor asked for before and no longer looks at."""
    before = st.session_state.get(_ASKED)
    if before and before[0] != function and not before[1].done and before[1].owner == owner():
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
