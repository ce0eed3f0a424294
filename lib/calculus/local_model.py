"""Value, gradient and Hessian at points, by torch autograd."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import isfinite

import torch
from torch import Tensor

from lib.calculus.by_autograd import rows_at
from lib.calculus.definiteness import (
    ZERO_EIGENVALUE,
    Definiteness,
    SecondDerivativeTest,
    definiteness,
    second_derivative_test,
)
from lib.calculus.definiteness import eigenvalues as eigenvalues_of
from lib.calculus.derivatives import NOTHING, gradient
from lib.expression import Expression
from lib.message import Message
from lib.readings import arguments
from lib.readings.tensor import evaluate


@dataclass(frozen=True, eq=False)
class LocalModel:
    """What f looks like near m points in d variables: f(p + h) ≈ value + gradient·h + h·hessian·h / 2."""

    value: Tensor  # (m,)
    gradient: Tensor  # (m, d)
    hessian: Tensor  # (m, d, d), symmetric
    points: Tensor  # (m, d)

    # What many points would make slow is computed when it is asked for.

    @cached_property
    def eigenvalues(self) -> Tensor:
        """(m, d), ascending."""
        return eigenvalues_of(self.hessian)

    @cached_property
    def verdict(self) -> tuple[Definiteness, ...]:
        """One a point."""
        return tuple(definiteness(row) for row in self.eigenvalues)

    @cached_property
    def test(self) -> tuple[SecondDerivativeTest | None, ...]:
        """The conclusion where the gradient is 0, else None."""
        return tuple(map(second_derivative_test, self.points, self.gradient, self.eigenvalues, self.verdict))

    @property
    def norm(self) -> Tensor:
        """|∇f| (m,)"""
        norm: Tensor = torch.linalg.vector_norm(self.gradient, dim=1)
        return norm

    @property
    def trace(self) -> Tensor:
        """The sum of the eigenvalues, Δf (m,)."""
        return self.hessian.diagonal(dim1=1, dim2=2).sum(1)

    @property
    def determinant(self) -> Tensor:
        """The product of the eigenvalues (m,)."""
        return self.eigenvalues.prod(1)

    @property
    def condition(self) -> Tensor:
        """The Hessian's condition number max |λ| / min |λ| (m,): inf where an eigenvalue is 0, NaN where all are."""
        size = self.eigenvalues.abs()
        return size.amax(1) / size.amin(1)

    @property
    def eigenvectors(self) -> Tensor:
        """Unit eigenvectors (m, d, d) as columns, in the order of the eigenvalues; NaN where the Hessian is."""
        known = self.hessian.isfinite().all(-1).all(-1)[:, None, None]
        scale = self.hessian.abs().amax((-1, -2), keepdim=True).clamp(min=torch.finfo(torch.float64).tiny)
        vectors: Tensor = torch.linalg.eigh(torch.where(known, self.hessian / scale, 0.0)).eigenvectors
        return vectors.masked_fill(~known, torch.nan)

    @property
    def newton(self) -> Tensor:
        """The critical point (m, d) of the quadratic model, to which a step of Newton's method leads; NaN where it has
        none or many."""
        regular = self.eigenvalues.abs().amin(1) > ZERO_EIGENVALUE * self.eigenvalues.abs().amax(1)
        scale = self.hessian.abs().amax((-1, -2), keepdim=True)
        identity = torch.eye(self.points.shape[1], dtype=torch.float64)
        matrix = torch.where(regular[:, None, None], self.hessian / scale, identity)
        step: Tensor = torch.linalg.solve(matrix, self.gradient / scale[:, :, 0])
        return (self.points - step).masked_fill(~regular[:, None], torch.nan)

    def along(self, direction: Tensor) -> tuple[Tensor, Tensor]:
        """The first and second derivative (m,) along a direction (d,), which is scaled to length 1."""
        unit = direction.double() / torch.linalg.vector_norm(direction.double())
        return self.gradient @ unit, (self.hessian @ unit) @ unit


def local_model(
    expression: Expression,
    points: Tensor,
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
) -> LocalModel:
    """The local model of f at the points (m, d), d >= 1 variables, all points in one batch; float64.

    Where f isn't finite, everything is NaN; where a component of the gradient isn't finite, it and the Hessian are.
    A function that is constant or linear in the variables has a Hessian of zeros. For the verdicts' tolerances see
    `definiteness` and `second_derivative_test`.
    """
    expression, points = arguments.formula(expression), arguments.numbers(points)
    variables, at = arguments.names(variables), arguments.letters(at)
    if points.ndim != 2 or points.shape[1] != len(variables):
        raise ValueError(Message("Give each point {count} coordinates, one a variable.", count=len(variables)))
    if expression.shape is not None:
        raise ValueError(Message("A gradient belongs to a function with one value; this one is a vector."))
    d = len(variables)
    rows = rows_at(_rows, (1 + d + d * d, 1), expression, points, variables, at)
    value, slopes, bends = rows[0], rows[1 : d + 1], rows[d + 1 :]
    if not isfinite(rows.sum()):  # else every number is
        rows.masked_fill_(~rows.isfinite(), torch.nan)
        slopes.masked_fill_(value.isnan(), torch.nan)
        bends.masked_fill_(slopes.isnan().any(0), torch.nan)
    return LocalModel(value, slopes.T, bends.view(d, d, len(points)).permute(2, 0, 1), points)


def _rows(
    expression: Expression, variables: Sequence[str], at: Mapping[str, float], columns: Sequence[Tensor]
) -> list[Tensor]:
    """Value, gradient, and the Hessian row after row, of which the upper triangle is computed."""
    with torch.enable_grad():
        columns = [column.detach().requires_grad_() for column in columns]
        value = evaluate(expression, {**at, **dict(zip(variables, columns, strict=True))}).expand_as(columns[0])
        slopes = gradient(value, columns)
        bends = [gradient(slope, columns[i:], again=False) for i, slope in enumerate(slopes)]
    d = len(columns)
    return [value, *slopes, *(bends[min(i, j)][abs(i - j)] for i in range(d) for j in range(d))]
