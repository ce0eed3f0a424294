"""Taylor arithmetic on balls: coefficient k encloses f^(k)/k! at every point of a ball of arguments.

A series is an `arb_series` of a chosen number of known coefficients (`prec`). Whatever takes a coefficient away takes
all after it away too: a kink leaves value and slope, a jump the value only, and where the value is undefined nothing
is known. So "known" can't come back by a multiplication with 0.

Coefficient 1 encloses every difference quotient (f(b) − f(a))/(b − a) between points of the ball. For a function with
a continuous derivative that is the mean value theorem; at a kink (|x| at 0) the hull of the slopes on both sides has
the same property (Clarke's generalized derivative with Lebourg's mean value theorem), so that an interval Newton step
stays a proof. Across a jump no slope has it, and none is given.
"""

from collections.abc import Callable

from flint import arb, arb_series

from lib.expression.limits import MAX_ORDER
from lib.readings.ball import values as enclosure
from lib.readings.ball.values import HALF, NAN, ONE, ZERO, Value, defined, symmetric

Series = arb_series
Line = Callable[..., Series]

UNDEFINED = arb_series([NAN], prec=1)
# Known coefficients of a constant: more than any series has.
ALL = MAX_ORDER + 3


def constant(value: arb, count: int = ALL) -> Series:
    return arb_series([value], prec=count)


_NOTHING = [arb_series([], prec=count) for count in range(ALL + 1)]


def cut(a: Series, count: int) -> Series:
    """The series with at most so many known coefficients."""
    return a + _NOTHING[count]


def with_value(a: Series, value: arb) -> Series:
    """The series with a tighter, or narrower, value."""
    changed = a + _NOTHING[ALL]
    changed[0] = value
    return changed


def integrated(value: arb, slope: Series, a: Series) -> Series:
    """The series y with that value and y' = slope·a'; its value alone where the slope is undefined."""
    if not defined(slope[0]):
        return constant(value, 1)
    return with_value((slope * a.derivative()).integral(), value)


def smooth(value: Value, slope: Line) -> Line:
    """A function with a derivative, from an enclosure of its values and the series of its derivative."""

    def line(a: Series) -> Series:
        y = value(a[0])
        if not defined(y):  # a value too large is finite all the same, and no constant
            return UNDEFINED
        if a.length() <= 1 or a.prec == 1:
            return constant(y, a.prec)
        return integrated(y, slope(cut(a, a.prec - 1)), a)

    return line


def step(value: Value, jumps: Callable[[arb], bool]) -> Line:
    """A function that is constant between its jumps."""
    return lambda a: constant(value(a[0]), 1 if jumps(a[0]) else a.prec)


def hull(a: Series, b: Series, known: int) -> Series:
    """What holds both series, with at most so many known coefficients."""
    count = min(known, a.prec, b.prec)
    return arb_series([a[k].union(b[k]) for k in range(count)], prec=count)


def joined(a: Series, below: Line, above: Line) -> Series:
    """A function with a kink at 0: one rule below, one above, of the same value at 0."""
    if a[0] < 0:
        return below(a)
    if a[0] > 0:
        return above(a)
    left = below(with_value(a, enclosure.negative_half(a[0])))
    return hull(left, above(with_value(a, a[0].nonnegative_part())), 2)


def composed(coefficients: list[arb], a: Series) -> Series:
    """g(a) for a function g with the given Taylor coefficients over a's value."""
    outer = arb_series(coefficients, prec=a.prec)
    return outer(with_value(a, ZERO)) if a.length() > 1 else constant(coefficients[0], a.prec)


# Arithmetic


def mul(a: Series, b: Series) -> Series:
    return a * b


def square(a: Series) -> Series:
    return with_value(a * a, enclosure.square(a[0]))


def div(a: Series, b: Series) -> Series:
    if b[0].contains(0):
        return UNDEFINED
    return with_value(a / b, a[0] / b[0])


def inv(a: Series) -> Series:
    return UNDEFINED if a[0].contains(0) else a.inv()


def exp_from(value: arb, a: Series) -> Series:
    """exp(a), where it has that value: value·exp(a − a₀)."""
    if not defined(value):
        return UNDEFINED
    return with_value(a, ZERO).exp() * value if a.length() > 1 else constant(value, a.prec)


def exp(a: Series) -> Series:
    return exp_from(enclosure.exp(a[0]), a)


def log(a: Series) -> Series:
    return smooth(arb.log, inv)(a)


def sqrt(a: Series) -> Series:
    return smooth(arb.sqrt, lambda x: inv(2 * sqrt(x)))(a)


