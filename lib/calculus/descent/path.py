"""The one loop of all methods of descent, and how it ended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Any

import torch
from torch import Tensor

from lib.calculus.definiteness import Definiteness
from lib.calculus.derivatives import NOTHING
from lib.calculus.descent.methods import METHODS
from lib.calculus.descent.slope import Slope
from lib.calculus.local_model import LocalModel, local_model
from lib.expression import Expression
from lib.message import Message

MOST = 200  # steps
LEVEL = 1e-8  # |∇f| that counts as 0, of max(1, the Hessian's largest entry)
NEAR = 0.01  # of max(1, the point's size): where Newton's step is longer, no critical point is beside it
STILL = 1e-15  # of the point's size: a shorter step is none
FAR = 1e8  # a coordinate beyond says that the path runs away


class Ending(Enum):
    """How a path ended. `message(...)`: the sentence with its numbers filled in."""

    MINIMUM = (lambda **v: Message("The gradient is {size} after {steps}: a local minimum.", **v),)
    CRITICAL = (lambda **v: Message("The gradient is {size} after {steps}, but this is a {kind}.", **v),)
    LEVEL = (
        lambda **v: Message("The gradient is {size} after {steps}; the Hessian can't tell what this point is.", **v),
    )
    FLAT = (
        lambda **v: Message("The gradient is {size} after {steps}, but the point Newton's step leads to is far off: "
                            "f levels out here.", **v),
    )  # fmt: skip
    AWAY = (lambda **v: Message("The path runs away: a coordinate exceeds 1e8 after {steps}. {hint}", **v),)
    LEFT = (lambda **v: Message("f or its gradient is undefined after {steps}. {hint}", **v),)
    STUCK = (lambda **v: Message("No further step leads down after {steps}; |∇f| is {norm:.3g}.", **v),)
    LIMIT = (lambda **v: Message("Still on its way after {steps}; |∇f| is {norm:.3g}.", **v),)

    def __init__(self, sentence: Callable[..., Message]) -> None:
        self.sentence = sentence

    def message(self, **values: Any) -> Message:
        return self.sentence(**values)


@dataclass(frozen=True)
class Iterate:
    """A point on the way, with f and |∇f| there."""

    point: tuple[float, ...]
    value: float
    norm: float


@dataclass(frozen=True)
class Path:
    """The steps of one method from its start, which is the first."""

    method: str
    steps: tuple[Iterate, ...]
    ending: Ending
    message: Message
    calls: int  # of f and its derivatives


def descend(
    expression: Expression,
    start: Sequence[float],
    method: str,
    *,
    rate: float = 0.01,
    steps: int = MOST,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
) -> Path:
    """The path of a method of METHODS. It ends where |∇f| <= 1e-8 · max(1, max |f_ij|), where a step is shorter than
    1e-15 of the point, where something is undefined or beyond 1e8, and after `steps` steps."""
    if method not in METHODS:
        raise ValueError(Message("I don't know the method `{name}`.", name=method))
    f = Slope(lambda points: local_model(expression, points, variables=variables, at=at))
    x = torch.tensor(start, dtype=torch.float64)
    here = f.look(x)
    run = METHODS[method].begin(x, rate)
    taken = [_iterate(x, here)]
    end = partial(_ended, method, f, taken)
    while True:
        if not here.gradient.isfinite().all():
            return end(Ending.LEFT)
        if float(x.abs().max()) > FAR:
            return end(Ending.AWAY)
        level = LEVEL * max(1.0, float(here.hessian.abs().max()))
        if float(here.norm[0]) <= level:
            return end(*_conclusion(here), size=_size(float(here.norm[0]), level))
        if len(taken) > steps:
            return end(Ending.LIMIT)
        if method == "newton" and not here.hessian.isfinite().all():
            return end(Ending.LEFT)
        after = run.propose(x, here, f)
        if float((after - x).abs().max()) <= STILL * float(x.abs().max()):
            return end(Ending.STUCK)
        x, here = after, f.look(after)
        taken.append(_iterate(x, here))


def _iterate(x: Tensor, here: LocalModel) -> Iterate:
    return Iterate(tuple(x.tolist()), float(here.value[0]), float(here.norm[0]))


def _conclusion(here: LocalModel) -> tuple[Ending, Message | None]:
    ahead = (here.newton - here.points).abs().max()
    if float(ahead) > NEAR * max(1.0, float(here.points.abs().max())):
        return Ending.FLAT, None
    match here.verdict[0]:
        case Definiteness.POSITIVE_DEFINITE:
            return Ending.MINIMUM, None
        case Definiteness.NEGATIVE_DEFINITE:
            return Ending.CRITICAL, Message("local maximum")
        case Definiteness.INDEFINITE:
            return Ending.CRITICAL, Message("saddle point")
    return Ending.LEVEL, None


def _size(norm: float, level: float) -> Message:
    """How small the gradient is, against what counts as 0."""
    return Message("small (|∇f| = {norm:.3g} ≤ {level:.3g})", norm=norm, level=level) if norm else Message("0")


def _steps(count: int) -> Message:
    return Message("1 step") if count == 1 else Message("{n} steps", n=count)


def _ended(
    method: str,
    f: Slope,
    taken: list[Iterate],
    ending: Ending,
    kind: Message | None = None,
    size: Message | None = None,
) -> Path:
    hint = _way_out(method, ending, falls=taken[-1].value < taken[0].value)
    message = ending.message(steps=_steps(len(taken) - 1), norm=taken[-1].norm, kind=kind, size=size, hint=hint)
    return Path(method, tuple(taken), ending, message, f.calls)


def _way_out(method: str, ending: Ending, *, falls: bool) -> Message:
    """What to do where a path runs away or leaves the domain."""
    if ending is Ending.AWAY and falls:
        return Message("f falls all the way: it seems to have no minimum there.")
    return Message("Lower the rate or start elsewhere.") if METHODS[method].rated else Message("Start elsewhere.")
