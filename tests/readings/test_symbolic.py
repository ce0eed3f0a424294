"""The symbolic reading: SymPy objects that mean the formula, built without SymPy reading any text."""

import math
import subprocess
import sys

import pytest
import sympy
import torch
from mpmath import mp
from sympy import Integer, Rational, S, Symbol

from lib.expression import ExpressionError, parse
from lib.expression.functions import FUNCTIONS
from lib.readings.jet import taylor
from lib.readings.symbolic.build import SYMBOLIC, derivative, exact, symbolic
from lib.readings.tensor import TENSOR
from tests.readings.test_functions import CALLS, POINTS, _truth

mp.dps = 30
X, Y = Symbol("x", real=True), Symbol("y", real=True)


def value(formula: sympy.Expr, x: float) -> complex:
    return complex(formula.subs(X, Rational(x)).evalf(30))


def test_every_operation_has_a_line() -> None:
    assert SYMBOLIC.keys() == TENSOR.keys()
    assert set(FUNCTIONS) <= SYMBOLIC.keys()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_values_agree_with_mpmath(name: str) -> None:
    formula = symbolic(parse(CALLS[name]))
    for point in POINTS:
        truth = _truth(name, point)
        if not math.isnan(truth):
            assert value(formula, point) == pytest.approx(truth, rel=1e-14, abs=1e-300)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_derivatives_agree_with_taylor_arithmetic(name: str) -> None:
    expression = parse(CALLS[name])
    coefficients = taylor(expression, torch.tensor(POINTS, dtype=torch.float64), 2)
    formula = symbolic(expression)
    for order in (1, 2):
        formula_of_order = derivative(formula, "x", order)
        assert not formula_of_order.has(sympy.Derivative, sympy.Subs, sympy.DiracDelta)
        for point, coefficient in zip(POINTS, coefficients[order].tolist(), strict=True):
            if math.isfinite(coefficient):
                expected = coefficient * math.factorial(order)
                assert value(formula_of_order, point) == pytest.approx(expected, rel=1e-10, abs=1e-13)


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("x**2", X**2),
        ("3x + 0.2", 3 * X + Rational(1, 5)),
        ("x^0.5", sympy.sqrt(X)),
        ("x/3", X / 3),
        ("e^x + pi", sympy.exp(X) + sympy.pi),
        ("x e", X * sympy.E),
        ("1e3 x", 1000 * X),
        ("1e-7", Rational(1, 10**7)),
        ("sum(x^i, i, 1, 3)", X + X**2 + X**3),
        ("5!", Integer(120)),
        ("norm([x, 1])", sympy.sqrt(X**2 + 1)),
        ("[x, y] @ [y, x]", 2 * X * Y),
        ("where(x > 0, x, -x)", sympy.Piecewise((X, X > 0), (-X, True))),
        ("{x < 0: x}", sympy.Piecewise((X, X < 0))),
        ("x > 1", sympy.Piecewise((1, X > 1), (0, True))),
        ("0^0 + x", X + 1),
        ("cbrt(-8) + x", X - 2),
        ("round(2.5) + trunc(-2.5) + x", X),
        ("clamp(x, -inf, inf)", X),
        ("log(-1) + x", S.NaN),
        ("(-8)^(1/3) + x", S.NaN),
        ("x/0", S.NaN),
        ("inf*x", S.NaN),
        ("max(sqrt(-1 - x^2), 0)", S.NaN),
        ("nan*x", S.NaN),
        ("j0(200) + x", S.NaN),
    ],
)
def test_formulas_are_exact(text: str, formula: sympy.Expr) -> None:
    assert symbolic(parse(text)) == formula


def test_vectors_are_columns() -> None:
    assert symbolic(parse("[x, x^2]")) == sympy.ImmutableMatrix([X, X**2])
    assert derivative(symbolic(parse("[x, x^2]")), "x") == sympy.ImmutableMatrix([1, 2 * X])


def test_letters_with_values_are_numbers() -> None:
    assert symbolic(parse("a x + sum(x, i, 1, n)"), at={"a": 0.5, "n": 2.0}) == X * Rational(5, 2)
    with pytest.raises(ValueError, match="The letter `n` has no value"):
        symbolic(parse("sum(x, i, 1, n)"))


def test_letters_are_real_symbols_whatever_sympy_calls_so() -> None:
    for letter in ("S", "I", "N", "E", "O", "Q", "C", "beta", "gamma", "lamda"):
        formula = symbolic(parse(f"2*{letter}"))
        assert formula.free_symbols == {Symbol(letter, real=True)}
    assert symbolic(parse("sqrt(x^2)")) == sympy.Abs(X)