def whole_power(a: Series, n: int) -> Series:
    return smooth(lambda x: enclosure.whole_power(x, n), lambda x: n * whole_power(x, n - 1) if n else x * 0)(a)


def power(a: Series, b: Series) -> Series:
    """a^b: for a number b by n·a^(n−1), else as exp(b·log a)."""
    if b.length() <= 1 and b[0].is_integer():
        return cut(whole_power(a, int(b[0].fmpz())), b.prec)
    value = enclosure.power(a[0], b[0])
    if a[0] > 0:
        return exp_from(value, b * log(a))
    if b.length() > 1:
        return constant(value, 1)
    line = smooth(lambda x: enclosure.power(x, b[0]), lambda x: b[0] * power(x, constant(b[0] - 1)))
    return cut(line(a), b.prec)


# Pieces


def absolute(a: Series) -> Series:
    line = joined(a, lambda x: -x, lambda x: x)
    return with_value(line, enclosure.nonnegative(abs(a[0])))


def extremum(a: Series, b: Series, pick: Callable[[arb, arb], arb], first: bool, second: bool) -> Series:
    """a where it is certainly the one, b where that is; between them whatever both do."""
    if first:
        return a
    if second:
        return b
    constants = a.length() <= 1 and b.length() <= 1
    both = hull(a, b, ALL if constants else 2)
    return with_value(both, pick(a[0], b[0]))


def maximum(a: Series, b: Series) -> Series:
    return extremum(a, b, arb.max, a[0] > b[0], b[0] > a[0])


def minimum(a: Series, b: Series) -> Series:
    return extremum(a, b, arb.min, a[0] < b[0], b[0] < a[0])


def hypot(a: Series, b: Series) -> Series:
    """sqrt(a² + b²); at the origin, a kink, its slopes by a and by b are within [−1, 1]."""
    value = enclosure.hypot(a[0], b[0])
    if value > 0:
        return with_value(sqrt(square(a) + square(b)), value)
    slope = symmetric(ONE)
    count = min(a.prec, b.prec, 2)
    return arb_series([value, slope * a[1] + slope * b[1]][:count], prec=count)


def atan2(y: Series, x: Series) -> Series:
    """The angle of (x, y); it jumps on the negative x axis, and is undefined at the origin."""
    if x[0].contains(0) and y[0].contains(0):
        return UNDEFINED
    value = arb.atan2(y[0], x[0])
    if y[0].contains(0) and not x[0] > 0:
        return constant(value, 1)
    count = min(x.prec, y.prec)
    if count == 1:
        return constant(value, 1)
    low_x, low_y = cut(x, count - 1), cut(y, count - 1)
    turn = low_x * y.derivative() - low_y * x.derivative()
    return with_value(div(turn, square(low_x) + square(low_y)).integral(), value)


def heaviside(a: Series, at_zero: Series) -> Series:
    """0 below 0, 1 above."""
    if a[0] > 0 or a[0] < 0:
        return constant(ONE if a[0] > 0 else ZERO, a.prec)
    if a[0].is_zero():
        return cut(at_zero, ALL if a.length() == 0 and a.prec > 1 else 1)
    return constant(ZERO.union(ONE).union(at_zero[0]), 1)


def fraction(a: Series) -> Series:
    """x − trunc(x)"""
    whole = enclosure.trunc(a[0])
    if whole.is_exact():
        return with_value(a, a[0] - whole) if not _trunc_jumps(a[0]) else constant(a[0] - whole, 1)
    value = ZERO if a[0] > 0 else ZERO.union(-ONE)
    return constant(value if a[0] < 0 else value.union(ONE), 1)


def _trunc_jumps(x: arb) -> bool:
    return bool(x.contains_integer() and not abs(x) < 1)


floor = step(enclosure.floor, arb.contains_integer)
ceil = step(enclosure.ceil, arb.contains_integer)
round_ = step(enclosure.round_, lambda x: bool((x + HALF).contains_integer()))
trunc = step(enclosure.trunc, _trunc_jumps)
sign = step(enclosure.sign, lambda x: bool(x.contains(0)))


def modulo(a: Series, b: Series) -> Series:
    """a − b·floor(a/b), which jumps where a/b is whole."""
    if b[0].contains(0):
        return UNDEFINED
    quotient = a[0] / b[0]
    value = enclosure.modulo(a[0], b[0])
    if quotient.contains_integer():
        return constant(value, 1)
    return with_value(a - b * enclosure.floor(quotient), value)
