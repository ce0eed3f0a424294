"""The jet reading: truncated Taylor series of torch tensors, f, f', …, f^(n) in one pass.

A jet is a Tensor (order + 1, n) of Taylor coefficients at n points, or a Python float for a constant.
"""

import math
from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from lib.expression import Expression
from lib.readings.series import (
    ARITHMETIC,
    Jet,
    add,
    constant,
    div,
    dot,
    exp,
    from_slope,
    log,
    mul,
    orders,
    power_recurrence,
    real_power,
    scaled,
    with_value,
)
from lib.readings.special import polygamma, sign_of_gamma
from lib.readings.tensor import NOISE, TENSOR, apply, as_tensor, noise, straight_line


@torch.no_grad()
def taylor(
    expression: Expression,
    x: Tensor,
    order: int,
    *,
    variable: str = "x",
    at: Mapping[str, float | Tensor] | None = None,
) -> Tensor:
    """The Taylor coefficients f^(k)(x)/k!, k = 0 … order: (order + 1, n) for n points, (order + 1, k, n) for a vector.

    `at` holds the values of the other letters, floats or tensors (n,). Undefined is NaN.
    """
    x = x.to(torch.float64)
    values: dict[str, Tensor | float] = {**(at or {}), variable: x}
    line = straight_line(expression, values)
    seed = torch.zeros(order + 1, *x.shape, dtype=torch.float64)
    seed[0] = x
    if order:
        seed[1] = 1
    results: list[Jet] = []
    for step in line.operations:
        if step.name == "number":
            results.append(step.value)
        elif step.name == "letter":
            results.append(seed if step.value == variable else _given(values[str(step.value)], seed))
        elif step.name in NOISE:
            results.append(constant(noise(step.name, step.value, values, x.shape), seed))
        else:
            results.append(_apply(step.name, [results[i] for i in step.operands], seed))
    parts = [_lift(results[i], seed) for i in line.outputs]
    return parts[0] if expression.shape is None else torch.stack(parts, 1)


def _apply(name: str, arguments: list[Jet], seed: Tensor) -> Jet:
    if not any(isinstance(a, Tensor) for a in arguments):
        return apply(name, arguments)
    if name in _ON_VALUES:  # conditions look at values only
        return TENSOR[name](*(a[0] if isinstance(a, Tensor) and a.dtype == torch.float64 else a for a in arguments))
    if name == "indicator":
        return constant(arguments[0], seed)
    if name in ARITHMETIC:
        return ARITHMETIC[name](*arguments)
    return JET[name](*(a if isinstance(a, Tensor) else _lift(a, seed) for a in arguments))


_ON_VALUES = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})


def _given(value: Tensor | float, seed: Tensor) -> Jet:
    """The jet of another letter's value."""
    return constant(value, seed) if isinstance(value, Tensor) else float(value)


def _lift(value: Jet, seed: Tensor) -> Tensor:
    """The value as a tensor: a number as a constant jet, a truth value as it is."""
    return as_tensor(value) if isinstance(value, Tensor | bool) else constant(value, seed)


def _sqrt(a: Tensor) -> Tensor:
    return real_power(a, 0.5)


def _cbrt(a: Tensor) -> Tensor:
    result = torch.empty_like(a)
    result[0] = TENSOR["cbrt"](a[0])
    power_recurrence(result, a, 1 / 3)
    return result


def _pair(
    a: Tensor, sign: float, first: Callable[[Tensor], Tensor], second: Callable[[Tensor], Tensor]
) -> tuple[Tensor, Tensor]:
    """(s, c) with s' = c·a' and c' = sign·s·a': sine and cosine (−1), the hyperbolic ones (+1)."""
    s, c = torch.empty_like(a), torch.empty_like(a)
    s[0], c[0] = first(a[0]), second(a[0])
    steps = scaled(a)
    for k in orders(a):
        s[k] = dot(steps, c, k, 1, k) / k
        c[k] = sign * dot(steps, s, k, 1, k) / k
    return s, c


def _sin_cos(a: Tensor) -> tuple[Tensor, Tensor]:
    return _pair(a, -1.0, torch.sin, torch.cos)


def _sinh_cosh(a: Tensor) -> tuple[Tensor, Tensor]:
    return _pair(a, 1.0, torch.sinh, torch.cosh)


