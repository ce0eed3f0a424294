"""Each function's jet: its Taylor coefficients from those of its arguments."""

import math
from collections.abc import Callable
from math import comb, factorial

import torch
from torch import Tensor

from lib.readings.jet.gamma import beta, binomial, from_polygamma, gamma
from lib.readings.jet.series import (
    ZERO,
    Jet,
    add,
    composed,
    constant,
    div,
    dot,
    exp,
    from_slope,
    integral,
    log,
    log1p,
    minus,
    mul,
    neg,
    orders,
    over,
    pair,
    pick,
    plus,
    power,
    real_power,
    scaled,
    self_dot,
    shifted,
    sine,
    square,
    sub,
    times,
    with_value,
)
from lib.readings.special import half_turns
from lib.readings.tensor import TENSOR


def _cos(a: Jet) -> Jet:
    return pair(a, -1.0, torch.cos(a[0]), -torch.sin(a[0]))


def _sinh(a: Jet) -> Jet:
    return pair(a, 1.0, torch.sinh(a[0]), torch.cosh(a[0]))


def _cosh(a: Jet) -> Jet:
    return pair(a, 1.0, torch.cosh(a[0]), torch.sinh(a[0]))


def _by_square(y: Tensor, s: Tensor, a: Jet, slope: float, turn: float) -> Jet:
    """y with y' = slope·s·a' and s' = turn·y·s·a', from the values of y and s.

    Of tangents and cotangents, with s = 1 + y², or of hyperbolic ones 1/cosh² and 1/sinh²: their 1 − y² would be
    rounding noise where y is near ±1.
    """
    ys, ss, products = [y], [s], []
    for k in orders(a):
        if k > 1:
            products.append(dot(ys, ss, k - 2))
            ss.append(times(turn, integral(products, a, k - 1)))
        ys.append(times(slope, integral(ss, a, k)))
    return ys


def _with_ratio(y: Tensor, t: Tensor, a: Jet, turn: float) -> Jet:
    """y with y' = −y·t·a' and t' = turn·y²·a', from the values of y and t: 1/cosh with tanh, 1/sinh with coth.

    As the reciprocals of cosh and sinh they would be undefined where those overflow.
    """
    ys, ts = [y], [t]
    products: Jet = []
    squares: Jet = []
    for k in orders(a):
        products.append(dot(ys, ts, k - 1))
        squares.append(self_dot(ys, k - 1))
        ys.append(times(-1.0, integral(products, a, k)))
        ts.append(times(turn, integral(squares, a, k)))
    return ys


def _tan(a: Jet) -> Jet:
    y = torch.tan(a[0])
    return _by_square(y, 1 + y * y, a, 1.0, 2.0)


def _cot(a: Jet) -> Jet:
    y = TENSOR["cot"](a[0])
    return _by_square(y, 1 + y * y, a, -1.0, -2.0)


def _tanh(a: Jet) -> Jet:
    return _by_square(torch.tanh(a[0]), torch.cosh(a[0]) ** -2, a, 1.0, -2.0)


def _coth(a: Jet) -> Jet:
    return _by_square(TENSOR["coth"](a[0]), torch.sinh(a[0]) ** -2, a, -1.0, -2.0)


def _sigmoid(a: Jet) -> Jet:
    """(1 + tanh(a/2))/2"""
    return with_value(scaled(_tanh(scaled(a, 0.5)), 0.5), torch.sigmoid(a[0]))


def _reciprocal(a: Jet) -> Jet:
    return div(constant(1.0, len(a)), a)


def _sinc(a: Jet) -> Jet:
    """sin(πa)/(πa), by its own Taylor series where the quotient would cancel."""
    u = scaled(a, math.pi)
    coefficients = [(-1.0) ** m / factorial(2 * m + 1) for m in range(12 + len(a))]
    series = _power_series(coefficients, square(_near(u, 1.0)))
    far = div(sine(with_value(u, half_turns(a[0]))), u)
    return with_value(_joined(u[0], 1.0, series, far), TENSOR["sinc"](a[0]))


