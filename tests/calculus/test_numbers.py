"""Derivatives of some 300 functions, orders 0 to 6, against mpmath at 60 digits; and torch's own checks of autograd."""

from __future__ import annotations

import math
from itertools import pairwise

import mpmath
import pytest
import torch
from flint import arb

from lib.calculus import derivatives
from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.readings.ball import enclose_series
from lib.readings.ball.values import precision
from lib.readings.tensor import TENSOR, straight_line
from tests.readings.test_functions import ORACLE

ORDER = 6
POINTS = (-4.3, -1.6, -0.55, 0.15, 0.62, 1.3, 3.4, 9.1)

# The domain of a function may be met by one of these arguments only.
ARGUMENTS = ("x", "x^2/3 + 0.1", "1/(1 + x^2)", "exp(x/4) + 1.1")
TWO = {name: (f"{name}(x, 1.75)", f"{name}(2.35, x)") for name, row in FUNCTIONS.items() if row.most == 2}
ONE = [name for name, row in FUNCTIONS.items() if row.least == 1 and name not in ("heaviside", "clamp")]
SMOOTH = (
    "sin",
    "cos",
    "exp",
    "tanh",
    "atan",
    "sigmoid",
    "erf",
    "cosh",
    "gelu",
    "asinh",
    "softplus",
    "sinc",
    "i0",
    "j1",
)

FORMULAS = [
    *(f"{name}({argument})" for name in ONE for argument in ARGUMENTS),
    *(text for texts in TWO.values() for text in texts),
    *(f"{a}(x)*{b}(x/2)" for a, b in pairwise(SMOOTH)),
    *(f"{a}(x)/(2 + {b}(x)^2)" for a, b in pairwise(SMOOTH)),
    *(f"{a}({b}(x))" for a, b in pairwise(SMOOTH)),
    "3x²+5x+6e^x", "x²+x³+x⁴", "x^x", "x^(1/x)", "x^-3", "x^2.5", "2^x*x^2", "(1+1/x)^x", "x^7-7x^6+21x^5", "1/(x-2)",
    "sqrt(1+x^4)", "sqrt(x)*log(x)", "log(log(x^2+2))", "x*exp(-x^2)", "exp(-1/x^2)", "sin(x)/x", "(1-cos(x))/x^2",
    "tan(x)^2-sec(x)^2+x", "sin(x)^2+cos(x)^2", "atan2(x, x^2+1)", "x*|x|", "|x|^3", "max(x, x^2)", "min(sin(x), 2)",
    "where(x>0, x^2, -x^3)", "clamp(x^3, -5, 5)", "sum(x^i/i, i, 1, 9)", "prod(x-i, i, 1, 6)", "floor(x)*x^2",
    "mod(x, 2)",
]  # fmt: skip


def oracle(text: str):
    """The formula as a function of mpmath numbers, walked operation by operation."""
    line = straight_line(parse(text), {"x": 0.0})
    plain = {
        "add": lambda a, b: a + b, "sub": lambda a, b: a - b, "mul": lambda a, b: a * b, "div": lambda a, b: a / b,
        "neg": lambda a: -a, "pow": lambda a, b: mpmath.power(a, b), "lt": lambda a, b: a < b, "gt": lambda a, b: a > b,
        "where": lambda c, a, b: a if c else b,
    }  # fmt: skip
    constants = {"pi": lambda: +mpmath.pi, "e": lambda: +mpmath.e}

    def f(x):
        values = []
        for step in line.operations:
            if step.name == "letter":
                values.append(x)
            elif step.name == "number":
                values.append(constants[step.constant]() if step.constant else mpmath.mpf(step.value))
            else:
                values.append((plain.get(step.name) or ORACLE[step.name])(*(values[i] for i in step.operands)))
        return values[line.outputs[0]]

    return f


