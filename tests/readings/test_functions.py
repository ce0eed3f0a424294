"""Every function of the table in every reading, against mpmath at 30 digits and against its own sources."""

import math
import warnings
from collections.abc import Callable

import mpmath
import numpy as np
import pytest
import scipy.special
import torch
from mpmath import mp, mpf

from lib.calculus import derivatives
from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.readings.canonical import canonical
from lib.readings.jet import taylor
from lib.readings.latex import latex
from lib.readings.tensor import evaluate

mp.dps = 30


def _round(x: mpf) -> mpf:
    return mpmath.nint(x)


# The same functions at 30 digits, written from their definitions.
ORACLE: dict[str, Callable[..., mpf]] = {
    "sqrt": mpmath.sqrt,
    "cbrt": lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)),
    "exp": mpmath.exp,
    "exp2": lambda x: mpf(2) ** x,
    "expm1": mpmath.expm1,
    "log": mpmath.log,
    "log10": mpmath.log10,
    "log2": lambda x: mpmath.log(x, 2),
    "log1p": mpmath.log1p,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "tan": mpmath.tan,
    "cot": mpmath.cot,
    "sec": mpmath.sec,
    "csc": mpmath.csc,
    "asin": mpmath.asin,
    "acos": mpmath.acos,
    "atan": mpmath.atan,
    "acot": lambda x: mpmath.pi / 2 - mpmath.atan(x),
    "asec": mpmath.asec,
    "acsc": mpmath.acsc,
    "atan2": mpmath.atan2,
    "hypot": mpmath.hypot,
    "sinc": mpmath.sincpi,
    "sinh": mpmath.sinh,
    "cosh": mpmath.cosh,
    "tanh": mpmath.tanh,
    "coth": mpmath.coth,
    "sech": mpmath.sech,
    "csch": mpmath.csch,
    "asinh": mpmath.asinh,
    "acosh": mpmath.acosh,
    "atanh": mpmath.atanh,
    "acoth": mpmath.acoth,
    "asech": mpmath.asech,
    "acsch": mpmath.acsch,
    "abs": abs,
    "sign": mpmath.sign,
    "floor": mpmath.floor,
    "ceil": mpmath.ceil,
    "round": _round,
    "trunc": lambda x: mpmath.sign(x) * mpmath.floor(abs(x)),
    "frac": lambda x: x - mpmath.sign(x) * mpmath.floor(abs(x)),
    "mod": lambda x, y: x - y * mpmath.floor(x / y),
    "min": min,
    "max": max,
    "clamp": lambda x, low, high: min(max(x, low), high),
    "heaviside": lambda x, at_zero: mpf(0) if x < 0 else (mpf(1) if x > 0 else at_zero),
    "sigmoid": lambda x: 1 / (1 + mpmath.exp(-x)),
    "logit": lambda x: mpmath.log(x / (1 - x)),
    "softplus": lambda x: mpmath.log1p(mpmath.exp(x)),
    "softsign": lambda x: x / (1 + abs(x)),
    "relu": lambda x: max(x, mpf(0)),
    "leaky_relu": lambda x, slope: x if x > 0 else slope * x,
    "elu": lambda x, alpha: x if x > 0 else alpha * mpmath.expm1(x),
    "gelu": lambda x: x * mpmath.ncdf(x),
    "silu": lambda x: x / (1 + mpmath.exp(-x)),
    "mish": lambda x: x * mpmath.tanh(mpmath.log1p(mpmath.exp(x))),
    "erf": mpmath.erf,
    "erfc": mpmath.erfc,
    "erfinv": lambda x: mpmath.erfinv(x) if abs(x) < 1 else mpf("nan"),
    "gamma": mpmath.gamma,
    "lgamma": lambda x: mpmath.log(abs(mpmath.gamma(x))),
    "digamma": mpmath.digamma,
    "beta": mpmath.beta,
    "factorial": mpmath.factorial,
    "binomial": mpmath.binomial,
    "j0": lambda x: mpmath.besselj(0, x),
    "j1": lambda x: mpmath.besselj(1, x),
    "i0": lambda x: mpmath.besseli(0, x),
    "i1": lambda x: mpmath.besseli(1, x),
}
POINTS = [-3.7, -1.3, -0.6, -0.25, 0.125, 0.3, 0.75, 1.1, 2.6, 5.2]
OTHERS = [1.25, 2.5]
CALLS = {name: f"{name}({', '.join(['x', '1.25', '2.5'][: row.most])})" for name, row in FUNCTIONS.items()}


