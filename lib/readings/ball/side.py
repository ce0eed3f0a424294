"""f on one side of a place at which it may jump, as the function that goes on to that place without a jump.

Right of 1, floor(x) is 1; left of it 0, which goes on to 1. What an argument of a jump does beside the place is told
by its first derivative that isn't 0 there: with u(p) = … = u^(k−1)(p) = 0 and u^(k) ≠ 0 up to t, u has by Taylor's
formula one sign between p and t, that of u^(k)·(t − p)^k.
"""

from collections.abc import Callable
from dataclasses import dataclass

from flint import arb, arb_series

from lib.expression.straight_line import Operation
from lib.readings.ball import series as s
from lib.readings.ball.enclosure import Enclosure, apply
from lib.readings.ball.functions import Truth
from lib.readings.ball.series import UNDEFINED, Series
from lib.readings.ball.values import HALF, ONE, ZERO, ball

ORDER = 4  # of the derivatives looked at


@dataclass(frozen=True)
class _Both:
    """A value beside the place, and at the place that it goes on to."""

    beside: Series
    place: Series

    def __sub__(self, other: "_Both | arb") -> "_Both":
        if isinstance(other, arb):
            return _Both(self.beside - other, self.place - other)
        return _Both(self.beside - other.beside, self.place - other.place)

    def __neg__(self) -> "_Both":
        return _Both(-self.beside, -self.place)

    def __mul__(self, factor: "_Both") -> "_Both":
        return _Both(self.beside * factor.beside, self.place * factor.place)


_NOTHING = _Both(UNDEFINED, UNDEFINED)


class Side(Enclosure):
    """f, for questions of its sign right beside a place."""

    def sign(self, place: float, far: float) -> tuple[int, bool] | None:
        """The sign of f at every x between the place and another one, ends left out, and whether f tends to 0 at the
        place; None where the sign can't be told."""
        way = 1 if far > place else -1
        ends = ball(min(place, far), max(place, far))
        seed, at_place = (arb_series([x, ONE], prec=ORDER + 1) for x in (ends, arb(place)))
        results: dict[int, _Both | Truth] = {}
        for i, operation in self.operations:
            if operation.operands:
                results[i] = _step(operation, [results[k] for k in operation.operands], way)
            elif i in self.leaves:
                results[i] = _Both(self.leaves[i], self.leaves[i])
            else:
                results[i] = _Both(seed, at_place)
        result = results[self.output]
        if not isinstance(result, _Both):
            return None
        sign = _sign(result, way)
        return None if sign is None else (sign, bool(result.place[0].is_zero()))


def _sign(u: _Both, way: int) -> int | None:
    """The sign beside the place; None where it can't be told."""
    if u.beside.prec > 1 and all(c.is_zero() for c in u.beside):
        return 0
    for k in range(min(u.beside.prec, u.place.prec)):
        c = u.beside[k]
        if not c.is_finite():
            return None
        if not c.contains(0):
            return 1 if (c > 0) == (way > 0 or k % 2 == 0) else -1
        if not u.place[k].is_zero():
            return None
    return None


def _constant(value: arb) -> _Both:
    return _Both(s.constant(value), s.constant(value))


def _step(operation: Operation, operands: list["_Both | Truth"], way: int) -> "_Both | Truth":
    name = operation.name
    values = [a for a in operands if isinstance(a, _Both)]
    if name in _COMPARISONS:
        sign = _sign(values[0] - values[1], way)
        return None if sign is None else sign in _COMPARISONS[name]
    if name in _JUMPS and any(a.beside.length() > 1 for a in values):
        return _JUMPS[name](way, *values)
    if name == "abs":
        sign = _sign(values[0], way)
        if sign:
            return values[0] if sign > 0 else -values[0]
    beside = apply(operation, [a.beside if isinstance(a, _Both) else a for a in operands])
    place = apply(operation, [a.place if isinstance(a, _Both) else a for a in operands])
    if isinstance(beside, arb_series) and isinstance(place, arb_series):
        return _Both(beside, place)
    return beside if isinstance(beside, bool) else None


_COMPARISONS = {"lt": (-1,), "le": (-1, 0), "gt": (1,), "ge": (0, 1), "eq": (0,), "ne": (-1, 1)}


def _whole(way: int, u: _Both) -> arb | None:
    """floor(u), where it is one number on the whole side."""
    low = u.beside[0]
    if not low.is_finite():
        return None
    floor = low.floor()
    if floor.is_exact() and not low.contains_integer():
        return floor
    place = u.place[0]
    if not (place.is_exact() and place.is_integer()):
        return None
    sign = _sign(u - place, way)
    if sign is None or not (low > place - 1 and low < place + 1):
        return None
    return place if sign >= 0 else place - 1


def _floor(way: int, u: _Both) -> _Both:
    n = _whole(way, u)
    return _NOTHING if n is None else _constant(n)


def _round(way: int, u: _Both) -> _Both:
    up = u - (-HALF)
    n = _whole(way, up)
    return _NOTHING if n is None or _sign(up - n, way) == 0 else _constant(n)  # halfway all along, it is the even one


def _trunc(way: int, u: _Both) -> _Both:
    sign = _sign(u, way)
    if sign is None:
        return _NOTHING
    return _floor(way, u) if sign >= 0 else -_floor(way, -u)


def _signum(way: int, u: _Both) -> _Both:
    sign = _sign(u, way)
    return _NOTHING if sign is None else _constant(arb(sign))


def _heaviside(way: int, u: _Both, at_zero: _Both) -> _Both:
    sign = _sign(u, way)
    if sign is None:
        return _NOTHING
    return _constant(ONE if sign > 0 else ZERO) if sign else at_zero


def _modulo(way: int, a: _Both, b: _Both) -> _Both:
    return a - b * _floor(way, _Both(s.div(a.beside, b.beside), s.div(a.place, b.place)))


_JUMPS: dict[str, Callable[..., _Both]] = {
    "floor": _floor,
    "ceil": lambda way, u: -_floor(way, -u),
    "round": _round,
    "trunc": _trunc,
    "frac": lambda way, u: u - _trunc(way, u),
    "sign": _signum,
    "heaviside": _heaviside,
    "mod": _modulo,
}
