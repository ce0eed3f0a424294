"""Formulas of derivatives: read back by the parser and equal to Taylor arithmetic; exact values against mpmath."""

import math
import re

import mpmath
import pytest
import torch

from lib import jobs
from lib.calculus import derivatives
from lib.calculus.audit import audit
from lib.calculus.formula import Formula, confirms, exact_rows, request_exact, request_formula
from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.message import Message
from lib.readings.symbolic import derivative as symbolic_derivative
from lib.readings.symbolic.derivative import MAX_LATEX, exact_values, formula
from tests.readings.test_functions import CALLS

X = torch.tensor([-2.3, -0.7, 0.3, 0.6, 1.7, 3.2, 4.1], dtype=torch.float64)


@pytest.mark.parametrize(
    ("text", "order", "derivative"),
    [
        ("x^2 sin(x)", 1, "x^2*cos(x) + 2*x*sin(x)"),
        ("x^2 sin(x)", 0, "x^2*sin(x)"),
        ("exp(-x^2)", 1, "-2*x*exp(-x^2)"),
        ("sqrt(1-x^2)", 1, "-x/sqrt(1 - x^2)"),
        ("log(x)/x", 1, "(1 - log(x))/x^2"),
        ("1/x", 1, "-1/x^2"),
        ("1/x", 4, "24/x^5"),
        ("x^3 - 3x^2", 1, "3*x^2 - 6*x"),
        ("abs(x)", 1, "sign(x)"),
        ("0.1x^3", 1, "3*x^2/10"),
        ("e^(2x)", 2, "4*exp(2*x)"),
        ("where(x>0, x^2, -x)", 1, "where(x > 0, 2*x, -1)"),
        ("where(x>0 and x<1, x^2, -x)", 1, "where(x > 0 and x < 1, 2*x, -1)"),
        ("[x^2, sin(x)]", 1, "[2*x, cos(x)]"),
        ("lamda x_1 x^2", 1, "2*lamda*x*x_1"),
        ("max(x, 2)", 1, "heaviside(x - 2, 0.5)"),
        ("7", 1, "0"),
        ("a*x^n", 1, "a*n*x^(n - 1)"),
        ("a*x^n", 2, "a*n*x^(n - 2)*(n - 1)"),
        ("sin(x)^k", 1, "k*sin(x)^(k - 1)*cos(x)"),
        ("2*2^x", 1, "2*2^x*log(2)"),
        ("x/abs(x)", 1, "where(x == 0, nan, 0)"),
    ],
)
def test_the_formula_as_a_textbook_has_it(text, order, derivative):
    assert formula(parse(text), order).text == derivative


@pytest.mark.parametrize("order", [1, 2])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_has_a_formula_that_is_right_where_it_can_be_read(name, order):
    expression = parse(CALLS[name])
    found = formula(expression, order)
    assert 0 < len(found.latex) <= MAX_LATEX
    assert confirms(found, expression, X) in (True, None)
    if found.text is not None:
        assert found.latex == parse(found.text).latex()
        assert parse(found.text).canonical() == found.text


@pytest.mark.parametrize("text, x", [("(x^2 - 1)/(x - 1)", 1.0), ("sin(1/x)", 0.0), ("1/(1 + exp(1/x))", 0.0)])
def test_no_exact_value_where_a_divisor_is_0(text, x):
    assert exact_values(parse(text), [x]) == (("nan",),) * 3


def test_the_piece_that_holds_has_the_exact_value():
    assert exact_values(parse("where(x != 0, sin(x)/x, 1)"), [0.0], 0)[0][0].startswith("1")


UNREAD = {"gamma", "lgamma", "digamma", "beta", "factorial", "binomial", "j0", "j1", "i0", "i1"}


def test_only_the_special_functions_leave_the_formula_language():
    assert {name for name in FUNCTIONS if formula(parse(CALLS[name]), 2).text is None} == UNREAD


def test_what_the_language_lacks_is_still_typeset():
    found = formula(parse("digamma(a x)"))
    assert found == Formula(1, r"a \psi^{(1)}\left(a x\right)", None)


@pytest.mark.parametrize("text", ["x^2 sin(x)/(1 + x^2)", "exp(-x) log(x)", "gelu(x)", "x^a", "gamma(x)^2"])
def test_latex_is_plain_and_bounded(text):
    for order in range(1, 4):
        latex = formula(parse(text), order).latex
        assert re.fullmatch(r"[\w\s\\{}()^_+\-=.,!&<>|]*", latex)
        assert not re.search(r"\\(href|url|input|def|newcommand|html|class|style|include)", latex)


def test_the_natural_logarithm_is_ln_everywhere():
    assert r"\ln" in formula(parse("x log(x)")).latex
    unread = formula(parse("log(x) digamma(x)")).latex
    assert r"\ln" in unread
    assert r"\log" not in unread


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("x + rand()", {}, "Noise has no formula: remove `rand` and `randn`."),
        ("x^2", {"order": 5}, "Choose an order of derivative from 0 to 4."),
        ("sum(x^k, k, 1, n)", {}, "The letter `n` has no value."),
        ("sum(x^k, k, 1, n)", {"variable": "n", "at": {"n": 3}}, "`n` bounds a sum"),
        ("tan(x) sec(x) log(x) sqrt(x)/(1+x^2)", {"order": 4}, "The formula is too long to show."),
    ],
)
def test_where_there_is_no_formula_a_sentence_says_so(text, options, says):
    with pytest.raises(ValueError) as refused:
        formula(parse(text), **options)
    assert isinstance(refused.value.args[0], Message)
    assert str(refused.value.args[0]).startswith(says)