def truth(text: str, x: float) -> list[mpmath.mpf] | None:
    """f, f', … at 60 digits; None where f isn't real."""
    with mpmath.workdps(60):
        try:
            coefficients = mpmath.taylor(oracle(text), mpmath.mpf(x), ORDER)
        except (ValueError, ZeroDivisionError, TypeError, mpmath.libmp.ComplexResult):
            return None
        if not all(isinstance(c, mpmath.mpf) and mpmath.isfinite(c) for c in coefficients):
            return None
        return [c * math.factorial(k) for k, c in enumerate(coefficients)]


def rounding(text: str, x: float) -> list[float]:
    """What the steps of the formula may lose in 53-bit numbers, order by order: the radii of its enclosures."""
    with precision(53):
        series = enclose_series(parse(text), arb(x), ORDER)
    return [math.factorial(k) * float(c.rad()) if c.is_finite() else math.inf for k, c in enumerate(series)]


def test_there_are_as_many_functions_as_promised():
    """Each defined at three of the points or more."""
    x = torch.tensor(POINTS, dtype=torch.float64)
    defined = [text for text in set(FORMULAS) if derivatives(parse(text), x, order=0).isfinite().sum() >= 3]
    assert len(defined) >= 300


@pytest.mark.slow
@pytest.mark.parametrize("text", FORMULAS)
def test_derivatives_agree_with_mpmath(text):
    """To 1e-9, or what rounding of the formula's own steps leaves open. Taylor arithmetic to order 6, autograd to 3.

    PyTorch's own rules have steps of their own, such as 1 − tanh², which round to 1e-12 of the usual size.
    """
    x = torch.tensor(POINTS, dtype=torch.float64)
    taylor = derivatives(parse(text), x, order=ORDER)
    autograd = derivatives(parse(text), x, order=3, mode="autograd")
    true = [truth(text, point) for point in POINTS]
    for k in range(ORDER + 1):
        usual = max((abs(float(rows[k])) for rows in true if rows), default=0.0)
        for i, (point, rows) in enumerate(zip(POINTS, true, strict=True)):
            lost = rounding(text, point)[k] if rows else math.inf
            if rows is None or lost == math.inf or abs(rows[k]) > 1e290:
                continue
            value = float(rows[k])
            room = 1e-9 * abs(value) + 8 * lost + 1e-40
            assert abs(float(taylor[k, i]) - value) <= room, (point, k)
            if k <= 3:
                assert abs(float(autograd[k, i]) - value) <= room + 2.0**-40 * max(usual, 1.0), (point, k)


CALLS = [(name, TENSOR[name], row.most) for name, row in FUNCTIONS.items()]
DOMAIN = {"acosh": 1.3, "acoth": 1.4, "asec": 1.3, "acsc": 1.6}  # elsewhere 0.37 lies in the domain


@pytest.mark.parametrize("name, function, arity", CALLS, ids=[name for name, *_ in CALLS])
def test_autograd_passes_torchs_own_checks(name, function, arity):
    """gradcheck and gradgradcheck, by every argument that a derivative can be taken of."""
    base = torch.tensor([DOMAIN.get(name, 0.37), DOMAIN.get(name, 0.37) + 0.21], dtype=torch.float64)
    first = base.clone().requires_grad_()
    others = [(base * 0 + value).requires_grad_(name not in ("clamp", "heaviside")) for value in (0.83, 1.9)][
        : arity - 1
    ]
    if name == "clamp":
        others = [-1.0, 1.0]
    assert torch.autograd.gradcheck(function, (first, *others))
    if function(first, *others).grad_fn is not None:
        assert torch.autograd.gradgradcheck(function, (first, *others))


def test_beta_and_binomial_have_slopes_where_they_are_0():
    """1/Γ has its zeros where Γ has its poles."""
    for text, x in (
        ("beta(2.5, x)", -4.5),
        ("beta(x, 2.5)", -4.5),
        ("binomial(2, x)", -1.0),
        ("binomial(x, 1.5)", -0.5),
    ):
        found = derivatives(parse(text), torch.tensor([x], dtype=torch.float64), order=2)[:, 0]
        with mpmath.workdps(40):
            true = [mpmath.diff(oracle(text), mpmath.mpf(x), k) for k in range(3)]
        assert found.tolist() == pytest.approx([float(value) for value in true], rel=1e-10, abs=1e-13), text


