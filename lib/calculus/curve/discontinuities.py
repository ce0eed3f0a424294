"""Which feature a break of f or f' is."""

from collections.abc import Iterator
from math import copysign, inf, isfinite, isinf, isnan, nan

from lib.calculus.curve.breaks import Breaks
from lib.calculus.curve.feature import Feature, Kind
from lib.calculus.curve.one_sided import LEVELS

HUGE = 1e300  # a finite limit beyond is where numbers end, not f
ROUNDING = 4.0  # times the errors of both limits: so far apart, they aren't known to differ
ROUNDINGS = 8 * 2.0**-52  # how far from 0 f may be at a kink on the axis, over the size of x times the slopes


class _Sides:
    """The one-sided limits of a row at all places, as Python numbers: nan where there is none, or none known."""

    def __init__(self, breaks: Breaks, row: int, component: int) -> None:
        self.value: list[list[float]] = breaks.limits.value[row, component].tolist()
        self.error: list[list[float]] = breaks.limits.error[row, component].tolist()
        self.finite: list[list[bool]] = breaks.limits.finite[row, component].tolist()
        self.defined: list[list[bool]] = breaks.limits.defined[row, component].tolist()
        self.own: list[list[float]] = breaks.values[row, component, :, :, LEVELS].tolist()
        self.near: list[list[float]] = breaks.values[row, component, :, :, 0].tolist()
        self.broken: list[bool] = breaks.broken[row, component].tolist()


def discontinuities(breaks: Breaks, component: int) -> Iterator[Feature]:
    """The features at the places of the breaks, of one component of f; limits of f'' are needed for inflections."""
    f, slope, bend = (_Sides(breaks, row, component) for row in range(3))
    left, right = breaks.left.tolist(), breaks.right.tolist()
    _carry_overflow(f)
    for i in range(len(left)):
        bracket = (left[i], right[i])
        if f.broken[i]:
            yield from _of_f(f, i, bracket)
        elif slope.broken[i]:
            yield from _of_slope(f, slope, bend, i, bracket)
        elif bend.broken[i] and bend.near[i][0] * bend.near[i][1] < 0:
            yield _feature(Kind.INFLECTION, bracket, _own(f, i))


def _carry_overflow(f: _Sides) -> None:
    """Where numbers overflow on the way from one place to the next, f is infinite beside that next one."""
    for i in range(len(f.value)):
        for side, neighbour in ((0, i - 1), (1, i + 1)):
            if not f.defined[i][side] and 0 <= neighbour < len(f.value):
                end = f.value[neighbour][1 - side] if not f.defined[neighbour][1 - side] else nan
                edge = f.own[neighbour][side]
                if isnan(end) and isfinite(edge) and abs(edge) > HUGE:
                    f.value[i][side], f.defined[i][side] = copysign(inf, edge), True


def _of_f(f: _Sides, i: int, bracket: tuple[float, float]) -> Iterator[Feature]:
    a, b = f.value[i]
    if not any(f.defined[i]):
        return
    kind, value = Kind.JUMP, _own(f, i)
    if all(f.defined[i]):
        if isinf(a) or isinf(b):
            kind, value = Kind.POLE if isinf(a) and isinf(b) else Kind.VERTICAL_ASYMPTOTE, nan
        elif isnan(a) or isnan(b):
            kind, value = Kind.NO_LIMIT, nan
        elif abs(a - b) <= ROUNDING * sum(f.error[i]):
            kind, value = Kind.GAP, (a + b) / 2
    else:
        side = int(f.defined[i][1])
        limit, own = f.value[i][side], f.own[i][side]
        if isfinite(own) and abs(own) > HUGE:
            kind, value = Kind.OVERFLOW, own
        elif f.finite[i][side]:
            kind, value = Kind.DOMAIN_END, own if isfinite(own) else limit
        else:
            kind, value = Kind.VERTICAL_ASYMPTOTE if isinf(limit) else Kind.NO_LIMIT, nan
    yield _feature(kind, bracket, value, a, b)
    if kind is Kind.DOMAIN_END and isfinite(f.own[i][side]):
        yield from _at_end(bracket, value, f.near[i][side])


def _at_end(bracket: tuple[float, float], value: float, near: float) -> Iterator[Feature]:
    """What an end of the domain is that belongs to it."""
    if value == 0:
        yield _feature(Kind.ROOT, bracket, value)
    if near != value:
        yield _feature(Kind.MINIMUM if near > value else Kind.MAXIMUM, bracket, value)


def _of_slope(f: _Sides, slope: _Sides, bend: _Sides, i: int, bracket: tuple[float, float]) -> Iterator[Feature]:
    (a, b), value = slope.value[i], _own(f, i)
    if isnan(a) or isnan(b):
        return
    if isinf(a) and isinf(b):
        yield _feature(Kind.VERTICAL_TANGENT if a == b else Kind.CUSP, bracket, value, a, b)
    else:
        yield _feature(Kind.KINK, bracket, value, a, b)
    if a < 0 < b or b < 0 < a:
        yield _feature(Kind.MINIMUM if a < 0 else Kind.MAXIMUM, bracket, value)
        steepest = max((abs(s) for s in (a, b) if isfinite(s)), default=inf)
        if value and abs(value) <= ROUNDINGS * steepest * max(map(abs, bracket)):
            yield _feature(Kind.TOUCHING_ROOT, bracket, 0.0)
    if a == b and bend.near[i][0] * bend.near[i][1] < 0:
        yield _feature(Kind.INFLECTION, bracket, value)


def _same(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-5 * max(abs(a), abs(b)) or abs(a - b) <= 1e-7


def _own(f: _Sides, i: int) -> float:
    """f at the place, if both ends agree or it is one number; else NaN."""
    a, b = f.own[i]
    return a if a == b or _same(a, b) else nan


def _feature(
    kind: Kind, bracket: tuple[float, float], value: float, before: float = nan, after: float = nan
) -> Feature:
    low, high = bracket
    return Feature(kind, 0.0 if low <= 0 <= high else low + (high - low) / 2, value, low, high, before, after)
