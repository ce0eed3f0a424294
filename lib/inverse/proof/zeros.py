"""Zeros of a function, as a search in an interval finds them."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil, floor, log2


class Kind(StrEnum):
    """What a box turned out to hold."""

    UNIQUE = "unique"
    TOUCHING = "touching"
    STRETCH = "stretch"
    UNDECIDED = "undecided"
    JUMP = "jump"


@dataclass(frozen=True)
class Zero:
    """A zero, or what may be one, between low and high, inclusive.

    exact: x itself is the zero, or at a jump, which is none, the function tends to 0. order: its multiplicity; of what
    is undecided the most zeros that it can be, 0 if that is not known.
    """

    kind: Kind
    x: float
    low: float
    high: float
    exact: bool = False
    order: int = 1

    @property
    def decided(self) -> bool:
        """Whether it is proved what is between low and high."""
        return self.kind is not Kind.UNDECIDED and bool(self.order or self.kind is Kind.STRETCH)

    @property
    def crosses(self) -> bool:
        """Whether the function may change its sign here."""
        return not (self.kind is Kind.TOUCHING and self.order and self.order % 2 == 0)


def roundest(low: float, high: float) -> float:
    """The number in [low, high] with the fewest binary digits; 0 if it is there."""
    if low <= 0 <= high:
        return 0.0
    step = 2.0 ** floor(log2(high - low)) if high > low else 0.0
    if not step:
        return low
    while True:
        wider = 2 * step
        if not low <= ceil(low / wider) * wider <= high:
            return ceil(low / step) * step if low <= ceil(low / step) * step <= high else low
        step = wider


def joined(zeros: list[Zero]) -> list[Zero]:
    """In order; neighbours of a kind as one, what is undecided beside one stretch as its end, doubles once, and what
    floating-point numbers don't keep apart as one cluster."""
    found: list[Zero] = []
    for zero in sorted(zeros, key=lambda z: (z.low, z.high)):
        last = found[-1] if found else None
        if last is None or zero.low > last.high or last.kind is not zero.kind:
            found.append(zero)
        elif zero.kind in (Kind.STRETCH, Kind.UNDECIDED):
            found[-1] = _united(last, zero, zero.kind)
        elif zero.kind is Kind.UNIQUE and not (last.exact and zero.exact):
            found[-1] = _cluster(last, zero)
        elif last.x != zero.x or not last.order:
            found.append(zero)
    ends: list[Zero] = []
    for k, zero in enumerate(found):
        last = ends[-1] if ends else None
        if last and {last.kind, zero.kind} == {Kind.STRETCH, Kind.UNDECIDED} and zero.low <= last.high:
            other = (found[k + 1] if k + 1 < len(found) else None) if last.kind is Kind.STRETCH else None
            between = other is not None and other.kind is Kind.STRETCH and other.low <= zero.high
            before = len(ends) > 1 and ends[-2].kind is Kind.STRETCH and last.low <= ends[-2].high
            if not between and not (last.kind is Kind.UNDECIDED and before):
                ends[-1] = _united(last, zero, Kind.STRETCH)
                continue
        ends.append(zero)
    return ends


def _cluster(a: Zero, b: Zero) -> Zero:
    """Two simple zeros: neither is the only one between its ends."""
    x, exact = (b.x, True) if b.exact else (a.x, a.exact)
    return Zero(Kind.UNDECIDED, x, a.low, max(a.high, b.high), exact, 2)


def _united(a: Zero, b: Zero, kind: Kind) -> Zero:
    low, high = a.low, max(a.high, b.high)
    return Zero(kind, low + (high - low) / 2 if kind is Kind.STRETCH else roundest(low, high), low, high, order=0)
