"""Tangent, normal, curvature and osculating circle at points of a curve.

Source: M. P. do Carmo, "Differential Geometry of Curves and Surfaces", Prentice-Hall 1976, section 1-5.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING, derivatives
from lib.expression import Expression
from lib.message import Message


@dataclass(frozen=True, eq=False)
class LocalGeometry:
    """A plane curve at m points. NaN where it, its tangent or its curvature is undefined.

    Of the graph of f, the points are (x, f(x)), the velocity (1, f'(x)).
    """

    point: Tensor  # (m, 2)
    velocity: Tensor  # (m, 2), the derivative by the variable
    speed: Tensor  # (m,), its length
    tangent: Tensor  # (m, 2), unit vector; undefined where the speed is 0
    normal: Tensor  # (m, 2), unit vector, a quarter turn to the left of the tangent
    curvature: Tensor  # (m,), positive where the curve bends to the left; of a graph f''/(1 + f'²)^(3/2)
    radius: Tensor  # (m,), of the osculating circle: 1/|curvature|, inf where the curve doesn't bend
    centre: Tensor  # (m, 2), of the osculating circle; NaN where the radius is inf


def graph_geometry(
    expression: Expression,
    x: Tensor,
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    component: int | None = None,
) -> LocalGeometry:
    """The graph y = f(x) at the points x (m,), f a number, or one component of a vector."""
    if (expression.shape is None) != (component is None):
        raise ValueError(Message("A graph belongs to a function with one value: choose one component of a vector."))
    x = torch.as_tensor(x, dtype=torch.float64).detach()
    rows = derivatives(expression, x, order=2, variable=variable, at=at)
    f, first, second = rows if component is None else rows[:, component]
    one = torch.ones_like(x)
    return _geometry(torch.stack([x, f], 1), torch.stack([one, first], 1), torch.stack([0 * one, second], 1))


def parametric_geometry(
    expression: Expression, t: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> LocalGeometry:
    """The parametric curve (f_1(t), f_2(t)) at t (m,), f a vector of two components."""
    if expression.shape != 2:
        raise ValueError(Message("A parametric curve takes a vector of two components, such as `[cos(t), sin(t)]`."))
    t = torch.as_tensor(t, dtype=torch.float64).detach()
    rows = derivatives(expression, t, order=2, variable=variable, at=at).mT
    return _geometry(*rows)


def without(local: LocalGeometry, orders: Mapping[int, int]) -> LocalGeometry:
    """The same, NaN where it rests on derivatives that the curve doesn't have: of each point in `orders`, those from
    that order on."""
    rows = {name: value.clone() for name, value in vars(local).items()}
    for i, order in orders.items():
        first = ("velocity", "speed", "tangent", "normal") if order == 1 else ()
        for name in (*first, *(("curvature", "radius", "centre") if order <= 2 else ())):
            rows[name][i] = torch.nan
    return LocalGeometry(**rows)


def _geometry(point: Tensor, velocity: Tensor, acceleration: Tensor) -> LocalGeometry:
    """Of points, velocities and accelerations (m, 2)."""
    # Lengths by hypot, and the curvature by unit vectors, so that squares and cubes of large slopes don't overflow.
    speed = torch.hypot(velocity[:, 0], velocity[:, 1])
    tangent = velocity / torch.where(speed > 0, speed, torch.nan)[:, None]
    normal = torch.stack([-tangent[:, 1], tangent[:, 0]], 1)
    curvature = (normal * (acceleration / speed[:, None])).sum(1) / speed + 0.0
    radius = 1 / curvature.abs()
    centre = point + normal / torch.where(curvature == 0, torch.nan, curvature)[:, None]
    return LocalGeometry(point, velocity, speed, tangent, normal, curvature, radius, centre)
