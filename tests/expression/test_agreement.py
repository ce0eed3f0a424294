"""Values agree with Python's own evaluator, NumPy's and SymPy's on the text that all of them read."""

import math
import warnings

import mpmath
import numpy as np
import pytest
import sympy
import torch
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lib.expression import parse
from lib.readings.tensor import evaluate

ULPS = 4
POINTS = [-7.25, -2.5, -1.0, -0.75, -0.3, -1e-3, 0.0, 1e-6, 0.1, 0.5, 0.999, 1.0, 1.3, 2.0, 3.14, 10.0, 123.4]

# What visitors type, in the words that Python, NumPy and SymPy share.
TEXTS = [
    "x**2", "-x**2", "2**-x", "2**3**2 + 0*x", "3*x**2 + 5*x + 6*exp(x)", "x**3 - 2*x + 2", "1e-3*x", ".5*x", "5.*x",
    "pi*x + e", "abs(x - 1)", "(x + 1)*(x - 1)", "exp(-x**2/2)", "exp(-(x - 1)**2)", "sin(x)/(1 + x**2)",
    "log(1 + x**2)", "sqrt(1 + x**2)", "tanh(x) - 0.5*x", "sin(cos(tan(exp(-x**2))))", "1/x", "1/(x - 1)", "x/3*7",
    "x - 2 - 3", "x/2/5", "-x + +x*-1", "sqrt(x)", "log(x)", "log10(x)", "log2(x)", "log1p(x)", "exp(x)", "expm1(x)",
    "sin(x)", "cos(x)", "tan(x)", "asin(x)", "acos(x)", "atan(x)", "sinh(x)", "cosh(x)", "asinh(x)", "acosh(x)",
    "atanh(x)", "floor(x)", "ceil(x)", "exp(sin(x))", "x**0.5", "x**-2", "x**2.5", "exp(x)*cos(x)", "log(abs(x) + 1)",
    "1/(1 + exp(-x))", "x if x > 0 else -x", "x**4/24", "2*x*exp(-x)", "exp(-1/(x*x + 1))", "atan2(x, 2)",
    "hypot(x, 3)", "erf(x)", "erfc(x)", "gamma(x)",
]  # fmt: skip

# Where more than 4 units in the last place are right to differ, and why: the error of an inner value is enlarged.
LOOSE = {
    "tanh(x) - 0.5*x": 16,  # subtraction cancels at 1.3 and beyond
    "sin(cos(tan(exp(-x**2))))": 128,  # at 0.1 the cosine of 1.52 enlarges the error of the tangent 31 times
}


def _python(text: str, x: float) -> float:
    names = {name: getattr(math, name) for name in dir(math) if not name.startswith("_")}
    try:
        value = eval(text, {"__builtins__": {}}, {**names, "abs": abs, "x": x})
    except (ValueError, OverflowError, ZeroDivisionError):
        return math.nan
    return math.nan if isinstance(value, complex) else float(value)


def _ours(text: str, points: list[float]) -> list[float]:
    return evaluate(parse(text), {"x": torch.tensor(points, dtype=torch.float64)}).tolist()


def _apart(found: float, expected: float) -> float:
    """How many units in the last place of the expected value lie between."""
    return abs(found - expected) / math.ulp(expected)


@pytest.mark.parametrize("text", TEXTS)
def test_value_is_that_of_python(text: str) -> None:
    compared = 0
    for x, found in zip(POINTS, _ours(text, POINTS), strict=True):
        expected = _python(text, x)
        if math.isfinite(expected):  # Python has exceptions for what is undefined or infinite
            compared += 1
            assert _apart(found, expected) <= LOOSE.get(text, ULPS), (x, found, expected)
        else:
            assert not math.isfinite(found), (x, found)
    assert compared


NUMPY_NAMES = {
    "asin": np.arcsin, "acos": np.arccos, "atan": np.arctan, "asinh": np.arcsinh, "acosh": np.arccosh, "e": np.e,
    "atanh": np.arctanh, "atan2": np.arctan2,
}  # fmt: skip
NOT_IN_NUMPY = {"erf(x)", "erfc(x)", "gamma(x)", "x if x > 0 else -x"}


