"""What is known of a solution, in words."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any

from lib.message import Message

# By whether the ends belong to it; said in full, so that the catalogues find each.
_STRETCHES: dict[tuple[bool, bool], Callable[..., Message]] = {
    (True, True): lambda **v: Message("proved: every x from {low:.6g} to {high:.6g} is a solution", **v),
    (True, False): lambda **v: Message("proved: every x from {low:.6g} to just below {high:.6g} is a solution", **v),
    (False, True): lambda **v: Message("proved: every x from just above {low:.6g} to {high:.6g} is a solution", **v),
    (False, False): lambda **v: Message(
        "proved: every x from just above {low:.6g} to just below {high:.6g} is a solution", **v
    ),
}


class Label(StrEnum):
    """The status of a root, or what a break in f is. `message(...)`: its sentence with the numbers filled in."""

    say: Callable[..., Message]

    UNIQUE = ("unique", lambda **v: Message("proved: the only one between {low:.17g} and {high:.17g}", **v))
    TOUCHING = (
        "touching",
        lambda **v: Message("touching: f reaches y here and turns back, jumps or ends", **v),
    )
    STRETCH = ("stretch", lambda **v: _STRETCHES[v["closed"]](**{key: v[key] for key in ("low", "high")}))
    UNDECIDED = (
        "undecided",
        lambda **v: Message("undecided: between {low:.6g} and {high:.6g} there may be none, one or more", **v),
    )
    POLE = ("pole", lambda **v: Message("a pole: f grows beyond all bounds at x = {x:.6g}", **v))
    JUMP = (
        "jump",
        lambda **v: Message("a jump: f goes from {before:.6g} to {after:.6g} at x = {x:.6g} and leaves y out", **v),
    )
    LIMIT = (
        "only a limit",
        lambda **v: Message("a jump: f tends to y beside x = {x:.6g}, but is not y there", **v),
    )
    BEYOND = (
        "beyond",
        lambda **v: Message("a solution lies outside, less than {after:.1g} beyond the window's end {x:.6g}", **v),
    )
    HOLE = ("hole", lambda **v: Message("a hole: f is undefined at x = {x:.6g}", **v))

    def __new__(cls, value: str, say: Callable[..., Message]) -> "Label":
        label = str.__new__(cls, value)
        label._value_ = value
        label.say = say
        return label

    def message(self, **numbers: Any) -> Message:
        """The sentence."""
        return self.say(**numbers)
