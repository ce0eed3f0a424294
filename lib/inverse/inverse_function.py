"""The inverse of a branch as a function: many targets at once, differentiable by torch autograd."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import torch
from torch import Tensor

from lib.expression import Expression
from lib.inverse.branches import Branch
from lib.inverse.problem import Problem, checked
from lib.readings.jet import jets
from lib.readings.tensor import evaluate, filled

TABLE = 257  # values of the branch that give each target a bracket of its own
ULP, NOISE = 2.0**-52, 8
STEPS = 1100  # at the most: of Newton's, or halvings from pole to pole; ordinary targets take 3 to 6


def inverse_values(
    expression: Expression,
    y: Tensor,
    branch: Branch,
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> Tensor:
    """x (m,) in the branch with f(x) = y for the targets y (m,); NaN for those that the branch doesn't reach.

    Newton's method on all targets at once, each guarded by a bracket; it stops where a step is below 2 units in the
    last place of x. Differentiable in y, as often as one likes: by the implicit function theorem x' = 1/f'(x).
    """
    problem = checked(expression, 0.0, (branch.low, branch.high), variable, at)
    found: Tensor = _Inverse.apply(y.to(torch.float64), problem, branch)  # type: ignore[no-untyped-call]
    return found


class _Inverse(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, y: Tensor, problem: Problem, branch: Branch) -> Tensor:
        x = _solved(y.detach(), problem, branch)
        ctx.save_for_backward(x)
        ctx.problem = problem
        return x

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None]:
        (x,) = ctx.saved_tensors
        with torch.enable_grad():
            at = x if x.requires_grad else x.detach().requires_grad_()
            f = evaluate(ctx.problem.expression, {**ctx.problem.at, ctx.problem.variable: at}).expand_as(at)
            (slope,) = torch.autograd.grad(f.sum(), at, create_graph=True, materialize_grads=True)
        return grads[0] / slope, None, None


@torch.no_grad()
def _solved(y: Tensor, problem: Problem, branch: Branch) -> Tensor:
    known = (y >= branch.bottom) & (y <= branch.top)
    targets = y[known]
    x = torch.full_like(y, torch.nan)
    if not len(targets):
        return x
    table = torch.linspace(*branch.inner, TABLE, dtype=torch.float64)
    values = problem.values(table)
    if not branch.rising:
        table, values = table.flip(0), values.flip(0)
    values = torch.cummax(values.nan_to_num(branch.bottom), 0).values
    place = torch.searchsorted(values, targets).clamp(1, TABLE - 1)
    low, high = table[place - 1], table[place]
    rise = (values[place] - values[place - 1]).clamp_min(1e-300)
    share = ((targets - values[place - 1]) / rise).clamp(0, 1)
    guess = torch.where(share < 1, low + (high - low) * share, high)  # rounding may not lead beyond the end
    x[known] = _newton(problem, targets, low, high, guess)
    return x


def _newton(problem: Problem, y: Tensor, low: Tensor, high: Tensor, x: Tensor) -> Tensor:
    """low and high are the ends of each bracket where f is below and above y, in either order."""
    result, left = x.clone(), torch.arange(len(y))
    size = torch.full_like(x, torch.inf)  # of the last move
    for _ in range(STEPS):
        f, slope = _tangents(problem, x)
        above = f > y
        low, high = torch.where(above, low, x), torch.where(above, x, high)
        step = (f - y) / slope
        moved = x - step
        inside = (moved - low) * (moved - high) <= 0
        moved = torch.where(f == y, x, torch.where(inside, moved, (low + high) / 2))
        result[left] = moved
        move = (moved - x).abs()
        going = (move > ULP * moved.abs()) & (f != y)
        rounding = ULP * (moved.abs() + (y / slope).abs())  # makes x jump about the solution
        going &= ~(step.abs() <= NOISE * rounding) | (move < size / 2)
        if not going.any():
            break
        left, y, low, high, x, size = (values[going] for values in (left, y, low, high, moved, move))
    return result


def _tangents(problem: Problem, x: Tensor) -> tuple[Tensor, Tensor]:
    """f and f' at x (n,)."""
    (jet,) = jets(problem.expression, x, 1, problem.variable, problem.at)
    return filled(jet[0], x.shape), filled(jet[1], x.shape)