@pytest.mark.parametrize("text, x, expected", [
    ("binomial(x, 2)", -1.0, [1, -1.5, 1, 0]),
    ("binomial(x, 2)", 0.0, [0, -0.5, 1, 0]),
    ("binomial(x, 3)", -0.999, [-0.9981676665, 1.831333833333333, -1.999, 1]),
    ("binomial(x, 3)", 1.0, [0, -1 / 6, 0, 1]),
    ("beta(x, 2)", -3.0, [1 / 6, 5 / 36, 19 / 108, 65 / 216]),
])  # fmt: skip
def test_binomial_and_beta_of_whole_numbers_are_products(text, x, expected):
    point = torch.tensor([x], dtype=torch.float64)
    taylor = derivatives(parse(text), point, order=6)[:, 0].tolist()
    assert taylor[:4] == pytest.approx(expected, rel=1e-12, abs=1e-15)
    assert "binomial" not in text or taylor[4:] == [0, 0, 0]
    found = derivatives(parse(text), point, order=3, mode="autograd")[:, 0].tolist()
    assert found == pytest.approx(expected, rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("text, x", [
    ("beta(x, 2.5)", 1e5), ("beta(2.5, x)", 1e8), ("binomial(x, 1.5)", 1e8), ("beta(x, 300.5)", 1e6),
    ("binomial(1e8, x)", 2.5), ("beta(x, x)", 400.25), ("binomial(5, x)", 1e-12), ("binomial(x, 1.25)", -1e5 - 0.25),
])  # fmt: skip
def test_beta_and_binomial_keep_their_digits_far_out(text, x):
    point = torch.tensor([x], dtype=torch.float64)
    with mpmath.workdps(80):
        true = [float(mpmath.diff(oracle(text), mpmath.mpf(x), k)) for k in range(4)]
    for mode in ("taylor", "autograd"):
        found = derivatives(parse(text), point, order=3, mode=mode)[:, 0].tolist()
        assert found[0] == pytest.approx(true[0], rel=3e-14, abs=0)
        assert found == pytest.approx(true, rel=1e-10, abs=0), mode


@pytest.mark.parametrize("text, x, order, expected", [
    ("tanh(x)", 30.0, 2, "-2*tanh(x)/cosh(x)**2"),
    ("sigmoid(x)", 40.0, 2, "exp(-x)*(exp(-x)-1)/(1+exp(-x))**3"),
    ("cot(x)", 1.57, 2, "2*cot(x)/sin(x)**2"),
    ("hypot(x, 1)", 1e8, 2, "(1+x**2)**(-1.5)"),
    ("softsign(x)", 1e9, 2, "-2/(1+x)**3"),
    ("asin(x)", 1-1e-9, 1, "1/sqrt(1-x**2)"),
    ("acos(x)", 1e-9-1, 2, "-x/(1-x**2)**1.5"),
    ("atanh(x)", 1-1e-9, 2, "2*x/(1-x**2)**2"),
    ("asec(x)", 1+1e-9, 1, "1/(x*sqrt(x**2-1))"),
    ("acsc(x)", -1-1e-9, 1, "1/(x*sqrt(x**2-1))"),
    ("acoth(x)", 1+1e-9, 2, "2*x/(1-x**2)**2"),
    ("asec(x)", 1+1e-9, 0, "asec(x)"),
    ("asec(x)", -1-1e-12, 0, "asec(x)"),
    ("acsc(x)", 1+1e-12, 0, "acsc(x)"),
    ("acoth(x)", -1-1e-12, 0, "acoth(x)"),
    ("asech(x)", 1-2**-53, 0, "asech(x)"),
    ("asech(x)", 1-3e-9, 0, "asech(x)"),
    ("asech(x)", 1-1e-12, 1, "-1/(x*sqrt(1-x**2))"),
    ("digamma(x)", 1e-9-3, 0, "psi(0, x)"),
    ("digamma(x)", 1e-12-1, 1, "psi(1, x)"),
    ("lgamma(x)", 1e-12-1, 1, "psi(0, x)"),
    ("acot(x)", 1e8, 0, "atan(1/x)"),
    ("sinc(x)", 1e15+0.25, 1, "(cospi(x)-sinpi(x)/(pi*x))/x"),
    ("sinc(x)", 3e15, 1, "1/x"),
    ("mod(0.5, x)", 0.1, 1, "mpf(-4)"),
    ("sech(x)", 800.0, 1, "mpf(0)"),
    ("csch(x)", -800.0, 2, "mpf(0)"),
])  # fmt: skip
def test_digits_survive_saturation(text, x, order, expected):
    found = float(derivatives(parse(text), torch.tensor([x], dtype=torch.float64), order=order)[order, 0])
    with mpmath.workdps(60):
        true = float(eval(expected, vars(mpmath), {"x": mpmath.mpf(x)}))
    assert found == pytest.approx(true, rel=1e-13, abs=0)


@pytest.mark.parametrize("mode", ["autograd", "taylor"])
@pytest.mark.parametrize("order", [0, 1, 2])
@pytest.mark.parametrize("x", [1e-100, -1e-9, 0.4, 8.0, 8.25, 24.5, 77.0, 123.4, 169.5, -8.75, -100.3, -160.5])
def test_gamma_is_right_to_the_last_digits_also_far_out_and_near_0(x, order, mode):
    found = float(derivatives(parse("gamma(x)"), torch.tensor([x], dtype=torch.float64), order=order, mode=mode)[order])
    with mpmath.workdps(60):
        slopes = ("1", "psi(0, x)", "psi(0, x)**2 + psi(1, x)")
        true = float(eval(f"gamma(x)*({slopes[order]})", vars(mpmath), {"x": mpmath.mpf(x)}))
    assert found == pytest.approx(true, rel=4e-15, abs=0)


@pytest.mark.parametrize("text, x, order, expected", [
    ("cot(x)", math.pi/2, 2, "2*cot(x)/sin(x)**2"),
    ("cot(x)", -math.pi/2, 3, "-2*(1+2*cos(x)**2)/sin(x)**4"),
    ("hypot(x, 1)", 1e8, 3, "-3*x*(1+x**2)**(-2.5)"),
    ("hypot(1, x)", -1e8, 2, "(1+x**2)**(-1.5)"),
    ("sinc(x)", 1e15+0.5, 2, "-pi*sinpi(x)/x-2*cospi(x)/x**2"),
    ("digamma(x)", 1e-12-1, 0, "psi(0, x)"),
])  # fmt: skip
def test_autograd_keeps_its_digits(text, x, order, expected):
    found = float(derivatives(parse(text), torch.tensor([x], dtype=torch.float64), order=order, mode="autograd")[order])
    with mpmath.workdps(60):
        true = float(eval(expected, vars(mpmath), {"x": mpmath.mpf(x)}))
    assert found == pytest.approx(true, rel=1e-13, abs=0)


@pytest.mark.parametrize("text, order, expected", [
    ("sinc(x)", 2, -math.pi**2 / 3), ("i1(x)", 1, 0.5), ("i0(x)", 2, 0.5), ("i1(x)", 3, 0.375),
])  # fmt: skip
@pytest.mark.parametrize("x", [0.0, 1e-12, 1e-8, 1e-5])
def test_autograd_is_right_where_torchs_own_rule_divides_by_a_vanishing_x(text, order, expected, x):
    found = derivatives(parse(text), torch.tensor([x], dtype=torch.float64), order=order, mode="autograd")[order, 0]
    assert float(found) == pytest.approx(expected, rel=1e-9)