def _riccati(name: str, a: Tensor, slope_of: Callable[[Tensor, int], Tensor]) -> Tensor:
    """y with y' = g(y)·a', where slope_of(y, k) is the k-th coefficient of g(y) from y_0 … y_k."""
    result = torch.zeros_like(a)
    result[0] = TENSOR[name](a[0])
    slope = torch.zeros_like(a)
    slope[0] = slope_of(result, 0)
    steps = scaled(a)
    for k in orders(a):
        result[k] = dot(steps, slope, k, 1, k) / k
        slope[k] = slope_of(result, k)
    return result


def _tan(a: Tensor) -> Tensor:
    return _riccati("tan", a, lambda y, k: (1.0 if k == 0 else 0.0) + dot(y, y, k, 0, k))


def _tanh(a: Tensor) -> Tensor:
    return _riccati("tanh", a, lambda y, k: dot(y, y, k, 0, k) * -1 + 1 if k == 0 else -dot(y, y, k, 0, k))


def _sigmoid(a: Tensor) -> Tensor:
    return _riccati("sigmoid", a, lambda y, k: y[k] - dot(y, y, k, 0, k))


def _square(a: Tensor) -> Jet:
    return mul(a, a)


def _reciprocal(a: Tensor) -> Jet:
    return div(1.0, a)


def _sinc(a: Tensor) -> Tensor:
    """sin(πa)/(πa), by its own Taylor series where the quotient would cancel."""
    u = math.pi * a
    quotient = div(_sin_cos(u)[0], u)
    square = _square(torch.where(u[0].abs() < 1, u, 0.0))
    terms = 12 + a.shape[0]
    series: Jet = 0.0
    for m in range(terms, -1, -1):
        series = add(mul(series, square), (-1.0) ** m / math.factorial(2 * m + 1))
    return with_value(torch.where(u[0].abs() < 1, series, quotient), torch.sinc(a[0]))


def _erf_slope(a: Tensor) -> Tensor:
    return exp(-_square(a)) * (2 / math.sqrt(math.pi))


def _gelu(a: Tensor) -> Tensor:
    return with_value(mul(a, 0.5 * from_slope("erfc", -a / math.sqrt(2), -_erf_slope(a / math.sqrt(2)))),
                       TENSOR["gelu"](a[0]))  # fmt: skip


def _softplus(a: Tensor) -> Tensor:
    return from_slope("softplus", a, _sigmoid(a))


def _erfinv(a: Tensor) -> Tensor:
    """y' = √π/2 · exp(y²)·a'"""
    result, square, growth, slope = (torch.zeros_like(a) for _ in range(4))
    result[0] = torch.erfinv(a[0])
    square[0] = result[0] ** 2
    growth[0] = torch.exp(square[0])
    slope[0] = math.sqrt(math.pi) / 2 * growth[0]
    steps = scaled(a)
    for k in orders(a):
        result[k] = dot(steps, slope, k, 1, k) / k
        square[k] = dot(result, result, k, 0, k)
        growth[k] = dot(scaled(square), growth, k, 1, k) / k
        slope[k] = math.sqrt(math.pi) / 2 * growth[k]
    return with_value(result, result[0])


def _composed(coefficients: list[Tensor], a: Tensor) -> Tensor:
    """g(a) for a function g with the given Taylor coefficients at a's value, by Horner's rule."""
    step = a.clone()
    step[0] = 0
    result = constant(coefficients[-1], a)
    for coefficient in reversed(coefficients[:-1]):
        result = mul(result, step)
        result[0] += coefficient
    return result


def _from_polygamma(first: int) -> Callable[[Tensor], Tensor]:
    """log |Γ| (first = −1) or digamma (first = 0), whose derivatives are the polygamma functions."""

    def jet(a: Tensor) -> Tensor:
        rows = [torch.lgamma(a[0]) if first < 0 else torch.digamma(a[0])]
        rows += [polygamma(first + k, a[0]) / math.factorial(k) for k in orders(a)]
        return with_value(_composed(rows, a), rows[0])

    return jet


_lgamma = _from_polygamma(-1)


def _gamma(a: Tensor) -> Tensor:
    return _with("gamma", exp(_lgamma(a)) * sign_of_gamma(a[0]), a)


