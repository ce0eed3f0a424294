"""Taylor series of the gamma family, from the polygamma functions and, far out, from Stirling's series."""

import math
from collections.abc import Callable
from functools import reduce
from math import comb, factorial

import torch
from torch import Tensor

from lib.expression.functions import MOST_FACTORS, MOST_QUOTIENTS
from lib.readings.beta import of_positive, whole
from lib.readings.jet.series import (
    Jet,
    add,
    composed,
    constant,
    div,
    exp,
    is_constant,
    log,
    log1p,
    mul,
    neg,
    orders,
    pick,
    scaled,
    shifted,
    sine,
    sub,
    with_value,
)
from lib.readings.special import polygamma, polygammas
from lib.readings.tensor import TENSOR, as_tensor

# Beyond, Stirling's series (DLMF 5.11.1) to x^−15 is right to rounding; its numbers are B₂ⱼ/(2j(2j − 1)).
FAR = 30.0
SHORT = 8  # coefficients for which the series of log B will do
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400)


def from_polygamma(first: int) -> Callable[[Jet], Jet]:
    """log |Γ| (first = −1) or digamma (first = 0), whose derivatives are the polygamma functions."""

    def jet(a: Jet) -> Jet:
        value = torch.lgamma(a[0]) if first < 0 else polygamma(0, a[0])
        if is_constant(a):
            return constant(value, len(a))
        slopes = polygammas(range(first + 1, first + len(a)), a[0])
        return composed([value, *(slope / factorial(k) for k, slope in enumerate(slopes, 1))], a)

    return jet


_lgamma = from_polygamma(-1)


def gamma(a: Jet) -> Jet:
    """Γ(a)"""
    return exp(_lgamma(a), TENSOR["gamma"](a[0]))


def _remainder(x: Jet) -> Jet:
    """What Stirling's formula lacks of log Γ(x), for x > 0: log Γ(x) − (x − ½)·log x + x, but for a constant."""
    if is_constant(x):
        return constant(torch.zeros_like(x[0]), len(x))
    far = x[0] >= FAR
    beyond = bool(far.any())
    near, z = torch.where(far, 1.0, x[0]), torch.where(far, x[0], FAR)
    slopes = polygammas(range(len(x) - 1), near)
    powers = torch.cumprod((1 / z).expand(2 * len(STIRLING) - 1 + len(x), *z.shape), 0)
    coefficients = [torch.zeros_like(x[0])]
    for k in orders(x):
        known = torch.log(near) if k == 1 else (-1) ** k / ((k - 1) * near ** (k - 1))
        close = (slopes[k - 1] / factorial(k - 1) - known - (-1) ** k / (2 * near**k)) / k
        if beyond:
            series = sum(c * comb(2 * j + k, k) * powers[2 * j + k] for j, c in enumerate(STIRLING))
            close = torch.where(far, (-1) ** k * series, close)
        coefficients.append(close)
    return composed(coefficients, x)


def _log_beta(p: Jet, q: Jet) -> Jet:
    """log B(p, q) but for a constant, for p, q > 0: the large parts of the three log Γ cancel on paper."""
    s = add(p, q)
    first = mul(shifted(p, -0.5), log1p(div(q, p)))
    second = mul(shifted(q, -0.5), log1p(div(p, q)))
    rest = sub(add(_remainder(p), _remainder(q)), _remainder(s))
    return sub(rest, add(add(first, second), scaled(log(s), 0.5)))


def _beta_to(sign: Tensor, p: Jet, q: Jet, value: Tensor) -> Jet:
    """B(p, q)^±1 with its value, for p, q > 0.

    The series of log B(p, q) reaches no farther than p and q. So high orders of its reciprocal, which has no pole, are
    found from B(p + 2, q + 2).
    """
    if len(p) <= SHORT:
        return exp(scaled(_log_beta(p, q), sign), value)
    s = add(p, q)
    top = reduce(mul, (shifted(s, j) for j in (1.0, 2.0, 3.0)), s)
    bottom = mul(mul(p, shifted(p, 1.0)), mul(q, shifted(q, 1.0)))
    ratio = pick(sign > 0, div(top, bottom), div(bottom, top))
    return mul(ratio, exp(scaled(_log_beta(shifted(p, 2.0), shifted(q, 2.0)), sign), value / ratio[0]))


def _sine(whole: Tensor, rest: Jet) -> Jet:
    """sin(π(whole + rest)), as in lib/readings/beta.py."""
    nearest = torch.round(as_tensor(rest[0]))
    return scaled(sine(scaled(shifted(rest, -nearest), math.pi)), 1 - 2 * torch.remainder(whole + nearest, 2))