def test_long_decimals_stay_floats() -> None:
    assert exact(0.1) == Rational(1, 10)
    assert exact(0.30000000000000004).is_Float
    assert float(exact(0.30000000000000004)) == 0.30000000000000004
    assert exact(1e300) == 10**300


def test_undefined_has_no_derivative() -> None:
    assert derivative(symbolic(parse("log(-1) + x")), "x") is S.NaN
    half = derivative(symbolic(parse("where(x > 0, nan, x^2)")), "x")
    assert half.subs(X, -1) == -2
    assert half.subs(X, 1) is S.NaN


def test_derivatives_of_steps_and_kinks_are_plain() -> None:
    assert derivative(symbolic(parse("floor(x)*x")), "x") == symbolic(parse("floor(x)"))
    assert derivative(symbolic(parse("abs(x)")), "x", 2) == 0
    assert derivative(symbolic(parse("max(x, 0)")), "x", 2) == 0
    assert derivative(symbolic(parse("abs(sqrt(x) + 1)")), "x").subs(X, 4) == Rational(1, 4)


def test_noise_is_a_constant() -> None:
    assert derivative(symbolic(parse("rand() + x^2")), "x") == 2 * X


TOO_LARGE = [
    "9**9**9**9 + x",
    "9**9**9 + x",
    "(2x)^(1e9)",
    "((2x)^1000)^1000",
    "2^(x+1e9)*2^(-x)",
    "exp(-1e9*log(2)) + x",
    "exp(x+1e9*log(2))",
    "exp(1000*(1000*(1000*log(2)))*x)",
    "(1/3)^(1e9) + x",
    "1e300^1e300*x",
    "gamma(1e9) + x",
    "binomial(x, 1e9+0.5)",
    "exp(exp(exp(10))) + x",
    "1/0 + x",
    "@".join(["[[1,2],[x,1]]"] * 1) + "".join("@([[1,2],[x,1]]" for _ in range(14)) + "@[x,1]" + ")" * 14,
]


@pytest.mark.parametrize("text", TOO_LARGE)
def test_formulas_too_large_are_refused_with_a_place(text: str) -> None:
    with pytest.raises(ExpressionError, match="too large for an exact formula") as refusal:
        symbolic(parse(text))
    low, high = refusal.value.span
    assert 0 <= low < high <= len(text)
    assert refusal.value.hint


def test_what_sympy_cannot_do_is_a_sentence() -> None:
    with pytest.raises(ExpressionError, match="no exact formula"):
        symbolic(parse("asin(sin(1e300)) + x"))


HOSTILE = [
    "x^1e300", "lgamma(1e9)+x", "digamma(1e9)+x", "digamma(1e-9)+x", "binomial(1e9,2)+x", "binomial(0.5,1e9)+x",
    "beta(1e9,1e-9)+x", "gamma(-1e9-0.5)+x", "(1/3)^5000+x", "cbrt(1e300+7)+x", "(1e300+1)^(1/7)+x", "2^(1/1e300)+x",
    "floor(exp(700))+x", "sin(exp(700))+x", "exp(-exp(20))+x", "abs(exp(exp(exp(x)))+sqrt(x)*sin(x))",
    "sin(" * 55 + "x" + ")" * 55, "gamma(" * 40 + "x" + ")" * 40, "x" + "^x" * 55, "max(" * 40 + "x" + ",1)" * 40,
    "sum(x^i,i,1,190)", "relu(" * 30 + "x" + ")" * 30,
]  # fmt: skip


def test_hostile_formulas_end_soon() -> None:
    script = f"""
from lib.expression import parse
from lib.readings.symbolic.build import derivative, symbolic
for text in {HOSTILE!r}:
    derivative(symbolic(parse(text)), "x")
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=90)


def test_sympy_is_imported_by_the_symbolic_reading_alone() -> None:
    script = """
import sys
import lib.readings.ball, lib.readings.canonical, lib.readings.code, lib.readings.jet, lib.readings.latex
assert "sympy" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def test_sympy_reads_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object, **options: object) -> None:
        raise AssertionError("text was given to SymPy's parser")

    monkeypatch.setattr("sympy.parsing.sympy_parser.parse_expr", refuse)
    monkeypatch.setattr("sympy.parsing.sympy_parser.eval_expr", refuse)
    for name in FUNCTIONS:
        derivative(symbolic(parse(CALLS[name])), "x")
