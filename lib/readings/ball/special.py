"""Series on balls of functions whose derivatives have closed forms of their own: the gamma family, sinc, Bessel's."""

from functools import cache
from math import comb, factorial

from flint import arb, arb_series

from lib.expression.functions import MOST_FACTORS, MOST_QUOTIENTS
from lib.readings.ball import values as enclosure
from lib.readings.ball.series import (
    UNDEFINED,
    Line,
    Series,
    composed,
    constant,
    cut,
    div,
    exp_from,
    integrated,
    inv,
    with_value,
)
from lib.readings.ball.values import ONE, PI, ZERO, Value, defined, symmetric
from lib.readings.beta import whole


def digamma(a: Series) -> Series:
    """ψ^(k)(x)/k! = (−1)^(k+1) ζ(k + 1, x) (DLMF 25.11.12), monotone in x > 0; below 0 by reflection."""
    value = enclosure.digamma(a[0])
    if not defined(value):
        return UNDEFINED
    if a.length() <= 1 or a.prec == 1:
        return constant(value, a.prec)
    if not a[0] > 0:
        turned = PI * a
        return with_value(digamma(1 - a) - PI * div(turned.cos(), turned.sin()), value)
    return composed([value, *(_zeta(k + 1)(a[0]) for k in range(1, a.prec))], a)


@cache
def _zeta(order: int) -> Value:
    sign = 1 if order % 2 == 0 else -1
    return enclosure.monotone(lambda x: sign * arb(order).zeta(x))


def gamma(a: Series) -> Series:
    """Γ' = ψ·Γ"""
    value = a[0].gamma()
    if not defined(value):
        return UNDEFINED
    if a.length() <= 1 or a.prec == 1:
        return constant(value, a.prec)
    return exp_from(value, integrated(ZERO, digamma(cut(a, a.prec - 1)), a))


def rgamma(a: Series) -> Series:
    """1/Γ, also at Γ's poles."""
    return inv(gamma(a)) if a[0] > 0 and defined(a[0].gamma()) else a.rgamma()


def rgamma_slope(a: Series) -> Series:
    """(1/Γ)', also at Γ's poles, where ψ = −(1/Γ)'·Γ has its own."""
    if a[0] > 0:
        return -(digamma(a) * rgamma(a))
    count = a.prec if a.length() > 1 else 1
    series = arb_series([a[0], ONE], prec=count + 1).rgamma()
    return composed([(k + 1) * series[k + 1] for k in range(count)], a)


def _whole(a: Series, least: int, most: int = MOST_FACTORS) -> int | None:
    """The whole number, from `least` to `most`, that a constant is."""
    return whole(float(a[0].mid()), least, most) if a.length() <= 1 and a[0].is_exact() else None


def _product(a: Series, numbers: range) -> Series:
    """∏ (a + number)"""
    product = constant(ONE, a.prec)
    for number in numbers:
        product *= a + number
    return product


def beta(a: Series, b: Series) -> Series:
    """B(a, b); with a whole number a fraction, as in lib/readings/beta.py."""
    for x, y in ((a, b), (b, a)):
        if (k := _whole(y, 1)) is not None:
            return inv(_product(x, range(k))) * factorial(k - 1)
    return gamma(a) * gamma(b) * rgamma(a + b)


def binomial(n: Series, k: Series) -> Series:
    """C(n, k); for a whole number k a polynomial, as in lib/readings/beta.py."""
    if (count := _whole(k, 0, MOST_QUOTIENTS)) is not None:
        return _product(n, range(0, -count, -1)) / factorial(count)
    return gamma(n + 1) * rgamma(k + 1) * rgamma(n - k + 1)


def widened(derivatives: list[arb], radius: arb, bounds: list[arb]) -> list[arb]:
    """Taylor coefficients over a ball, from derivatives 0 … n at its midpoint and bounds of derivatives 0 … n + 1.

    Each derivative is its value and slope there, with Lagrange's remainder: one coefficient less than given.
    """
    coefficients = []
    for k in range(len(derivatives) - 1):
        spread = derivatives[k + 1] * symmetric(radius) + bounds[k + 2] * symmetric(radius * radius / 2)
        whole = (derivatives[k] + spread).intersection(symmetric(bounds[k]))
        coefficients.append(whole / factorial(k))
    return coefficients


def sinc(a: Series) -> Series:
    """sin(πx)/(πx) = ∫ cos(πxt) dt over [0, 1], so the k-th derivative is at most π^k/(k + 1)."""
    count = a.prec
    middle = arb_series([a[0].mid(), 1], prec=count + 1)
    if abs(a[0].mid()) < 1:  # by its power series in (πx)²
        z = middle * middle * (-PI * PI / 4)
        rising, coefficients = ONE, []
        for k in range(count + 1):
            coefficients.append(z[0].hypgeom_0f1(arb(k) + 1.5) / (rising * factorial(k)))
            rising *= arb(k) + 1.5
        series = composed(coefficients, z)
    else:
        series = middle.sin_pi() / (PI * middle)
    derivatives = [series[k] * factorial(k) for k in range(count + 1)]
    bounds = [PI**k / (k + 1) for k in range(count + 2)]
    return composed(widened(derivatives, a[0].rad(), bounds), a)


def bessel_j(order: int) -> Line:
    """J_n for |x| ≤ 180, with its derivatives by DLMF 10.6.7; an integral of cosines, so each is at most 1."""

    def line(a: Series) -> Series:
        if not abs(a[0]) <= enclosure.BESSEL_REACH:
            return UNDEFINED
        count, middle = a.prec, a[0].mid()
        values = [middle.bessel_j(n) for n in range(order + count + 1)]
        derivatives = [_difference(values, order, k, -1) for k in range(count + 1)]
        return composed(widened(derivatives, a[0].rad(), [ONE] * (count + 2)), a)

    return line


def bessel_i(order: int) -> Line:
    """I_n, with its derivatives by DLMF 10.29.5; each I_n is monotone on each side of 0."""

    def line(a: Series) -> Series:
        if not abs(a[0]) < enclosure.LARGEST_EXPONENT:
            return UNDEFINED
        values = [_bessel_i(n, a[0]) for n in range(order + a.prec)]
        return composed([_difference(values, order, k, 1) / factorial(k) for k in range(a.prec)], a)

    return line


def _bessel_i(order: int, x: arb) -> arb:
    ends: arb = enclosure.monotone(lambda t: t.bessel_i(order))(x)
    if order % 2 or not x.contains(0):
        return ends
    least: arb = ends.union(ONE if order == 0 else ZERO)
    return least


def _difference(values: list[arb], order: int, k: int, sign: int) -> arb:
    """The k-th derivative of the Bessel function of that order: 2^−k Σ (±1)^j C(k, j) of order n − k + 2j."""
    total: arb = ZERO
    for j in range(k + 1):
        n = order - k + 2 * j
        reflected = sign**n if n < 0 else 1
        total += sign**j * comb(k, j) * reflected * values[abs(n)]
    total /= 2**k
    return total
