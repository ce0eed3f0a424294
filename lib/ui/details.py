"""What can be opened below the plot of the Derivatives page: features, a Taylor polynomial, the check, the code.

What is open also adds its part to the plot.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
import torch

from lib.calculus import Curve, curve, sketch
from lib.calculus.audit import Audit, audit
from lib.calculus.differences import difference_curve
from lib.calculus.feature import Feature, Features, Kind
from lib.calculus.formula import exact_rows
from lib.export.script import derivatives_script
from lib.expression.limits import MAX_AUTOGRAD_ORDER
from lib.figures import theme
from lib.figures.curve import Extra, Marks
from lib.figures.differences import difference_figure
from lib.figures.theme import Array
from lib.jobs import Status
from lib.locale import _, translate
from lib.readings.jet import taylor
from lib.readings.numbers import read_number
from lib.ui import state
from lib.ui.formulas import POLL, exact_job
from lib.ui.inputs import DerivativesInput
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import number, plot, table
from lib.ui.typed import Typed

PATIENCE = 0.2  # seconds that the page waits for exact values before it is shown without them
SYMBOLS = {
    Kind.ROOT: "circle-open",
    Kind.TOUCHING_ROOT: "circle-open",
    Kind.MINIMUM: "triangle-down",
    Kind.MAXIMUM: "triangle-up",
    Kind.INFLECTION: "diamond-open",
    Kind.KINK: "cross-thin-open",
    Kind.CUSP: "cross-thin-open",
}


@dataclass(frozen=True)
class Detail:
    """What is open, and its own inputs."""

    name: str
    degree: int = 0
    about: float = 0.0


def input_detail(it: Typed, chosen: DerivativesInput) -> Detail:
    """Which of the details is open."""
    names = {"features": _("Features of the curve"), "taylor": _("Taylor polynomial")}
    if it.function.shape is None:
        names |= {"check": _("Check")}
    names |= {"code": _("PyTorch code")}
    opened = state.choice(_("Details"), names, "detail", "features", label_visibility="collapsed")
    if opened != "taylor":
        return Detail(opened)
    left, right = st.columns([1, 2])
    with left:
        typed = state.text(_("About {name} =", name=label_of(it.variable)), "about", f"{chosen.points[0]:.12g}")
        about = state.read(typed, read_number, "0", "about")
    with right:
        degree = int(state.slider(_("Degree"), "degree", 0, 20, 3, 1))
    return Detail(opened, degree, about)


@dataclass(frozen=True, eq=False)
class Found:
    """The curve, and what the open detail found."""

    detail: Detail
    curve: Curve  # of the chosen component
    features: Features | None = None
    coefficients: tuple[float, ...] = ()

    def marks(self) -> list[Marks]:
        """Features that lie on the curve, by kind."""
        every = self.features.found if self.features else ()
        kinds = {k: [f for f in every if f.kind is k and np.isfinite([f.x, f.value]).all()] for k in SYMBOLS}
        return [
            Marks(
                translate(kind.value), np.array([f.x for f in some]), np.array([f.value for f in some]), SYMBOLS[kind]
            )
            for kind, some in kinds.items()
            if some
        ]

    def extras(self) -> list[Extra]:
        """The Taylor polynomial over the curve's window; asymptotes."""
        x = np.linspace(float(self.curve.x[0]), float(self.curve.x[-1]), 501)
        if self.detail.name == "taylor" and np.isfinite(self.coefficients).all():
            values = _polynomial(x - self.detail.about, self.coefficients)
            return [Extra(_("Taylor, degree {n}", n=self.detail.degree), x, values, theme.TAYLOR, "dashdot")]
        lines = self.features.of(Kind.OBLIQUE_ASYMPTOTE, Kind.HORIZONTAL_ASYMPTOTE) if self.features else ()
        slopes = {(f.slope, f.value) for f in lines}
        return [Extra(_("asymptote"), x, a * x + b, theme.FAINT, "dot") for a, b in sorted(slopes)]


def _polynomial(step: Array, coefficients: Sequence[float]) -> Array:
    """Its values, the coefficient of power 0 first, by Horner's rule."""
    value = np.zeros_like(step)
    for coefficient in reversed(coefficients):
        value = value * step + coefficient
    return value


def find(it: Typed, chosen: DerivativesInput, detail: Detail, window: tuple[float, float], order: int) -> Found:
    """The curve of f, f', ... to the order over the window, and what the open detail adds to the plot."""
    component = chosen.component or 0
    if detail.name == "features":
        both = sketch(it.function, window, order=order, variable=it.variable, at=it.at, component=component)
        return Found(detail, _component(both.curve, chosen), both.features)
    drawn = _component(curve(it.function, window, order=order, variable=it.variable, at=it.at), chosen)
    if detail.name == "taylor":
        about = torch.tensor([detail.about], dtype=torch.float64)
        series = taylor(it.function, about, detail.degree, variable=it.variable, at=it.at)
        rows = series if it.function.shape is None else series[:, component]
        return Found(detail, drawn, coefficients=tuple(rows[:, 0].tolist()))
    return Found(detail, drawn)


