"""The ball reading: enclosures hold the truth, and are undefined where it is."""

import itertools
import math
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache

import mpmath
import pytest
from flint import arb
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.expression.unroll import unroll
from lib.readings.ball import Enclosure, enclose, enclose_series, provable
from lib.readings.ball.functions import BALL
from lib.readings.ball.values import ball
from lib.readings.tensor import TENSOR
from tests.readings.test_functions import CALLS, ORACLE, OTHERS, POINTS

mp.dps = 30
WITHOUT_ENCLOSURE = {"rand", "randn"}
ARGUMENTS = {name: [mpf(o) for o in OTHERS[: row.most - 1]] for name, row in FUNCTIONS.items()}
WIDTHS = [1e-9, 0.02, 0.3, 1.5]


def real(function: Callable[..., object], *arguments: mpf) -> mpf | None:
    """The function's value; None where it isn't a real number."""
    try:
        value = function(*arguments)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if isinstance(value, mpmath.mpc):
        if value.imag:
            return None
        value = value.real
    value = mpf(value)
    return value if mpmath.isfinite(value) else None


@cache
def coefficients(name: str, x: float) -> list[mpf | None]:
    """The Taylor coefficients of the function at x, 0 to 3."""

    def f(t: mpf) -> mpf:
        return ORACLE[name](t, *ARGUMENTS[name])

    if (value := real(f, mpf(x))) is None:
        return [None] * 4
    return [value, *(real(lambda c: c, c) for c in mpmath.taylor(f, mpf(x), 3)[1:])]


def truth(name: str, x: float) -> mpf | None:
    return real(ORACLE[name], mpf(x), *ARGUMENTS[name])


def end(x: arb) -> mpf:
    """The number that an exact ball is."""
    man, exp = x.man_exp()
    with mp.workprec(200):
        return mpmath.ldexp(mpf(int(man)), int(exp))


def holds(enclosure: arb, value: mpf, tolerance: float = 1e-26) -> bool:
    slack = tolerance * (1 + abs(value))
    return bool(end(enclosure.lower()) - slack <= value <= end(enclosure.upper()) + slack)


def inside(low: float, high: float, count: int) -> list[float]:
    return [low + (high - low) * i / (count - 1) for i in range(count)]


def test_every_operation_has_a_line() -> None:
    assert BALL.keys() == TENSOR.keys() | {"rand", "randn"}
    assert set(FUNCTIONS) <= BALL.keys()


def test_what_has_no_enclosure_is_known() -> None:
    assert {name for name, line in BALL.items() if line is None} == WITHOUT_ENCLOSURE
    assert provable(parse("sin(x) + j0(x)")) is None
    sentence = provable(parse("x + rand() + randn()"))
    assert sentence == "There is no proof available for `rand`."
    assert enclose(parse("0*rand() + x"), arb(1)).is_nan()


@pytest.mark.parametrize("name", FUNCTIONS)
def test_thin_balls_hold_value_and_derivatives_tightly(name: str) -> None:
    f = Enclosure(parse(CALLS[name]))
    for point in POINTS:
        for k, coefficient in enumerate(f.series(arb(point), 3)):
            expected = coefficients(name, point)[k]
            assert coefficient.is_finite() == (expected is not None)
            if expected is not None:
                assert holds(coefficient, expected, 1e-26 if k == 0 else 1e-9)
                assert float(coefficient.rad()) < 1e-12 * (1 + abs(expected))


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", FUNCTIONS)
def test_wide_balls_hold_every_value_and_derivative(name: str, width: float) -> None:
    f = Enclosure(parse(CALLS[name]))
    finite = 0
    for point in POINTS:
        low, high = point - width / 2, point + width / 2
        series = f.series(ball(low, high), 3)
        finite += series[0].is_finite()
        for x in inside(low, high, 9):
            if series[0].is_finite():
                expected = truth(name, x)
                assert expected is not None, "undefined inside a finite ball"
                assert holds(series[0], expected)
        for k, x in itertools.product((1, 2, 3), inside(low, high, 5)[1:-1]):
            expected = coefficients(name, x)[k]
            if series[k].is_finite() and expected is not None:
                assert holds(series[k], expected, 1e-9)
    assert finite or width > 1, "no proof anywhere"


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_slope_holds_every_difference_quotient(name: str) -> None:
    f = Enclosure(parse(CALLS[name]))
    for point, width in itertools.product([*POINTS, 0.0, 0.5, 1.0, 1.25], (0.02, 0.6, 2.0)):
        x = ball(point - width / 2, point + width / 2)
        slope = f.series(x, 1)[1]
        if slope.is_finite():
            for a, b in itertools.pairwise(inside(point - width / 2, point + width / 2, 8)):
                rise = truth(name, b) - truth(name, a)
                assert holds(slope, rise / (mpf(b) - mpf(a)), 1e-20)


