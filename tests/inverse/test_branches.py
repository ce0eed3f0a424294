"""f cut into monotone branches, and the inverse of each as a differentiable function."""

from __future__ import annotations

import math

import pytest
import torch

from lib.calculus import derivatives
from lib.expression import parse
from lib.inverse import branches, inverse_values
from lib.readings.tensor import evaluate

POWERS = "x^2+x^3+x^4"

# text, window, [(low, high, rising)], invertible
KNOWN = [
    (POWERS, (-2, 2), [(-2, 0, False), (0, 2, True)], False),
    ("x^3", (-2, 2), [(-2, 2, True)], True),
    ("x+sin(x)", (-10, 10), [(-10, 10, True)], True),
    ("sin(x)", (-5, 5), [(-5, -3 * math.pi / 2, True), (-3 * math.pi / 2, -math.pi / 2, False),
                         (-math.pi / 2, math.pi / 2, True), (math.pi / 2, 3 * math.pi / 2, False),
                         (3 * math.pi / 2, 5, True)], False),
    ("tan(x)", (-3, 3), [(-3, -math.pi / 2, True), (-math.pi / 2, math.pi / 2, True), (math.pi / 2, 3, True)], False),
    ("1/x", (-3, 3), [(-3, 0, False), (0, 3, False)], True),
    ("log(x)", (-1, 3), [(0, 3, True)], True),
    ("sqrt(x)", (-1, 4), [(0, 4, True)], True),
    ("cbrt(x)", (-1, 1), [(-1, 1, True)], True),
    ("|x|", (-2, 2), [(-2, 0, False), (0, 2, True)], False),
    ("relu(x)", (-2, 2), [(0, 2, True)], False),
    ("where(x<0,x,x^2)", (-2, 2), [(-2, 2, True)], True),
    ("where(x<0,x,x+1)", (-2, 2), [(-2, 0, True), (0, 2, True)], True),
    ("floor(x)", (-2, 2), [], False),
    ("5", (-1, 1), [], False),
    ("x*exp(-x)", (-1, 5), [(-1, 1, True), (1, 5, False)], False),
    ("sqrt(4-x^2)", (-3, 3), [(-2, 0, True), (0, 2, False)], False),
    ("floor(x)+x", (-1, 1), [(-1, 0, True), (0, 1, True)], True),
    ("where(x<1/3,x,x+1)", (-2, 2), [(-2, 1 / 3, True), (1 / 3, 2, True)], True),
    ("x/(x^2-1)", (-3, 3), [(-3, -1, False), (-1, 1, False), (1, 3, False)], False),
    ("1/cbrt(cos(x))", (-3, 0), [(-3, -math.pi / 2, False), (-math.pi / 2, 0, False)], True),
]  # fmt: skip
# Next to their ends these lose digits by cancellation, so that f does not come back.
CANCELLING = [
    ("log(x^2-2)", (-3, 3), [(-3, -(2**0.5), False), (2**0.5, 3, True)], False),
    ("(x^2-1)/(x-1)", (-2, 2), [(-2, 1, True), (1, 2, True)], True),
]


@pytest.mark.parametrize("text, window, expected, invertible", KNOWN + CANCELLING)
def test_a_function_is_cut_where_its_direction_changes(text, window, expected, invertible):
    found = branches(parse(text), window)
    assert [(branch.low, branch.high, branch.rising) for branch in found.branches] == [
        (pytest.approx(low, rel=3e-16, abs=0), pytest.approx(high, rel=3e-16, abs=0), rising)
        for low, high, rising in expected
    ]
    assert found.invertible is invertible


def test_a_pole_that_rounding_moves_is_one_and_what_is_undefined_is_not_constant():
    left, right = branches(parse("cbrt(x)+tan(x-2)"), (-2, 2)).branches
    assert left.high == right.low == pytest.approx(2 - math.pi / 2, rel=1e-15)
    assert left.unbounded[1]
    assert right.unbounded[0]
    found = branches(parse("sqrt(1+x)/(cbrt(x)*relu(x))"), (-1, 5))
    assert [(b.low, b.high) for b in found.branches] == [(0, 5)]
    assert found.constant == ()


@pytest.mark.parametrize("text, window, ranges", [
    ("1/x", (-2, 2), [(-math.inf, -0.5), (0.5, math.inf)]),
    ("tan(x)", (0, 3), [(0, math.inf), (-math.inf, math.tan(3))]),
    ("log(x)", (-1, 1), [(-math.inf, 0)]),
    ("log(x^2-2)", (-2, 2), [(-math.inf, math.log(2))] * 2),
    ("sqrt(x)", (-1, 4), [(0, 2)]),
    ("x^x", (0, 1), [(math.exp(-1 / math.e), 1), (math.exp(-1 / math.e), 1)]),
    ("atan(1/x)", (-1, 1), [(-math.pi / 2, -math.pi / 4), (math.pi / 4, math.pi / 2)]),
    ("1/(x^2-2)", (0, 2), [(-math.inf, -0.5), (0.5, math.inf)]),
    ("floor(x)+x", (-1, 1), [(-2, -1), (0, 1)]),
    ("sign(x)*x^2+sign(x)", (-2, 2), [(-5, -1), (1, 5)]),
])  # fmt: skip
def test_the_range_of_a_branch_is_known_where_its_end_is_left_out(text, window, ranges):
    found = branches(parse(text), window).branches
    seen = [(-math.inf if b.unbounded[0] else b.bottom, math.inf if b.unbounded[1] else b.top) for b in found]
    assert seen == [pytest.approx(pair, rel=1e-15) for pair in ranges]


