"""The audit: each verdict on its textbook case, agreement on ordinary functions, numbers against mpmath."""

import math

import mpmath
import pytest
import torch

from lib.calculus.audit import Audit, audit
from lib.calculus.audit.differences import difference_curve, richardson
from lib.calculus.audit.sides import Lens
from lib.calculus.audit.verdict import Verdict
from lib.calculus.formula import exact_rows
from lib.expression import parse
from lib.message import Message
from lib.readings.symbolic.derivative import exact_values


def points(*x: float) -> torch.Tensor:
    return torch.tensor(x, dtype=torch.float64)


def at(text: str, *x: float, **options) -> Audit:
    return audit(parse(text), points(*x), **options)


# text, point, verdict, what the sentence says
TEXTBOOK = [
    ("abs(x)", 0, Verdict.KINK, "its slope is -1 on the left and 1 on the right. Autograd returns 0, by convention."),
    ("relu(x)", 0, Verdict.KINK, "its slope is 0 on the left and 1 on the right. Autograd returns 0, by convention."),
    ("max(x, 2x)", 0, Verdict.KINK, "slope is 1 on the left and 2 on the right. Autograd returns 1.5, by convention."),
    ("clamp(x, -1, 1)", 1, Verdict.KINK, "its slope is 1 on the left and 0 on the right."),
    ("sqrt(x^2)", 0, Verdict.KINK, "its slope is -1 on the left and 1 on the right. Autograd returns nan."),
    ("abs(x - 0.3)", 0.3, Verdict.KINK, "f has a kink at x = 0.3"),
    ("abs(cos(x))", math.pi / 2, Verdict.KINK, "its slope is -1 on the left and 1 on the right."),
    ("x abs(x)", 0, Verdict.BEND, "f ″ is -2 on the left and 2 on the right. Autograd returns 0, by convention."),
    ("where(x > 0, x^2, x^3)", 0, Verdict.BEND, "f ″ is 0 on the left and 2 on the right."),
    ("where(x != 0, sin(x)/x, 1)", 0, Verdict.WHERE, "Autograd returns nan at x = 0, though f ′ is 0 there"),
    ("where(x < 1, x, sqrt(x - 1) + 1) * 1", 0, Verdict.WHERE, "though f ′ is 1 there"),
    ("sqrt(x^4)", 0, Verdict.CHAIN, "though f ′ is 0 there: the chain rule meets 0 times infinity."),
    ("where(x == 0, 0, x)", 0, Verdict.PIECE, "Autograd returns 0 at x = 0, though f ′ is 1 there"),
    ("floor(x)", 1, Verdict.JUMP, "f jumps at x = 1, from 0 to 1: it has no derivative there. Autograd returns 0"),
    ("sign(x)", 0, Verdict.JUMP, "from -1 to 1"),
    ("where(x == 0, 1, x)", 0, Verdict.ISOLATED, "f is 1 at x = 0 but tends to 0 from both sides"),
    ("cbrt(x)", 0, Verdict.VERTICAL, "f has a vertical tangent at x = 0"),
    ("sqrt(x)", 0, Verdict.VERTICAL, "Autograd returns inf."),
    (
        "where(x > 0, sqrt(x), 0)",
        0,
        Verdict.KINK,
        "its slope is 0 on the left and inf on the right. Autograd returns nan.",
    ),
    ("where(x > 0, 2x, -cbrt(x))", 0, Verdict.KINK, "its slope is -inf on the left and 2 on the right."),
    ("asin(x)", 1, Verdict.VERTICAL, "f has a vertical tangent at x = 1"),
    ("sqrt(abs(x))", 0, Verdict.CUSP, "with opposite signs on the two sides"),
    ("x^1.5", 0, Verdict.SHARP, "though f ′ is 0 there. Autograd returns inf."),
    ("{x >= 0: x^2 + x}", 0, Verdict.END, "f ends at x = 0: 1 is its slope from one side only."),
    ("0^x", 0, Verdict.ALONE, "f is 1 at x = 0 but tends to 0 from the one side on which it is defined"),
    ("1/(1 + exp(1/x))", 0, Verdict.JUMP, "f jumps at x = 0, from 1 to 0"),
    ("acos(cos(x))", 0, Verdict.KINK, "its slope is -1 on the left and 1 on the right. Autograd returns nan."),
    ("where(x == 0, 0, x^2 sin(1/x))", 0, Verdict.SILENT, "autograd has no value for f ′; differences, which look"),
    ("0^x", 1, Verdict.SILENT, "Taylor arithmetic has no value for f ′"),
    ("1/x", 0, Verdict.POLE, "f grows without bound near x = 0."),
    ("abs(x) + 1/x", 0, Verdict.POLE, "f grows without bound near x = 0."),
    ("log(x)", 0, Verdict.POLE, "f grows without bound near x = 0."),
    ("tan(x)", math.pi / 2, Verdict.POLE, "f grows without bound near x = 1.5708."),
    ("gamma(x)", -1, Verdict.POLE, "f grows without bound near x = -1."),
    ("log(1 + exp(x))", 1000, Verdict.OVERFLOW_KNOWN, "f is computed as inf and is truly 1000."),
    ("x^x", -1, Verdict.LONELY, "f is -1 at x = -1 but undefined on both sides: it has no derivative there."),
    ("x^2/x", 0, Verdict.REMOVABLE, "f is undefined at x = 0, but tends to 0 there."),
    ("clamp(x, -1, 1)", -1, Verdict.KINK, "slope is 0 on the left and 1 on the right. Autograd returns 1, by"),
    ("elu(x)", 0, Verdict.BEND, "f ″ is 1 on the left and 0 on the right."),
    ("mod(x, 1)", 1, Verdict.JUMP, "f jumps at x = 1, from 1 to 0"),
    ("abs(x)^1.5", 0, Verdict.SHARP, "f ″ grows without bound near x = 0, though f ′ is 0 there."),
    ("x^(1/3)", 0, Verdict.VERTICAL, "f has a vertical tangent at x = 0"),
    ("acos(cos(x))", math.pi, Verdict.KINK, "slope is 1 on the left and -1 on the right. Autograd returns inf."),
    ("abs(x)^3", 0, Verdict.AGREE, "autograd and the exact methods agree to 16 digits."),
    ("x^2 abs(x)", 0, Verdict.AGREE, "autograd and the exact methods agree to 16 digits."),
    ("sigmoid(x)", -800, Verdict.AGREE, "autograd and the exact methods agree to 16 digits."),
    ("sin(x)", 1e6, Verdict.AGREE, "autograd and the exact methods agree to 16 digits."),
    ("sin(x)/x", 0, Verdict.REMOVABLE, "f is undefined at x = 0, but tends to 1 there."),
    ("log(x)", -1, Verdict.UNDEFINED_VALUE, "f is undefined at x = -1, yet autograd returns the derivative -1."),
    ("sqrt(x)", -1, Verdict.UNDEFINED, "f is undefined at x = -1."),
    ("sin(1/x)", 0, Verdict.UNDEFINED, "f is undefined at x = 0."),
    ("exp(1000x)", 1, Verdict.OVERFLOW, "exceeds 1.8e308, the largest double: f is lost."),
    ("exp(x)/(1 + exp(x))", 800, Verdict.OVERFLOW_KNOWN, "f is computed as nan and is truly 1."),
    ("x^200", 1e3, Verdict.OVERFLOW, "f is lost."),
    ("(1 - cos(x))/x^2", 1e-8, Verdict.CANCELLATION, "rounding leaves 0 of 16 digits"),
    ("(1 - cos(x))/x^2", 1e-3, Verdict.CANCELLATION, "digits of f ′: autograd computes -8.33"),
    ("(x + 1e8) - 1e8", 1e-4, Verdict.CANCELLATION, "digits of f: autograd computes 0.0001"),
    ("x + rand()", 1, Verdict.AGREE, "autograd and the exact methods agree to 16 digits."),
]