def _quotient_of_gammas(above: tuple[Tensor, ...], below: tuple[Tensor, ...]) -> Tensor:
    total: Jet = 0.0
    sign = torch.ones_like(above[0][0])
    for jets, direction in ((above, 1), (below, -1)):
        for a in jets:
            total = add(total, direction * _lgamma(a)) if isinstance(total, Tensor) else direction * _lgamma(a)
            sign = sign * sign_of_gamma(a[0])
    return exp(total) * sign


def _with(name: str, jet: Tensor, *arguments: Tensor) -> Tensor:
    """The jet with the value that the tensor reading gives."""
    return with_value(jet, TENSOR[name](*(a[0] for a in arguments)))


def _bessel(name: str, a: Tensor, sign: float) -> tuple[Tensor, Tensor]:
    """(s, u) = (J₀, J₁) for sign −1, (I₀, I₁) for +1: s' = sign·u·a', u' = (s − u/a)·a'; the power series near 0."""
    kind = name[0]
    s, u, q = (torch.empty_like(a) for _ in range(3))
    s[0], u[0] = TENSOR[f"{kind}0"](a[0]), TENSOR[f"{kind}1"](a[0])
    q[0] = u[0] / a[0]
    steps = scaled(a)
    for k in orders(a):
        s[k] = sign * dot(steps, u, k, 1, k) / k
        u[k] = dot(steps, s - q, k, 1, k) / k
        q[k] = (u[k] - dot(a, q, k, 1, k)) / a[0]
    near = a[0].abs() < 2
    quarter = _square(torch.where(near, a, 0.0)) * (sign / 4)
    even: Jet = 0.0
    odd: Jet = 0.0
    for m in range(20 + a.shape[0] // 2, -1, -1):
        even = add(mul(even, quarter), 1 / math.factorial(m) ** 2)
        odd = add(mul(odd, quarter), 1 / (math.factorial(m) * math.factorial(m + 1)))
    return with_value(torch.where(near, even, s), s[0]), with_value(torch.where(near, mul(a, odd) / 2, u), u[0])


def _step(name: str) -> Callable[..., Tensor]:
    """A function that is constant between its jumps."""

    def constant(*arguments: Tensor) -> Tensor:
        result = torch.zeros_like(arguments[0])
        result[0] = TENSOR[name](*(a[0] for a in arguments))
        return result

    return constant


def _pick(condition: Tensor, a: Tensor, b: Tensor) -> Tensor:
    return torch.where(condition, a, b)


def _extremum(a: Tensor, b: Tensor, first: Tensor) -> Tensor:
    """a where it is the one, b where it is the other; their mean at a tie, as autograd has it."""
    return torch.where(a[0] == b[0], (a + b) / 2, torch.where(first, a, b))


def _mod(a: Tensor, b: Tensor) -> Tensor:
    whole = torch.floor(a[0] / b[0])
    return with_value(a - whole * b, TENSOR["mod"](a[0], b[0]))


def _atan2(y: Tensor, x: Tensor) -> Tensor:
    """θ' = (x·y' − y·x')/(x² + y²)"""
    result = torch.empty_like(y)
    result[0] = torch.atan2(y[0], x[0])
    slope = div(mul(x, scaled(y)) - mul(y, scaled(x)), _square(x) + _square(y))
    for k in orders(y):
        result[k] = slope[k] / k
    return result


def _elu(a: Tensor, alpha: Tensor) -> Tensor:
    return torch.where(a[0] > 0, a, mul(alpha, from_slope("expm1", a, exp(a))))


def _acosh(a: Tensor) -> Tensor:
    root = mul(real_power(add(a, -1.0), -0.5), real_power(add(a, 1.0), -0.5))
    return from_slope("acosh", a, root)


def _inside(a: Tensor) -> Jet:
    """1 − a²"""
    return add(-_square(a), 1.0)


JET: dict[str, Callable[..., Tensor]] = {
    "where": _pick,
    "sqrt": _sqrt,
    "cbrt": _cbrt,
    "exp": exp,
    "exp2": lambda a: with_value(exp(a * math.log(2)), torch.exp2(a[0])),
    "expm1": lambda a: from_slope("expm1", a, exp(a)),
    "log": log,
    "log10": lambda a: with_value(log(a) / math.log(10), torch.log10(a[0])),
    "log2": lambda a: with_value(log(a) / math.log(2), torch.log2(a[0])),
    "log1p": lambda a: with_value(log(add(a, 1.0)), torch.log1p(a[0])),
    "sin": lambda a: _sin_cos(a)[0],
    "cos": lambda a: _sin_cos(a)[1],
    "tan": _tan,
    "cot": lambda a: _reciprocal(_tan(a)),
    "sec": lambda a: _reciprocal(_sin_cos(a)[1]),
    "csc": lambda a: _reciprocal(_sin_cos(a)[0]),
    "asin": lambda a: from_slope("asin", a, real_power(_inside(a), -0.5)),
    "acos": lambda a: from_slope("acos", a, -real_power(_inside(a), -0.5)),
    "atan": lambda a: from_slope("atan", a, _reciprocal(add(_square(a), 1.0))),
    "acot": lambda a: from_slope("acot", a, -_reciprocal(add(_square(a), 1.0))),
    "asec": lambda a: JET["acos"](_reciprocal(a)),
    "acsc": lambda a: JET["asin"](_reciprocal(a)),
    "atan2": _atan2,
    "hypot": lambda a, b: with_value(_sqrt(_square(a) + _square(b)), torch.hypot(a[0], b[0])),
    "sinc": _sinc,
    "sinh": lambda a: _sinh_cosh(a)[0],
    "cosh": lambda a: _sinh_cosh(a)[1],
    "tanh": _tanh,
    "coth": lambda a: _reciprocal(_tanh(a)),
    "sech": lambda a: _reciprocal(_sinh_cosh(a)[1]),
    "csch": lambda a: _reciprocal(_sinh_cosh(a)[0]),
    "asinh": lambda a: from_slope("asinh", a, real_power(add(_square(a), 1.0), -0.5)),
    "acosh": _acosh,
    "atanh": lambda a: from_slope("atanh", a, _reciprocal(_inside(a))),
    "acoth": lambda a: JET["atanh"](_reciprocal(a)),
    "asech": lambda a: JET["acosh"](_reciprocal(a)),
    "acsch": lambda a: JET["asinh"](_reciprocal(a)),
    "abs": lambda a: torch.sign(a[0]) * a,
    "sign": _step("sign"),
    "floor": _step("floor"),
    "ceil": _step("ceil"),
    "round": _step("round"),
    "trunc": _step("trunc"),
    "frac": lambda a: a - _step("trunc")(a),
    "mod": _mod,
    "min": lambda a, b: _extremum(a, b, a[0] < b[0]),
    "max": lambda a, b: _extremum(a, b, a[0] > b[0]),
    "clamp": lambda a, low, high: torch.where(a[0] < low[0], low, torch.where(a[0] > high[0], high, a)),
    "heaviside": _step("heaviside"),
    "sigmoid": _sigmoid,
    "logit": lambda a: with_value(log(div(a, add(-a, 1.0))), torch.logit(a[0])),
    "softplus": _softplus,
    "softsign": lambda a: div(a, add(JET["abs"](a), 1.0)),
    "relu": lambda a: torch.where(a[0] > 0, a, torch.zeros_like(a)),
    "leaky_relu": lambda a, slope: torch.where(a[0] > 0, a, mul(a, slope)),
    "elu": _elu,
    "gelu": _gelu,
    "silu": lambda a: mul(a, _sigmoid(a)),
    "mish": lambda a: mul(a, _tanh(_softplus(a))),
    "erf": lambda a: from_slope("erf", a, _erf_slope(a)),
    "erfc": lambda a: from_slope("erfc", a, -_erf_slope(a)),
    "erfinv": _erfinv,
    "gamma": _gamma,
    "lgamma": _lgamma,
    "digamma": _from_polygamma(0),
    "beta": lambda a, b: _with("beta", _quotient_of_gammas((a, b), (a + b,)), a, b),
    "factorial": lambda a: _gamma(add(a, 1.0)),
    "binomial": lambda n, k: _with(
        "binomial", _quotient_of_gammas((add(n, 1.0),), (add(k, 1.0), add(n - k, 1.0))), n, k
    ),
    "j0": lambda a: _bessel("j0", a, -1.0)[0],
    "j1": lambda a: _bessel("j1", a, -1.0)[1],
    "i0": lambda a: _bessel("i0", a, 1.0)[0],
    "i1": lambda a: _bessel("i1", a, 1.0)[1],
}  # fmt: skip
