"""Arithmetic of truncated Taylor series: the recurrences that the jet reading is made of.

A series is a Tensor (order + 1, n) of Taylor coefficients; a Python float stands for a constant one. Source:
A. Griewank, A. Walther, "Evaluating Derivatives", 2nd ed., SIAM 2008, chapter 13, doi 10.1137/1.9780898717761.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from lib.readings.tensor import TENSOR

Jet = Any  # Tensor (order + 1, n), float or bool


def constant(value: Any, like: Tensor) -> Tensor:
    """The series of a value that does not depend on the variable."""
    series = torch.zeros_like(like)
    series[0] = value
    return series


def orders(jet: Tensor) -> range:
    return range(1, jet.shape[0])


def scaled(jet: Tensor) -> Tensor:
    """j·a_j, the coefficients of h·a'(h)."""
    return jet * torch.arange(jet.shape[0], dtype=torch.float64).reshape(-1, *[1] * (jet.dim() - 1))


def dot(a: Tensor, b: Tensor, k: int, first: int, last: int) -> Tensor:
    """The sum of a_j b_(k-j) for j = first … last."""
    return (a[first : last + 1] * b[k - last : k - first + 1].flip(0)).sum(0)


# arithmetic, where a float operand saves work


def add(a: Jet, b: Jet) -> Jet:
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return a + b
    jet, number = (a, b) if isinstance(a, Tensor) else (b, a)
    result = jet.clone()
    result[0] += number
    return result


def neg(a: Tensor) -> Tensor:
    return -a


def sub(a: Jet, b: Jet) -> Jet:
    if isinstance(a, Tensor) and isinstance(b, Tensor):
        return a - b
    return add(a, -b)


def mul(a: Jet, b: Jet) -> Jet:
    if not (isinstance(a, Tensor) and isinstance(b, Tensor)):
        return a * b
    result = a[0] * b
    for j in orders(a):
        result[j:] += a[j] * b[: b.shape[0] - j]
    return result


def div(a: Jet, b: Jet) -> Jet:
    if not isinstance(b, Tensor):
        return a / b
    if not isinstance(a, Tensor):
        a = constant(a, b)
    result = torch.empty_like(b)
    result[0] = a[0] / b[0]
    for k in orders(b):
        result[k] = (a[k] - dot(b, result, k, 1, k)) / b[0]
    return result


def pow(a: Jet, b: Jet) -> Jet:
    if not isinstance(b, Tensor):
        return whole_power(a, int(b)) if b == int(b) and 0 <= b <= 64 else real_power(a, b)
    value = torch.pow(a[0] if isinstance(a, Tensor) else a, b[0])
    result = exp(mul(b, log(a) if isinstance(a, Tensor) else torch.tensor(a, dtype=torch.float64).log().item()))
    return with_value(result, value)


def whole_power(a: Tensor, n: int) -> Jet:
    """a^n by repeated squaring: exact zeros where a is 0."""
    result: Jet = None
    square = a
    exponent = n
    while exponent:
        if exponent & 1:
            result = square if result is None else mul(result, square)
        exponent >>= 1
        square = mul(square, square) if exponent else square
    if result is None:
        return 1.0
    return with_value(result, torch.pow(a[0], float(n)))


def real_power(a: Tensor, p: float) -> Tensor:
    """a^p: a·y' = p·a'·y. Where a is 0 the coefficients below p are 0 and those above undefined."""
    result = torch.empty_like(a)
    result[0] = torch.pow(a[0], p)
    power_recurrence(result, a, p)
    return result


def power_recurrence(result: Tensor, a: Tensor, p: float) -> None:
    zero = a[0] == 0
    j = torch.arange(a.shape[0], dtype=torch.float64).reshape(-1, *[1] * (a.dim() - 1))
    for k in orders(a):
        weights = (p + 1) * j[1 : k + 1] - k
        terms = (weights * a[1 : k + 1] * result[:k].flip(0)).sum(0)
        result[k] = torch.where(zero, 0.0 if k < p or (p == int(p) and p > 0) else torch.nan, terms / (k * a[0]))


ARITHMETIC: dict[str, Callable[..., Jet]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": div,
    "neg": neg,
    "pow": pow,
}


def with_value(jet: Tensor, value: Tensor) -> Tensor:
    """The jet with its value replaced by the one that the tensor reading gives; all NaN where that is NaN."""
    jet = jet.clone()
    jet[0] = value
    jet[1:] = torch.where(torch.isnan(value), torch.nan, jet[1:])
    return jet


def from_slope(name: str, a: Tensor, slope: Tensor) -> Tensor:
    """The jet y of a function with y' = slope·a', its value from the tensor reading."""
    result = torch.empty_like(a)
    result[0] = TENSOR[name](a[0])
    steps = scaled(a)
    for k in orders(a):
        result[k] = dot(steps, slope, k, 1, k) / k
    return with_value(result, result[0])


def exp(a: Tensor) -> Tensor:
    result = torch.empty_like(a)
    result[0] = torch.exp(a[0])
    steps = scaled(a)
    for k in orders(a):
        result[k] = dot(steps, result, k, 1, k) / k
    return result


def log(a: Tensor) -> Tensor:
    result = torch.empty_like(a)
    result[0] = torch.log(a[0])
    j = torch.arange(a.shape[0], dtype=torch.float64).reshape(-1, *[1] * (a.dim() - 1))
    for k in orders(a):
        inner = (j[1:k] * result[1:k] * a[1:k].flip(0)).sum(0) / k
        result[k] = (a[k] - inner) / a[0]
    return with_value(result, result[0])