SMOOTH = set(FUNCTIONS) - {"sign", "floor", "ceil", "round", "trunc", "frac", "mod", "heaviside"}


@pytest.mark.parametrize("name", sorted(SMOOTH))
def test_slopes_of_continuous_functions_are_defined(name: str) -> None:
    x = ball(0.3, 0.31) if name not in ("acosh", "acoth", "asec", "acsc") else ball(1.3, 1.31)
    value, slope = enclose_series(parse(CALLS[name]), x, 1)
    assert value.is_finite()
    assert slope.is_finite()
    rough = max(abs(float(c or 0)) for c in coefficients(name, float(x.mid())))
    assert float(value.rad()) < 0.02 * (1 + rough)
    assert float(slope.rad()) < 0.2 * (1 + rough)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("log(x)", -1, 1), ("log(x)", 0, 1), ("sqrt(x)", -1, 4), ("1/x", -1, 1), ("x^-2", -1, 1), ("tan(x)", 1, 2),
        ("x^0.5", -1, 1), ("x^(1/3)", -8, -1), ("(-2)^x", 0.5, 1), ("x^x", -1, 1), ("asin(x)", 0.5, 1.5),
        ("gamma(x)", -1.5, -0.5), ("digamma(x)", -0.5, 0.5), ("lgamma(x)", -0.1, 0.1), ("atan2(x, x)", -1, 1),
        ("mod(1, x)", -1, 1), ("cot(x)", -1, 1), ("asec(x)", -2, 2), ("acsc(x)", 0.5, 2), ("coth(x)", -1, 1),
        ("acsch(x)", -1, 1), ("atanh(x)", 0, 1), ("erfinv(x)", 0, 1), ("j0(x)", 170, 190), ("0*log(x)", -1, 1),
        ("where(x > 5, x, log(-x))", 1, 2), ("max(1, log(x))", -1, 1), ("abs(1/x)", -1, 1), ("{x<0: 1}", -1, 1),
        ("nan + x", 0, 1), ("inf*x", 1, 2), ("sin(inf) + x", 1, 2), ("0^-1 + x", 1, 2), ("binomial(x, 2.5)", -2, 0),
        ("floor(1/x)", -1, 1), ("sinh(1e9 x)", 0, 1), ("x^1e300", 2, 3), ("logit(x)", 0.5, 1),
    ],
)  # fmt: skip
def test_undefined_on_a_part_is_no_finite_ball(text: str, low: float, high: float) -> None:
    assert not any(c.is_finite() for c in enclose_series(parse(text), ball(low, high), 2))


