"""Which x share a value of f, and what least squares makes of them."""

from dataclasses import dataclass
from functools import lru_cache

import torch

from lib.calculus import derivatives
from lib.expression import Expression
from lib.inverse import Branch, Branches, branches, inverse_values
from lib.readings.expected import expected

Window = tuple[float, float]
Values = tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Shared:
    """A y, the x with f(x) = y in the range, the mean that least squares learns for it, and f of that mean."""

    y: float
    xs: tuple[float, ...]
    mean: float
    value: float


@lru_cache(maxsize=64)
def branches_of(expression: Expression, window: Window, variable: str, at: Values) -> Branches | None:
    """The branches of f, its noise at its mean; None where there is no proof of them."""
    try:
        return branches(expected(expression), window, variable=variable, at=dict(at))
    except ValueError:
        return None


@lru_cache(maxsize=64)
def shared(expression: Expression, found: Branches, y: float, variable: str, at: Values) -> Shared | None:
    """The x that share y, or another value where y isn't taken twice; None where no value is.

    Of x drawn evenly, those close to a solution have a density of 1/|f'|, so the mean of x at y is weighted with it.
    """
    if len(_crossing(found, y)) < 2:
        other = found.doubled()
        if other is None:
            return None
        y = other
    f, letters = expected(expression), dict(at)
    target = torch.tensor([y], dtype=torch.float64)
    each = [inverse_values(f, target, branch, variable=variable, at=letters) for branch in _crossing(found, y)]
    xs = torch.cat(each)
    xs = xs[xs.isfinite()]
    weights = 1 / derivatives(f, xs, order=1, variable=variable, at=letters)[1].abs().clamp_min(1e-12)
    mean = (weights * xs).sum() / weights.sum()
    value = derivatives(f, mean[None], order=0, variable=variable, at=letters)[0]
    return Shared(y, tuple(xs.tolist()), float(mean), float(value))


def _crossing(found: Branches, y: float) -> list[Branch]:
    """The branches that pass through y, and don't only touch it where they meet."""
    return [branch for branch in found.branches if branch.bottom < y < branch.top]
