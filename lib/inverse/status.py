"""How a run ended, in words."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from lib.message import Message


class Status(Enum):
    """How a run ended. `found`: x is a solution. `outcome`: the end in two words. `message(...)`: the sentence with its
    numbers filled in.

    The sentences are functions so that the catalogues find each template in a call of Message.
    """

    CONVERGED = (
        True,
        Message("converged"),
        lambda **v: Message("Converged at step {k}: x = {x:.6g}, with an error of about {error:.1g}.", **v),
    )
    CONVERGED_SLOWLY = (
        True,
        Message("converged slowly"),
        lambda **v: Message(
            "Converged slowly, at step {k}: x = {x:.6g}, with an error of about {error:.1g}. "
            "Each step multiplied the error by about {ratio:.2g}, {why}.",
            **v,
        ),
    )
    EXACT = (
        True,
        Message("exact"),
        lambda **v: Message("Exact at step {k}: at x = {x:.6g} the computed f(x) equals y to the last digit.", **v),
    )
    EXACT_WITHIN = (
        True,
        Message("exact, but f is level around"),
        lambda **v: Message(
            "At x = {x:.6g} (step {k}) the computed f(x) equals y to the last digit, but so it does up to {error:.1g} "
            "away: x can't be told more closely than that.",
            **v,
        ),
    )
    EXACT_AT_JUMP = (
        True,
        Message("exact, at a jump"),
        lambda **v: Message(
            "At x = {x:.6g} (step {k}) the computed f(x) equals y, but f jumps there from {before:.6g} to {after:.6g}.",
            **v,
        ),
    )
    NO_SIGN_CHANGE = (
        False,
        Message("no sign change"),
        lambda **v: Message(
            "f(x) − y has the same sign at both ends of [{low:.6g}, {high:.6g}], so the bracket holds no sign change "
            "to follow. {advice}",
            **v,
        ),
    )
    FLAT = (
        False,
        Message("horizontal tangent"),
        lambda **v: Message(
            "The tangent at x = {x:.6g} (step {k}) is horizontal: it never meets the level y = {y:.6g}. "
            "Choose another start.",
            **v,
        ),
    )
    NO_DERIVATIVE = (
        False,
        Message("no derivative"),
        lambda **v: Message(
            "f has no derivative at x = {x:.6g} (step {k}), so there is no tangent to follow. Choose another start.",
            **v,
        ),
    )
    KINK = (
        False,
        Message("a kink"),
        lambda **v: Message(
            "f has a kink or a jump at x = {x:.6g} (step {k}), so there is no tangent to follow; that f ′ is 0 there "
            "is PyTorch's convention. Choose another start.",
            **v,
        ),
    )
    NO_DECREASE = (
        False,
        Message("no decrease"),
        lambda **v: Message(
            "At x = {x:.6g} (step {k}) no part of Newton's step brings f(x) = {f:.6g} nearer to y = {y:.6g}: "
            "|f − y| has a minimum near there. Choose another start.",
            **v,
        ),
    )
    UNDEFINED = (
        False,
        Message("left the domain"),
        lambda **v: Message("f is undefined at x = {x:.6g} (step {k}). Choose another start or bracket.", **v),
    )
    LEFT_WINDOW = (
        False,
        Message("left the window"),
        lambda **v: Message(
            "Left the window [{left:.6g}, {right:.6g}] and is moving away from it: x = {x:.6g} at step {k}. "
            "Start nearer to a solution, or widen the window.",
            **v,
        ),
    )
    RUNS_AWAY = (
        False,
        Message("runs away"),
        lambda **v: Message("Runs away: x = {x:.6g} at step {k} and still going. Choose another start.", **v),
    )
    CYCLE = (
        False,
        Message("a cycle"),
        lambda **v: Message(
            "A cycle of length {length}: step {k} is back at x = {x:.6g}. It would go on for ever; "
            "choose another start.",
            **v,
        ),
    )
    POLE = (
        False,
        Message("a pole"),
        lambda **v: Message(
            "The sign changes at a pole near x = {x:.6g}: f grows beyond all bounds there. It is not a solution; "
            "choose another bracket.",
            **v,
        ),
    )
    JUMP = (
        False,
        Message("a jump"),
        lambda **v: Message(
            "The sign changes at a jump near x = {x:.6g}: f goes from {before:.6g} to {after:.6g} without taking "
            "the value {y:.6g}. It is not a solution.",
            **v,
        ),
    )
    STILL_SLOW = (
        False,
        Message("still on its way"),
        lambda **v: Message(
            "Still on its way after {k} steps: x = {x:.6g}, with an error of about {error:.1g}. "
            "Each step multiplies the error by about {ratio:.2g}, {why}.",
            **v,
        ),
    )
    CRAWLS = (
        False,
        Message("ever slower"),
        lambda **v: Message(
            "Ever slower after {k} steps: x = {x:.6g}, f(x) = {f:.6g}, the last step was {size:.1g}. Whether it gets "
            "anywhere can't be told from its steps. Choose another start or method.",
            **v,
        ),
    )
    CLOSING = (
        False,
        Message("still closing in"),
        lambda **v: Message(
            "Not there yet after {k} steps: the sign changes between x = {low:.9g} and {high:.9g}. Allow more steps.",
            **v,
        ),
    )
    TOO_MANY_STEPS = (
        False,
        Message("no convergence"),
        lambda **v: Message(
            "No convergence in {k} steps; the last is x = {x:.6g}, f(x) = {f:.6g}. Choose another start, or see on "
            "the plot whether f reaches y = {y:.6g} at all.",
            **v,
        ),
    )

    def __init__(self, found: bool, outcome: Message, say: Callable[..., Message]) -> None:
        self.found = found
        self.outcome = outcome
        self.message = say

    def __reduce_ex__(self, proto: Any) -> tuple[Any, ...]:
        """By name, since sentences can't be pickled."""
        return getattr, (Status, self.name)
