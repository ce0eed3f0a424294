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
NEWTON = 12  # steps to a simple zero, before it is narrowed down in more bits
TRIES = 16  # boxes that are looked at for a multiple zero before the others are decided, at 1 to 5 ms each
BITS = (64, 192, 640)  # of precision, one after the other, while a sign can't be told
CLOSELY = 540  # bits: as closely as the highest precision tells a zero


@dataclass
class Decider:
    """Decides box after box of a window. at: the function in the precision that is set, made anew for another one.

    excludes: a further test that a box has no zero; its second argument says whether to look at jumps piece by piece.
    alike: whether that test asks the same function, so that it adds nothing where the function is defined.
    brackets: what the boxes had of simple zeros, with the sign on the left; passed: boxes with a jump, without a zero.
    """

    at: Callable[[], Function]
    window: tuple[float, float]
    excludes: Callable[[arb, bool], bool] = lambda _box, _jumps: False
    alike: bool = True
    brackets: list[tuple[arb, arb, int]] = field(default_factory=list)
    passed: list[tuple[float, float]] = field(default_factory=list)
    tries: int = TRIES

    def __post_init__(self) -> None:
        self.f = self.at()
        self.sharp: dict[int, Function] = {BITS[0]: self.f}
        self.signs: dict[tuple[float, int], int | None] = {}  # at ends, which boxes share

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
            spread = slope * (box - middle)
            if not value.abs_upper() < spread.abs_upper():  # else it tells nothing
                mean = self.f.value(middle) + spread
                if mean.is_finite() and not mean.contains(0):
                    return []
            if bend.is_finite() and not bend.contains(0):
                return self.bent(a, b, 1 if bend > 0 else -1)
            if multiple := self.multiple(a, b):
                return multiple
        if not (self.alike and value.is_finite()) and self.excludes(box, False):
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
        left, right = self.sign_at(a), self.sign_at(b)
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
        middle = arb(a + (b - a) / 2)
        value = self.f.value(middle)
        if value * way < 0:
            return self.beside(a, b, middle, value, way)
        left, right = self.sign_at(a, 1), self.sign_at(b, 1)
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
        """The zeros on both sides of a place at which f has the value: the extremum, or where f is beyond 0."""
        below = 1 if value > 0 else -1
        if below == way:
            return []
        sides = self.sign_at(a), self.sign_at(b)
        if None in sides:
            return None
        if sides[0] == way:
            self.brackets.append((arb(a), place.lower(), way))
        if sides[1] == way:
            self.brackets.append((place.upper(), arb(b), below))
        ends = [a] * (sides[0] == 0) + [b] * (sides[1] == 0 and b == self.window[1])
        return [Zero(Kind.UNIQUE, end, end, end, exact=True) for end in ends]

    def sign_at(self, x: float, order: int = 0) -> int | None:
        """The same at a double, remembered."""
        if (x, order) not in self.signs:
            self.signs[x, order] = self.sign(arb(x), order)
        return self.signs[x, order]

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
        """The zeros in the brackets to the last digit."""
        brackets, self.brackets = self.brackets, []
        return [self.confirmed(*bracket) or self.between(*bracket) for bracket in brackets]

    def confirmed(self, low: arb, high: arb, left: int) -> Zero | None:
        """The zero where Newton's method, kept in the bracket by halving, comes to rest, if the signs there say so."""
        a, b = float(low), float(high)
        x, following = a, a + (b - a) / 2
        before = True
        for _ in range(NEWTON):
            if x == following:
                break
            x = following
            value, slope = self.f.series(arb(x), 1)
            if value.is_zero():
                return Zero(Kind.UNIQUE, x, x, x, exact=True)
            if not (value > 0 or value < 0):
                return None
            before = (value > 0) == (left > 0)
            a, b = (x, b) if before else (a, x)
            step = x - float((value / slope).mid())
            following = step if a <= step <= b else a + (b - a) / 2
        other = nextafter(x, inf if before else -inf)
        if low < other < high and self.f.value(arb(other)) * (left if before else -left) < 0:
            return Zero(Kind.UNIQUE, x, min(x, other), max(x, other))
        return None

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
