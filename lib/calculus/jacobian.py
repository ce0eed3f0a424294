"""The Jacobian matrix of a vector function at points, by torch autograd, and what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import isfinite

import torch
from torch import Tensor

from lib.calculus.by_autograd import rows_at
from lib.calculus.derivatives import NOTHING, gradient
from lib.expression import Expression
from lib.message import Message
from lib.readings import arguments
from lib.readings.tensor import run, straight_line


@dataclass(frozen=True, eq=False)
class Jacobian:
    """k components by d variables at m points."""

    value: Tensor  # (m, k)
    matrix: Tensor  # (m, k, d)

    @property
    def square(self) -> bool:
        return self.matrix.shape[1] == self.matrix.shape[2]

    @property
    def determinant(self) -> Tensor:
        """(m,); NaN where the matrix isn't square."""
        if not self.square:
            return torch.full((len(self.matrix),), torch.nan, dtype=torch.float64)
        determinant: Tensor = torch.linalg.det(self.matrix)
        return determinant

    @property
    def singular_values(self) -> Tensor:
        """(m, min(k, d)), descending; NaN where an entry is."""
        known = self.matrix.isfinite().all(-1).all(-1)[:, None]
        values: Tensor = torch.linalg.svdvals(torch.where(known[:, None], self.matrix, 0.0))
        return values.masked_fill(~known, torch.nan)

    @property
    def divergence(self) -> Tensor | None:
        """The trace (m,) of a square matrix."""
        return self.matrix.diagonal(dim1=1, dim2=2).sum(1) if self.square else None

    @property
    def curl(self) -> Tensor | None:
        """(m, 1) in two dimensions, (m, 3) in three, else None."""
        j = self.matrix
        if j.shape[1:] == (2, 2):
            return (j[:, 1, 0] - j[:, 0, 1])[:, None]
        if j.shape[1:] == (3, 3):
            pairs = ((2, 1), (0, 2), (1, 0))
            return torch.stack([j[:, a, b] - j[:, b, a] for a, b in pairs], 1)
        return None


def jacobian(
    expression: Expression,
    points: Tensor,
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
) -> Jacobian:
    """The Jacobian at the points (m, d); a function with one value has one row, its gradient. float64.

    Where a component isn't finite, it and its row are NaN.
    """
    expression, points = arguments.formula(expression), arguments.numbers(points)
    variables, at = arguments.names(variables), arguments.letters(at)
    if points.ndim != 2 or points.shape[1] != len(variables):
        raise ValueError(Message("Give each point {count} coordinates, one a variable.", count=len(variables)))
    k, d = expression.shape or 1, len(variables)
    rows = rows_at(_rows, (k * (1 + d), k), expression, points, variables, at)
    value, matrix = rows[:k], rows[k:].view(k, d, len(points))
    if not isfinite(rows.sum()):  # else every number is
        rows.masked_fill_(~rows.isfinite(), torch.nan)
        matrix.masked_fill_(value.isnan()[:, None], torch.nan)
    return Jacobian(value.T, matrix.permute(2, 0, 1))


def _rows(
    expression: Expression, variables: Sequence[str], at: Mapping[str, float], columns: Sequence[Tensor]
) -> list[Tensor]:
    """The values, and the Jacobian row after row."""
    with torch.enable_grad():
        columns = [column.detach().requires_grad_() for column in columns]
        values: dict[str, Tensor | float] = {**at, **dict(zip(variables, columns, strict=True))}
        # Not stacked: the way back through a stack meets every component, with zeros that times infinity are undefined.
        parts = run(straight_line(expression, values), values, columns[0].shape)
        return [*parts, *chain.from_iterable(gradient(part, columns) for part in parts)]
