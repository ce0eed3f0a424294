"""A curve and its features from one sampling."""

from collections.abc import Mapping
from dataclasses import dataclass

from lib.calculus.curve import Curve, curve_of
from lib.calculus.derivatives import NOTHING
from lib.calculus.feature import Features
from lib.calculus.features import features_of
from lib.calculus.mesh import SAMPLES, mesh
from lib.calculus.sampler import sampler
from lib.calculus.signs import ORDER
from lib.expression import Expression


@dataclass(frozen=True, eq=False)
class Sketch:
    """What there is to draw and to mark in a window."""

    curve: Curve
    features: Features


def sketch(
    expression: Expression,
    window: tuple[float, float],
    *,
    order: int = 2,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    component: int = 0,
    count: int = SAMPLES,
) -> Sketch:
    """What `curve` gives for f, ..., f^(order) and `features` for the component, at the cost of the curve and little
    more."""
    f = sampler(expression, variable, at)
    found = mesh(f, window, max(order, ORDER), count)
    return Sketch(curve_of(expression, found, order), features_of(f, found, component))
