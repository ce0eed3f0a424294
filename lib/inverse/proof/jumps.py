"""What a search leaves undecided at a jump, and where in its boxes a function jumps past a level."""

from collections.abc import Callable
from math import isfinite

import torch
from flint import arb
from torch import Tensor

from lib.inverse.problem import Problem
from lib.inverse.proof.equation import Formula
from lib.inverse.proof.label import Label
from lib.inverse.proof.solutions import Break
from lib.inverse.proof.zeros import Kind, Zero, roundest
from lib.readings.ball.values import ball

NARROW = 1e-6  # of the window: a wider box isn't looked at
BISECTIONS = 80
ROUNDING = 2.0**-52  # of a jump's height
SAMPLES = 33  # of a box with jumps, which may pass y and come back


def at_jump(formula: Formula, zero: Zero, window: tuple[float, float]) -> Zero:
    """What is undecided, as the only zero, or none, where the function jumps at a round number and has one sign on
    either side of it."""
    room = zero.high - zero.low
    if zero.kind is not Kind.UNDECIDED or not 0 < room <= NARROW * (window[1] - window[0]):
        return zero
    f = formula.side()
    if f.series(ball(zero.low, zero.high), 1)[1].is_finite():
        return zero
    x = roundest(zero.low, zero.high)
    value = f.value(arb(x))
    if not value.is_finite() or (value.contains(0) and not value.is_zero()):
        return zero
    sides = [f.sign(x, far) for far in (zero.low - room, zero.high + room)]
    if not all(side and side[0] for side in sides):
        return zero
    (left, tends), (right, tends_too) = (side or (0, False) for side in sides)
    if value.is_zero():
        return Zero(Kind.TOUCHING if left == right else Kind.UNIQUE, x, x, x, exact=True)
    return Zero(Kind.JUMP, x, zero.low, zero.high, exact=tends or tends_too)


def jumps(problem: Problem, boxes: list[tuple[float, float]]) -> list[Break]:
    """Where in the boxes f jumps across y, by halving between samples and ends of f, at all of them at once."""
    if not boxes:
        return []

    def side(x: Tensor) -> Tensor:
        return (problem.values(x) - problem.y).sign()

    ends = torch.tensor(boxes, dtype=torch.float64)
    x = ends[:, :1] + (ends[:, 1:] - ends[:, :1]) * torch.linspace(0, 1, SAMPLES, dtype=torch.float64)
    left, right = x[:, :-1].flatten(), x[:, 1:].flatten()
    defined = problem.values(left).isfinite()
    ending = defined != problem.values(right).isfinite()  # f may jump once more before it ends
    before = defined[ending]
    last, first = _narrowed(left[ending], right[ending], lambda x: problem.values(x).isfinite() == before)
    left = torch.cat([left, torch.where(before, left[ending], first)])
    right = torch.cat([right, torch.where(before, last, right[ending])])
    crossing = side(left) * side(right) < 0
    left, right = left[crossing], right[crossing]
    start = side(left)
    low, high = _narrowed(left, right, lambda x: side(x) == start)
    rows = zip(*(v.tolist() for v in (low, high, problem.values(low), problem.values(high))), strict=True)
    return [
        Break(roundest(a, b), Label.JUMP, *_plain(before, after))
        for a, b, before, after in rows
        if isfinite(before) and isfinite(after)
    ]


def _narrowed(low: Tensor, high: Tensor, left: Callable[[Tensor], Tensor]) -> tuple[Tensor, Tensor]:
    """Neighbours among doubles of which the lower ones are still on the left, by halving."""
    for _ in range(BISECTIONS if len(low) else 0):
        middle = low + (high - low) / 2
        inside = (low < middle) & (middle < high)
        if not inside.any():
            break
        before = left(middle)
        low, high = torch.where(inside & before, middle, low), torch.where(inside & ~before, middle, high)
    return low, high


def _plain(before: float, after: float) -> tuple[float, float]:
    """Both, 0 where one is so near to it that only doubles next to 0 show it."""
    least = ROUNDING * abs(after - before)
    return before if abs(before) > least else 0.0, after if abs(after) > least else 0.0
