"""The equation f(x) = y, asked at one x at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite, nan

import torch
from torch import Tensor

from lib.expression import Expression
from lib.message import Message
from lib.readings import arguments
from lib.readings.tensor import evaluate

RELATIVE = 2.0**-52
ABSOLUTE = 1e-18


@dataclass(frozen=True)
class Point:
    """x and f(x), which travel together; f is NaN where undefined."""

    x: float
    f: float


@dataclass(frozen=True)
class Accuracy:
    """When a run has converged: error <= relative·|x| + absolute. steps: how many follow step 0 at the most.

    absolute None: 1e-18 of the largest |x| met, so that a solution at 0 can be reached.
    """

    relative: float = RELATIVE
    absolute: float | None = None
    steps: int = 100


TO_THE_LAST_DIGIT = Accuracy()


@dataclass
class Counts:
    """How often f and its derivatives were asked for."""

    f: int = 0
    slope: int = 0

    @property
    def both(self) -> tuple[int, int]:
        return self.f, self.slope


@dataclass(frozen=True)
class Problem:
    """f(x) = y; float64, undefined is NaN. scale: the largest |x| that a run begins from."""

    expression: Expression
    y: float
    variable: str
    at: Mapping[str, float]
    window: tuple[float, float] | None
    accuracy: Accuracy = TO_THE_LAST_DIGIT
    scale: float = 0.0
    counts: Counts = field(default_factory=Counts, compare=False)

    def begun(self, *begin: Point) -> Problem:
        """The problem of one run, with counts of its own."""
        return replace(self, scale=max(abs(point.x) for point in begin), counts=Counts())

    def tolerance(self, x: float, scale: float | None = None) -> float:
        """The error at x that is small enough."""
        absolute = self.accuracy.absolute
        if absolute is None:
            absolute = ABSOLUTE * (self.scale if scale is None else scale)
        return self.accuracy.relative * abs(x) + absolute

    def narrowed(self, low: Point, high: Point, point: Point) -> tuple[Point, Point]:
        """The part of a bracket, on one side of a point inside, that has the change of sign."""
        return (point, high) if self.side(point) == self.side(low) else (low, point)

    def point(self, x: float) -> Point:
        """x with f(x)."""
        self.counts.f += 1
        return Point(x, float(self.values(torch.tensor([x], dtype=torch.float64))[0]))

    def values(self, x: Tensor) -> Tensor:
        """f at many x (n,): (n,)."""
        with torch.no_grad():
            f = evaluate(self.expression, {**self.at, self.variable: x}).expand_as(x)
        return f.masked_fill(~torch.isfinite(f), torch.nan)

    def tangent(self, x: float) -> tuple[Point, float]:
        """x with f(x), and f'(x) by torch autograd."""
        point, slope, _ = self._derivatives(x, 1)
        return point, slope

    def curvature(self, x: float) -> tuple[Point, float, float]:
        """x with f(x), f'(x) and f''(x) by torch autograd."""
        self.counts.slope += 1
        return self._derivatives(x, 2)

    def _derivatives(self, x: float, order: int) -> tuple[Point, float, float]:
        self.counts.f += 1
        self.counts.slope += 1
        at = torch.tensor([x], dtype=torch.float64, requires_grad=True)
        rows = [evaluate(self.expression, {**self.at, self.variable: at}).expand_as(at)]
        for k in range(order):
            known = rows[-1].requires_grad
            rows.append(
                torch.autograd.grad(rows[-1].sum(), at, create_graph=k + 1 < order, materialize_grads=True)[0]
                if known
                else torch.zeros_like(at)
            )
        value, slope, bend = [*(float(row.detach()[0]) for row in rows), nan][:3]
        if not isfinite(value):
            return Point(x, nan), nan, nan
        return Point(x, value), slope if isfinite(slope) else nan, bend if isfinite(bend) else 0.0

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
    expression: Expression,
    y: float,
    window: tuple[float, float] | None,
    variable: str,
    at: Mapping[str, float],
    accuracy: Accuracy = TO_THE_LAST_DIGIT,
) -> Problem:
    """The problem, its window ascending. A bad argument is a ValueError."""
    if arguments.formula(expression).shape is not None:
        raise ValueError(
            Message(
                "An equation f(x) = y needs a function with one value; this one is a vector. Type one of its "
                "components, or two components in two letters, such as [x^2 + y^2, x*y]."
            )
        )
    y = arguments.number(y, "y")
    if not isfinite(y):
        raise ValueError(Message("Give a finite number as the target y."))
    if not (accuracy.relative >= RELATIVE and accuracy.steps >= 1):
        raise ValueError(
            Message("Choose a relative tolerance of at least {least:.2g}, and at least one step.", least=RELATIVE)
        )
    if accuracy.absolute is not None and not accuracy.absolute >= 0:
        raise ValueError(Message("Choose an absolute tolerance of 0 or more."))
    name, letters = arguments.name(variable), arguments.letters(at)
    return Problem(expression, y, name, letters, interval(window), accuracy)


def interval(ends: tuple[float, float] | None) -> tuple[float, float] | None:
    """The two ends in ascending order."""
    if ends is None:
        return None
    given = arguments.numbers(ends)
    if given.shape != (2,) or not given.isfinite().all() or given[0] == given[1]:
        raise ValueError(Message("Give two different finite numbers as the ends."))
    low, high = given.sort().values.tolist()
    return low, high
