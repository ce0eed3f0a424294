"""What can be opened below the plot: features, tangents, a Taylor polynomial, the check, the code.

What is open also adds its part to the plot.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from torch import Tensor

from lib.calculus import Curve, curve, sketch
from lib.calculus.curve.feature import Feature, Features, Kind
from lib.expression.limits import MAX_ORDER
from lib.figures import theme
from lib.figures.curve import Extra, Marks
from lib.locale import _, translate
from lib.readings.numbers import read_number
from lib.ui import state
from lib.ui.derivatives.check import show_check
from lib.ui.derivatives.code import show_code
from lib.ui.derivatives.features import show_features
from lib.ui.derivatives.tangents import show_tangents
from lib.ui.derivatives.taylor import coefficients, show_taylor, taylor_extras
from lib.ui.inputs import DerivativesInput, highest_order
from lib.ui.letters import label_of
from lib.ui.typed import Typed

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
    names = {"features": _("Features of the curve"), "tangents": _("Tangents")}
    if not chosen.vector:
        names |= {"taylor": _("Taylor polynomial"), "check": _("Check")}
    names |= {"code": _("PyTorch code")}
    opened = state.choice(_("Details"), names, "detail", "features", label_visibility="collapsed")
    if opened != "taylor":
        return Detail(opened)
    left, right = st.columns([1, 2])
    with left:
        typed = state.text(_("About {name} =", name=label_of(it.variable)), "about", f"{chosen.points[0]:.12g}")
        about = state.read(typed, read_number, "0", "about")
    with right:
        degree = int(state.slider(_("Degree"), "degree", 0, MAX_ORDER, 3, 1))
    return Detail(opened, min(degree, highest_order(it)), about)


@dataclass(frozen=True, eq=False)
class Found:
    """The curve, and what the open detail found."""

    detail: Detail
    curve: Curve
    features: Features | None = None
    coefficients: tuple[float, ...] = ()

    def marks(self) -> list[Marks]:
        """Features that lie on the curve, by kind."""
        return marks(self.features.found if self.features else ())

    def poles(self) -> list[float]:
        """Where the curve has vertical asymptotes."""
        return [f.x for f in self.features.of(Kind.POLE, Kind.VERTICAL_ASYMPTOTE)] if self.features else []

    def extras(self) -> list[Extra]:
        """The Taylor polynomial and its remainder over the curve's window; asymptotes."""
        if self.detail.name == "taylor":
            return taylor_extras(self.curve, self.detail.about, self.coefficients)
        x = np.linspace(float(self.curve.x[0]), float(self.curve.x[-1]), 501)
        lines = self.features.of(Kind.OBLIQUE_ASYMPTOTE, Kind.HORIZONTAL_ASYMPTOTE) if self.features else ()
        slopes = {(f.slope, f.value) for f in lines}
        return [Extra(_("asymptote"), x, a * x + b, theme.FAINT, "dot") for a, b in sorted(slopes)]


def marks(features: Sequence[Feature]) -> list[Marks]:
    """Those that lie on a curve, by kind."""
    kinds = {k: [f for f in features if f.kind is k and np.isfinite([f.x, f.value]).all()] for k in SYMBOLS}
    return [
        Marks(translate(kind.value), np.array([f.x for f in some]), np.array([f.value for f in some]), SYMBOLS[kind])
        for kind, some in kinds.items()
        if some
    ]


def find(it: Typed, detail: Detail, window: tuple[float, float], order: int) -> Found:
    """The curve of f, f', ... to the order over the window, and what the open detail adds to the plot."""
    if detail.name == "features":
        both = sketch(it.function, window, order=order, variable=it.variable, at=it.at)
        return Found(detail, both.curve, both.features)
    drawn = curve(it.function, window, order=order, variable=it.variable, at=it.at)
    if detail.name == "taylor":
        return Found(detail, drawn, coefficients=coefficients(it, detail.about, detail.degree))
    return Found(detail, drawn)


def show(it: Typed, chosen: DerivativesInput, found: Found, values: Tensor) -> None:
    """The open detail in words and numbers; values (m,) are those of f at the points."""
    match found.detail.name:
        case "features" if found.features is not None:
            show_features(it, [found.features])
        case "taylor":
            show_taylor(it, chosen, found.curve, found.detail.about, found.coefficients, values)
        case "tangents":
            show_tangents(it, chosen)
        case "check":
            show_check(it, chosen)
        case "code":
            show_code(it, chosen)
