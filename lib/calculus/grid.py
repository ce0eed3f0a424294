"""Samples of a function of two variables, for a surface or a contour."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.curve.samples import evenly
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.message import Message
from lib.readings.tensor import evaluate


@dataclass(frozen=True, eq=False)
class Grid:
    """z[j, i] = f(x[i], y[j]), NaN outside the domain: rows go up the y axis, as plots expect."""

    x: Tensor  # (count,)
    y: Tensor  # (count,)
    z: Tensor  # (count, count)


def grid(
    expression: Expression,
    x_window: tuple[float, float],
    y_window: tuple[float, float],
    *,
    variables: tuple[str, str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    count: int = 101,
) -> Grid:
    """f on count × count points evenly spread over both windows, ends included; float64."""
    if expression.shape is not None:
        raise ValueError(Message("A surface belongs to a function with one value; this one is a vector."))
    x, y = evenly(x_window, count), evenly(y_window, count)
    columns, rows = torch.meshgrid(x, y, indexing="xy")
    first, second = variables
    with torch.no_grad():
        z = evaluate(expression, {**at, first: columns, second: rows}).expand(count, count)
    return Grid(x, y, z.masked_fill(~torch.isfinite(z), torch.nan))
