"""Critical points against those of published functions, and what can't be proved."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from scipy.optimize import fsolve

from lib.calculus import SecondDerivativeTest, critical_points
from lib.calculus.critical import Certificate, Search, search
from lib.calculus.critical.critical_points import conclude
from lib.calculus.critical.search import MANY
from lib.expression import parse
from lib.readings.ball.hessian import HessianEnclosure

BEALE = "(1.5 - x(1 - y))^2 + (2.25 - x(1 - y^2))^2 + (2.625 - x(1 - y^3))^2"
GOLDSTEIN_PRICE = (
    "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6x y + 3y^2))"
    "(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36x y + 27y^2))"
)
RASTRIGIN = "20 + x^2 + y^2 - 10 cos(2 pi x) - 10 cos(2 pi y)"


def kinds(found):
    return Counter(p.kind.name for p in found)


@pytest.mark.parametrize(
    "text, box, count",
    [
        ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", [(-6, 6), (-6, 6)], {"MINIMUM": 4, "SADDLE": 4, "MAXIMUM": 1}),
        ("(1 - x)^2 + 100 (y - x^2)^2", [(-3, 3), (-3, 3)], {"MINIMUM": 1}),
        ("(x + 2y - 7)^2 + (2x + y - 5)^2", [(-10, 10), (-10, 10)], {"MINIMUM": 1}),
        (
            "(4 - 2.1x^2 + x^4/3) x^2 + x y + (-4 + 4y^2) y^2",
            [(-3, 3), (-2, 2)],
            {"MINIMUM": 6, "SADDLE": 7, "MAXIMUM": 2},
        ),
        (BEALE, [(-4.5, 4.5), (-4.5, 4.5)], {"MINIMUM": 1, "SADDLE": 2}),
        (GOLDSTEIN_PRICE, [(-1, 0.9), (-1.2, 0.3)], {"MINIMUM": 2, "SADDLE": 1, "MAXIMUM": 1}),
        ("x^2 - y^2", [(-1, 1), (-1, 1)], {"SADDLE": 1}),
        ("x exp(-x^2 - y^2)", [(-2, 2), (-2, 2)], {"MINIMUM": 1, "MAXIMUM": 1}),
        ("2x + 1", [(-1, 1), (-1, 1)], {}),
        ("exp(x) + y", [(-1, 1), (-1, 1)], {}),
    ],
)
def test_all_critical_points_are_proved(text, box, count):
    found = search(parse(text), box)
    assert found.complete
    assert kinds(found.points) == count
    assert {p.certificate for p in found.points} <= {Certificate.PROVED}


def test_three_variables():
    found = search(parse("x^2 + y^2 + z^2 - x y z"), [(-3, 3)] * 3, variables=("x", "y", "z"))
    assert found.complete
    assert [p.point for p in found.points] == [
        (-2, -2, 2),
        (-2, 2, -2),
        pytest.approx((0, 0, 0), abs=1e-15),
        (2, -2, -2),
        (2, 2, 2),
    ]
    assert kinds(found.points) == {"SADDLE": 4, "MINIMUM": 1}


@pytest.mark.slow
def test_rastrigin_has_529():
    """f_x depends on x only, so the 23 zeros of 2x + 20π sin(2πx) in [-5, 6] by scipy give all pairs."""
    slope = lambda x: 2 * x + 20 * np.pi * np.sin(2 * np.pi * x)  # noqa: E731
    grid = np.linspace(-5, 6, 2001)
    signs = np.sign(slope(grid))
    zeros = sorted(float(fsolve(slope, grid[k])[0]) for k in np.flatnonzero(signs[1:] != signs[:-1]))
    assert len(zeros) == 23
    found = search(parse(RASTRIGIN), [(-5, 6), (-5, 6)])
    assert found.complete
    assert {p.certificate for p in found.points} == {Certificate.PROVED}
    pairs = sorted((x, y) for x in zeros for y in zeros)
    nearest = [min(np.hypot(p.point[0] - x, p.point[1] - y) for p in found.points) for x, y in pairs]
    assert len(found.points) == len(pairs) == 529
    assert max(nearest) < 1e-7


@pytest.mark.parametrize("text", ["x^3 - 3x y^2", "x^4 + y^4"])
def test_a_degenerate_point_is_likely_and_no_proof_of_others_absence_is_claimed(text):
    found = search(parse(text), [(-1, 1), (-1, 1)])
    assert not found.complete
    (point,) = found.points
    assert point.point == pytest.approx((0, 0), abs=1e-6)
    assert point[1:] == (SecondDerivativeTest.FLAT, Certificate.LIKELY)


@pytest.mark.parametrize("text", ["sqrt(x^2 + y^2)", "abs(x) + abs(y)"])
def test_where_there_is_no_derivative_nothing_is_decided(text):
    found = search(parse(text), [(-1, 1.3), (-1, 1.3)])
    assert not found.complete
    assert {p.certificate for p in found.points} == {Certificate.UNDECIDED}
    assert all(abs(c) < 1e-5 for p in found.points for c in p.point)


def test_a_constant_is_critical_everywhere():
    found = search(parse("5"), [(-1, 1), (-1, 1)])
    assert not found.complete
    assert found.points == ()


def test_where_f_is_undefined_nothing_is_sought():
    found = search(parse("sqrt(x - 1) + y^2 + log(2 - x)/2"), [(-4, 0.9), (-2, 2)])
    assert found.complete
    assert found.points == ()


def test_of_noise_nothing_is_proved():
    found = search(parse("x^2 + y^2 + rand()"), [(-1, 2)] * 2)
    assert not found.complete
    assert [p.certificate for p in found.points] == [Certificate.LIKELY]


def test_a_search_in_slices_finds_the_same():
    whole = search(parse("sin(3x) cos(2y)"), [(-2, 2.1), (-2, 2.1)])
    f = HessianEnclosure(parse("sin(3x) cos(2y)"), variables=("x", "y"), at={})
    state, seen = Search.of(((-2, 2.1), (-2, 2.1))), [0.0]
    while not state.done:
        seen.append(state.advance(f, 20).progress)
    assert conclude(parse("sin(3x) cos(2y)"), state, variables=("x", "y")) == whole
    assert all(a <= b + 1e-12 for a, b in pairwise(seen))
    assert seen[-1] == pytest.approx(1)


def test_a_spent_budget_is_said():
    found = search(parse(RASTRIGIN), [(-5, 6), (-5, 6)], budget=40)
    assert not found.complete
    assert found.boxes == 40


@pytest.mark.parametrize("box", [[(-1, 1)], [(-1, 1), (1, 1)], [(-1, 1)] * 4])
def test_a_bad_box_is_refused(box):
    with pytest.raises(ValueError, match="window"):
        critical_points(parse("x + y"), box)


def test_likely_points_have_the_kind_that_their_hessian_shows():
    """Ackley's function: its square root keeps proofs away, not the second-derivative test; at 0 it has no gradient."""
    text = "-20exp(-0.2sqrt((x^2+y^2)/2))-exp((cos(2pi x)+cos(2pi y))/2)+e+20"
    found = critical_points(parse(text), ((-2.2, -1.7), (-2.2, -1.7)), variables=("x", "y"))
    assert SecondDerivativeTest.MINIMUM in {point.kind for point in found}
    around = critical_points(parse(text), ((-0.4, 0.4), (-0.4, 0.4)), variables=("x", "y"))
    assert {point.kind for point in around} == {SecondDerivativeTest.UNKNOWN}
    assert {point.certificate for point in around} == {Certificate.UNDECIDED}


