"""Gradient and Hessian of a function of two variables on a grid, for fields, zero curves and heat maps."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isqrt

import torch
from torch import Tensor

from lib.calculus.curve.samples import evenly
from lib.calculus.derivatives import NOTHING
from lib.calculus.local_model import local_model
from lib.expression import Expression
from lib.expression.limits import points_within_budget
from lib.readings.tensor import straight_line

COUNT = 101  # samples a side
LEAST = 11


@dataclass(frozen=True, eq=False)
class Field:
    """Samples at (x[i], y[j]), rows j up the y axis; NaN where undefined."""

    x: Tensor  # (n,)
    y: Tensor  # (n,)
    gradient: Tensor  # (n, n, 2)
    hessian: Tensor  # (n, n, 2, 2)

    @property
    def norm(self) -> Tensor:
        """|∇f| (n, n)."""
        return torch.hypot(self.gradient[..., 0], self.gradient[..., 1])

    @property
    def determinant(self) -> Tensor:
        """Of the Hessian (n, n)."""
        h = self.hessian
        return h[..., 0, 0] * h[..., 1, 1] - h[..., 0, 1] ** 2


def gradient_field(
    expression: Expression,
    x_window: tuple[float, float],
    y_window: tuple[float, float],
    *,
    variables: tuple[str, str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    count: int = COUNT,
) -> Field:
    """The field on count × count points, ends included: on fewer where the formula is long, as limits.BUDGET allows."""
    x, y, points = field_points(expression, x_window, y_window, variables=variables, at=at, count=count)
    model = local_model(expression, points, variables=variables, at=at)
    return Field(x, y, model.gradient.reshape(len(y), len(x), 2), model.hessian.reshape(len(y), len(x), 2, 2))


def field_points(
    expression: Expression,
    x_window: tuple[float, float],
    y_window: tuple[float, float],
    *,
    variables: tuple[str, str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    count: int = COUNT,
) -> tuple[Tensor, Tensor, Tensor]:
    """x (n,), y (n,) and the points (n², 2) of the field, row after row up the y axis."""
    cost = straight_line(expression, {**at, **dict.fromkeys(variables, 0.0)}).cost
    count = max(min(count, LEAST), isqrt(points_within_budget(cost, count * count, 2)))
    x, y = evenly(x_window, count), evenly(y_window, count)
    across, up = torch.meshgrid(x, y, indexing="xy")
    return x, y, torch.stack([across.flatten(), up.flatten()], 1)