# A quotient by a loses digits with every order where a is small, a power series in a where a is large: the higher the
# order, the farther the series is the better of both.
_FARTHER = 0.3


def _near(a: Jet, radius: float) -> Jet:
    """a where some order needs the power series, 0 beyond, where it might overflow."""
    return with_value(a, torch.where(a[0].abs() < radius + _FARTHER * len(a), a[0], 0.0))


def _joined(a: Tensor, radius: float, series: Jet, quotient: Jet) -> Jet:
    """The power series near 0, the quotients beyond."""
    size = a.abs()
    parts = enumerate(zip(series, quotient, strict=True))
    return [pick(size < radius + _FARTHER * k, [near], [far])[0] for k, (near, far) in parts]


def _where(condition: Tensor, a: Jet) -> Jet:
    """a where the condition holds, else 0."""
    return pick(condition, a, constant(ZERO, len(a)))


def _bell(a: Jet) -> Jet:
    """2/√π · exp(−a²), the slope of erf"""
    return scaled(exp(neg(square(a))), 2 / math.sqrt(math.pi))


def _erfc(a: Jet) -> Jet:
    return from_slope("erfc", a, lambda a: neg(_bell(a)))


def _gelu(a: Jet) -> Jet:
    return with_value(mul(scaled(a, 0.5), _erfc(scaled(a, -1 / math.sqrt(2)))), TENSOR["gelu"](a[0]))


def _softplus(a: Jet) -> Jet:
    return from_slope("softplus", a, _sigmoid)


def _erfinv(a: Jet) -> Jet:
    """y' = √π/2 · exp(y²)·a'"""
    y = [torch.erfinv(a[0])]
    squared: Jet = []
    growth: Jet = []
    slope: Jet = []
    for k in orders(a):
        squared.append(self_dot(y, k - 1))
        growth.append(integral(growth, squared, k - 1) if k > 1 else torch.exp(squared[0]))
        slope.append(times(math.sqrt(math.pi) / 2, growth[-1]))
        y.append(integral(slope, a, k))
    return y


def _power_series(coefficients: list[float], a: Jet) -> Jet:
    """The sum of c_m a^m, whose own Taylor coefficients at a's value are the sums of c_m binom(m, k) a^(m-k)."""
    terms = range(len(coefficients))
    powers = torch.cumprod(torch.stack([torch.ones_like(a[0]), *[a[0]] * terms[-1]]), 0)
    rows = [[c * comb(m, k) for m, c in enumerate(coefficients)][k:] + [0.0] * k for k in range(len(a))]
    return composed(list(torch.tensor(rows, dtype=torch.float64) @ powers), a)