@pytest.mark.parametrize("text, x, verdict, says", TEXTBOOK, ids=[f"{row[0]} at {row[1]:.3g}" for row in TEXTBOOK])
def test_the_verdict_on_a_textbook_case(text, x, verdict, says):
    finding = at(text, x).findings[0]
    assert (finding.verdict, finding.fine) == (verdict, verdict is Verdict.AGREE)
    assert isinstance(finding.message, Message)
    assert says in finding.message


def test_a_piece_that_holds_at_one_point_is_not_what_is_differentiated():
    found = at("where(x != 0, sin(x)/x, 1)", 0)
    assert "both Taylor" not in found.findings[0].also
    assert "its f ″ = 0 is not that of f, which is -0.333333 from both sides" in found.findings[0].also
    exact = exact_rows(exact_values(parse("where(x != 0, sin(x)/x, 1)"), [0.0]))
    found = audit(parse("where(x != 0, sin(x)/x, 1)"), points(0.0), formula=exact)
    assert "both Taylor arithmetic and the formula" in found.findings[0].also
    assert at("where(x < 1, x^2, x)", 0.5).findings[0].also is None


def test_the_kink_of_a_slope_that_autograd_misses_is_told_too():
    [finding] = at("where(x > 0, sin(x)/x, 1)", 0).findings
    assert "though f ′ is 0 there" in finding.message
    assert "f ″ is 0 on the left and -0.333333 on the right" in finding.also


