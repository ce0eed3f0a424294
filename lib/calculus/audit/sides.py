"""f, f' and f'' at a point in 57 digits, and what they tend to from the left and from the right."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from math import factorial, isfinite, nan
from threading import Lock

import flint
from flint import arb

from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.message import Message
from lib.readings.ball import Enclosure
from lib.readings.ball.values import PRECISION

BITS = 192  # 57 digits: what rounding costs in doubles, it can't cost here
ORDERS = 3  # f, f', f''
DEPTH = 4  # the order of the Taylor polynomial that goes back from beside the point to it
# Of max(1, |x|), a decade apart: near, but further than a break at √2, say, is from the double typed for it.
DISTANCES = (1e-10, 1e-11, 1e-12, 1e-13)
EFFORT = 8000  # for each operation of the formula and for 6 more: the unit of limits.BUDGET
ACCURATE = 2.0**-50  # relative radius up to which a ball is taken for a number
ZERO = 1e-30  # radius up to which a ball around 0 is taken for 0
SETTLED = 1e-9  # change from one distance to the next, relative to the terms, below which there is a limit
CANCELLED = 1e-40  # of the terms: so little is left over by rounding only
LASTING = 0.7  # of one growth to the next: 1 for a logarithm, more for a power, 0.1 for what has a limit

Numbers = tuple[float, ...]
NONE = (nan,) * ORDERS


@dataclass(frozen=True)
class Side:
    """One side of a point: f, f', f''. limits: NaN where none was found. grows: without bound, in this direction.

    defined: f has proved values close to the point.
    """

    limits: Numbers = NONE
    scale: Numbers = NONE  # of the terms that a limit is the sum of
    grows: Numbers = (0.0,) * ORDERS  # 1.0 towards +∞, −1.0 towards −∞, 0.0 not known to
    defined: bool = False


@dataclass(frozen=True)
class Surroundings:
    """A point seen closely. proof: f, f', f'' at it, right to the last digit of a double; NaN where there is none."""

    proof: Numbers = NONE
    left: Side = Side()
    right: Side = Side()


class Lens:
    """A formula seen through ball arithmetic, which names no number that it can't prove.

    Raises ValueError for a vector.
    """

    def __init__(self, expression: Expression, variable: str = "x", at: Mapping[str, float] = NOTHING) -> None:
        if expression.shape is not None:
            raise ValueError(Message("Choose one component of the vector."))
        self._enclosure = Enclosure(expression, variable=variable, at=at)

    def look(self, x: float) -> Surroundings:
        """What is at x, and on both sides of it."""
        with _precisely():
            centre = self._enclosure.series(arb(x), ORDERS - 1)
            proof = tuple(_number(c) * factorial(k) for k, c in enumerate(centre))
            return Surroundings(proof, self._side(x, -1), self._side(x, 1))

    def _side(self, x: float, sign: int) -> Side:
        """The limits by the two nearest distances; where one is missing, whether it grows, by all."""
        near = [self._beside(x, sign * distance) for distance in DISTANCES[-2:]]
        (_, before, _), (_, last, scale) = near
        limits = tuple(map(_limit, before, last, scale))
        defined = isfinite(near[-1][0][0])
        if not defined or all(map(isfinite, limits)):
            return Side(limits, scale, defined=defined)
        far = [self._beside(x, sign * distance) for distance in DISTANCES[:-2]]
        grows = tuple(_growth([values[k] for values, _, _ in far + near]) for k in range(ORDERS))
        return Side(limits, scale, grows, defined)

    def _beside(self, x: float, distance: float) -> tuple[Numbers, Numbers, Numbers]:
        """At a distance: f, f', f''; where their Taylor polynomials lead at x; the sizes of the terms of those."""
        h = arb(distance * max(1.0, abs(x)))
        c = self._enclosure.series(arb(x) + h, DEPTH)
        rows = [_taylor(c, -h, k) for k in range(ORDERS)]
        values = tuple(_number(terms[0]) for terms in rows)
        back = tuple(_number(sum(terms, arb(0))) for terms in rows)
        return values, back, tuple(float(sum((abs(t) for t in terms), arb(0)).mid()) for terms in rows)


# flint's precision belongs to the process: one thread at a time, so that it always goes back to what it was.
_lock = Lock()


@contextmanager
def _precisely() -> Iterator[None]:
    with _lock:
        flint.ctx.prec = BITS
        try:
            yield
        finally:
            flint.ctx.prec = PRECISION


def _number(ball: arb) -> float:
    accurate = ball.is_finite() and ball.rad() <= ACCURATE * abs(ball.mid()) + ZERO
    return float(ball.mid()) if accurate else nan


def _taylor(c: list[arb], h: arb, order: int) -> list[arb]:
    """The terms of the derivative of that order at a distance h, from the coefficients."""
    return [c[k] * (factorial(k) // factorial(k - order)) * h ** (k - order) for k in range(order, len(c))]


def _limit(before: float, last: float, scale: float) -> float:
    if not abs(last - before) <= SETTLED * scale:
        return nan
    # What changes by more than itself is on its way to 0.
    return last + 0.0 if abs(last) > max(CANCELLED * scale, abs(last - before)) else 0.0  # + 0.0: no −0


def _growth(values: list[float]) -> float:
    steps = [b - a for a, b in pairwise(values)]
    for sign in (1.0, -1.0):
        if all(sign * v > 0 for v in [*values, *steps]) and all(
            sign * b > LASTING * sign * a for a, b in pairwise(steps)
        ):
            return sign
    return 0.0