@pytest.mark.parametrize("text", [t for t in TEXTS if t not in NOT_IN_NUMPY])
def test_value_is_that_of_numpy(text: str) -> None:
    names = {name: getattr(np, name) for name in dir(np) if not name.startswith("_")} | NUMPY_NAMES
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        expected = np.broadcast_to(eval(text, {"__builtins__": {}}, {**names, "x": np.array(POINTS)}), len(POINTS))
    for x, found, truth in zip(POINTS, _ours(text, POINTS), expected.tolist(), strict=True):
        if math.isfinite(truth):
            assert _apart(found, truth) <= LOOSE.get(text, ULPS), (x, found, truth)
        else:
            assert found == truth or (math.isnan(found) and math.isnan(truth)), (x, found, truth)


NOT_IN_SYMPY = {"log10(x)", "log2(x)", "log1p(x)", "expm1(x)", "hypot(x, 3)", "x if x > 0 else -x"}
_SYMPY = (
    "exp", "log", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh",
    "sqrt", "floor", "atan2", "erf", "erfc", "gamma", "pi",
)  # fmt: skip


@pytest.mark.parametrize("text", [t for t in TEXTS if t not in NOT_IN_SYMPY])
def test_value_is_as_near_to_the_exact_one_of_sympy_as_pythons(text: str) -> None:
    """SymPy is exact where doubles round inside the formula, as in 1 + x²: Python's own distance is allowed there."""
    x = sympy.Symbol("x", real=True)
    names = {name: getattr(sympy, name) for name in _SYMPY}
    names |= {"e": sympy.E, "abs": sympy.Abs, "ceil": sympy.ceiling, "x": x}
    formula = sympy.sympify(eval(text, {"__builtins__": {}}, names))
    compared = 0
    for at, found in zip(POINTS, _ours(text, POINTS), strict=True):
        truth = _exact(formula, x, at)
        if truth is not None:
            compared += 1
            allowed = LOOSE.get(text, ULPS) * math.ulp(float(truth)) + abs(_python(text, at) - truth)
            assert abs(found - truth) <= allowed, (at, found, truth)
    assert compared


def _exact(formula: sympy.Expr, x: sympy.Symbol, at: float) -> mpmath.mpf | None:
    """The value at 30 digits; None where there is no finite real one."""
    value = sympy.N(formula.subs(x, sympy.Rational(*at.as_integer_ratio())), 30)
    return mpmath.mpf(str(value)) if value.is_real and value.is_finite else None


# Formulas of any shape. Sums, differences and products are rounded alike everywhere, so they are equal bit for bit; one
# function of them, and quotients and products of such functions, are within a few units. (Not so a quotient inside:
# torch has 5/x as 5·(1/x), one unit off.)

_NUMBERS = st.sampled_from(["x", "2", "3", "0.1", "1e-3", "7", "2.5", "1.25e2"])
_ARITHMETIC = st.recursive(
    _NUMBERS, lambda inner: st.builds("({} {} {})".format, inner, st.sampled_from("+-*"), inner), max_leaves=8
)
_FUNCTIONS = st.sampled_from(
    ["exp", "log", "sin", "cos", "tan", "atan", "sqrt", "tanh", "sinh", "cosh", "asinh", "log1p"]
)
_CALLS = st.builds("{}({})".format, _FUNCTIONS, _ARITHMETIC)
_POINTS = st.floats(-50, 50, allow_subnormal=False)  # torch divides a number by x as 1/x times it
_SETTINGS = settings(derandomize=True, deadline=None, max_examples=300)


@_SETTINGS
@given(_ARITHMETIC, _POINTS)
def test_arithmetic_is_pythons_bit_for_bit(text: str, x: float) -> None:
    expected = _python(text, x)
    assume(math.isfinite(expected))
    assert _ours(text, [x]) == [expected]


@_SETTINGS
@given(_CALLS, _POINTS)
def test_a_function_of_arithmetic_is_pythons(text: str, x: float) -> None:
    expected = _python(text, x)
    assume(math.isfinite(expected))
    assert _apart(_ours(text, [x])[0], expected) <= ULPS


@_SETTINGS
@given(st.one_of(_CALLS, _ARITHMETIC), st.sampled_from("*/"), st.one_of(_CALLS, _ARITHMETIC), _POINTS)
def test_a_product_or_quotient_is_pythons(left: str, operator: str, right: str, x: float) -> None:
    expected = _python(f"{left}{operator}{right}", x)
    assume(math.isfinite(expected))
    assert _apart(_ours(f"{left}{operator}{right}", [x])[0], expected) <= ULPS