@pytest.mark.parametrize(
    ("text", "x", "first", "second"),
    [
        ("1/x", 0, False, False),
        ("abs(x) + 1/x", 0, False, False),
        ("floor(x)", 1, False, False),
        ("tan(x)", math.pi / 2, False, False),
        ("abs(x)", 0, False, False),
        ("acos(cos(x))", 0, False, False),
        ("where(x > 0, x^2*sqrt(x)/sqrt(x), -x)", 0, False, False),  # they would meet in the mean of both sides
        ("where(x != 0, sin(x)/x, 1)", 0, True, True),
        ("cos(x)", 0, True, True),
        ("exp(1000x)", 0, True, True),
    ],
)
def test_differences_are_shown_where_they_estimate_something(text, x, first, second):
    assert at(text, x).differences[1:, 0].isfinite().tolist() == [first, second]


# text, the same function in mpmath, points
ORDINARY = [
    ("x^2", lambda x: x**2, (-1, 0, 3)),
    ("x^5 - 3x^2 + 1", lambda x: x**5 - 3 * x**2 + 1, (-2, 0, 0.5, 3)),
    ("(x - 1)^3", lambda x: (x - 1) ** 3, (-1, 0.9, 1, 2)),
    ("1/(1 + x^2)", lambda x: 1 / (1 + x**2), (-1, 0, 0.5, 40)),
    ("1/x", lambda x: 1 / x, (1e-8, -3, 1e5)),
    ("sqrt(x)", mpmath.sqrt, (1e-6, 0.3, 2, 9)),
    ("cbrt(x)", lambda x: mpmath.sign(x) * mpmath.cbrt(abs(x)), (-8, 0.01, 2)),
    ("x^2.5", lambda x: x ** mpmath.mpf("2.5"), (0.5, 2, 7)),
    ("x^x", lambda x: x**x, (0.4, 1.1, 2.5)),
    ("2^x", lambda x: mpmath.mpf(2) ** x, (-4, 0, 0.5, 10)),
    ("exp(x)", mpmath.exp, (-30, 0, 1, 300)),
    ("exp(-x^2)", lambda x: mpmath.exp(-(x**2)), (-2, 0, 0.5)),
    ("log(x)", mpmath.log, (1e-8, 1, 2, 1e6)),
    ("log(1 + x^2)", lambda x: mpmath.log(1 + x**2), (-3, 0.25, 2)),
    ("sin(x)", mpmath.sin, (-3, 0, 1, math.pi)),
    ("sin(100x)", lambda x: mpmath.sin(100 * x), (-0.3, 0, 1)),
    ("tan(x)", mpmath.tan, (-1, 0, 1.4)),
    ("exp(-x) sin(2 pi x)", lambda x: mpmath.exp(-x) * mpmath.sin(2 * mpmath.pi * x), (0.1, 1.3)),
    ("asin(x/2)", lambda x: mpmath.asin(x / 2), (-1.2, 0.4, 1.5)),
    ("atan(x^2 - 1)", lambda x: mpmath.atan(x**2 - 1), (-1.5, 0.3, 2)),
    ("sinh(x)", mpmath.sinh, (-2, 0, 1)),
    ("tanh(x)", mpmath.tanh, (-2, 0, 0.5)),
    ("acosh(x)", mpmath.acosh, (1.5, 4)),
    ("abs(x)", abs, (-2, 0.1, 3)),
    ("max(x, x^2)", lambda x: max(x, x**2), (-1, 0.5, 2)),
    ("where(x > 0, x^2, -x)", lambda x: x**2 if x > 0 else -x, (-1, 2)),
    ("sigmoid(x)", lambda x: 1 / (1 + mpmath.exp(-x)), (-5, 0, 2)),
    ("gelu(x)", lambda x: x * mpmath.erfc(-x / mpmath.sqrt(2)) / 2, (-3, 0.1, 2)),
    ("erf(x)", mpmath.erf, (-0.5, 0, 1.5)),
    ("gamma(x)", mpmath.gamma, (0.5, 1.5, 4.2)),
    ("x^20 exp(-x)", lambda x: x**20 * mpmath.exp(-x), (1, 5, 20)),
    ("1e8 + sin(x)", lambda x: 10**8 + mpmath.sin(x), (0.5, 2)),
]


