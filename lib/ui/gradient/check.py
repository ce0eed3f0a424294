"""Gradient and Hessian at the point by autograd, SymPy and differences, and what is found where they differ."""

from collections.abc import Sequence
from functools import lru_cache
from math import isnan

import streamlit as st

from lib.calculus.audit.gradient_audit import GradientAudit, Place, gradient_audit
from lib.expression import Expression
from lib.jobs import Status
from lib.locale import _, translate
from lib.ui.derivatives.check import PATIENCE
from lib.ui.formulas import POLL, partials_job
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import number, table
from lib.ui.typed import Typed


def show_check(it: Typed, point: tuple[float, ...]) -> None:
    """The findings, and the numbers by each method; SymPy's when they are there."""
    if partials_job(it, point).wait(PATIENCE):
        _check(it, point)
    else:
        _waiting(it, point)


@st.fragment(run_every=POLL)
def _waiting(it: Typed, point: tuple[float, ...]) -> None:
    if partials_job(it, point).done:
        st.rerun()
    _check(it, point)


@lru_cache(maxsize=64)
def _audit(
    expression: Expression,
    point: tuple[float, ...],
    variables: tuple[str, ...],
    at: tuple[tuple[str, float], ...],
    exact: tuple[tuple[Place, float], ...],
) -> GradientAudit:
    return gradient_audit(expression, point, variables=variables, at=dict(at), formula=dict(exact))


def _check(it: Typed, point: tuple[float, ...]) -> None:
    job = partials_job(it, point)
    exact: tuple[tuple[Place, float], ...] = ()
    if job.status is Status.FINISHED:
        exact = tuple((place, float(text)) for place, text in job.result().items())
    found = _audit(it.function, point, it.variables, tuple(sorted(it.at.items())), exact)
    names = [label_of(name) for name in it.variables]
    _say_findings(found, names)
    rows: list[Sequence[float | str]] = [
        [entry_name(e.place, names, it.name), e.autograd, e.formula, e.differences, translate(e.agreement.value)]
        for e in found.entries
    ]
    head = ["", "autograd", _("SymPy's formula at 30 digits"), _("differences"), _("finding")]
    table(head, rows, _("Gradient and Hessian by each method"), named_rows=True)
    if not exact:
        hint(_("Exact values of the formula: {status}", status=job.message))


def _say_findings(found: GradientAudit, names: Sequence[str]) -> None:
    if all(finding.fine for finding in found.along):
        say(_("Along each variable, autograd agrees with Taylor arithmetic, proofs and differences."), "good")
    for finding, name in zip(found.along, names, strict=True):
        if not finding.fine:
            say(_("Along {name}: {finding}", name=name, finding=finding.message), "warn")
    if len(names) == 1:
        return
    for (i, j), first, second in found.by_order:
        told = {"x": names[i], "y": names[j], "first": number(first), "second": number(second)}
        say(_("∂/∂{y}(∂f/∂{x}) is {first}, but ∂/∂{x}(∂f/∂{y}) is {second}: second derivatives aren't continuous here, "
              "so their order matters and the Hessian isn't symmetric.", **told), "warn")  # fmt: skip
    if found.by_order:
        return
    if isnan(found.gap):
        say(_("Whether autograd's Hessian is symmetric can't be said: an entry is undefined."), "warn")
    elif not found.gap:
        say(_("Autograd's Hessian is symmetric to the last digit."), "good")
    elif found.symmetric:
        say(_("Autograd's Hessian is symmetric but for rounding: {gap:.2g}.", gap=found.gap), "good")
    elif all(finding.fine for finding in found.along):
        say(
            _("Autograd's Hessian is asymmetric by {gap:.2g}: larger numbers cancel on the way.", gap=found.gap), "warn"
        )
    else:
        say(_("Autograd's Hessian is asymmetric by {gap:.2g}: where second derivatives aren't continuous, "
              "their order matters.", gap=found.gap), "warn")  # fmt: skip


def entry_name(place: Place, names: Sequence[str], f: str = "f") -> str:
    """f, ∂f/∂x, ∂²f/∂x∂y, …"""
    if not place:
        return f
    first, *rest = (names[k] for k in place)
    if not rest:
        return f"∂{f}/∂{first}"
    return f"∂²{f}/∂{first}²" if rest == [first] else f"∂²{f}/∂{first}∂{rest[0]}"
