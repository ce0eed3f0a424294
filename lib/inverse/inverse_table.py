"""The inverse of a branch at many targets, with its derivatives by the implicit function theorem and by differences."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import torch
from torch import Tensor

from lib.expression import Expression
from lib.inverse.branches import Branch
from lib.inverse.inverse_function import inverse_values
from lib.readings.tensor import evaluate

ROUNDING = 2.0**-52
STEPS = 6e-6, 1.2e-4  # of differences of first and second order, near the cube and the fourth root of 2^-52


@dataclass(frozen=True, eq=False)
class InverseTable:
    """One branch at the targets it reaches, m of them; `differences` hold what (f⁻¹)' and (f⁻¹)'' are checked against.

    A difference is NaN where its points leave the branch's range, a derivative where rounding of y or of x changes it
    wholly: at a turn of f there is none.
    """

    y: Tensor  # (m,)
    x: Tensor  # (m,)
    residual: Tensor  # (m,): f(f⁻¹(y)) − y
    derivatives: Tensor  # (2, m): (f⁻¹)' and (f⁻¹)'' by torch autograd
    differences: Tensor  # (2, m)


def inverse_table(
    expression: Expression,
    y: Tensor,
    branch: Branch,
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> InverseTable:
    """The targets y (n,) that the branch reaches, all solved in one batch, those beside them for differences too."""
    y = y.to(torch.float64)
    y = y[(y >= branch.bottom) & (y <= branch.top)]
    size = torch.clamp(y.abs(), min=min(1.0, branch.top - branch.bottom))
    h = [step * size for step in STEPS]
    asked = torch.cat([y, y - h[0], y + h[0], y - h[1], y + h[1]]).requires_grad_()
    every = inverse_values(expression, asked, branch, variable=variable, at=at)
    first = _gradient(every, asked)
    second = _gradient(first, asked).detach()
    parts = every.detach().view(5, -1)
    x, below, above, far_below, far_above = parts
    f = evaluate(expression, {**at, variable: x}).expand_as(x)
    differences = torch.stack(
        [
            (above - below) / (2 * h[0]),
            (far_above - 2 * x + far_below) / h[1] ** 2,
        ]
    )
    exact = torch.stack([first.detach().view(5, -1)[0], second.view(5, -1)[0]])
    lost = exact[1].abs() * ROUNDING > torch.minimum(exact[0].abs() / y.abs(), exact[0].square() / x.abs())
    return InverseTable(y, x, f - y, exact.masked_fill(~exact.isfinite() | lost, torch.nan), differences)


def _gradient(values: Tensor, at: Tensor) -> Tensor:
    """d values/d at, point by point; 0 where it is constant."""
    if not values.requires_grad or not len(at):
        return torch.zeros_like(at)
    (slope,) = torch.autograd.grad(values.sum(), at, create_graph=True, materialize_grads=True)
    return slope