def test_without_time_to_simplify_the_formula_comes_as_it_is(monkeypatch):
    monkeypatch.setattr(symbolic_derivative, "SIMPLIFYING", 1e-4)
    assert formula(parse("log(x)/x")).text == "-log(x)/x^2 + 1/x^2"
    monkeypatch.setattr(symbolic_derivative, "SIMPLIFYING", 30)
    assert formula(parse("log(x)/x")).text == "(1 - log(x))/x^2"


def test_sums_are_unrolled_and_other_letters_kept():
    assert formula(parse("a sum(x^k, k, 1, n)"), at={"n": 3}).text == "a*(3*x^2 + 2*x + 1)"
    assert formula(parse("a x^2"), at={"a": 3}).text == "6*x"


def test_exact_values_have_thirty_digits():
    rows = exact_values(parse("exp(x) sin(x)"), (0.1, 2.0), 2)
    with mpmath.workdps(40):
        for k in range(2):
            x = mpmath.mpf((0.1, 2.0)[k])
            truth = mpmath.exp(x) * mpmath.sin(x), mpmath.exp(x) * (mpmath.sin(x) + mpmath.cos(x))
            for row, value in zip(rows, truth, strict=False):
                assert abs(mpmath.mpf(row[k]) / value - 1) < mpmath.mpf("1e-29")


def test_exact_values_keep_what_rounding_loses():
    value, slope, second = (float(row[0]) for row in exact_values(parse("(1 - cos(x))/x^2"), (1e-8,)))
    assert (value, slope, second) == pytest.approx((0.5, -1e-8 / 12, -1 / 12), rel=1e-15)


def test_exact_values_are_undefined_where_f_is():
    assert exact_values(parse("log(x)"), (-1.0,), 0) == (("nan",),)
    assert exact_values(parse("1/x"), (0.0,), 1) == (("nan",), ("nan",))
    assert exact_values(parse("floor(x) + 2"), (1.5,), 1) == ((str(mpmath.mpf(3)) + "0" * 28,), ("0",))


def test_exact_values_at_a_pole_of_log_gamma_leave_the_others():
    value, slope = exact_values(parse("2 lgamma(x) + 1"), (0.0, -3.0, 1.0), 1)
    assert value == ("nan", "nan", "1." + "0" * 29)
    assert slope[:2] == ("nan", "nan")
    assert float(slope[2]) == pytest.approx(-2 * 0.5772156649015329)


def test_a_wrong_formula_is_not_confirmed():
    expression = parse("x^2")
    assert confirms(Formula(1, "", "2*x"), expression, X) is True
    assert confirms(Formula(1, "", "2.1*x"), expression, X) is False
    assert confirms(Formula(1, "", "log(-x^2)"), expression, X) is None
    assert confirms(Formula(1, "", None), expression, X) is None
    assert confirms(Formula(1, "", "[2*x, cos(x)]"), parse("[x^2, sin(x)]"), X) is True
    assert confirms(Formula(1, "", "[2*x, sin(x)]"), parse("[x^2, sin(x)]"), X) is False


def test_formula_and_exact_values_come_from_a_worker():
    expression = parse("a x^2 + exp(x)")
    try:
        job = request_formula(expression, 2, at={"a": 3})
        exact = request_exact(expression, (0.5, 1.0), at={"a": 3})
        assert job.result().text == "2*a + exp(x)"
        x = torch.tensor([0.5, 1.0], dtype=torch.float64)
        rows = exact_rows(exact.result())
        assert torch.allclose(rows, derivatives(expression, x, order=2, at={"a": 3}), rtol=1e-15)
        assert all(f.digits == 16 or f.digits >= 14 for f in audit(expression, x, at={"a": 3}, formula=rows).findings)
    finally:
        jobs.shutdown()


def test_a_formula_that_takes_too_long_is_given_up():
    slow = parse("(sin(x)^9 + cos(x)^9 tan(x)^9)^9 gamma(x)^9/(x^9 + sin(x^9 + tan(x^9)))^9")
    try:
        job = request_formula(slow, 4)
        assert job.wait(30)
        assert job.status in (jobs.Status.TOO_LONG, jobs.Status.FAILED)
        assert isinstance(job.message, Message)
        assert request_formula(parse("x^2")).result().text == "2*x"
    finally:
        jobs.shutdown()


def test_points_are_the_doubles_that_they_are():
    (row,) = exact_values(parse("x"), (0.1,), 0)
    assert row[0].startswith("0.1000000000000000055511151231")
    assert math.isclose(float(row[0]), 0.1, rel_tol=0)


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("gamma(x)", (r"\Gamma\left(x\right)", r"\psi\left(x\right)")),
        ("beta(x, 2.5)", (r"\operatorname{beta}\left(x, ",)),
    ],
)
def test_special_functions_are_typeset_alike_with_sympys_words_and_ours(text: str, signs: tuple[str, ...]) -> None:
    for order in (1, 2):  # SymPy sets the second derivative, which has a polygamma function
        found = formula(parse(text), order)
        assert (found.text is None) == (order == 2)
        assert all(sign in found.latex for sign in signs)
