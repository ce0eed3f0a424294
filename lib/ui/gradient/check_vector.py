"""Values and Jacobian of a vector by autograd, SymPy and differences: all components in one table."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st

from lib.calculus.audit.gradient_audit import Place
from lib.calculus.audit.jacobian_audit import JacobianAudit, jacobian_audit
from lib.expression import Expression
from lib.figures.vector import component_name
from lib.jobs import Job, Status
from lib.locale import _, translate
from lib.ui.derivatives.check import PATIENCE
from lib.ui.formulas import POLL, partials_job
from lib.ui.gradient.check import entry_name
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import table
from lib.ui.typed import Typed, of_component

Point = tuple[float, ...]


def show_vector_check(it: Typed, point: Point) -> None:
    """The findings, and the numbers by each method; SymPy's when they are there."""
    if all(job.wait(PATIENCE) for job in _jobs(it, point)):
        _check(it, point)
    else:
        _waiting(it, point)


@st.fragment(run_every=POLL)
def _waiting(it: Typed, point: Point) -> None:
    if all(job.done for job in _jobs(it, point)):
        st.rerun()
    _check(it, point)


def _jobs(it: Typed, point: Point) -> list[Job]:
    """One for each component."""
    return [partials_job(of_component(it, k), point, 1) for k in range(it.function.shape or 1)]


@lru_cache(maxsize=64)
def _audit(
    expression: Expression,
    point: Point,
    variables: tuple[str, ...],
    at: tuple[tuple[str, float], ...],
    exact: tuple[tuple[Place, float], ...],
) -> JacobianAudit:
    return jacobian_audit(expression, point, variables=variables, at=dict(at), formula=dict(exact))


def _check(it: Typed, point: Point) -> None:
    jobs = _jobs(it, point)
    finished = [(k, job.result()) for k, job in enumerate(jobs) if job.status is Status.FINISHED]
    exact = tuple(((k, *place), float(text)) for k, found in finished for place, text in found.items())
    found = _audit(it.function, point, it.variables, tuple(sorted(it.at.items())), exact)
    names = [label_of(name) for name in it.variables]
    _say_findings(found, names)
    rows: list[Sequence[float | str]] = [
        [
            entry_name(e.place[1:], names, component_name(e.place[0])),
            *(e.autograd, e.formula, e.differences),
            translate(e.agreement.value),
        ]
        for e in found.entries
    ]
    head = ["", "autograd", _("SymPy's formula at 30 digits"), _("differences"), _("finding")]
    table(head, rows, _("Values and Jacobian by each method"), named_rows=True)
    for message in {job.message: None for job in jobs if job.status is not Status.FINISHED}:
        hint(_("Exact values of the formula: {status}", status=message))


def _say_findings(found: JacobianAudit, names: Sequence[str]) -> None:
    if all(finding.fine for finding in found.along.values()):
        say(_("Along each variable, autograd agrees with Taylor arithmetic, proofs and differences."), "good")
    for (k, i), finding in found.along.items():
        if not finding.fine:
            told = {"f": component_name(k), "name": names[i], "finding": finding.message}
            say(_("{f} along {name}: {finding}", **told), "warn")
    if not found.whole:
        hint(
            _("Kinks and the like were looked for in the first components only: choose a later one for its own check.")
        )
