"""A zero between two ends with a change of sign, as closely as the precision that is set tells it."""

from typing import Protocol

from flint import arb

from lib.readings.ball.values import ZERO

ENOUGH = 90  # bits that a zero is told to, for each order
HALVINGS = 1200  # as many as lead from any double to the smallest one


class Function(Protocol):
    """Enclosures of a function and of its derivatives over k!, as lib.readings.ball has them."""

    def value(self, x: arb) -> arb: ...
    def series(self, x: arb, order: int) -> list[arb]: ...


def nearest(place: arb) -> float:
    """The number that stands for a narrow ball."""
    return 0.0 if place.contains(0) else float(place.mid())


def narrowed(f: Function, low: arb, high: arb, left: int, order: int, bits: int = ENOUGH) -> arb:
    """The zero of f^(order) between low and high, where it has the sign `left` at low and the other one at high.

    Interval Newton steps, and halvings where they don't get on, down to a relative width of 2^−bits, of a higher order
    the narrower.
    """
    box = low.union(high)
    if low <= 0 and high >= 0 and f.series(ZERO, order)[order].is_zero():  # no relative width would ever be small
        return ZERO
    for _ in range(HALVINGS):
        middle = box.mid()
        values = f.series(middle, order)
        value = values[order]
        if value.is_zero():
            return middle
        slopes = f.series(box, order + 1)
        slope = slopes[order + 1] * (order + 1)
        tighter = box
        if slope.is_finite() and not slope.contains(0) and value.is_finite():
            newton = middle - value / slope
            if not newton.overlaps(box):
                return box
            tighter = newton.intersection(box)
        if tighter.rad() > box.rad() * 0.75:
            if value.contains(0):
                return tighter
            if (value > 0) == (left > 0):
                low = middle
            else:
                high = middle
            halved = low.union(high)
            tighter = halved.intersection(tighter) if halved.overlaps(tighter) else halved
            if tighter.rad() >= box.rad():
                return tighter
        else:
            low, high = tighter.lower(), tighter.upper()
        box = tighter
        if box.rel_accuracy_bits() > bits * (1 + order):
            break
    return box
