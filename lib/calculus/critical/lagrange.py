"""The system of Lagrange multipliers in the plane, without the multiplier: g = 0 and h = f_x g_y − f_y g_x = 0.

Its zeros are the points of the curve g = 0 where ∇f is a multiple of ∇g, and those where ∇g is 0. Where its Jacobian is
regular, ∇g isn't 0, and at a zero its determinant is the bordered Hessian's: see J. Nocedal, S. J. Wright, Numerical
Optimization, Springer 2006, doi 10.1007/978-0-387-40065-5, chapter 12.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import torch
from flint import arb
from torch import Tensor

from lib.calculus.local_model import LocalModel, local_model
from lib.expression import Expression
from lib.readings.ball.hessian import HessianEnclosure, Local
from lib.readings.ball.values import NAN, ZERO


@dataclass(slots=True)
class System(Local):
    """Balls that hold g and h (`slopes`) and their derivatives, row by row."""

    rows: list[list[arb]] = field(default_factory=list)

    def second(self, i: int, j: int) -> arb:
        return self.rows[i][j]


class LagrangeEnclosure:
    """g, h and their derivatives, ready for many boxes. Raises ValueError for vectors."""

    def __init__(self, f: Expression, g: Expression, *, variables: Sequence[str], at: Mapping[str, float]) -> None:
        self._f, self._g = (HessianEnclosure(e, variables=variables, at=at) for e in (f, g))

    def __call__(self, box: Sequence[arb]) -> Local:
        f, g = self._f(box), self._g(box)
        if f.outside or g.outside:
            return Local(NAN, outside=True)
        (p, q), (u, v) = f.slopes or (ZERO, ZERO), g.slopes or (ZERO, ZERO)
        h = p * v - q * u
        if h.is_zero() and g.value.contains(0):
            return Local(g.value)  # every point of the curve
        (fxx, fxy, fyy), (gxx, gxy, gyy) = _bends(f), _bends(g)
        turns = [fxx * v + p * gxy - fxy * u - q * gxx, fxy * v + p * gyy - fyy * u - q * gxy]
        return System(g.value, [g.value, h], rows=[[u, v], turns])


def _bends(local: Local) -> tuple[arb, arb, arb]:
    return local.second(0, 0), local.second(0, 1), local.second(1, 1)


@dataclass(frozen=True, eq=False)
class Multipliers:
    """The system at m points (m, 2), in doubles."""

    f: LocalModel
    g: LocalModel

    @classmethod
    def at(
        cls, f: Expression, g: Expression, points: Tensor, variables: Sequence[str], at: Mapping[str, float]
    ) -> "Multipliers":
        return cls(*(local_model(e, points, variables=variables, at=at) for e in (f, g)))

    @property
    def multiplier(self) -> Tensor:
        """λ (m,) with ∇f = λ∇g, the best where there is none; NaN where ∇g is 0."""
        size = (self.g.gradient**2).sum(1)
        return (self.f.gradient * self.g.gradient).sum(1) / size.where(size > 0, torch.nan)

    @property
    def determinant(self) -> Tensor:
        """Of the bordered Hessian (m,): below 0 at a minimum of f on the curve, above 0 at a maximum."""
        bend = self.f.hessian - self.multiplier[:, None, None] * self.g.hessian
        along = torch.stack([-self.g.gradient[:, 1], self.g.gradient[:, 0]], 1)
        return -((bend @ along[:, :, None])[:, :, 0] * along).sum(1)

    @property
    def residual(self) -> Tensor:
        """(g, h) (m, 2)."""
        return torch.stack([self.g.value, _cross(self.f.gradient, self.g.gradient)], 1)

    @property
    def jacobian(self) -> Tensor:
        """Of (g, h) (m, 2, 2)."""
        p, u = self.f.gradient[:, None], self.g.gradient[:, None]
        turns = _cross(self.f.hessian, u) + _cross(p, self.g.hessian)
        return torch.stack([self.g.gradient, turns], 1)


def _cross(a: Tensor, b: Tensor) -> Tensor:
    """a₁b₂ − a₂b₁ of the last axes, which for Hessians are those of the derivative that is crossed."""
    product: Tensor = a[..., 0] * b[..., 1] - a[..., 1] * b[..., 0]
    return product