def _reflected(a: Jet, b: Jet, s: Jet, sines: tuple[Jet, Jet, Jet], sign: float) -> tuple[Jet, Jet, Jet]:
    """(top, bottom, size) with B(a, b) = top/bottom · size^sign, for a <= b: lib/readings/beta.py's in series."""
    one = constant(torch.ones_like(a[0] + b[0]), len(a))
    low, both, end = a[0] < 0.5, b[0] < 0.25, s[0] < 0.5
    turned = low & (both | ~end)
    p = pick(turned, _from_one(a), pick(low, _from_one(s), a))
    q = pick(both, _from_one(b), pick(turned, s, b))
    top = scaled(pick(low & end, sines[2], one), torch.where(turned, torch.pi, one[0]))
    others = pick(both, mul(sines[1], _from_one(s)), pick(turned, b, one))
    signs = torch.where(turned, -sign, sign * one[0])
    size, exponent = of_positive(p[0], q[0])
    value = torch.pow(size, signs) * torch.exp(exponent * signs)
    return top, mul(pick(low, sines[0], one), others), _beta_to(signs, p, q, value)


def _from_one(a: Jet) -> Jet:
    return shifted(neg(a), 1.0)


def _number(a: Jet) -> float | None:
    """The value of a constant that is the same at all points."""
    return float(a[0]) if is_constant(a) and as_tensor(a[0]).ndim == 0 else None


def _rest(a: Jet) -> tuple[Tensor, Jet]:
    """The nearest whole number, and what is left."""
    nearest = torch.round(a[0])
    return nearest, shifted(a, -nearest)


def beta(x: Jet, y: Jet) -> Jet:
    """B(x, y)"""
    for a, b in ((x, y), (y, x)):
        if (k := whole(_number(b), 1)) is not None:
            product = _product(a, [float(j) for j in range(k)])
            return div(constant(float(factorial(k - 1)), len(a)), product)
    if bool(torch.minimum(x[0], y[0]).ge(0.5).all()):
        return exp(_log_beta(x, y), TENSOR["beta"](x[0], y[0]))
    swap = x[0] <= y[0]
    a, b = pick(swap, x, y), pick(swap, y, x)
    (m, first), (n, second) = _rest(a), _rest(b)
    sines = _sine(m, first), _sine(n, second), _sine(m + n, add(first, second))
    top, bottom, size = _reflected(a, b, add(a, b), sines, 1.0)
    return with_value(mul(div(top, bottom), size), TENSOR["beta"](x[0], y[0]))


def binomial(n: Jet, k: Jet) -> Jet:
    """C(n, k)"""
    count = whole(_number(k), 0, MOST_QUOTIENTS)
    if count is not None:
        if count == 0:
            return constant(torch.ones_like(n[0]), len(n))
        if count > MOST_FACTORS:
            return reduce(mul, (scaled(shifted(n, -j), 1 / (j + 1)) for j in range(1, count)), n)
        return scaled(_product(n, [float(-j) for j in range(count)]), 1 / factorial(count))
    turned = n[0] < -0.5
    many = _number(k)
    if many is not None and many > MOST_QUOTIENTS and many.is_integer() and bool(turned.any()):
        # C(n, k) = (−1)^k C(k − 1 − n, k), where no quotient of small sines loses the digits of derivatives
        there = binomial(pick(turned, shifted(scaled(n, -1.0), many - 1), n), k)
        signed = pick(turned, scaled(there, 1 - 2 * (many % 2)), there)
        return with_value(signed, TENSOR["binomial"](n[0], k[0]))
    x, y = shifted(sub(n, k), 1.0), shifted(k, 1.0)
    if bool(torch.minimum(x[0], y[0]).ge(0.5).all()):
        value, above = TENSOR["binomial"](n[0], k[0]), shifted(n, 1.0)
        return with_value(div(_beta_to(-torch.ones_like(value), x, y, value * above[0]), above), value)
    (r, rest), (t, other) = _rest(n), _rest(k)
    first, second = _sine(r - t + 1, sub(rest, other)), _sine(t + 1, other)
    swap = x[0] <= y[0]
    sines = pick(swap, first, second), pick(swap, second, first), _sine(r + 2, rest)
    top, bottom, inverse = _reflected(pick(swap, x, y), pick(swap, y, x), shifted(n, 2.0), sines, -1.0)
    quotient = div(bottom, mul(top, shifted(n, 1.0)))
    return with_value(mul(quotient, inverse), TENSOR["binomial"](n[0], k[0]))


def _product(a: Jet, numbers: list[float]) -> Jet:
    """∏ (a + number)"""
    product = shifted(a, numbers[0])
    for number in numbers[1:]:
        product = mul(product, shifted(a, number))
    return product
