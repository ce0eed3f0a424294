"""The answers of a network that learnt x from y, beside those of methods that solve f(x) = y."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan

import torch
from torch import Tensor

from lib.calculus import derivatives
from lib.inverse import Branches, solve
from lib.learning.inverse import LearnInverse
from lib.learning.learner import Learner
from lib.message import Message
from lib.readings.expected import expected


@dataclass(frozen=True)
class Answer:
    """One x for a target y, how far f(x) is from y, and the same after a step of Newton's method from there."""

    y: float
    x: float
    residual: float
    stepped: float
    stepped_residual: float


@dataclass(frozen=True)
class Way:
    """A way to find x: its answers, the worst residual |f(x) − y| among them, and seconds of a core for all of them."""

    title: Message
    xs: tuple[float, ...]
    worst: float
    seconds: float


def answers_for(learner: Learner, ys: Sequence[float]) -> list[Answer]:
    """All answers of the network for the targets, with what one step of Newton's makes of them."""
    y = torch.tensor(ys, dtype=torch.float64)
    x = learner.answers(y[:, None])
    rows, columns = x.isfinite().nonzero(as_tuple=True)
    x, y = x[rows, columns], y[rows]
    stepped = newton_step(learner, x, y)
    numbers = (y, x, residual(learner, x, y), stepped, residual(learner, stepped, y))
    return [Answer(*row) for row in torch.stack(numbers, 1).tolist()]


def newton_step(learner: Learner, x: Tensor, y: Tensor) -> Tensor:
    """x − (f(x) − y)/f'(x)."""
    rows = _f(learner, x, 1)
    return x - (rows[0] - y) / rows[1]


def residual(learner: Learner, x: Tensor, y: Tensor) -> Tensor:
    return _f(learner, x, 0)[0] - y


def _f(learner: Learner, x: Tensor, order: int) -> Tensor:
    it = learner.experiment
    return derivatives(expected(it.expression), x, order=order, variable=it.variables[0], at=dict(it.at))


def compare(learner: Learner, ys: Sequence[float], found: Branches | None) -> list[Way]:
    """The network, the network with one Newton step, Newton from three quarters of the range, and bisection on the
    first branch that reaches the target; one x a target, NaN where there is none."""
    assert isinstance(learner.task, LearnInverse)
    it = learner.experiment
    expression, at, variable = expected(it.expression), dict(it.at), it.variables[0]
    window = it.sampling.ranges[0]
    y = torch.tensor(ys, dtype=torch.float64)

    def network() -> Tensor:
        answers = learner.answers(y[:, None])
        first = answers.isfinite().int().argmax(1, keepdim=True)
        x: Tensor = answers.gather(1, first).squeeze(1)
        return x

    def newton(target: float) -> float:
        trace = solve(expression, target, "newton", window=window, start=_start(window), variable=variable, at=at)
        return trace.x if trace.status.found else nan

    def bisection(target: float) -> float:
        branch = next((b for b in found.branches if b.reaches(target)), None) if found else None
        bracket = (branch.low, branch.high) if branch else window
        trace = solve(expression, target, "bisection", bracket=bracket, window=window, variable=variable, at=at)
        return trace.x if trace.status.found else nan

    ways: list[tuple[Message, Callable[[], Tensor]]] = [
        (Message("network"), network),
        (Message("network, then one Newton step"), lambda: newton_step(learner, network(), y)),
        (Message("Newton's method"), lambda: _each(newton, ys)),
        (Message("bisection"), lambda: _each(bisection, ys)),
    ]
    return [_timed(learner, title, way, y) for title, way in ways]


def _timed(learner: Learner, title: Message, way: Callable[[], Tensor], y: Tensor) -> Way:
    began = time.thread_time()  # in which other visitors have no part
    x = way()
    seconds = time.thread_time() - began
    missed = residual(learner, x, y).abs()
    known = missed[missed.isfinite()]
    return Way(title, tuple(x.tolist()), float(known.max()) if len(known) else nan, seconds)


def _each(method: Callable[[float], float], ys: Sequence[float]) -> Tensor:
    return torch.tensor([method(y) for y in ys], dtype=torch.float64)


def _start(window: tuple[float, float]) -> float:
    """Not the middle itself, which for even ranges is 0, where many functions are flat."""
    low, high = window
    return low + 0.75 * (high - low)