@pytest.mark.parametrize(
    ("text", "low", "high", "least", "most", "slope"),
    [
        ("abs(x)", -1, 2, 0, 2, (-1, 1)),
        ("relu(x)", -1, 2, 0, 2, (0, 1)),
        ("leaky_relu(x, 0.5)", -1, 2, -0.5, 2, (0.5, 1)),
        ("elu(x)", -1, 2, math.expm1(-1), 2, (math.exp(-1), 1)),
        ("max(x, 1)", 0, 2, 1, 2, (0, 1)),
        ("min(x, -x)", -1, 2, -2, 1, (-1, 1)),
        ("clamp(x, 0, 1)", -1, 2, 0, 1, (0, 1)),
        ("hypot(x, x)", -1, 1, 0, 2**0.5, (-2, 2)),
        ("hypot(x, 0)", -1, 1, 0, 1, (-1, 1)),
        ("sign(x)", -1, 2, -1, 1, None),
        ("sign(x)", 0, 0, 0, 0, None),
        ("floor(x)", 0.5, 2.5, 0, 2, None),
        ("floor(x)", 1, 1.5, 1, 1, None),
        ("ceil(x)", 0.5, 2.5, 1, 3, None),
        ("round(x)", 0.4, 2.4, 0, 2, None),
        ("round(x)", 2.5, 2.5, 2, 2, None),
        ("round(x)", 3.5, 3.5, 4, 4, None),
        ("trunc(x)", -1.5, 1.5, -1, 1, None),
        ("trunc(x)", -0.5, 0.5, 0, 0, (0, 0)),
        ("frac(x)", -0.5, 0.75, -0.5, 0.75, (1, 1)),
        ("frac(x)", 0.5, 1.5, 0, 1, None),
        ("mod(x, 2)", 1, 3, 0, 2, None),
        ("mod(x, -2)", 1, 3, -2, 0, None),
        ("heaviside(x, 3)", -1, 1, 0, 3, None),
        ("heaviside(x, 3)", 0, 0, 3, 3, None),
        ("where(x > 0, 5, 2)", -1, 1, 2, 5, None),
        ("{x<0: -x, x}", -1, 2, -1, 2, None),
        ("(x > 0)", -1, 1, 0, 1, None),
        ("1*(x == 1)", 0, 2, 0, 1, None),
        ("(x == 1) + (x != 1)", 1, 1, 1, 1, None),
        ("where(x != 0, x, 0)", 0, 0, 0, 0, None),
        ("where(x > 0, x, -x)", 0, 0, 0, 0, None),
        ("where(x > 0 and x < 1, x, 2x)", 0, 0, 0, 0, None),
        ("where(not x <= 0 or x > 3, x^2, 2x)", 0, 0, 0, 0, None),
        ("where(x > 0, x, -x)", 1, 1, 1, 1, (1, 1)),
        ("where(x > 0 and x < 1, x, 2x)", 1.5, 1.5, 3, 3, (2, 2)),
        ("(x > 0 and x < 1 or not x < 2)", 0.25, 0.5, 1, 1, (0, 0)),
        ("x*floor(x)", 0, 0, 0, 0, None),
        ("atan2(x, -1)", -1, 1, -math.pi, math.pi, None),
        ("atan2(x, 1)", -1, 1, -math.pi / 4, math.pi / 4, (0.5, 1)),
        ("where(x > 0, 1, x)", 1, 2, 1, 1, (0, 0)),
        ("floor(2) + x", 0, 1, 2, 3, (1, 1)),
        ("x^(floor(x) + 1.5)", 0, 1.2, 0, 1.2**2.5, None),
    ],
)
def test_kinks_and_jumps(
    text: str, low: float, high: float, least: float, most: float, slope: tuple[float, float] | None
) -> None:
    value, first, second = enclose_series(parse(text), ball(low, high), 2)
    assert holds(value, mpf(least), 1e-15) and holds(value, mpf(most), 1e-15)
    assert float(value.lower()) >= min(least, -abs(least)) - 2 * (most - least) - 1e-9, "not much wider"
    if slope is None:
        assert first.is_nan()
    else:
        assert float(first.lower()) == pytest.approx(slope[0], abs=1e-7)
        assert float(first.upper()) == pytest.approx(slope[1], abs=1e-7)
    if slope is None or slope[0] != slope[1]:
        smooth = slope is not None and "atan2" in text
        assert second.is_finite() == smooth, "beyond a kink nothing is known"


