"""What an audit of derivatives finds at a point, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from typing import Any

from lib.message import Message


class Verdict(Enum):
    """What is found at a point. `message(...)`: the sentence with its numbers filled in.

    The sentences are functions so that the catalogues find each template in a call of Message.
    """

    AGREE = (
        lambda **v: Message("At {letter} = {x:.6g} autograd and the exact methods agree to {digits} digits.", **v),
    )
    KINK = (
        lambda **v: Message(
            "f has a kink at {letter} = {x:.6g}: its slope is {left:.6g} on the left and {right:.6g} on the right. "
            "{answer}",
            **v,
        ),
    )
    BEND = (
        lambda **v: Message(
            "f ′ has a kink at {letter} = {x:.6g}: f ″ is {left:.6g} on the left and {right:.6g} on the right. "
            "{answer}",
            **v,
        ),
    )
    WHERE = (
        lambda **v: Message(
            "Autograd returns {autograd:.6g} at {letter} = {x:.6g}, though {symbol} is {slope:.6g} there: the branch "
            "that `where` does not take has no derivative, and 0 times undefined is undefined.",
            **v,
        ),
    )
    CHAIN = (
        lambda **v: Message(
            "Autograd returns {autograd:.6g} at {letter} = {x:.6g}, though {symbol} is {slope:.6g} there: "
            "the chain rule meets 0 times infinity.",
            **v,
        ),
    )
    PIECE = (
        lambda **v: Message(
            "Autograd returns {autograd:.6g} at {letter} = {x:.6g}, though {symbol} is {slope:.6g} there: "
            "it differentiates the piece that holds at this one point only.",
            **v,
        ),
    )
    JUMP = (
        lambda **v: Message(
            "f jumps at {letter} = {x:.6g}, from {left:.6g} to {right:.6g}: it has no derivative there. {answer}",
            **v,
        ),
    )
    ISOLATED = (
        lambda **v: Message(
            "f is {value:.6g} at {letter} = {x:.6g} but tends to {limit:.6g} from both sides: "
            "it has no derivative there. {answer}",
            **v,
        ),
    )
    ALONE = (
        lambda **v: Message(
            "f is {value:.6g} at {letter} = {x:.6g} but tends to {limit:.6g} from the one side on which it is defined: "
            "it has no derivative there. {answer}",
            **v,
        ),
    )
    LONELY = (
        lambda **v: Message(
            "f is {value:.6g} at {letter} = {x:.6g} but undefined on both sides: it has no derivative there. {answer}",
            **v,
        ),
    )
    VERTICAL = (
        lambda **v: Message(
            "f has a vertical tangent at {letter} = {x:.6g}: its slope grows without bound. {answer}",
            **v,
        ),
    )
    CUSP = (
        lambda **v: Message(
            "f has a cusp at {letter} = {x:.6g}: its slope grows without bound, with opposite signs on the two sides. "
            "{answer}",
            **v,
        ),
    )
    SHARP = (
        lambda **v: Message(
            "f ″ grows without bound near {letter} = {x:.6g}, though f ′ is {slope:.6g} there. {answer}",
            **v,
        ),
    )
    END = (
        lambda **v: Message("f ends at {letter} = {x:.6g}: {slope:.6g} is its slope from one side only. {answer}", **v),
    )
    POLE = (lambda **v: Message("f grows without bound near {letter} = {x:.6g}.", **v),)
    REMOVABLE = (lambda **v: Message("f is undefined at {letter} = {x:.6g}, but tends to {limit:.6g} there.", **v),)
    UNDEFINED = (lambda **v: Message("f is undefined at {letter} = {x:.6g}.", **v),)
    UNDEFINED_VALUE = (
        lambda **v: Message(
            "f is undefined at {letter} = {x:.6g}, yet autograd returns the derivative {autograd:.6g}.",
            **v,
        ),
    )
    OVERFLOW = (
        lambda **v: Message(
            "At {letter} = {x:.6g} a step of the computation exceeds 1.8e308, the largest double: {symbol} is lost.",
            **v,
        ),
    )
    OVERFLOW_KNOWN = (
        lambda **v: Message(
            "At {letter} = {x:.6g} a step of the computation exceeds 1.8e308, the largest double: "
            "{symbol} is computed as {computed:.6g} and is truly {true:.6g}.",
            **v,
        ),
    )
    CANCELLATION = (
        lambda **v: Message(
            "At {letter} = {x:.6g} rounding leaves {digits} of 16 digits of {symbol}: {method} computes "
            "{computed:.6g}, the true value is {true:.6g}.",
            **v,
        ),
    )
    SILENT = (
        lambda **v: Message(
            "At {letter} = {x:.6g} {method} has no value for {symbol}; differences, which look at f around the point, "
            "give {estimate:.6g}.",
            **v,
        ),
    )
    DISAGREE = (lambda **v: Message("At {letter} = {x:.6g} the methods agree to {digits} digits only.", **v),)

    def __init__(self, sentence: Callable[..., Message]) -> None:
        self.sentence = sentence

    @property
    def lost(self) -> int:
        """The order of the first derivative that certainly doesn't exist at such a point; 3 where none is known to."""
        broken = ("JUMP", "ISOLATED", "ALONE", "LONELY", "POLE", "VERTICAL", "CUSP", "KINK")
        return 1 if self.name in broken else 2 if self.name in ("SHARP", "BEND") else 3

    def message(self, **values: Any) -> Message:
        return self.sentence(**values)


def answer(autograd: float) -> Message:
    """What autograd returns where there is no derivative."""
    if isfinite(autograd):
        return Message("Autograd returns {autograd:.6g}, by convention.", autograd=autograd)
    return Message("Autograd returns {autograd:.6g}.", autograd=autograd)


@dataclass(frozen=True)
class Finding:
    """The verdict on a point. digits: to how many the methods agree, from 0 to 16; None where they needn't.

    also: a further sentence.
    """

    verdict: Verdict
    message: Message
    digits: int | None = None
    also: Message | None = None

    @property
    def fine(self) -> bool:
        """Whether the numbers can be taken as they are."""
        return self.verdict is Verdict.AGREE