@pytest.mark.parametrize("text, function, x", ORDINARY, ids=[row[0] for row in ORDINARY])
def test_ordinary_functions_agree(text, function, x):
    found = at(text, *x)
    for finding in found.findings:
        assert finding.verdict is Verdict.AGREE
        assert finding.digits >= 12
    with mpmath.workdps(60):
        columns = [[float(c) for c in mpmath.diffs(function, mpmath.mpf(p), 2)] for p in x]
    truth = torch.tensor(columns, dtype=torch.float64).T
    assert torch.allclose(found.proof, truth, rtol=4e-16, atol=1e-25)
    size = truth.abs().amax(0) + 1e-20
    assert ((found.autograd - truth).abs() <= 1e-12 * size).all()
    assert ((found.taylor - truth).abs() <= 1e-12 * size).all()


def test_differences_come_with_an_honest_error():
    for text, function, x in ORDINARY[10:20]:
        inside = [p for p in x if abs(p) <= 3]
        best, error = richardson(parse(text), points(*inside))
        with mpmath.workdps(60):
            columns = [[float(c) for c in mpmath.diffs(function, mpmath.mpf(p), 2)][1:] for p in inside]
        truth = torch.tensor(columns, dtype=torch.float64).T
        size = truth.abs().amax(0).clamp(min=1.0)
        assert ((best - truth).abs() <= 1e-6 * size).all(), text
        assert ((best - truth).abs() <= 1e3 * error + 1e-9 * size).all(), text


def test_the_error_of_a_difference_falls_and_rises_again():
    x = points(1.0)
    truth = torch.tensor([[math.cos(1)], [-math.sin(1)]], dtype=torch.float64)
    curve = difference_curve(parse("sin(x)"), x, truth)
    assert (curve.h[0].item(), curve.h[-1].item()) == pytest.approx((1e-1, 1e-12))
    first, second = curve.errors[..., 0]
    assert first[0].item() == pytest.approx(0.1**2 / 6 * math.cos(1), rel=0.01)
    assert second[0].item() == pytest.approx(0.1**2 / 12 * math.sin(1), rel=0.01)
    assert 1e-7 < curve.best[0].item() < 1e-4 < 1e-3 > curve.best[1].item() > 1e-5
    assert first.min() < 1e-9 and first[-1] > 1e-6
    assert second.min() < 1e-6 and second[-1] > 1.0


def test_a_curve_of_a_long_formula_has_fewer_steps():
    long = parse("sum(sin(k x), k, 1, 89)")
    x = torch.linspace(0, 1, 200, dtype=torch.float64)
    assert 2 <= len(difference_curve(long, x, torch.zeros(2, 200, dtype=torch.float64)).h) < 89