def test_powers_of_balls_around_zero() -> None:
    x = ball(-1, 2)
    assert float(enclose(parse("x^2"), x).lower()) == 0
    assert float(enclose(parse("x*x"), x).lower()) == 0
    assert float(enclose(parse("x^4"), x).upper()) == pytest.approx(16)
    assert float(enclose(parse("x^3"), x).lower()) == pytest.approx(-1)
    assert enclose(parse("x^0"), x) == 1
    assert enclose(parse("x^x"), arb(0)) == 1
    assert enclose(parse("x^x"), arb(-2)) == arb(0.25)
    assert enclose(parse("0^x"), ball(1, 2)) == 0
    assert enclose_series(parse("x^x"), arb(-2), 1)[1].is_nan()
    value, slope = enclose_series(parse("x^1.5"), ball(0, 1), 1)
    assert float(value.lower()) == 0 and float(value.upper()) == pytest.approx(1)
    assert holds(slope, mpf(0)) and holds(slope, mpf(1.5)) and float(slope.upper()) < 1.6
    value, slope = enclose_series(parse("sqrt(x)"), ball(0, 4), 1)
    assert holds(value, mpf(2)) and slope.is_nan()


def test_literals_are_doubles_and_constants_true() -> None:
    assert enclose(parse("x - 0.1"), arb(0.1)) == 0
    assert not enclose(parse("x - 1/10"), arb(0.1)).contains(0)
    sine = enclose(parse("sin(pi x)"), arb(1))
    assert sine.contains(0) and float(sine.abs_upper()) < 1e-18
    assert enclose(parse("log(e) - x"), arb(1)).contains(0)
    assert not enclose(parse("sin(3.141592653589793 x)"), arb(1)).contains(0)


def test_other_letters_are_numbers_or_balls() -> None:
    f = parse("a*x + sum(x^i, i, 1, n)")
    assert enclose(f, arb(2), at={"a": 3.0, "n": 2.0}) == 12
    value = enclose(f, arb(2), at={"a": ball(3, 4), "n": 2.0})
    assert holds(value, mpf(12)) and holds(value, mpf(14))
    assert enclose_series(parse("x*y"), arb(2), 1, variable="y", at={"x": 5.0})[1] == 5
    with pytest.raises(ValueError, match="`n` bounds a sum"):
        enclose(f, arb(2), at={"a": 3.0, "n": ball(1, 2)})
    with pytest.raises(ValueError, match="The letter `a` has no value"):
        enclose(f, arb(2), at={"n": 2.0})
    with pytest.raises(ValueError, match="this one is a vector"):
        enclose(parse("[x, 1]"), arb(2))


@pytest.mark.parametrize("text", ["exp(1e4 x)", "exp(2900 x)*exp(2900 x)", "exp(exp(10 x))", "x*1e300^8*1e300^8"])
def test_values_too_large_to_compute_with_are_undefined(text: str) -> None:
    assert enclose(parse(text), arb(1)).is_nan()
    assert enclose(parse("exp(-1e30 x)"), arb(1)).contains(0)


def test_coefficients_beyond_the_largest_order_are_unknown() -> None:
    coefficients = enclose_series(parse("exp(x)^2"), arb(0), 30)
    assert len(coefficients) == 31
    assert holds(coefficients[20], mpf(2) ** 20 / mpmath.factorial(20))
    assert coefficients[30].is_nan()


def test_a_ball_ends_at_zero_exactly() -> None:
    assert ball(0, 3).lower() == 0 and ball(-3, 0).upper() == 0
    assert ball(-1, 2).contains(-1) and ball(-1, 2).contains(2)


# Random compositions

UNARY = sorted(name for name, row in FUNCTIONS.items() if row.most == 1 and name not in ("j0", "j1"))
BINARY = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
    "max": max, "min": min, "hypot": mpmath.hypot, "mod": ORACLE["mod"], "^": lambda a, b: _power(a, b),
}  # fmt: skip


def _power(a: mpf, b: mpf) -> mpf:
    if a == 0 and b < 0:
        raise ZeroDivisionError
    return mpf(1) if b == 0 else mpmath.power(a, b)


Tree = str | float | tuple


def trees() -> st.SearchStrategy[Tree]:
    leaves = st.one_of(st.just("x"), st.integers(-3, 3).map(float), st.sampled_from([0.5, 1.5, -0.25]))
    return st.recursive(
        leaves,
        lambda inner: st.one_of(
            st.tuples(st.sampled_from(UNARY), inner), st.tuples(st.sampled_from(sorted(BINARY)), inner, inner)
        ),
        max_leaves=5,
    )


