"""Derivatives from values alone: central differences, their error against the step, and Richardson's extrapolation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.expression.limits import points_within_budget
from lib.readings.tensor import evaluate, straight_line

LARGEST_STEP, SMALLEST_STEP = 1e-1, 1e-12
STEPS = 89  # eight a decade: the zigzag of rounding errors shows
ROUNDING = 2.0**-53
UNSETTLED = 0.1  # of the estimate, or of a tenth of the coarsest one: an error as large leaves no estimate
ROUGH = 1e-5  # of f: where f' and f'' are 0, errors up to UNSETTLED times that are small
LEVELS, RATIO = 16, 4  # of Richardson's tableau: steps from 0.1 to 9e-11, each a quarter of the one before


@dataclass(frozen=True, eq=False)
class DifferenceCurve:
    """Central differences at n points for m steps h: rows f', f''. NaN where a sample is undefined."""

    h: Tensor  # (m,), descending
    estimates: Tensor  # (2, m, n)
    errors: Tensor  # (2, m, n), the distance from the reference
    best: Tensor  # (2, n), the h of the smallest error


def difference_curve(
    expression: Expression, x: Tensor, reference: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> DifferenceCurve:
    """(f(x+h) − f(x−h))/2h and (f(x+h) − 2f(x) + f(x−h))/h² against the reference (2, n), for h from 0.1 to 1e-12.

    Long steps err by what the line leaves out, of order h²; short ones by rounding, of order 1/h and 1/h².
    """
    cost = straight_line(expression, {**at, variable: 0.0}).cost
    count = points_within_budget(2 * cost * max(1, len(x)), STEPS, 0)
    h = LARGEST_STEP * (SMALLEST_STEP / LARGEST_STEP) ** torch.linspace(0, 1, count, dtype=torch.float64)
    estimates = central_differences(expression, x, h, variable, at)
    errors = (estimates - reference[:, None]).abs()
    best = h[errors.nan_to_num(torch.inf).argmin(1)]
    return DifferenceCurve(h, estimates, errors, best)


def central_differences(expression: Expression, x: Tensor, h: Tensor, variable: str, at: Mapping[str, float]) -> Tensor:
    """Estimates of f' and f'' at the points x (n,) for the steps h (m,): (2, m, n)."""
    return _central(lambda samples: evaluate(expression, {**at, variable: samples}), x, h)


def _central(f: Callable[[Tensor], Tensor], x: Tensor, h: Tensor) -> Tensor:
    with torch.no_grad():
        samples = torch.stack([x + h[:, None], x.expand(len(h), -1), x - h[:, None]])  # steps as they are rounded
        above, middle, below = f(samples)
        rise, run = samples[0] - x, x - samples[2]
        first = (above - below) / (rise + run)
        second = 2 * ((above - middle) / rise - (middle - below) / run) / (rise + run)
        return torch.stack([first, second])


def richardson(
    expression: Expression, x: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> tuple[Tensor, Tensor]:
    """f' and f'' at x (n,) by Richardson's extrapolation of central differences, and estimates of their errors: (2, n).

    NaN where f is undefined at the point itself, or the estimate settles nowhere: at a jump or a pole.
    The entry of the tableau that changed least is taken, rounding of f counted as a change, as in C. Ridders, "Accurate
    computation of F'(x) and F'(x)F''(x)", Advances in Engineering Software 4 (1982), doi 10.1016/S0141-1195(82)80057-0.
    """
    return extrapolated(lambda samples: evaluate(expression, {**at, variable: samples}), x)


def extrapolated(f: Callable[[Tensor], Tensor], x: Tensor) -> tuple[Tensor, Tensor]:
    """The same of a function of tensors."""
    h = LARGEST_STEP * RATIO ** -torch.arange(LEVELS, dtype=torch.float64)
    row = _central(f, x, h)
    with torch.no_grad():
        size = f(x).abs().expand_as(x)
    rounding = ROUNDING * size * torch.stack([1 / h, 4 / h**2])[..., None]  # (2, steps, n)
    coarse = row[:, 0]
    best, error = coarse, torch.full_like(coarse, torch.inf)
    factor = 1.0
    for level in range(1, LEVELS):
        factor *= RATIO**2
        finer = row[:, 1:] + (row[:, 1:] - row[:, :-1]) / (factor - 1)
        change = torch.maximum((finer - row[:, 1:]).abs(), (finer - row[:, :-1]).abs())
        smallest, place = torch.maximum(change, rounding[:, level:]).nan_to_num(torch.inf).min(1)
        better = smallest < error
        best = torch.where(better, finer.gather(1, place[:, None])[:, 0], best)
        error = torch.where(better, smallest, error)
        row = finer
    scale = torch.maximum(torch.maximum(best.abs(), 0.1 * coarse.abs().nan_to_num(0.0)), ROUGH * size)
    return best.masked_fill(~best.isfinite() | ~size.isfinite() | (error > UNSETTLED * scale), torch.nan), error
