"""The Taylor polynomial of f about a point, and what it leaves over."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.expression.limits import MAX_ORDER
from lib.message import Message
from lib.readings import jet
from lib.readings.tensor import evaluate


@dataclass(frozen=True, eq=False)
class TaylorPolynomial:
    """P(x) = c_0 + c_1·(x − about) + … + c_n·(x − about)^n."""

    about: float
    coefficients: Tensor  # (degree + 1,) or (degree + 1, k) for a vector; NaN from the first undefined one on

    @property
    def exists(self) -> bool:
        """Whether f and its derivatives up to the degree are defined at the point."""
        return bool(torch.isfinite(self.coefficients).all())

    def __call__(self, x: Tensor) -> Tensor:
        """P at x (n,): (n,), or (k, n) for a vector; by Horner's rule."""
        h = torch.as_tensor(x, dtype=torch.float64) - self.about
        value = torch.zeros(*self.coefficients.shape[1:], len(h), dtype=torch.float64)
        for coefficient in self.coefficients.flip(0):
            value = value * h + coefficient[..., None]
        return value


def taylor_polynomial(
    expression: Expression,
    about: float,
    degree: int,
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
) -> TaylorPolynomial:
    """The Taylor polynomial of degree 0 to 20, by Taylor arithmetic: coefficients f^(k)(about)/k!."""
    if not 0 <= degree <= MAX_ORDER:
        raise ValueError(Message("Choose a degree from 0 to {limit}.", limit=MAX_ORDER))
    point = torch.tensor([float(about)], dtype=torch.float64)
    rows = jet.taylor(expression, point, degree, variable=variable, at=at)[..., 0]
    undefined = (~torch.isfinite(rows)).cumsum(0).bool()
    return TaylorPolynomial(float(about), rows.masked_fill(undefined, torch.nan) + 0.0)


def remainder(
    expression: Expression,
    polynomial: TaylorPolynomial,
    x: Tensor,
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
) -> Tensor:
    """R(x) = f(x) − P(x) at x (n,): (n,), or (k, n) for a vector; NaN where f is undefined.

    As computed: below some 1e-16 of |f| it is rounding error.
    """
    x = torch.as_tensor(x, dtype=torch.float64).detach()
    with torch.no_grad():
        f = evaluate(expression, {**at, variable: x})
    return f.masked_fill(~torch.isfinite(f), torch.nan) - polynomial(x)