def _bessel(name: str, a: Jet, sign: float) -> Jet:
    """J₀ or J₁ (sign −1), I₀ or I₁ (+1): s' = sign·u·a' and u' = (s − u/a)·a'; the power series near 0."""
    s, u = [TENSOR[f"{name[0]}0"](a[0])], [TENSOR[f"{name[0]}1"](a[0])]
    quotient, slope = [u[0] / a[0]], []
    for k in orders(a):
        slope.append(minus(s[-1], quotient[-1]))
        s.append(times(sign, integral(u, a, k)))
        u.append(integral(slope, a, k))
        quotient.append(over(dot(a, quotient, k, first=1, start=u[k], weight=-1.0), a[0]))
    near = _near(a, 2.0)
    quarter = scaled(square(near), sign / 4)
    terms = range(21 + len(a) // 2)
    if name.endswith("0"):
        series = _power_series([1 / factorial(m) ** 2 for m in terms], quarter)
        return with_value(_joined(a[0], 2.0, series, s), s[0])
    odd = _power_series([0.5 / (factorial(m) * factorial(m + 1)) for m in terms], quarter)
    return with_value(_joined(a[0], 2.0, mul(near, odd), u), u[0])


def _by_composition(jet: Callable[[Jet], Jet]) -> Callable[[Jet], Jet]:
    """The same jet, worked out at the variable itself, most of whose coefficients are ZERO, then composed with a."""
    return lambda a: composed(jet([a[0], 1.0, *[ZERO] * (len(a) - 2)]), a)


def _step(name: str) -> Callable[..., Jet]:
    """A function that is constant between its jumps."""
    return lambda *arguments: constant(TENSOR[name](*(a[0] for a in arguments)), len(arguments[0]))


def _extremum(name: str, a: Jet, b: Jet, first: Tensor) -> Jet:
    """a where it is the one, b where it is the other; their mean at a tie, as autograd has it."""
    chosen = pick(a[0] == b[0], scaled(add(a, b), 0.5), pick(first, a, b))
    return with_value(chosen, TENSOR[name](a[0], b[0]))


def _mod(a: Jet, b: Jet) -> Jet:
    """a − b·⌊a/b⌋; torch's own division finds the whole number even where a/b rounds up to one."""
    whole = torch.div(a[0], b[0], rounding_mode="floor")
    return with_value(sub(a, scaled(b, whole)), TENSOR["mod"](a[0], b[0]))


def _atan2(y: Jet, x: Jet) -> Jet:
    """θ' = x/(x² + y²)·y' − y/(x² + y²)·x'"""
    both = add(square(x), square(y))
    by_y, by_x = div(x, both), div(y, both)
    return [torch.atan2(y[0], x[0]), *(minus(integral(by_y, y, k), integral(by_x, x, k)) for k in orders(y))]


def _hypot(a: Jet, b: Jet) -> Jet:
    """h with h' = u·a' + v·b', where (u, v) = (a, b)/h turns by w = (v·a' − u·b')/h: u' = v·w and v' = −u·w.

    The square root of a² + b² would lose what the larger of the two hides.
    """
    h = [torch.hypot(a[0], b[0])]
    u, v = [a[0] / h[0]], [b[0] / h[0]]
    w: Jet = []
    for k in orders(a):
        turn = minus(integral(v, a, k), integral(u, b, k))  # coefficient k of an integral, so k times it is of a'
        w.append(over(dot(h, w, k - 1, first=1, start=times(float(k), turn), weight=-1.0), h[0]))
        h.append(plus(integral(u, a, k), integral(v, b, k)))
        u.append(times(1.0 / k, dot(v, w, k - 1)))
        v.append(times(-1.0 / k, dot(u, w, k - 1)))
    return h


def _elu(a: Jet, alpha: Jet) -> Jet:
    return pick(a[0] > 0, a, mul(alpha, from_slope("expm1", a, exp)))


def _inside(a: Jet) -> Jet:
    """1 − a², whose value (1 − a)(1 + a) keeps its digits near ±1."""
    return with_value(shifted(neg(square(a)), 1.0), (1 - a[0]) * (1 + a[0]))


def _outside(a: Jet) -> Jet:
    """1 + a²"""
    return shifted(square(a), 1.0)


def _arc_of_reciprocal(a: Jet) -> Jet:
    """1/(|a| sqrt(a² − 1))"""
    return div(real_power(neg(_inside(a)), -0.5), JET["abs"](a))


def _acosh_slope(a: Jet) -> Jet:
    return mul(real_power(shifted(a, -1.0), -0.5), real_power(shifted(a, 1.0), -0.5))


JET: dict[str, Callable[..., Jet]] = {
    "where": pick,
    "sqrt": lambda a: real_power(a, 0.5),
    "cbrt": lambda a: power(a, 1 / 3, TENSOR["cbrt"](a[0])),
    "exp": exp,
    "exp2": lambda a: exp(scaled(a, math.log(2)), torch.exp2(a[0])),
    "expm1": lambda a: from_slope("expm1", a, exp),
    "log": log,
    "log10": lambda a: with_value(scaled(log(a), 1 / math.log(10)), torch.log10(a[0])),
    "log2": lambda a: with_value(scaled(log(a), 1 / math.log(2)), torch.log2(a[0])),
    "log1p": log1p,
    "sin": sine,
    "cos": _cos,
    "tan": _tan,
    "cot": _cot,
    "sec": lambda a: _reciprocal(_cos(a)),
    "csc": lambda a: _reciprocal(sine(a)),
    "asin": lambda a: from_slope("asin", a, lambda a: real_power(_inside(a), -0.5)),
    "acos": lambda a: from_slope("acos", a, lambda a: neg(real_power(_inside(a), -0.5))),
    "atan": lambda a: from_slope("atan", a, lambda a: _reciprocal(_outside(a))),
    "acot": lambda a: from_slope("acot", a, lambda a: neg(_reciprocal(_outside(a)))),
    "asec": lambda a: from_slope("asec", a, _arc_of_reciprocal),
    "acsc": lambda a: from_slope("acsc", a, lambda a: neg(_arc_of_reciprocal(a))),
    "atan2": _atan2,
    "hypot": _hypot,
    "sinc": _by_composition(_sinc),
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": _coth,
    "sech": lambda a: _with_ratio(TENSOR["sech"](a[0]), torch.tanh(a[0]), a, 1.0),
    "csch": lambda a: _with_ratio(TENSOR["csch"](a[0]), TENSOR["coth"](a[0]), a, -1.0),
    "asinh": lambda a: from_slope("asinh", a, lambda a: real_power(_outside(a), -0.5)),
    "acosh": lambda a: from_slope("acosh", a, _acosh_slope),
    "atanh": lambda a: from_slope("atanh", a, lambda a: _reciprocal(_inside(a))),
    "acoth": lambda a: from_slope("acoth", a, lambda a: _reciprocal(_inside(a))),
    "asech": lambda a: from_slope("asech", a, lambda a: neg(div(real_power(_inside(a), -0.5), a))),
    "acsch": lambda a: JET["asinh"](_reciprocal(a)),
    "abs": lambda a: scaled(a, torch.sign(a[0])),
    "sign": _step("sign"),
    "floor": _step("floor"),
    "ceil": _step("ceil"),
    "round": _step("round"),
    "trunc": _step("trunc"),
    "frac": lambda a: with_value(a, torch.frac(a[0])),
    "mod": _mod,
    "min": lambda a, b: _extremum("min", a, b, a[0] < b[0]),
    "max": lambda a, b: _extremum("max", a, b, a[0] > b[0]),
    "clamp": lambda a, low, high: pick(a[0] < low[0], low, pick(a[0] > high[0], high, a)),
    "heaviside": _step("heaviside"),
    "sigmoid": _sigmoid,
    "logit": lambda a: with_value(log(div(a, shifted(neg(a), 1.0))), torch.logit(a[0])),
    "softplus": _softplus,
    "softsign": lambda a: from_slope("softsign", a, lambda a: real_power(shifted(JET["abs"](a), 1.0), -2.0)),
    "relu": lambda a: _where(~(a[0] <= 0), a),  # so that NaN stays NaN
    "leaky_relu": lambda a, slope: pick(a[0] > 0, a, mul(a, slope)),
    "elu": _elu,
    "gelu": _gelu,
    "silu": lambda a: mul(a, _sigmoid(a)),
    "mish": lambda a: mul(a, _tanh(_softplus(a))),
    "erf": lambda a: from_slope("erf", a, _bell),
    "erfc": _erfc,
    "erfinv": _erfinv,
    "gamma": gamma,
    "lgamma": from_polygamma(-1),
    "digamma": from_polygamma(0),
    "beta": beta,
    "factorial": lambda a: gamma(shifted(a, 1.0)),
    "binomial": binomial,
    "j0": _by_composition(lambda a: _bessel("j0", a, -1.0)),
    "j1": _by_composition(lambda a: _bessel("j1", a, -1.0)),
    "i0": _by_composition(lambda a: _bessel("i0", a, 1.0)),
    "i1": _by_composition(lambda a: _bessel("i1", a, 1.0)),
}
