"""Where autograd and Taylor arithmetic give different numbers: rounding errors have spoilt one of them, mostly."""

from collections.abc import Mapping

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING, derivatives
from lib.expression import Expression
from lib.expression.limits import MAX_AUTOGRAD_ORDER

DIFFERENT = 1e-6  # of the number itself
SEEN = 1e-9  # of the largest of f, f', … at the point: a derivative that is 0 has rounding errors only


def differing(
    expression: Expression, x: Tensor, values: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> dict[tuple[int, ...], float]:
    """(order, point), or (order, component, point) for a vector -> what Taylor arithmetic gives in place of a number in
    values, autograd's f, f', … at the points x (n,), where the two differ."""
    if expression.random:
        return {}
    values = values[: MAX_AUTOGRAD_ORDER + 1]
    others = derivatives(expression, x, order=len(values) - 1, variable=variable, at=at)
    apart = (values - others).abs()
    largest = torch.maximum(values.abs(), others.abs())
    scale = largest.nan_to_num(0.0, 0.0, 0.0).amax(0)
    differ = apart.isfinite() & (apart > DIFFERENT * largest) & (apart > SEEN * scale)
    return {tuple(place): float(others[tuple(place)]) for place in differ.nonzero().tolist()}
