"""Arithmetic of truncated Taylor series: the recurrences that the jet reading is made of.

A series is the list of its Taylor coefficients, order 0 first. A coefficient is a Tensor (n,), a float where it is the
same at all points, or ZERO where there is none, which costs nothing: x itself is [x, 1.0, ZERO, ZERO, ...]. Nothing is
written into a coefficient, so series share them freely.

Source: A. Griewank, A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapter 13, doi 10.1137/1.9780898717761.
"""

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from lib.readings.tensor import TENSOR, as_tensor

Coefficient = Any  # Tensor (n,), float or ZERO
Jet = list[Coefficient]
ZERO = 0  # the only int: a visitor's 0.0 is a number, and 0.0·inf is NaN
_NOTHING = torch.zeros((), dtype=torch.float64)


def constant(value: Coefficient, length: int) -> Jet:
    """The series of a value that does not depend on the variable."""
    return [value] + [ZERO] * (length - 1)


def is_constant(jet: Jet) -> bool:
    return all(map(_is_zero, jet[1:]))


def orders(jet: Jet) -> range:
    return range(1, len(jet))


# coefficients


def _is_zero(a: Coefficient) -> bool:
    return type(a) is int


def plus(a: Coefficient, b: Coefficient) -> Coefficient:
    return b if _is_zero(a) else a if _is_zero(b) else a + b


def minus(a: Coefficient, b: Coefficient) -> Coefficient:
    return a if _is_zero(b) else -b if _is_zero(a) else a - b


def times(a: Coefficient, b: Coefficient) -> Coefficient:
    return ZERO if _is_zero(a) or _is_zero(b) else a * b


def over(a: Coefficient, b: Coefficient) -> Coefficient:
    if _is_zero(a):
        return ZERO
    numbers = isinstance(a, float) and isinstance(b, float)
    return math.nan if numbers and b == 0.0 else a / b


def plus_product(total: Coefficient, a: Coefficient, b: Coefficient, weight: float) -> Coefficient:
    """total + weight·a·b in one pass over the points."""
    if type(a) is int or type(b) is int:
        return total
    if type(a) is float:
        a, b = b, a
    if type(b) is float:
        weight *= b
        if isinstance(total, Tensor) and isinstance(a, Tensor):
            return torch.add(total, a, alpha=weight)
        return plus(a if weight == 1.0 else a * weight, total)
    if isinstance(total, Tensor):
        return torch.addcmul(total, a, b, value=weight)
    if type(total) is int:
        return a * b if weight == 1.0 else torch.addcmul(_NOTHING, a, b, value=weight)
    return torch.addcmul(as_tensor(total), a, b, value=weight)


def dot(a: Jet, b: Jet, k: int, *, first: int = 0, start: Coefficient = ZERO, weight: float = 1.0) -> Coefficient:
    """start + weight · the sum of a_j b_(k-j) for j = first … k."""
    total = start
    for j in range(first, k + 1):
        total = plus_product(total, a[j], b[k - j], weight)
    return total


