"""f′ and f″ by five methods, with a verdict on each point."""

from collections.abc import Sequence

import streamlit as st
import torch

from lib.calculus.audit import Audit, audit
from lib.calculus.audit.differences import difference_curve
from lib.calculus.audit.sides import ORDERS
from lib.calculus.formula import exact_rows
from lib.figures.differences import difference_figure
from lib.jobs import Status
from lib.locale import _, translate
from lib.ui.formulas import POLL, exact_job
from lib.ui.inputs import DerivativesInput
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import number, plot, table
from lib.ui.typed import Typed

PATIENCE = 0.2  # seconds that the page waits for exact values before it is shown without them


def show_check(it: Typed, chosen: DerivativesInput) -> None:
    """The verdicts, and the numbers by each method; SymPy's when they are there."""
    if exact_job(it, chosen.points).wait(PATIENCE):
        _check(it, chosen)
    else:
        _check_waiting(it, chosen)


@st.fragment(run_every=POLL)
def _check_waiting(it: Typed, chosen: DerivativesInput) -> None:
    if exact_job(it, chosen.points).done:
        st.rerun()
    _check(it, chosen)


def _check(it: Typed, chosen: DerivativesInput) -> None:
    job = exact_job(it, chosen.points)
    status = job.message  # read first: the job may end meanwhile
    exact = exact_rows(job.result()) if job.status is Status.FINISHED else None
    points = torch.tensor(chosen.points if exact is None else chosen.points[: exact.shape[1]], dtype=torch.float64)
    result = audit(it.function, points, variable=it.variable, at=it.at, formula=exact)
    for finding in result.findings:
        say(finding.message, "good" if finding.fine else "warn")
        if finding.also:
            hint(finding.also)
    _methods_table(it, result, exact=exact is not None)
    if exact is None:
        hint(_("Exact values of the formula: {status}", status=status))
    if len(result.x) < len(chosen.points):
        hint(_("Checked at the first {n} points.", n=len(result.x)))
    if it.function.random:
        hint(_("Differences meet another noise at each point: they have no value here."))
    else:
        _difference_plot(it, result)


def _difference_plot(it: Typed, result: Audit) -> None:
    """At the first point where f has f' and f'', and Taylor arithmetic knows them: elsewhere there is no error."""
    known = torch.nonzero(result.taylor[1:3].isfinite().all(0)).flatten().tolist()
    for k in [k for k in known if result.findings[k].also is None and result.findings[k].verdict.lost >= ORDERS][:1]:
        here = slice(k, k + 1)
        seen = difference_curve(it.function, result.x[here], result.taylor[1:3, here], variable=it.variable, at=it.at)
        plot(difference_figure(seen), "differences", _("The error of central differences against their step h."))
        place = f"{label_of(it.variable)} = {number(float(result.x[k]))}"
        hint(_("Errors at {place}: long steps h err by what a straight line leaves out, short ones by rounding.",
               place=place))  # fmt: skip


def _methods_table(it: Typed, result: Audit, *, exact: bool) -> None:
    head = [label_of(it.variable), _("method"), "f", "f ′", "f ″"]
    methods = {"autograd": result.autograd, _("Taylor arithmetic"): result.taylor}
    if exact:
        methods[_("SymPy's formula at 30 digits")] = result.formula
    methods |= {_("differences"): result.differences, _("autograd in float32"): result.single}
    rows: list[Sequence[float | str]] = []
    reasons = {
        (k * len(methods) + row, order + 2): translate(finding.message)
        for k, finding in enumerate(result.findings)
        for row in range(len(methods))
        for order in range(finding.verdict.lost, ORDERS)
    }
    for k, x in enumerate(result.x.tolist()):
        rows += [[x, method, *values[:, k].tolist()] for method, values in methods.items()]
    table(head, rows, _("f, f′ and f″ by each method"), reasons=reasons, in_full=range(2, len(head)))
