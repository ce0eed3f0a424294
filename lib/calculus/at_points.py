"""Derivatives for a table: by autograd as far as it is affordable, by Taylor arithmetic beyond."""

from collections.abc import Mapping

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING, derivatives
from lib.expression import Expression
from lib.expression.limits import MAX_AUTOGRAD_ORDER


def at_points(
    expression: Expression, x: Tensor, order: int, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> Tensor:
    """f, f', ... f^(order) at x (n,): (order + 1, n), or (order + 1, k, n) for a vector; orders up to 3 by autograd.

    Where one is undefined, so are those above it: Taylor arithmetic would differentiate the piece of a `where`.
    """
    low = derivatives(expression, x, order=min(order, MAX_AUTOGRAD_ORDER), variable=variable, at=at, mode="autograd")
    if order <= MAX_AUTOGRAD_ORDER:
        return low
    high = derivatives(expression, x, order=order, variable=variable, at=at)
    return torch.cat([low, high[MAX_AUTOGRAD_ORDER + 1 :].masked_fill(low[-1].isnan(), torch.nan)])
