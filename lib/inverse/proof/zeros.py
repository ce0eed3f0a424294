"""All zeros of a function in an interval, by bisection with ball arithmetic: each box is decided or halved.

A box is decided where the function has no zero, where it is monotone (the signs at the ends decide), or where its slope
is (the sign at its one extremum decides). Source: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval
Analysis, SIAM 2009, chapter 8, doi 10.1137/1.9780898717716.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from heapq import heappop, heappush
from math import ceil, floor, inf, log2, nextafter

from flint import arb

from lib.readings.ball import Enclosure
from lib.readings.ball.values import ball, precision

SPLIT = 0.4839  # not 1/2: zeros like to lie in the middle
SMALLEST = 2.0**-46  # a box so much narrower than its x, or than the window, isn't halved again
FEW = 16  # undecided boxes that are looked at more closely, at 1 to 5 ms each
MOST_ORDER = 12  # of a multiple zero
BITS = (64, 192, 640)  # of precision, one after the other, while a sign can't be told


class Kind(StrEnum):
    """What a box turned out to hold."""

    UNIQUE = "unique"
    TOUCHING = "touching"
    STRETCH = "stretch"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Zero:
    """A zero, or what may be one, between low and high, inclusive.

    exact: x itself is the zero. order: its multiplicity; of what is undecided the most zeros that it can be, 0 if that
    is not known.
    """

    kind: Kind
    x: float
    low: float
    high: float
    exact: bool = False
    order: int = 1

    @property
    def crosses(self) -> bool:
        """Whether the function may change its sign here."""
        return not (self.kind is Kind.TOUCHING and self.order and self.order % 2 == 0)


@dataclass
class Search:
    """The state of one search. at: the function in the precision that is set, made anew for another one.

    excludes: a further test that a box has no zero; its second argument says whether to look at jumps piece by piece.
    guess: near enough to the zeros between given ends (n,) and (n,), where it can tell; nothing depends on it but time.
    budget: boxes to look at; the rest stays undecided.
    """

    at: Callable[[], Enclosure]
    window: tuple[float, float]
    budget: int
    excludes: Callable[[arb, bool], bool] = lambda _box, _jumps: False
    guess: Callable[[list[float], list[float]], list[float]] | None = None
    zeros: list[Zero] = field(default_factory=list)
    passed: list[tuple[float, float]] = field(default_factory=list)  # boxes with a jump, decided by its pieces
    brackets: list[tuple[arb, arb, int]] = field(default_factory=list)  # of simple zeros, with the sign on the left

    def __post_init__(self) -> None:
        self.f = self.at()
        self.sharp: dict[int, Enclosure] = {BITS[0]: self.f}

    def run(self) -> list[Zero]:
        """Everything found, ascending, neighbours joined where they are one."""
        low, high = self.window
        smallest = SMALLEST * (high - low)
        boxes = [(low - high, low, high)]  # the widest first, so that what the budget leaves over is narrow
        while boxes:
            _, a, b = heappop(boxes)
            self.budget -= 1
            found = None if self.budget < 0 else self.decide(a, b)
            middle = a + SPLIT * (b - a)
            if found is None:
                narrow = b - a <= max(smallest, SMALLEST * max(abs(a), abs(b))) or not a < middle < b
                if not narrow and self.budget >= 0:
                    heappush(boxes, (a - middle, a, middle))
                    heappush(boxes, (middle - b, middle, b))
                    continue
                found = [Zero(Kind.UNDECIDED, a + (b - a) / 2, a, b, order=0)]
            self.zeros += found
        self.zeros = joined(self.zeros + self.simple())
        if sum(zero.kind is Kind.UNDECIDED for zero in self.zeros) <= FEW:
            self.zeros = [self.resolved(zero) for zero in self.zeros]
        return self.zeros

    def decide(self, a: float, b: float) -> list[Zero] | None:
        """The zeros in [a, b), or in [a, b] at the window's end; None: halve it."""
        box = ball(a, b)
        value, slope, bend = self.f.series(box, 2)
        if value.is_finite():
            if not value.contains(0):
                return []
            if value.is_zero():
                return [Zero(Kind.STRETCH, a + (b - a) / 2, a, b, exact=True)]
        if slope.is_finite():
            if not slope.contains(0):
                return self.monotone(a, b)
            middle = arb(a + (b - a) / 2)
            mean = self.f.value(middle) + slope * (box - middle)
            if mean.is_finite() and not mean.contains(0):
                return []
            if bend.is_finite() and not bend.contains(0):
                return self.bent(a, b, 1 if bend > 0 else -1)
        if self.excludes(box, False):
            return []
        if not slope.is_finite() and self.excludes(box, True):
            self.passed.append((a, b))
            return []
        return None

    def monotone(self, a: float, b: float) -> list[Zero] | None:
        """The one zero of a monotone function, or none."""
        left, right = self.sign(arb(a)), self.sign(arb(b))
        if left is None or right is None:
            return self.across(a, b)
        if left == 0:
            return [Zero(Kind.UNIQUE, a, a, a, exact=True)]
        if right == 0:
            return [Zero(Kind.UNIQUE, b, b, b, exact=True)] if b == self.window[1] else []
        if left != right:
            self.brackets.append((arb(a), arb(b), left))
        return []

    def across(self, a: float, b: float) -> list[Zero] | None:
        """A zero so near to an end that its side can't be told: found in a wider box, if f is monotone there too."""
        room = (b - a) / 64
        low, high = arb(a - room), arb(b + room)
        slope = self.f.series(low.union(high), 1)[1]
        left, right = self.sign(low), self.sign(high)
        if not slope.is_finite() or slope.contains(0) or not left or not right:
            return None
        if left == right:
            return []
        zero = self.between(low, high, left)
        return [zero] if a <= zero.high and zero.low <= b else []

    def bent(self, a: float, b: float, way: int) -> list[Zero] | None:
        """None, one or two zeros of a convex (way 1) or concave function; or one that it touches."""
        left, right = self.sign(arb(a), 1), self.sign(arb(b), 1)
        if left is None or right is None:
            return None
        if left == right or left * way > 0 or right * way < 0:
            return self.monotone(a, b)
        for bits in BITS:
            with precision(bits):
                f = self.sharpened(bits)
                place = arb(a) if left == 0 else arb(b) if right == 0 else _narrowed(f, arb(a), arb(b), left, 1)
                value = f.value(place)
            if not value.is_finite():
                return None
            if not value.contains(0):
                return self.beside(a, b, place, value, way)
        x = float(place.mid())
        exact = bool(place.is_exact() or self.f.value(arb(x)).is_zero())
        low, high = (x, x) if exact else (nextafter(x, -inf), nextafter(x, inf))
        return [Zero(Kind.TOUCHING, x, low, high, exact, 2)]

    def beside(self, a: float, b: float, place: arb, value: arb, way: int) -> list[Zero] | None:
        """The zeros on both sides of an extremum at the place, where f has the value."""
        below = 1 if value > 0 else -1
        if below == way:
            return []
        found: list[Zero] = []
        for end, last in ((a, False), (b, True)):
            side = self.sign(arb(end))
            if side is None:
                return None
            if side == 0 and (not last or b == self.window[1]):
                found.append(Zero(Kind.UNIQUE, end, end, end, exact=True))
            elif side == way:
                low, high = (place.upper(), arb(end)) if last else (arb(end), place.lower())
                self.brackets.append((low, high, below if last else side))
        return found

    def sign(self, x: arb, order: int = 0) -> int | None:
        """The sign of the function's derivative of that order at one point; None where it can't be told."""
        for bits in BITS:
            with precision(bits):
                value = self.sharpened(bits).series(x, order)[order]
                if not value.is_finite():
                    return None
                if value > 0 or value < 0 or value.is_zero():
                    return int(value > 0) - int(value < 0)
        return None

    def sharpened(self, bits: int) -> Enclosure:
        """The function in a precision that is set already."""
        if bits not in self.sharp:
            self.sharp[bits] = self.at()
        return self.sharp[bits]

    def simple(self) -> list[Zero]:
        """The zeros in the brackets, where the function is monotone, to the last digit."""
        lows, highs = ([float(ends[k]) for ends in self.brackets] for k in (0, 1))
        guesses = self.guess(lows, highs) if self.guess and self.brackets else lows
        return [
            self.confirmed(x, *bracket) or self.between(*bracket)
            for x, bracket in zip(guesses, self.brackets, strict=True)
        ]

    def confirmed(self, x: float, low: arb, high: arb, left: int) -> Zero | None:
        """The zero within one step of x, if the signs there say so."""
        before, after = nextafter(x, -inf), nextafter(x, inf)
        if not (low < before and after < high):
            return None
        value = self.f.value(arb(x))
        if value.is_zero():
            return Zero(Kind.UNIQUE, x, x, x, exact=True)
        signs = [(v > 0) - (v < 0) for v in (self.f.value(arb(before)), value, self.f.value(arb(after)))]
        if signs[0] != left or signs[2] != -left or not signs[1]:
            return None
        return Zero(Kind.UNIQUE, x, before, after)

    def between(self, low: arb, high: arb, left: int) -> Zero:
        with precision(BITS[1]):
            found = _narrowed(self.sharpened(BITS[1]), low, high, left, 0)
        x = float(found.mid())
        if self.f.value(arb(x)).is_zero():
            return Zero(Kind.UNIQUE, x, x, x, exact=True)
        return Zero(Kind.UNIQUE, x, nextafter(x, -inf), nextafter(x, inf))

    def pinned(self, zero: Zero) -> Zero:
        """The box with the roundest number in it as its x, if that is a zero; touching, if no sign changes there."""
        x = roundest(zero.low, zero.high)
        if not self.f.value(arb(x)).is_zero():
            return zero
        left, right = self.sign(arb(zero.low)), self.sign(arb(zero.high))
        kind = Kind.UNDECIDED if left and right and left != right else Kind.TOUCHING
        return replace(zero, kind=kind, x=x, exact=True)

    def resolved(self, zero: Zero) -> Zero:
        """What is undecided, as a multiple zero where the first derivative that isn't 0 shows one.

        With f^(k) ≠ 0 on the box and f, …, f^(k−1) all 0 at one x, that x is the only zero: by Taylor's formula f is
        f^(k)(ξ)/k! · (t − x)^k at any other t.
        """
        if zero.kind is not Kind.UNDECIDED or zero.high - zero.low > 1e-6 * (self.window[1] - self.window[0]):
            return zero
        zero = self.pinned(zero)
        room = zero.high - zero.low
        low, high = arb(zero.low - room), arb(zero.high + room)
        series = self.f.series(low.union(high), MOST_ORDER)
        order = next((k for k, c in enumerate(series) if k > 1 and c.is_finite() and not c.contains(0)), 0)
        left, right = (self.sign(end, order - 1) if order else None for end in (low, high))
        if not left or not right or left == right:
            return replace(zero, order=order)
        with precision(BITS[2]):
            f = self.sharpened(BITS[2])
            place = _narrowed(f, low, high, left, order - 1)
            x = float(place.mid())
            exact = all(c.is_zero() for c in f.series(arb(x), order - 1))
            multiple = exact or all(c.contains(0) for c in f.series(place, order - 1))
        if not multiple:
            return replace(zero, order=order)
        ends = (x, x) if exact else (nextafter(x, -inf), nextafter(x, inf))
        return Zero(Kind.TOUCHING, x, *ends, exact, order)


def _narrowed(f: Enclosure, low: arb, high: arb, left: int, order: int) -> arb:
    """The zero of f^(order) between low and high, where it has the sign `left` at low and the other one at high.

    Interval Newton steps, and halvings where they don't get on, down to a relative width of 2^(−bits/2).
    """
    box = low.union(high)
    for _ in range(400):
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
        if box.rel_accuracy_bits() > 90 * (1 + order):
            break
    return box


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
    """In order; neighbours of a kind as one, what is undecided beside a stretch as its end, a zero found twice once."""
    found: list[Zero] = []
    for zero in sorted(zeros, key=lambda z: (z.low, z.high)):
        last = found[-1] if found else None
        if last is None or zero.low > last.high:
            found.append(zero)
            continue
        kinds = {last.kind, zero.kind}
        if kinds == {Kind.UNIQUE} and last.x == zero.x:
            continue
        if kinds <= {Kind.STRETCH, Kind.UNDECIDED}:
            kind = Kind.STRETCH if Kind.STRETCH in kinds else Kind.UNDECIDED
            low, high = last.low, max(last.high, zero.high)
            found[-1] = Zero(kind, low + (high - low) / 2, low, high, order=0)
        else:
            found.append(zero)
    return found
