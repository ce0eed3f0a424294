"""Functions whose values or derivatives torch lacks or has wrong, each with its rule; used by the tensor reading."""

import math
from collections.abc import Sequence
from typing import Any

import torch
from torch import Tensor


def applied(function: type[torch.autograd.Function], *arguments: Any) -> Tensor:
    """The value of an autograd function."""
    value: Tensor = function.apply(*arguments)  # type: ignore[no-untyped-call]
    return value


class _Power(torch.autograd.Function):
    """base ** exponent of two tensors by the textbook rule.

    torch.pow itself takes the derivative by the base as 0 wherever the exponent is 0, also where the exponent varies:
    its second derivative of (1 + x)^x at 0 is 1 instead of 2.
    """

    @staticmethod
    def forward(ctx: Any, base: Tensor, exponent: Tensor) -> Tensor:
        ctx.save_for_backward(base, exponent)
        return torch.pow(base, exponent)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor | None, Tensor | None]:
        base, exponent = ctx.saved_tensors
        by_base = by_exponent = None
        if ctx.needs_input_grad[0]:
            by_base = (grad * exponent * applied(_Power, base, exponent - 1)).sum_to_size(base.shape)
        if ctx.needs_input_grad[1]:
            zero = (base == 0) & (exponent > 0)
            log = torch.log(torch.where(zero, 1.0, base))  # 0^y is 0 for all y > 0
            by_exponent = (grad * applied(_Power, base, exponent) * log).sum_to_size(exponent.shape)
        return by_base, by_exponent


def power(base: Any, exponent: Any) -> Tensor:
    """base ** exponent; at least one is a tensor."""
    if torch.is_tensor(base) and torch.is_tensor(exponent) and exponent.requires_grad:
        return applied(_Power, base, exponent)
    return torch.pow(base, exponent)


def polygamma(order: int, x: Tensor) -> Tensor:
    """The derivative of that order of digamma, by the Hurwitz zeta function (DLMF 25.11.12).

    torch.polygamma(1, x) itself is wrong in the 10th digit (4e-10 at x = 1.1). Negative x are reflected (DLMF 5.15.6):
    there torch's zeta function takes a time that grows with |x|, hours at x = -1e12.
    """
    return polygammas([order], x)[0]


def polygammas(orders: Sequence[int], x: Tensor) -> list[Tensor]:
    """The derivatives of those orders of digamma, by one call of the zeta function."""
    negative = x < 0
    positive = torch.where(negative, 1 - x, x)
    high = [k for k in orders if k]
    powers = torch.tensor([k + 1.0 for k in high], dtype=torch.float64).reshape(-1, *[1] * x.ndim)
    zetas = dict(zip(high, torch.special.zeta(powers, positive), strict=True))
    reflect = bool(negative.any())
    found = []
    for k in orders:
        sign = 1 if k % 2 else -1
        value = sign * math.factorial(k) * zetas[k] if k else _digamma(x)
        if k and reflect:
            value = torch.where(negative, -sign * value - torch.pi * _cotangent(k, x), value)
        found.append(value)
    return found


def _digamma(x: Tensor) -> Tensor:
    """ψ(x); negative x are reflected (DLMF 5.5.4) by their distance from the pole, of which torch loses digits."""
    negative = x < 0
    cotangent = torch.pi / torch.tan(torch.pi * torch.where(negative, x - torch.round(x), 0.5))
    return torch.digamma(torch.where(negative, 1 - x, x)) - torch.where(negative, cotangent, 0.0)


def _cotangent(order: int, x: Tensor) -> Tensor:
    """The derivative of that order of cot(πx): a polynomial in c = cot(πx), as c' = −π(1 + c²)."""
    polynomial = [0.0, 1.0]
    for _ in range(order):
        slope = [k * p for k, p in enumerate(polynomial)][1:]
        polynomial = [-torch.pi * (p + q) for p, q in zip([*slope, 0.0, 0.0], [0.0, 0.0, *slope], strict=True)]
    c = 1 / torch.tan(torch.pi * (x - torch.round(x)))
    value = torch.zeros_like(x)
    for coefficient in reversed(polynomial):
        value = value * c + coefficient
    return value


