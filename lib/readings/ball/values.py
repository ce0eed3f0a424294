"""Enclosures of values: for a ball of arguments, a ball that holds every value of the function on it.

Balls are python-flint's `arb`: a midpoint and a radius, rounded outwards. A finite ball is a proof; any other one says
that the function is undefined somewhere on the arguments, or too large. Balls may be wide: functions that flint widens
too much are taken at both ends where they are monotone.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

import flint
from flint import arb

from lib.expression.limits import MAX_ORDER

# One limb of bits: 11 more than a double has. flint's settings belong to the process, whatever the thread: another
# precision would change how tight balls are, never whether they are right.
PRECISION = 64
flint.ctx.prec = PRECISION
flint.ctx.cap = MAX_ORDER + 3

Value = Callable[[arb], arb]

_RAISED = Lock()


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Compute with more bits. One at a time: the setting is the process's, and others' balls only get tighter by it."""
    with _RAISED:
        flint.ctx.prec = bits
        try:
            yield
        finally:
            flint.ctx.prec = PRECISION


NAN = arb.nan()
ZERO, ONE, HALF = arb(0), arb(1), arb(0.5)
PI, E = arb.pi(), arb.const_e()

# Values from here on are called undefined: far above the largest double, and what costs time grows with exponents.
LARGEST = arb(2) ** 4096
# exp of more exceeds LARGEST, of less than its negative is as good as 0.
LARGEST_EXPONENT = 3000

# The tensor reading's J₀ and J₁ are undefined beyond (lib/readings/special.py).
BESSEL_REACH = 180


def ball(low: float, high: float) -> arb:
    """A ball that holds [low, high]; it ends at 0 exactly where the interval does, so that sqrt is defined on it."""
    whole = arb(low).union(arb(high))
    if low == 0:
        return whole.nonnegative_part()
    return -((-whole).nonnegative_part()) if high == 0 else whole


def defined(x: arb) -> bool:
    """Whether the ball encloses: finite, and not so large that computing with it could take long."""
    return bool(abs(x) < LARGEST)


def symmetric(radius: arb) -> arb:
    """[−radius, radius]"""
    return arb(0, radius.upper())


def nonnegative(x: arb) -> arb:
    """The enclosure of a value known to be at least 0, without what rounding put below."""
    return x if x >= 0 else x.nonnegative_part()


def negative_half(x: arb) -> arb:
    """x ∩ (−∞, 0]"""
    return -((-x).nonnegative_part())


def monotone(function: Value) -> Value:
    """A monotone function, from its values at the ends."""

    def enclose(x: arb) -> arb:
        return function(x) if x.is_exact() else function(x.lower()).union(function(x.upper()))

    return enclose


def monotone_beside_zero(function: Value) -> Value:
    """A function that is monotone on each side of 0 and undefined there."""
    ends = monotone(function)
    return lambda x: NAN if x.contains(0) else ends(x)


def square(x: arb) -> arb:
    return whole_power(x, 2)


def whole_power(x: arb, n: int) -> arb:
    """x^n for a whole number n; 0^0 is 1."""
    if n == 0:
        return ONE
    if n < 0 and x.contains(0):
        return NAN
    if x.is_exact():
        return x**n
    if n % 2 == 0 and x.contains(0):
        return nonnegative(ZERO.union(x.abs_upper() ** n))
    ends = x.lower() ** n, x.upper() ** n
    return nonnegative(ends[0].union(ends[1])) if n % 2 == 0 else ends[0].union(ends[1])


def power(x: arb, y: arb) -> arb:
    """x^y as torch.pow has it: a negative x only with a whole y."""
    if y.is_integer():
        return whole_power(x, int(y.fmpz()))
    if x > 0:
        return exp(y * x.log())
    if not (x >= 0 and y > 0):
        return NAN
    top = x.upper()
    return ZERO if top.is_zero() else nonnegative(ZERO.union(exp(y * top.log())))


def exp(x: arb) -> arb:
    if not x < LARGEST_EXPONENT:
        return NAN
    if x > -LARGEST_EXPONENT:
        return nonnegative(x.exp())
    return nonnegative(ZERO.union(arb.max(x.upper(), arb(-LARGEST_EXPONENT)).exp()))


def expm1(x: arb) -> arb:
    return x.expm1() if abs(x) < LARGEST_EXPONENT else exp(x) - 1


def guarded(function: Value) -> Value:
    """A function that grows like exp, undefined where it would be too large."""
    return lambda x: function(x) if abs(x) < LARGEST_EXPONENT else NAN


@monotone
def cbrt(x: arb) -> arb:
    if x.is_zero():
        return x
    return x.root(3) if x > 0 else -((-x).root(3))


@monotone
def sigmoid(x: arb) -> arb:
    small = exp(-abs(x))
    return 1 / (1 + small) if x >= 0 else small / (1 + small)


@monotone
def softplus(x: arb) -> arb:
    small = exp(-abs(x)).log1p()
    return x + small if x >= 0 else small


@monotone
def softsign(x: arb) -> arb:
    return x / (1 + abs(x))


def sech(x: arb) -> arb:
    if abs(x) < LARGEST_EXPONENT:
        return nonnegative(1 / x.cosh())
    return nonnegative(ZERO.union(1 / arb.min(x.abs_lower(), arb(LARGEST_EXPONENT)).cosh()))


asin, acos, asinh, acosh, atanh, tanh = map(monotone, (arb.asin, arb.acos, arb.asinh, arb.acosh, arb.atanh, arb.tanh))
erf, erfc, erfinv = map(monotone, (arb.erf, arb.erfc, arb.erfinv))
logit = monotone(lambda x: (x / (1 - x)).log())
asec = monotone_beside_zero(lambda x: (1 / x).acos())
acsc = monotone_beside_zero(lambda x: (1 / x).asin())
acoth = monotone_beside_zero(lambda x: (1 / x).atanh())
asech = monotone_beside_zero(lambda x: ((1 - x + ((1 - x) * (1 + x)).sqrt()) / x).log1p())
acsch = monotone_beside_zero(lambda x: (1 / x).asinh())
coth = monotone_beside_zero(arb.coth)
csch = monotone_beside_zero(arb.csch)


def digamma(x: arb) -> arb:
    """ψ, which increases from pole to pole."""
    return NAN if x.contains_integer() and not x > 0 else _digamma(x)


_digamma = monotone(arb.digamma)


def lgamma(x: arb) -> arb:
    """log |Γ|; below 0 by reflection."""
    if x > 0:
        return x.lgamma()
    return PI.log() - abs(x.sin_pi()).log() - (1 - x).lgamma()


def hypot(x: arb, y: arb) -> arb:
    return nonnegative(nonnegative(square(x) + square(y)).sqrt())


# Steps: whole numbers at the ends, and all between them.

floor, ceil = map(monotone, (arb.floor, arb.ceil))


@monotone
def trunc(x: arb) -> arb:
    return x.floor() if x >= 0 else x.ceil()


@monotone
def round_(x: arb) -> arb:
    """The nearest whole number, halves to the even one."""
    raised = x + HALF
    whole = raised.floor()
    return whole - 1 if raised.is_integer() and not (whole / 2).is_integer() else whole


@monotone
def sign(x: arb) -> arb:
    return x.sgn()


def modulo(x: arb, y: arb) -> arb:
    """x − y·floor(x/y), between 0 and y."""
    whole = floor(x / y)
    return x - whole * y if whole.is_exact() else ZERO.union(y)