def text_of(tree: Tree) -> str:
    if not isinstance(tree, tuple):
        return f"({tree})"
    name, *parts = (tree[0], *map(text_of, tree[1:]))
    return f"({parts[0]}{name}{parts[1]})" if name in "+-*/^" else f"{name}({', '.join(parts)})"


def value_of(tree: Tree, x: mpf) -> mpf | None:
    if not isinstance(tree, tuple):
        return x if tree == "x" else mpf(tree)
    arguments = [value_of(part, x) for part in tree[1:]]
    if any(a is None or abs(a) > 200 for a in arguments):
        return None
    if tree[0] == "digamma" and mpmath.isint(arguments[0]) and arguments[0] <= 0:
        return None
    return real((BINARY | ORACLE)[tree[0]], *arguments)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(trees(), st.floats(-4, 4), st.sampled_from([0.0, 1e-6, 0.1, 1.0, 4.0]))
def test_compositions_hold_the_truth(tree: Tree, middle: float, width: float) -> None:
    low, high = middle - width / 2, middle + width / 2
    value, slope = enclose_series(parse(text_of(tree)), ball(low, high), 1)
    with mp.workdps(40):
        points = [mpf(x) for x in inside(low, high, 6)]
        values = [value_of(tree, x) for x in points]
        for expected in values:
            if expected is not None and value.is_finite():
                assert holds(value, expected)
        for (a, f), (b, g) in itertools.pairwise(zip(points, values, strict=True)):
            if slope.is_finite() and a != b and f is not None and g is not None:
                assert holds(slope, (g - f) / (b - a), 1e-15)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(trees(), st.sampled_from([math.inf, math.nan, 1e300, 1e-300, -1e300, 0.0, 1e18]), st.floats(0, 1e300))
def test_no_argument_raises(tree: Tree, middle: float, radius: float) -> None:
    line = Enclosure(parse(text_of(tree)))
    for x in (arb(middle), arb(middle, radius), arb(0, radius)):
        assert all(c.is_finite() or c.is_nan() for c in line.series(x, 3))


# Time

HOSTILE = [
    "exp(exp(exp(1e10*x)))", "exp(exp(exp(exp(x))))", "9**9**9**9+x", "x^1e300", "(x^1e300)^1e300", "sin(1e300*x)",
    "sin(x^400)", "gamma(1e10*x)", "gamma(-1e300*x)", "gamma(x^300)", "digamma(1e300*x)", "lgamma(-1e200*x)",
    "binomial(1e300*x, x)", "beta(1e300*x, 1e300)", "j0(1e300*x)", "i0(2999*x)", "erfc(1e200*x)",
    "erfinv(1-1e-300*x)", "tan(1e300*x)", "tanh(1e300*x)", "mish(-1e300*x)", "sech(1e300*x)", "floor(x^1000)",
    "mod(1e300*x, 1e-300)", "x^x^x^x^x", "(1+x)^(1e18*x)", "exp(-exp(exp(x*100)))", "digamma(1e-300*x)",
    "prod(x+i,i,1,190)", "sinc(1e300*x)", "cosh(x)^1e9",
]  # fmt: skip


def test_hostile_formulas_end_soon() -> None:
    script = f"""
from flint import arb
from lib.expression import parse
from lib.readings.ball import Enclosure
for text in {HOSTILE!r}:
    f = Enclosure(parse(text))
    for x in (arb(1.5), arb(-2.5), arb(0.5, 0.5), arb(0, 1e300), arb(1, 1e-15)):
        f.series(x, 3)
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=60)


def _times() -> Iterator[str]:
    for text in ("x^2 + x^3 + x^4", "sin(20 x)", "exp(-x) sin(2 pi x)", "gamma(x)", "j0(x)"):
        f = Enclosure(parse(text))
        start = time.perf_counter()
        for _ in range(100):
            f.series(arb(0.3, 0.01), 1)
        yield f"{text}: {(time.perf_counter() - start) * 1e4:.1f} µs for f and f' on a ball\n"


def test_times_are_told() -> None:
    sys.stdout.write("".join(_times()))


def test_the_double_of_a_constant_stays_for_other_readings() -> None:
    line = unroll(parse("pi + x").program)
    assert [o.value for o in line.operations if o.constant == "pi"] == [math.pi]
