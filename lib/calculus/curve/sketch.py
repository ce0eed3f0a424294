"""A curve and its features from one sampling."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import torch

from lib.calculus.curve.curve import Curve, curve_of
from lib.calculus.curve.feature import Features
from lib.calculus.curve.features import features_of
from lib.calculus.curve.mesh import REMEMBERED, SAMPLES, Values, by_name, mesh_of
from lib.calculus.curve.sampler import sampler
from lib.calculus.curve.signs import ORDER
from lib.calculus.derivatives import NOTHING
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
    found = mesh_of(expression, window, max(order, ORDER), variable, by_name(at), count)
    features = _features(expression, window, max(order, ORDER), variable, by_name(at), count, component)
    return Sketch(curve_of(expression, found, order), features)


@lru_cache(REMEMBERED)
@torch.inference_mode()  # many small calls, and only numbers leave
def _features(
    expression: Expression,
    window: tuple[float, float],
    order: int,
    variable: str,
    at: Values,
    count: int,
    component: int,
) -> Features:
    found = mesh_of(expression, window, order, variable, at, count)
    return features_of(sampler(expression, variable, dict(at)), found, component)