# Functions with zeros, or sums of polygammas, near the points: errors there are small beside their usual values.
CANCELLING = {"binomial": 1e-13, "j0": 1e-13, "j1": 1e-13}


def _truth(name: str, x: float, derivative: int = 0) -> float:
    """The value or a derivative at 30 digits; NaN where the function is not real."""
    others = [mpf(o) for o in OTHERS[: FUNCTIONS[name].most - 1]]
    try:
        value = ORACLE[name](mpf(x), *others)
        if derivative and not isinstance(value, mpmath.mpc):
            value = mpmath.diff(lambda t: ORACLE[name](t, *others), mpf(x), derivative)
    except (ValueError, ZeroDivisionError):
        return math.nan
    if isinstance(value, mpmath.mpc):
        return math.nan if value.imag else float(value.real)
    return float(value)


def test_every_function_has_an_oracle() -> None:
    assert ORACLE.keys() == FUNCTIONS.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_value_agrees_with_mpmath(name: str) -> None:
    x = torch.tensor(POINTS, dtype=torch.float64)
    truth = torch.tensor([_truth(name, p) for p in POINTS], dtype=torch.float64)
    torch.testing.assert_close(evaluate(parse(CALLS[name]), {"x": x}), truth, rtol=1e-14, atol=0, equal_nan=True)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_taylor_coefficients_agree_with_mpmath(name: str) -> None:
    x = torch.tensor(POINTS, dtype=torch.float64)
    coefficients = taylor(parse(CALLS[name]), x, 6)
    for order in range(7):
        truth = [_truth(name, p, order) / math.factorial(order) for p in POINTS]
        torch.testing.assert_close(
            coefficients[order],
            torch.tensor(truth, dtype=torch.float64),
            rtol=1e-10,
            atol=CANCELLING.get(name, 1e-13),
            equal_nan=True,
        )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_autograd_agrees_with_taylor_arithmetic(name: str) -> None:
    x = torch.tensor(POINTS, dtype=torch.float64, requires_grad=True)
    expression = parse(CALLS[name])
    value = evaluate(expression, {"x": x})
    coefficients = taylor(expression, x.detach(), 2)
    slope = torch.autograd.grad(value.sum(), x, create_graph=True)[0] if value.requires_grad else torch.zeros_like(x)
    bend = None
    if slope.requires_grad:
        bend = torch.autograd.grad(slope.sum(), x, allow_unused=True)[0]
    bend = torch.zeros_like(x) if bend is None else bend
    defined = value.isfinite()
    torch.testing.assert_close(slope[defined].detach(), coefficients[1][defined], rtol=1e-11, atol=1e-14)
    torch.testing.assert_close(bend[defined], 2 * coefficients[2][defined], rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("argument", ["x", "x - 0.125", "-x", "2*x", "x^2"])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_source_runs_and_gives_the_same_numbers(name: str, argument: str) -> None:
    x = torch.tensor(POINTS, dtype=torch.float64)
    expression = parse(CALLS[name].replace("(x", f"({argument}"))
    value = evaluate(expression, {"x": x})
    in_torch = eval(expression.code("torch"), {"torch": torch, "math": math, "x": x})
    assert torch.equal(value.nan_to_num(nan=-1e300), in_torch.nan_to_num(nan=-1e300)), "bit-equal"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        in_numpy = eval(expression.code("numpy"), {"np": np, "math": math, "scipy": scipy, "x": x.numpy()})
    np.testing.assert_allclose(
        in_numpy, value.numpy(), rtol=2e-14, atol=1e-15 if name in {*CANCELLING, "sinc"} else 1e-300, equal_nan=True
    )


@pytest.mark.parametrize(
    "text",
    [
        "beta(x, 3)", "beta(x + 1, 20)", "beta(3, x)", "beta(2.5, 3)*x", "beta(3, 2.5)*x", "binomial(x, 0)",
        "binomial(x, 3)", "binomial(2x - 1, 20)", "binomial(5, x)", "binomial(5, 2)*x", "binomial(x, 21)",
        "binomial(x, 170)", "binomial(x, 171)", "sum(binomial(x, i), i, 19, 23)",
        "sum(binomial(x, 3i/2), i, 0, 14)", "sum(binomial(7, i)*x^i, i, 0, 7)", "sum(beta(x, 2i), i, 1, 15)",
        "sum(beta(2i, x), i, 1, 15)", "binomial(binomial(x, 1.5), 2.5) - beta(beta(x, 0.5), x)",
        "x/-0", "x/(0*(-3))", "atan2(-0, x)",
    ],
)  # fmt: skip
def test_source_of_products_zeros_and_functions_written_out(text: str) -> None:
    x = torch.tensor([*POINTS, -1.0, 0.0, 3.0, 1e5], dtype=torch.float64)
    expression = parse(text)
    value = evaluate(expression, {"x": x})
    found = torch.as_tensor(eval(expression.code("torch"), {"torch": torch, "math": math, "x": x}))
    assert torch.equal(value.nan_to_num(nan=-1e300), found.expand_as(x).nan_to_num(nan=-1e300)), "bit-equal"
    with np.errstate(all="ignore"):
        in_numpy = eval(expression.code("numpy"), {"np": np, "math": math, "scipy": scipy, "x": x[:8].numpy()})
    np.testing.assert_allclose(in_numpy + 0 * x[:8].numpy(), value[:8].numpy(), rtol=1e-11, atol=1e-12)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_text_readings_know_the_function(name: str) -> None:
    expression = parse(CALLS[name])
    assert parse(canonical(expression)) == expression
    assert "x" in latex(expression)


@pytest.mark.parametrize(("name", "spelling"), [(row.name, s) for row in FUNCTIONS.values() for s in row.spellings])
def test_every_spelling_is_read(name: str, spelling: str) -> None:
    assert parse(CALLS[name].replace(name, spelling, 1)) == parse(CALLS[name])


@pytest.mark.parametrize("name", [row.name for row in FUNCTIONS.values() if row.least == 1])
def test_domain_says_where_the_value_is_finite(name: str) -> None:
    x = torch.cat([torch.linspace(-4, 4, 33, dtype=torch.float64), torch.tensor([-1.0001, -0.9999, 0.9999, 1.0001])])
    domain = evaluate(parse(FUNCTIONS[name].domain or "x < inf"), {"x": x})
    value = evaluate(parse(f"{name}(x)"), {"x": x})
    assert torch.equal(value.isfinite(), domain == 1)


NEAR_ZERO = (-2.5, -0.7, -1e-3, -1e-8, 0.0, 1e-12, 1e-5, 0.3, 0.76, 1.9)


@pytest.mark.parametrize("name", ["sinc", "i0", "i1"])
def test_source_has_the_derivatives_of_the_function_near_zero(name: str) -> None:
    """torch's own rules divide there by x what cancels."""
    formula = parse(f"{name}(x)")
    x = torch.tensor(NEAR_ZERO, dtype=torch.float64, requires_grad=True)
    found = eval(formula.code("torch"), {"torch": torch, "math": math, "x": x})
    expected = derivatives(formula, x.detach(), order=3)
    for order in range(1, 4):
        (found,) = torch.autograd.grad(found.sum(), x, create_graph=True)
        torch.testing.assert_close(found.detach(), expected[order], rtol=1e-13, atol=1e-15)


def test_sinc_is_zero_at_whole_numbers() -> None:
    whole = torch.tensor([-7.0, -1.0, 1.0, 2.0, 1e6, 1e15], dtype=torch.float64)
    assert evaluate(parse("sinc(x)"), {"x": whole}).tolist() == [0.0] * len(whole)


@pytest.mark.parametrize("k", [171, 200, 1000])
def test_derivatives_of_high_binomials_keep_their_digits_below_zero(k: int) -> None:
    """A quotient of sines that both vanish at whole numbers would leave one digit of the second derivative."""
    places = [-1.000000001, -0.999999999, -0.6, -2.0001, -7.5]
    found = derivatives(parse(f"binomial(x, {k})"), torch.tensor(places, dtype=torch.float64), order=2)
    for column, place in enumerate(places):
        truth = mpmath.taylor(lambda t: mpmath.rf(t - k + 1, k) / mpmath.factorial(k), mpf(place), 2)
        for order in range(3):
            expected = float(truth[order] * math.factorial(order))
            assert float(found[order, column]) == pytest.approx(expected, rel=1e-11)


@pytest.mark.parametrize("k", ["inf", "-inf", "nan", "1e300"])
def test_a_binomial_coefficient_of_no_number_is_undefined(k):
    x = torch.tensor([-0.75, 2.0], dtype=torch.float64)
    assert derivatives(parse(f"binomial(x, {k})"), x).isnan().all()