class _Polygamma(torch.autograd.Function):
    """polygamma(order, x), with that of the next order as its derivative; order −1 is log |Γ|."""

    @staticmethod
    def forward(ctx: Any, order: int, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        ctx.order = order
        return torch.lgamma(x) if order < 0 else polygamma(order, x)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[None, Tensor]:
        return None, grad * applied(_Polygamma, ctx.order + 1, ctx.saved_tensors[0])


def lgamma(x: Tensor) -> Tensor:
    """log |Γ(x)|"""
    return applied(_Polygamma, -1, x)


def digamma(x: Tensor) -> Tensor:
    """Γ'(x)/Γ(x)"""
    return applied(_Polygamma, 0, x)


def sign_of_gamma(x: Tensor) -> Tensor:
    """1 or −1: Γ is negative on (−1, 0), (−3, −2), …"""
    return torch.where(x > 0, 1.0, 1 - 2 * torch.remainder(torch.floor(x), 2))


def gamma_function(x: Tensor) -> Tensor:
    """Γ(x) = ±e^log |Γ(x)|; where that logarithm is large, the last digits are corrected."""
    value = torch.exp(lgamma(x)) * sign_of_gamma(x)
    return value * _correction(x.detach(), value.detach())


FAR = 8.0  # from here on Stirling's series is right to rounding
STIRLING = (1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188, -691 / 360360, 1 / 156, -3617 / 122400)


def _correction(x: Tensor, value: Tensor) -> Tensor:
    """Γ(x)/value, which is 1 but for rounding: far out by Stirling's series (DLMF 5.11.1), of negative x by
    Γ(x)Γ(−x) = −π/(x sin πx), near 0 by Γ(x + 1)/x; between them log |Γ| is small, and the value right."""
    far = torch.where(x.abs() > FAR, x.abs(), FAR)
    half = far ** (far / 2 - 0.25)  # far^(far − 1/2) would overflow early
    series = torch.zeros_like(far)
    for coefficient in reversed(STIRLING):
        series = series / (far * far) + coefficient
    above = half * torch.exp(-far) * half * torch.exp(series / far) * math.sqrt(2 * math.pi)
    below = torch.pi / (far * torch.sin(torch.pi * (x - torch.round(x)).abs()) * above)
    near = torch.exp(torch.lgamma(x + 1)) / x.abs()
    size = torch.where(x.abs() < 0.5, near, torch.where(x > 0, above, below))
    ratio = torch.nan_to_num(size / value.abs(), 1.0, 1.0, 1.0)
    return torch.where((x.abs() < 0.5) | (x.abs() > FAR), ratio, 1.0)


def factorial(x: Tensor) -> Tensor:
    """x! = Γ(x + 1)"""
    return gamma_function(x + 1)


class _Hypot(torch.autograd.Function):
    """sqrt(x² + y²); torch's own second derivative is 1 − (x/h)² over h, which is 0 where x is much larger than y."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor) -> Tensor:
        ctx.save_for_backward(x, y)
        return torch.hypot(x, y)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor]:
        x, y = ctx.saved_tensors
        return (grad * _cosine(x, y)).sum_to_size(x.shape), (grad * _cosine(y, x)).sum_to_size(y.shape)


class _Cosine(torch.autograd.Function):
    """x/sqrt(x² + y²), whose derivatives are y²/h³ and −xy/h³."""

    @staticmethod
    def forward(ctx: Any, x: Tensor, y: Tensor) -> Tensor:
        ctx.save_for_backward(x, y)
        return x / torch.hypot(x, y)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[Tensor, Tensor]:
        x, y = ctx.saved_tensors
        turn = grad * _cosine(y, x) / hypot(x, y)
        return (turn * _cosine(y, x)).sum_to_size(x.shape), (-turn * _cosine(x, y)).sum_to_size(y.shape)


def hypot(x: Tensor, y: Tensor) -> Tensor:
    """sqrt(x² + y²)"""
    return applied(_Hypot, x, y)


def _cosine(x: Tensor, y: Tensor) -> Tensor:
    return applied(_Cosine, x, y)


def half_turns(x: Tensor) -> Tensor:
    """πx but for whole turns of 2π, which are taken off before anything is rounded."""
    return torch.pi * (x - 2 * torch.round(x / 2))


class _Sinc(torch.autograd.Function):
    """The derivative of that order of sin(πx)/(πx).

    torch's own rule divides by x what cancels near 0: its second derivative at 1e-8 is −5.2 instead of −π²/3.
    """

    @staticmethod
    def forward(ctx: Any, order: int, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        ctx.order = order
        return sinc_derivative(order, x)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[None, Tensor]:
        return None, grad * applied(_Sinc, ctx.order + 1, ctx.saved_tensors[0])


def sinc(x: Tensor) -> Tensor:
    """sin(πx)/(πx)"""
    return applied(_Sinc, 0, x)


def sinc_derivative(order: int, x: Tensor) -> Tensor:
    """By its power series near 0, else by x·s⁽ᵏ⁾ + k·s⁽ᵏ⁻¹⁾ = (sin(πx)/π)⁽ᵏ⁾."""
    whole = torch.round(x)  # taken off first, so that sinc is 0 at whole numbers
    sine = torch.sin(torch.pi * (x - whole)) * (1 - 2 * torch.remainder(whole, 2))
    value = torch.where(x == 0, 1.0, sine / (torch.pi * torch.where(x == 0, 1.0, x)))
    if order == 0:
        return value
    for k in range(1, order + 1):
        value = (torch.pi ** (k - 1) * torch.sin(half_turns(x) + k * torch.pi / 2) - k * value) / x
    near = x.abs() < (order + 1) / torch.pi
    u = torch.where(near, x, 0.0)
    series = torch.zeros_like(x)
    for m in reversed(range((order + 1) // 2, 16 + order)):
        power = 2 * m - order
        coefficient = (-1.0) ** m * torch.pi ** (2 * m) / ((2 * m + 1) * math.factorial(power))
        series = series * u**2 + coefficient
    found: Tensor = torch.where(near, series * (u if order % 2 else 1.0), value)
    return found


class _BesselI(torch.autograd.Function):
    """I_n(x), whose derivative is (I_{n−1}(x) + I_{n+1}(x))/2 (DLMF 10.29.1).

    torch's own rule for I₁ divides by x what cancels near 0.
    """

    @staticmethod
    def forward(ctx: Any, order: int, x: Tensor) -> Tensor:
        ctx.save_for_backward(x)
        ctx.order = order
        return bessel_i(order, x)

    @staticmethod
    def backward(ctx: Any, grad: Tensor) -> tuple[None, Tensor]:
        (x,), n = ctx.saved_tensors, ctx.order
        return None, grad * (applied(_BesselI, abs(n - 1), x) + applied(_BesselI, n + 1, x)) / 2


def bessel_i(order: int, x: Tensor) -> Tensor:
    """I_n(x) by its power series for |x| < 8 (DLMF 10.25.2), beyond by recurrence from I₀ and I₁ (DLMF 10.29.1)."""
    if order < 2:
        first: Tensor = torch.special.i1(x) if order else torch.special.i0(x)
        return first
    below, value = torch.special.i0(x), torch.special.i1(x)
    for n in range(1, order):
        below, value = value, below - 2 * n * value / x
    near = x.abs() < 8
    quarter = torch.where(near, x, 0.0) ** 2 / 4
    series = torch.zeros_like(x)
    for m in reversed(range(36)):
        series = series * quarter + 1 / (math.factorial(m) * math.factorial(m + order))
    found: Tensor = torch.where(near, series * (x / 2) ** order, value)
    return found


def i0(x: Tensor) -> Tensor:
    """I₀(x)"""
    return applied(_BesselI, 0, x)


def i1(x: Tensor) -> Tensor:
    """I₁(x)"""
    return applied(_BesselI, 1, x)


# Nodes of the trapezoidal rule for Bessel's integrals (DLMF 10.9.1): with 64 in a quarter turn it is right to
# rounding for |x| up to 180. torch.special.bessel_j0 is wrong in the 6th digit at x = 5.2.
BESSEL_NODES = 64
BESSEL_REACH = 180


def _sines() -> Tensor:
    turn = (torch.arange(BESSEL_NODES, dtype=torch.float64) + 0.5) / (2 * BESSEL_NODES)
    return torch.sin(torch.pi * turn)


def j0(x: Tensor) -> Tensor:
    """J₀(x), NaN for |x| > 180."""
    return torch.where(x.abs() <= BESSEL_REACH, torch.cos(x[..., None] * _sines()).mean(-1), torch.nan)


def j1(x: Tensor) -> Tensor:
    """J₁(x), NaN for |x| > 180."""
    sines = _sines()
    return torch.where(x.abs() <= BESSEL_REACH, (sines * torch.sin(x[..., None] * sines)).mean(-1), torch.nan)
