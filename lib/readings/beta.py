"""The beta function and binomial coefficients of tensors, with digits from the smallest to the largest arguments.

Differences of log Γ lose them: log Γ(1e8) is 1.7e9, so at most 6 decimals of it are known. Here the parts that grow
cancel on paper. What is written here, lib/readings/code prints.
"""

import math
from typing import Any

import torch
from torch import Tensor

from lib.expression.functions import MOST_FACTORS, MOST_QUOTIENTS

# Γ(x) = L(x)·(x + SHIFT)^(x − ½)·e^−x with L(x) = SCALE·∏ (x² + ux + v)/((x + 2i)(x + 2i + 1)), right to 1e-16 for
# x > 0: Lanczos' approximation, the coefficients those of J. Maddock, P. Bristow et al., Boost.Math, lanczos13m53, in
# factors.
SHIFT = 5.52468004077673
SCALE = 0.009994288415891343
FACTORS = (
    (10.709423416343387, 28.71126600774425),
    (11.159919910534592, 31.229963060744865),
    (11.956450911349455, 35.762490415836325),
    (12.281074537224972, 36.964852378081154),
    (16.999853874885265, 71.99865347484452),
    (20.999995479862427, 109.99994983557572),
)


def tensor(value: Any) -> Tensor:
    return value if torch.is_tensor(value) else torch.tensor(value, dtype=torch.float64)


def whole(value: Any, least: int, most: int = MOST_FACTORS) -> int | None:
    """The whole number that a Python number is, from `least` to `most`; None for any other, and for tensors."""
    return int(value) if isinstance(value, float | int) and value in range(least, most + 1) else None


def falling(n: Tensor, k: int) -> Tensor:
    """n(n − 1)…(n − k + 1)/k!: the binomial coefficient, a polynomial in n."""
    product: Tensor
    if k > MOST_FACTORS:  # the product alone would overflow
        product = math.prod(((n - j) / (j + 1) for j in range(1, k)), start=n)
        return product
    product = math.prod((n - j for j in range(1, k)), start=n if k else torch.ones_like(n))
    return product / math.factorial(k)


def rising(x: Tensor, k: int) -> Tensor:
    """1/x · 1/(x + 1) · 2/(x + 2) … (k − 1)/(x + k − 1): B(x, k)."""
    product: Tensor = math.prod((j / (x + j) for j in range(1, k)), start=1 / x)
    return product


def lanczos(x: Tensor) -> Tensor:
    """L(x)"""
    product: Any = SCALE
    for i, (u, v) in enumerate(FACTORS):
        product = product * ((x * x + u * x + v) / ((x + 2 * i) * (x + (2 * i + 1))))
    return tensor(product)


def of_positive(p: Tensor, q: Tensor) -> tuple[Tensor, Tensor]:
    """(size, exponent) with B(p, q) = size·e^exponent, for p, q > 0."""
    size = lanczos(p) * lanczos(q) / (lanczos(p + q) * torch.sqrt(p + q + SHIFT))
    return size, -(p - 0.5) * torch.log1p(q / (p + SHIFT)) - (q - 0.5) * torch.log1p(p / (q + SHIFT))


def sine(whole: Tensor, rest: Tensor) -> Tensor:
    """sin(π(whole + rest)), small where it is close to a zero, for a whole number and a small one."""
    nearest = torch.round(rest)
    return (1 - 2 * torch.remainder(whole + nearest, 2)) * torch.sin(torch.pi * (rest - nearest))


def reflected(a: Tensor, b: Tensor, s: Tensor, sines: tuple[Tensor, Tensor, Tensor]) -> tuple[Tensor, ...]:
    """(top, bottom, size, exponent) with B(a, b) = top/bottom · size·e^exponent, for a <= b and s = a + b.

    sines: of πa, πb and πs. Arguments below ½ by Γ(x)Γ(1 − x) = π/sin(πx), so that size and exponent are those of
    B(p, q) with p, q away from 0, or of its reciprocal.
    """
    low, both, end = a < 0.5, b < 0.25, s < 0.5
    turned = low & (both | ~end)
    p = torch.where(turned, 1 - a, torch.where(low, 1 - s, a))
    q = torch.where(both, 1 - b, torch.where(turned, s, b))
    top = torch.where(low & end, sines[2], 1.0) * torch.where(turned, torch.pi, torch.ones_like(a))
    bottom = torch.where(low, sines[0], 1.0) * torch.where(both, sines[1] * (1 - s), torch.where(turned, b, 1.0))
    size, exponent = of_positive(p, q)
    return top, bottom, torch.where(turned, 1 / size, size), torch.where(turned, -exponent, exponent)


def beta_function(x: Any, y: Any) -> Tensor:
    """Γ(x)Γ(y)/Γ(x + y); one of both may be a Python number."""
    if (k := whole(y, 1)) is not None:
        return rising(x, k)
    if (k := whole(x, 1)) is not None:
        return rising(y, k)
    x, y = tensor(x), tensor(y)
    a, b = torch.where(x <= y, x, y), torch.where(x <= y, y, x)
    m, n = torch.round(a), torch.round(b)
    sines = sine(m, a - m), sine(n, b - n), sine(m + n, a - m + (b - n))
    top, bottom, size, exponent = reflected(a, b, a + b, sines)
    return top / bottom * size * torch.exp(exponent)


def binomial(n: Any, k: Any) -> Tensor:
    """Γ(n + 1)/(Γ(k + 1)Γ(n − k + 1)) = 1/((n + 1)·B(n − k + 1, k + 1)); one of both may be a Python number."""
    if (count := whole(k, 0, MOST_QUOTIENTS)) is not None:
        return falling(n, count)
    n, k = tensor(n), tensor(k)
    r, t = torch.round(n), torch.round(k)
    first, second = sine(r - t + 1, n - r - (k - t)), sine(t + 1, k - t)
    x, y = n - k + 1, k + 1
    swap = x <= y
    sines = torch.where(swap, first, second), torch.where(swap, second, first), sine(r + 2, n - r)
    top, bottom, size, exponent = reflected(torch.where(swap, x, y), torch.where(swap, y, x), n + 2, sines)
    inverse: Tensor = bottom / (top * size * (n + 1)) * torch.exp(-exponent)
    return inverse