def test_a_value_that_is_taken_twice_is_named():
    found = branches(parse(POWERS), (-2, 2))
    value = found.doubled()
    assert all(branch.reaches(value) for branch in found.branches)
    assert branches(parse("x^3"), (-2, 2)).doubled() is None


@pytest.mark.parametrize("text, window, _expected, _invertible", [row for row in KNOWN if row[2]])
def test_the_round_trip_comes_back(text, window, _expected, _invertible):
    expression = parse(text)
    for branch in branches(expression, window).branches:
        low, high = max(branch.bottom, -1e3), min(branch.top, 1e3)
        y = torch.linspace(low, high, 101, dtype=torch.float64)
        x = inverse_values(expression, y, branch)
        assert ((x >= branch.low) & (x <= branch.high)).all()
        f, slope = derivatives(expression, x, order=1)
        back = evaluate(expression, {"x": x}).expand_as(x)
        ok = slope.isfinite()
        assert ok.sum() >= 99
        # what rounding of x moves f by, and of f itself
        room = 4 * 2.0**-52 * (slope.abs() * x.abs() + f.abs() + 1)
        assert ((back - y).abs()[ok] <= room[ok]).all()


def test_targets_that_a_branch_does_not_reach_are_undefined():
    right = branches(parse(POWERS), (-2, 2)).branches[1]
    x = inverse_values(parse(POWERS), torch.tensor([-1.0, 1.0, 29.0]), right)
    assert x.isnan().tolist() == [True, False, True]
    assert float(x[1]) == pytest.approx(0.6823278038280193, rel=4e-16)


def test_targets_far_up_beside_a_pole_are_reached():
    (branch,) = branches(parse("1/x"), (0, 2)).branches
    y = torch.tensor([0.5, 1e3, 1e15, 1e25, 1e100], dtype=torch.float64)
    torch.testing.assert_close(inverse_values(parse("1/x"), y, branch), 1 / y, rtol=4e-16, atol=0)


def test_autograd_goes_through_the_inverse_by_the_implicit_function_theorem():
    """(f⁻¹)' = 1/f' and (f⁻¹)'' = −f''/f'³, and both agree with differences."""
    expression = parse(POWERS)
    right = branches(expression, (-2, 2)).branches[1]
    y = torch.tensor([0.5, 1.0, 3.0, 20.0], dtype=torch.float64, requires_grad=True)
    x = inverse_values(expression, y, right)
    (first,) = torch.autograd.grad(x.sum(), y, create_graph=True)
    (second,) = torch.autograd.grad(first.sum(), y)
    _, slope, bend = derivatives(expression, x.detach(), order=2)
    torch.testing.assert_close(first.detach(), 1 / slope, rtol=1e-14, atol=0)
    torch.testing.assert_close(second, -bend / slope**3, rtol=1e-13, atol=0)
    h = 1e-4
    above, at, below = (inverse_values(expression, y.detach() + d, right) for d in (h, 0, -h))
    torch.testing.assert_close(first.detach(), (above - below) / (2 * h), rtol=1e-6, atol=0)
    torch.testing.assert_close(second, (above - 2 * at + below) / h**2, rtol=1e-4, atol=1e-6)
    assert torch.autograd.gradcheck(lambda y: inverse_values(expression, y, right), y)
    assert torch.autograd.gradgradcheck(lambda y: inverse_values(expression, y, right), y)


@pytest.mark.parametrize("text, places", [("|x|", [0]), ("|x^2-1|", [-1, 0, 1]), ("|x-0.5|+1", [0.5])])
def test_branches_share_the_place_of_a_kink(text, places):
    found = branches(parse(text), (-2, 2)).branches
    assert [branch.high for branch in found[:-1]] == [branch.low for branch in found[1:]] == places
    assert {branch.bottom for branch in found} == {min(branch.bottom for branch in found)}


@pytest.mark.parametrize("text, window", [
    ("exp(1/x)", (-3, 3)),
    ("tan(30x)", (-10, 10)),
    ("floor(20x)", (-10, 10)),
    ("exp(-x^2)", (-50, 50)),
    ("sin(1/x)", (-1, 1)),
])  # fmt: skip
def test_what_the_budget_leaves_over_is_no_branch(text, window):
    function = parse(text)
    found = branches(function, window)
    assert found.more
    for branch in found.branches:
        x = torch.linspace(branch.low, branch.high, 200, dtype=torch.float64)[1:-1]
        steps = derivatives(function, x, order=0)[0].diff()
        assert bool(((steps if branch.rising else -steps) >= 0).all())