def _component(drawn: Curve, chosen: DerivativesInput) -> Curve:
    return drawn if chosen.component is None else replace(drawn, values=drawn.values[:, chosen.component])


def show(it: Typed, chosen: DerivativesInput, found: Found) -> None:
    """The open detail in words and numbers."""
    if found.features is not None:
        _show_features(it, found.features)
    elif found.detail.name == "taylor":
        _show_taylor(it, chosen, found)
    elif found.detail.name == "check":
        _show_check(it, chosen)
    else:
        _show_code(it, chosen)


def _show_features(it: Typed, found: Features) -> None:
    if not found.found:
        hint(_("No features found in this window."))
    else:
        name = label_of(it.variable)
        rows = [_feature_row(f) for f in found.found]
        table([_("kind"), name, "f", _("remark")], rows, _("Features of the curve in the window"), named_rows=True)
    if found.more:
        hint(_("There are more than are listed: zoom in to see them."))
    if not found.resolved:
        hint(_("The curve has finer detail than its samples: some features may be missing."))
    hint(_("Found numerically, not proved."))


def _feature_row(f: Feature) -> list[float | str]:
    remark = ""
    if f.kind is Kind.OBLIQUE_ASYMPTOTE:
        remark = f"y = {number(f.slope)} x + {number(f.value)}"
    elif f.kind is Kind.HORIZONTAL_ASYMPTOTE:
        remark = f"y = {number(f.value)}"
    elif np.isfinite(f.before) or np.isfinite(f.after):
        remark = _("{before} on the left, {after} on the right", before=number(f.before), after=number(f.after))
    x: float | str = f.x if np.isfinite(f.x) else ("+∞" if f.x > 0 else "−∞")
    value: float | str = f.value if remark == "" or np.isfinite(f.x) else "—"
    return [translate(f.kind.value), x, value, remark]


def _show_taylor(it: Typed, chosen: DerivativesInput, found: Found) -> None:
    name = label_of(it.variable)
    if not np.isfinite(found.coefficients).all():
        say(_("f has no Taylor polynomial of this degree about {x}: a derivative is undefined there.",
              x=number(found.detail.about)), "warn")  # fmt: skip
        return
    points = torch.tensor(chosen.points, dtype=torch.float64)
    f = taylor(it.function, points, 0, variable=it.variable, at=it.at)
    f = (f if it.function.shape is None else f[:, chosen.component or 0])[0]
    p = _polynomial(points.numpy() - found.detail.about, found.coefficients)
    rows = zip(chosen.points, f.tolist(), p.tolist(), (f.numpy() - p).tolist(), strict=True)
    table([name, "f", "T", "f − T"], rows, _("The polynomial T and the remainder f − T at the points"))
    head = [f"({name} − {number(found.detail.about)}){_raised(k)}" for k in range(found.detail.degree + 1)]
    table(head, [found.coefficients], _("Coefficients of the Taylor polynomial"))


def _raised(power: int) -> str:
    return str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))


def _show_check(it: Typed, chosen: DerivativesInput) -> None:
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
    exact = exact_rows(job.result()) if job.status is Status.FINISHED else None
    points = torch.tensor(chosen.points if exact is None else chosen.points[: exact.shape[1]], dtype=torch.float64)
    result = audit(it.function, points, variable=it.variable, at=it.at, formula=exact)
    for finding in result.findings:
        say(finding.message, "good" if finding.fine else "warn")
    _methods_table(it, result, exact=exact is not None)
    if exact is None:
        hint(_("Exact values of the formula: {status}", status=job.message))
    if len(result.x) < len(chosen.points):
        hint(_("Checked at the first {n} points.", n=len(result.x)))
    seen = difference_curve(it.function, result.x[:1], result.taylor[1:3, :1], variable=it.variable, at=it.at)
    plot(difference_figure(seen), "differences", _("The error of central differences against their step h."))
    hint(_("Long steps h err by what a straight line leaves out, short ones by rounding."))


def _methods_table(it: Typed, result: Audit, *, exact: bool) -> None:
    head = [label_of(it.variable), _("method"), "f", "f ′", "f ″"]
    methods = {"autograd": result.autograd, _("Taylor arithmetic"): result.taylor}
    if exact:
        methods[_("SymPy's formula at 30 digits")] = result.formula
    methods |= {_("differences"): result.differences, _("autograd in float32"): result.single}
    rows: list[Sequence[float | str]] = []
    for k, x in enumerate(result.x.tolist()):
        rows += [[x, method, *values[:, k].tolist()] for method, values in methods.items()]
    table(head, rows, _("f, f′ and f″ by each method"))


def _show_code(it: Typed, chosen: DerivativesInput) -> None:
    if chosen.order > MAX_AUTOGRAD_ORDER:
        hint(_("Up to order {n}: beyond, the numbers come from Taylor arithmetic.", n=MAX_AUTOGRAD_ORDER))
    script = derivatives_script(
        it.function, chosen.points, chosen.order, variable=it.variable, at=it.at, reduction=chosen.reduction
    )
    st.code(script, language="python")