def test_float32_is_what_a_script_in_float32_has():
    found = at("exp(-x) sin(3x)", 0.7, 2.0)
    x = torch.tensor([0.7, 2.0], requires_grad=True)
    y = torch.exp(-x) * torch.sin(3 * x)
    slope = torch.autograd.grad(y.sum(), x, create_graph=True)[0]
    second = torch.autograd.grad(slope.sum(), x)[0]
    assert torch.equal(found.single, torch.stack([y, slope, second]).detach().double())
    assert ((found.single_digits >= 5) & (found.single_digits <= 7)).all()


def test_float32_loses_what_doubles_keep():
    found = at("(1 - cos(x))/x^2", 0.01)
    assert found.single_digits[1, 0] <= 2
    assert at("exp(x)", 100).single_digits[0, 0] == 0


def test_autograd_is_shown_as_it_is():
    assert at("log(x)", -1).autograd[1, 0] == -1
    assert at("sqrt(x)", 0).autograd[1, 0] == math.inf


def test_where_nothing_is_proved_there_is_no_number():
    assert at("abs(x)", 0).proof[1:].isnan().all()
    assert at("floor(x)", 1).proof[1:].isnan().all()
    assert at("x + rand()", 1).proof.isnan().all()


def test_a_piece_of_one_point_has_the_slope_that_both_sides_lead_to():
    assert at("where(x == 0, 0, x)", 0).proof[:, 0].tolist() == [0, 1, 0]


def test_the_second_derivative_at_a_root_of_a_power_is_no_false_zero():
    assert Lens(parse("sqrt(x^4)")).look(0.0).right.limits[2] == pytest.approx(2)
    assert at("sqrt(x^4)", 0).proof[2, 0] in (2.0, pytest.approx(math.nan, nan_ok=True))


def test_the_formula_takes_part():
    right = torch.tensor([[1.0], [2.0], [2.0]], dtype=torch.float64)
    assert at("x^2", 1, formula=right).findings[0].verdict is Verdict.AGREE
    wrong = torch.tensor([[1.0], [2.1], [2.0]], dtype=torch.float64)
    finding = at("x^2", 1, formula=wrong).findings[0]
    assert finding.verdict is Verdict.CANCELLATION
    assert "the formula computes 2.1, the true value is 2." in finding.message


def test_other_letters_and_other_variables():
    found = audit(parse("a abs(t)"), points(0.0, 1.0), variable="t", at={"a": 3})
    assert found.findings[0].message.startswith("f has a kink at t = 0: its slope is -3 on the left and 3 on the right")
    assert found.autograd[:, 1].tolist() == [3, 3, 0]


def test_a_long_formula_is_audited_at_fewer_points():
    long = "sum(sin(k x), k, 1, 89)"
    assert 1 <= len(at(long, *range(50)).findings) < 50
    assert len(at("x^2", *range(50)).findings) == 50


def test_a_vector_is_refused_with_a_sentence():
    with pytest.raises(ValueError) as refused:
        at("[x, x^2]", 1)
    assert isinstance(refused.value.args[0], Message)


def test_no_points_give_an_empty_audit():
    assert at("x^2").findings == ()


def test_precision_is_what_it_was_afterwards():
    import flint

    before = flint.ctx.prec
    at("sin(x)", 1)
    assert flint.ctx.prec == before


def test_every_verdict_is_met_above():
    rest = {Verdict.DISAGREE}  # for noise, whose methods agree
    assert {row[2] for row in TEXTBOOK} | rest == set(Verdict)


def test_the_digits_are_those_that_the_methods_share():
    found = at("exp(exp(x))", 6)
    with mpmath.workdps(40):
        true = mpmath.exp(mpmath.exp(6))
        shared = -mpmath.log10(abs(found.autograd[0].item() - true) / true)
    assert found.findings[0].digits == int(shared) == 13
    assert found.findings[0].message == "At x = 6 autograd and the exact methods agree to 13 digits."


@pytest.mark.parametrize("y", [0.5, 1.0, 2.0])
def test_a_slope_that_tends_to_0_is_0(y):
    seen = Lens(parse("abs(x)*y + sin(x*y)"), "x", {"y": y}).look(0.0)
    assert (seen.left.limits[1], seen.right.limits[1]) == (0.0, 2 * y)
