"""The equation f(x) = y, asked at one x at a time."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite, nan

import torch
from torch import Tensor

from lib.expression import Expression
from lib.message import Message
from lib.readings.tensor import evaluate


@dataclass(frozen=True)
class Point:
    """x and f(x), which travel together; f is NaN where undefined."""

    x: float
    f: float


@dataclass(frozen=True)
class Problem:
    """f(x) = y; float64, undefined is NaN."""

    expression: Expression
    y: float
    variable: str
    at: Mapping[str, float]
    window: tuple[float, float] | None

    def point(self, x: float) -> Point:
        """x with f(x)."""
        return Point(x, float(self.values(torch.tensor([x], dtype=torch.float64))[0]))

    def values(self, x: Tensor) -> Tensor:
        """f at many x (n,): (n,)."""
        with torch.no_grad():
            f = evaluate(self.expression, {**self.at, self.variable: x}).expand_as(x)
        return f.masked_fill(~torch.isfinite(f), torch.nan)

    def tangent(self, x: float) -> tuple[Point, float]:
        """x with f(x), and f'(x) by torch autograd."""
        at = torch.tensor([x], dtype=torch.float64, requires_grad=True)
        f = evaluate(self.expression, {**self.at, self.variable: at}).expand_as(at)
        slope = 0.0
        if f.requires_grad:
            slope = float(torch.autograd.grad(f.sum(), at, materialize_grads=True)[0])
        value = float(f.detach()[0])
        if not isfinite(value):
            return Point(x, nan), nan
        return Point(x, value), slope if isfinite(slope) else nan

    def slopes(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """f and f' at many x (n,), by torch autograd."""
        at = x.detach().clone().requires_grad_()
        f = evaluate(self.expression, {**self.at, self.variable: at}).expand_as(at)
        if not f.requires_grad:
            return f, torch.zeros_like(x)
        return f.detach(), torch.autograd.grad(f.sum(), at, materialize_grads=True)[0]

    def side(self, point: Point) -> int:
        """The sign of f(x) − y: -1, 0 or 1. Signs decide a bracket, since a product of small numbers underflows."""
        return (point.f > self.y) - (point.f < self.y)


def checked(
    expression: Expression, y: float, window: tuple[float, float] | None, variable: str, at: Mapping[str, float]
) -> Problem:
    """The problem, its window ascending. A bad argument is a ValueError."""
    if expression.shape is not None:
        raise ValueError(Message("An equation f(x) = y needs a function with one value; this one is a vector."))
    if not isfinite(y):
        raise ValueError(Message("Give a finite number as the target y."))
    return Problem(expression, float(y), variable, at, interval(window))


def interval(ends: tuple[float, float] | None) -> tuple[float, float] | None:
    """The two ends in ascending order."""
    if ends is None:
        return None
    low, high = float(min(ends)), float(max(ends))
    if not (isfinite(low) and isfinite(high) and low < high):
        raise ValueError(Message("Give two different finite numbers as the ends."))
    return low, high