def test_a_gradient_too_small_for_a_double_is_no_likely_point():
    found = search(parse("exp(-x^2 - y^2)"), ((-50, 50), (-50, 50)), budget=3000)
    assert {p.point for p in found.points if p.certificate is not Certificate.UNDECIDED} <= {(0, 0)}


@pytest.mark.parametrize(
    ("text", "rough"),
    [
        ("sqrt(x) + y^2", True),
        ("abs(x) + y^2", True),
        ("max(x, y)", True),
        ("sqrt(x^2 + y^2)", True),
        ("x^4 + y^4", False),
        ("sin(x + y)", False),
        ("x^2 + y^2", False),
    ],
)
def test_it_is_told_where_derivatives_have_no_bound(text, rough):
    assert search(parse(text), ((-2, 2.1), (-2, 2.1)), budget=4000).rough == rough


def test_what_is_listed_of_a_curve_of_critical_points_lies_all_along_it():
    found = search(parse("(x^2 + y^2 - 4)^2"), ((-5, 5), (-5, 5)))
    likely = np.array([p.point for p in found.points if p.certificate is Certificate.LIKELY])
    angles = np.sort(np.arctan2(likely[:, 1], likely[:, 0]))
    assert np.diff(angles, append=angles[0] + 2 * np.pi).max() < 1


