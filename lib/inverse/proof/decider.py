"""What a box holds: no zero of a function, one, two, a multiple one, or a stretch of them; or that can't be told.

A box is decided where the function has no zero, where it is monotone (the signs at the ends decide), or where its slope
is (the sign at its one extremum decides). Source: R. E. Moore, R. B. Kearfott, M. J. Cloud, Introduction to Interval
Analysis, SIAM 2009, chapter 8, doi 10.1137/1.9780898717716.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from math import inf, nextafter

from flint import arb

from lib.inverse.proof.narrowed import Function, narrowed, nearest
from lib.inverse.proof.zeros import Kind, Zero, roundest
from lib.readings.ball.values import ball, precision

ORDERS = 12, 20  # of a multiple zero: looked for one after the other
CLOSE = 1e-2  # of the window: a wider box isn't looked at for a multiple zero
PINNED = 1e-6  # of the window: a wider box isn't looked at for a zero at a round number that it may have others beside
TRIES = 16  # boxes that are looked at for a multiple zero before the others are decided, at 1 to 5 ms each
BITS = (64, 192, 640)  # of precision, one after the other, while a sign can't be told
CLOSELY = 540  # bits: as closely as the highest precision tells a zero


@dataclass
class Decider:
    """Decides box after box of a window. at: the function in the precision that is set, made anew for another one.

    excludes: a further test that a box has no zero; its second argument says whether to look at jumps piece by piece.
    guess: near enough to the zeros between given ends (n,) and (n,), where it can tell; nothing depends on it but time.
    brackets: what the boxes had of simple zeros, with the sign on the left; passed: boxes with a jump, without a zero.
    """

    at: Callable[[], Function]
    window: tuple[float, float]
    excludes: Callable[[arb, bool], bool] = lambda _box, _jumps: False
    guess: Callable[[list[float], list[float]], list[float]] | None = None
    brackets: list[tuple[arb, arb, int]] = field(default_factory=list)
    passed: list[tuple[float, float]] = field(default_factory=list)
    tries: int = TRIES

    def __post_init__(self) -> None:
        self.f = self.at()
        self.sharp: dict[int, Function] = {BITS[0]: self.f}

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
            if slope.is_zero():
                return self.constant(a, b)
            mean = self.f.value(middle) + slope * (box - middle)
            if mean.is_finite() and not mean.contains(0):
                return []
            if bend.is_finite() and not bend.contains(0):
                return self.bent(a, b, 1 if bend > 0 else -1)
            if multiple := self.multiple(a, b):
                return multiple
        if self.excludes(box, False):
            return []
        if not slope.is_finite() and self.excludes(box, True):
            self.passed.append((a, b))
            return []
        return None

    def constant(self, a: float, b: float) -> list[Zero] | None:
        """All of the box, or nothing of it."""
        sign = self.sign(arb(a + (b - a) / 2))
        if sign is None:
            return None
        return [] if sign else [Zero(Kind.STRETCH, a + (b - a) / 2, a, b, exact=True)]

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
        here = a <= zero.x < b or zero.x == b == self.window[1]  # of two boxes that see it, one has it
        return [zero] if here else []

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
                place = arb(a) if left == 0 else arb(b) if right == 0 else narrowed(f, arb(a), arb(b), left, 1)
                value = f.value(place)
            if not value.is_finite():
                return None
            if not value.contains(0):
                return self.beside(a, b, place, value, way)
        x = nearest(place)
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

    def sharpened(self, bits: int) -> Function:
        """The function in a precision that is set already."""
        if bits not in self.sharp:
            self.sharp[bits] = self.at()
        return self.sharp[bits]

    def simple(self) -> list[Zero]:
        """The zeros in the brackets, where the function is monotone, to the last digit; each once."""
        brackets, self.brackets = self.brackets, []
        lows, highs = ([float(ends[k]) for ends in brackets] for k in (0, 1))
        guesses = self.guess(lows, highs) if self.guess and brackets else lows
        return [
            self.confirmed(x, *bracket) or self.between(*bracket) for x, bracket in zip(guesses, brackets, strict=True)
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
        return Zero(Kind.UNIQUE, x, x, after) if signs[1] == left else Zero(Kind.UNIQUE, x, before, x)

    def between(self, low: arb, high: arb, left: int) -> Zero:
        with precision(BITS[1]):
            found = narrowed(self.sharpened(BITS[1]), low, high, left, 0)
        x = nearest(found)
        if found.contains(arb(x)) and self.f.value(arb(x)).is_zero():  # else x is the zero of another bracket
            return Zero(Kind.UNIQUE, x, x, x, exact=True)
        before = x if found > x else nextafter(x, -inf)
        after = x if found < x else nextafter(x, inf)
        if not (found > before and found < after):
            before, after = nextafter(float(found.lower()), -inf), nextafter(float(found.upper()), inf)
        return Zero(Kind.UNIQUE, x, before, after)

    def place(self, zero: Zero) -> arb:
        """Where the zero is, much closer than a double tells, if a sign changes there."""
        low, high, order = arb(zero.low), arb(zero.high), max(0, zero.order - 1)
        left, right = self.sign(low, order), self.sign(high, order)
        if zero.exact or not left or not right or left == right:
            return arb(zero.x) if zero.exact else ball(zero.low, zero.high)
        with precision(BITS[2]):
            return narrowed(self.sharpened(BITS[2]), low, high, left, order, CLOSELY)

    def resolved(self, zero: Zero) -> Zero:
        """What is undecided, as a multiple zero where the first derivative that isn't 0 shows one.

        With f^(k) ≠ 0 on the box and f, …, f^(k−1) all 0 at one x, that x is the only zero: by Taylor's formula f is
        f^(k)(ξ)/k! · (t − x)^k at any other t.
        """
        if zero.kind is not Kind.UNDECIDED or zero.high - zero.low > CLOSE * (self.window[1] - self.window[0]):
            return zero
        room = zero.high - zero.low
        low, high = arb(zero.low - room), arb(zero.high + room)
        order = self.order(low.union(high))
        if not order:
            return self.pinned(zero)
        x = roundest(zero.low, zero.high)
        zero = replace(zero, x=x, exact=self.f.value(arb(x)).is_zero(), order=order)
        left, right = self.sign(low, order - 1), self.sign(high, order - 1)
        if not left or not right or left == right:
            return zero
        with precision(BITS[2]):
            f = self.sharpened(BITS[2])
            place = narrowed(f, low, high, left, order - 1)
            x = nearest(place)
            exact = all(c.is_zero() for c in f.series(arb(x), order - 1))
            if not exact and not all(c.contains(0) for c in f.series(place, order - 1)):
                return zero
        ends = (x, x) if exact else (nextafter(x, -inf), nextafter(x, inf))
        return Zero(Kind.TOUCHING, x, *ends, exact, order)

    def pinned(self, zero: Zero) -> Zero:
        """A narrow box where f has no derivative, with the roundest number in it as its x; touching, if that is a zero
        and no sign changes."""
        if zero.high - zero.low > PINNED * (self.window[1] - self.window[0]):
            return zero
        x = roundest(zero.low, zero.high)
        if not self.f.value(arb(x)).is_zero():
            return replace(zero, x=x)
        left, right = self.sign(arb(zero.low)), self.sign(arb(zero.high))
        kind = Kind.UNDECIDED if left and right and left != right else Kind.TOUCHING
        return replace(zero, kind=kind, x=x, exact=True)

    def multiple(self, a: float, b: float) -> list[Zero] | None:
        """A multiple zero at a round number, before boxes beside it get as narrow as rounding lets them."""
        known = self.tries and b - a <= CLOSE * (self.window[1] - self.window[0])
        if not known or not self.f.value(arb(roundest(a, b))).is_zero():
            return None
        self.tries -= 1
        zero = self.resolved(Zero(Kind.UNDECIDED, a + (b - a) / 2, a, b, order=0))
        return [zero] if zero.kind is Kind.TOUCHING and zero.order else None

    def order(self, box: arb) -> int:
        """The order of the first derivative from the second one on that is nowhere 0 on the box; 0 if there is none."""
        for most in ORDERS:
            series = self.f.series(box, most)
            for k, c in enumerate(series):
                if k > 1 and c.is_finite() and not c.contains(0):
                    return k
        return 0