def self_dot(a: Jet, k: int, *, start: Coefficient = ZERO, weight: float = 1.0) -> Coefficient:
    """The same of a with itself, where each product but the middle one counts twice."""
    total = start
    for j in range((k + 1) // 2):
        total = plus_product(total, a[j], a[k - j], 2 * weight)
    return total if k % 2 else plus_product(total, a[k // 2], a[k // 2], weight)


def integral(slope: Jet, a: Jet, k: int, weight: Callable[[int, int], float] = lambda j, k: j / k) -> Coefficient:
    """Coefficient k of the y with y' = slope·a': the sum of j/k · a_j slope_(k-j) for j = 1 … k."""
    total: Coefficient = ZERO
    for j in range(1, k + 1):
        total = plus_product(total, a[j], slope[k - j], weight(j, k))
    return total


# arithmetic


def add(a: Jet, b: Jet) -> Jet:
    return [a[0] + b[0], *map(plus, a[1:], b[1:])]


def neg(a: Jet) -> Jet:
    return [-c for c in a]


def sub(a: Jet, b: Jet) -> Jet:
    return [a[0] - b[0], *(minus(c, d) for c, d in zip(a[1:], b[1:], strict=True))]


def mul(a: Jet, b: Jet) -> Jet:
    return square(a) if a is b else [a[0] * b[0], *(dot(a, b, k) for k in orders(a))]


def square(a: Jet) -> Jet:
    return [a[0] * a[0], *(self_dot(a, k) for k in orders(a))]


def div(a: Jet, b: Jet) -> Jet:
    result = [a[0] / b[0]]
    if is_constant(b):
        return [*result, *(over(c, b[0]) for c in a[1:])]
    minus_b = -b[0]
    for k in orders(b):
        if _is_zero(a[k]):
            result.append(over(dot(b, result, k, first=1), minus_b))
        else:
            result.append(over(dot(b, result, k, first=1, start=a[k], weight=-1.0), b[0]))
    return result


def pow(a: Jet, b: Jet) -> Jet:
    if isinstance(b[0], float):
        return whole_power(a, int(b[0])) if b[0].is_integer() and 0 <= b[0] <= 64 else real_power(a, b[0])
    return exp(mul(b, log(a)), torch.pow(a[0], b[0]))


def whole_power(a: Jet, n: int) -> Jet:
    """a^n by repeated squaring: exact zeros where a is 0."""
    result: Jet | None = None
    doubled = a  # a^1, a^2, a^4, …
    exponent = n
    while exponent:
        if exponent & 1:
            result = doubled if result is None else mul(result, doubled)
        exponent >>= 1
        doubled = square(doubled) if exponent else doubled
    if result is None:
        return constant(torch.ones_like(a[0]), len(a))
    return result if n <= 3 else with_value(result, torch.pow(a[0], float(n)))  # torch has x² and x³ as products too


def real_power(a: Jet, p: float) -> Jet:
    """a^p, where a is 0 with coefficients 0 below p, and undefined ones above."""
    return power(a, p, torch.pow(a[0], p))


def power(a: Jet, p: float, value: Tensor) -> Jet:
    """The series y of a^p that begins with the given value: a·y' = p·a'·y."""
    result = [value]
    for k in orders(a):
        coefficient = over(integral(result, a, k, lambda j, k: ((p + 1) * j - k) / k), a[0])
        vanishes = k < p or (p > 0 and p.is_integer())
        result.append(torch.where(a[0] == 0, 0.0, as_tensor(coefficient)) if vanishes else coefficient)
    return result


ARITHMETIC: dict[str, Callable[..., Jet]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": div,
    "neg": neg,
    "pow": pow,
}


def shifted(a: Jet, number: Coefficient) -> Jet:
    """a + number"""
    return [a[0] + number, *a[1:]]


def scaled(a: Jet, factor: Coefficient) -> Jet:
    """factor·a"""
    return [factor * a[0], *(times(factor, c) for c in a[1:])]


def pick(condition: Tensor, a: Jet, b: Jet) -> Jet:
    """a where the condition holds, else b."""
    return [
        ZERO if _is_zero(c) and _is_zero(d) else torch.where(condition, as_tensor(c), as_tensor(d))
        for c, d in zip(a, b, strict=True)
    ]


def with_value(jet: Jet, value: Tensor) -> Jet:
    """The jet with its value replaced by the one that the tensor reading gives."""
    return [value, *jet[1:]]


def from_slope(name: str, a: Jet, slope: Callable[[Jet], Jet]) -> Jet:
    """The y with y' = slope(a)·a', where one order less of slope(a) is enough; its value from the tensor reading."""
    slopes = slope(a[:-1]) if len(a) > 1 else []
    return [TENSOR[name](a[0]), *(integral(slopes, a, k) for k in orders(a))]


def exp(a: Jet, value: Tensor | None = None) -> Jet:
    """y' = y·a', from the given value on, by default the exponential function's."""
    result = [torch.exp(a[0]) if value is None else value]
    for k in orders(a):
        result.append(integral(result, a, k))
    return result


def log(a: Jet) -> Jet:
    """a·y' = a'"""
    result = [torch.log(as_tensor(a[0]))]
    for k in orders(a):
        rest = a[k]
        for j in range(1, k):
            rest = plus_product(rest, result[j], a[k - j], -j / k)
        result.append(over(rest, a[0]))
    return result


def composed(coefficients: list[Tensor], a: Jet) -> Jet:
    """g(a) for a function g with the given Taylor coefficients at a's value, by Horner's rule."""
    result = [coefficients[-1]]
    for coefficient in reversed(coefficients[:-1]):
        result = [coefficient, *(dot(a, [*result, ZERO], k, first=1) for k in range(1, len(result) + 1))]
    return result


def pair(a: Jet, sign: float, value: Tensor, other: Tensor) -> Jet:
    """s with s' = c·a' and c' = sign·s·a', from the values of s and c: sines and cosines (−1), hyperbolic ones (+1)."""
    s, c = [value], [other]
    for k in orders(a):
        if k > 1:
            c.append(times(sign, integral(s, a, k - 1)))
        s.append(integral(c, a, k))
    return s


def sine(a: Jet) -> Jet:
    """sin a"""
    return pair(a, -1.0, torch.sin(a[0]), torch.cos(a[0]))


def log1p(a: Jet) -> Jet:
    """log(1 + a)"""
    return with_value(log(shifted(a, 1.0)), torch.log1p(as_tensor(a[0])))