@pytest.mark.parametrize("text", ["(x^2 + y^2 - 4)^2", "x^2 y^2", "sin(x + y)"])
def test_a_whole_curve_of_critical_points_is_seen_early(text):
    f = HessianEnclosure(parse(text), variables=("x", "y"), at={})
    state = Search.of(((-5.0, 5.0),) * 2).advance(f, 20_000)
    assert state.curve
    assert state.boxes < 8000
    without_end = state.boxes
    assert state.advance(f, 1000).boxes == without_end


@pytest.mark.parametrize(
    ("text", "spread", "proved"),
    [
        ("(x^2 + y^2 + z^2 - 1)^2", 2, [(0, 0, 0)]),
        ("(x + y + z)^2", 2, []),
        ("(x^2 + y^2 - 1)^2", 2, []),  # a cylinder, and the axis in it
        ("(x^2 + y^2 - 1)^2 + z^2", 1, [(0, 0, 0)]),
        ("x^2 y^2 z^2", 2, []),  # three planes that cross
        ("x y z", 1, []),  # three lines that cross
        ("x^2 (y^2 + z^2)", 2, []),  # a plane and a line across it
        ("x^2 y^2 + z^2", 1, []),  # two lines that cross, less steep than the way to their plane
        ("x^2 y^2 + 100 z^2", 1, []),
    ],
)
def test_zeros_that_fill_a_surface_or_a_curve_end_the_search_and_what_lies_apart_is_proved(text, spread, proved):
    f = HessianEnclosure(parse(text), variables=("x", "y", "z"), at={})
    state = Search.of(((-3.0, 3.3),) * 3).advance(f, 20_000)
    assert state.done
    assert state.spread == spread
    assert state.boxes < 4000
    found = conclude(parse(text), state, variables=("x", "y", "z"))
    certain = [p.point for p in found.points if p.certificate is Certificate.PROVED]
    assert certain == [pytest.approx(point, abs=1e-12) for point in proved]
    assert not found.complete


@pytest.mark.parametrize("text", ["sin(3x)^4 + sin(3y)^4", "sin(3x)^3 + sin(3y)^3 + x y/9", "sin(4x) sin(4y)"])
def test_many_isolated_points_are_no_curve(text):
    f = HessianEnclosure(parse(text), variables=("x", "y"), at={})
    state = Search.of(((-4.0, 4.4),) * 2).advance(f, 20_000)
    assert max(state.left) > MANY
    assert state.spread == 0
    assert not state.curve


@pytest.mark.parametrize("text", ["x^2 y^2", "x^2 y^2 (x + y)^2", "sin(x)^2 sin(y)^2"])
def test_curves_that_cross_end_the_search_without_a_long_list_of_boxes(text):
    f = HessianEnclosure(parse(text), variables=("x", "y"), at={})
    state = Search.of(((-5.0, 5.0),) * 2).advance(f, 20_000)
    assert state.done
    assert state.spread == 1
    assert state.boxes < 4000


def test_a_proved_point_at_0_is_0():
    (proved,) = search(parse("sqrt(1 - x^2 - y^2)"), ((-0.5, 0.6), (-0.5, 0.6))).points
    assert proved.point == (0, 0)


def test_without_guesses_only_what_is_proved_is_told():
    f = parse("x^4 + y^4 + x^2 y^2")
    state = Search.of(((-1.0, 1.3),) * 2).advance(HessianEnclosure(f, variables=("x", "y"), at={}), 30)
    assert conclude(f, state.copy(), variables=("x", "y"), guess=False).points == ()
    assert conclude(f, state.copy(), variables=("x", "y")).points != ()


def test_a_degenerate_point_is_the_short_number_where_the_gradient_is_exactly_0():
    found = search(parse("(x - 0.5)^4 + 2 (x - 0.5)^2 y^2 + y^4"), ((-3, 3.1), (-3, 3)))
    likely = [p for p in found.points if p.certificate is Certificate.LIKELY]
    assert [(p.point, p.kind) for p in likely] == [((0.5, 0.0), SecondDerivativeTest.FLAT)]
