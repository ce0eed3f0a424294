"""Curves: broken exactly where f or a derivative breaks, joined elsewhere."""

import math
from itertools import pairwise

import pytest
import torch

from lib.calculus import curve, derivatives
from lib.calculus.curve.samples import evenly
from lib.expression import parse


def strokes(c, row=0):
    """The x at which a pen drawing the row is lifted: (last x before, first x after) of each gap, window ends aside."""
    finite = c.values[row].isfinite().tolist()
    x, drawn = c.x.tolist(), [i for i, ok in enumerate(finite) if ok]
    gaps = [(x[i], x[j]) for i, j in pairwise(drawn) if j > i + 1]
    ends = [(-math.inf, x[drawn[0]])] if not finite[0] else []
    return ends + gaps + ([(x[drawn[-1]], math.inf)] if not finite[-1] else [])


def gaps_at(c, places, row=0):
    """Whether every gap of the row is narrow and at one of the places, and every place has one."""
    found = strokes(c, row)
    assert all(b - a < 1e-4 for a, b in found if math.isfinite(a + b)), found
    middles = [b if a == -math.inf else a for a, b in found]
    assert all(any(abs(m - p) < 1e-4 for p in places) for m in middles), middles
    assert all(any(abs(m - p) < 1e-4 for m in middles) for p in places), middles
    return True


@pytest.mark.parametrize(
    "text, places",
    [
        ("1/x", [0]),
        ("1/(x - 0.1234)", [0.1234]),
        ("1/(x - 0.1234)^2", [0.1234]),
        ("tan(x)", [-1.5 * math.pi, -0.5 * math.pi, 0.5 * math.pi, 1.5 * math.pi]),
        ("log(abs(x - 0.1234))", [0.1234]),
        ("floor(x)", range(-5, 6)),
        ("floor(x + 0.1234)", [k - 0.1234 for k in range(-4, 6)]),
        ("sign(x)", [0]),
        ("x/abs(x)", [0]),
        ("atan(1/(x - 0.2))", [0.2]),
        ("sqrt(x)", [0]),
        ("log(x - 0.1234)", [0.1234]),
        ("sqrt(1 - x^2)", [-1, 1]),
        ("1e-200/x", [0]),
        ("exp(1000x)", [0.70978271]),
    ],
)
def test_breaks_at_poles_jumps_and_ends_of_the_domain_only(text, places):
    assert gaps_at(curve(parse(text), (-5, 5)), places)


@pytest.mark.parametrize(
    "text",
    ["sin(x)", "2x+1", "7", "abs(x)", "cbrt(x)", "sin(50x)", "tanh(1e6 (x - 1))", "1/(x^2 + 1e-6)", "exp(-x^2)",
     "x^2 + 0.2 rand()", "1e300 x", "max(x, 0.1)", "exp(x)", "x^9"],
)  # fmt: skip
def test_a_continuous_function_is_one_stroke(text):
    assert strokes(curve(parse(text), (-5, 5))) == []


def test_no_line_crosses_a_gap_even_where_samples_miss_it():
    c = curve(parse("tan(x)"), (-5, 5))
    f = c.values[0]
    both = f[1:].isfinite() & f[:-1].isfinite()
    assert (f.diff()[both] >= 0).all()  # tan rises wherever it is joined


@pytest.mark.parametrize("text, place", [("abs(x - 0.1234)", 0.1234), ("max(x, 0.1)", 0.1), ("sqrt(abs(x-0.3))", 0.3)])
def test_a_kink_breaks_the_derivative_but_not_the_function(text, place):
    c = curve(parse(text), (-5, 5))
    assert strokes(c, 0) == []
    assert gaps_at(c, [place], 1)
    assert gaps_at(c, [place], 2)


def test_the_curve_comes_close_to_a_break():
    c = curve(parse("sqrt(1 - x^2)"), (-5, 5))
    drawn = c.x[c.values[0].isfinite()]
    assert drawn[0] == pytest.approx(-1, abs=1e-9)
    assert drawn[-1] == pytest.approx(1, abs=1e-9)
    assert c.values[0][c.values[0].isfinite()].amin() < 1e-4


def test_samples_are_ascending_and_right():
    f = parse("x^3 - x + 1/(x - 0.3)")
    c = curve(f, (-2, 2))
    assert (c.x.diff() >= 0).all()
    assert c.x[0] == -2
    assert c.x[-1] == 2
    drawn = c.values[0].isfinite()
    torch.testing.assert_close(c.values[:, drawn], derivatives(f, c.x[drawn]), rtol=1e-12, atol=0)


@pytest.mark.parametrize("order", [0, 1, 5, 20])
def test_a_row_for_each_order(order):
    assert curve(parse("exp(x)"), (0, 1), order=order).values.shape == (order + 1, 1001)


def test_a_vector_breaks_component_by_component():
    c = curve(parse("[sin(x), 1/x]"), (-5, 5), order=1)
    assert c.values.shape[:2] == (2, 2)
    smooth, pole = c.values[:, 0], c.values[:, 1]
    assert smooth.isfinite().all()
    assert pole.isnan().any()


def test_nowhere_defined_is_all_nan():
    assert curve(parse("log(-1 - x^2)"), (-5, 5)).values.isnan().all()


def test_many_poles_stay_within_bounds():
    c = curve(parse("tan(200x)"), (-5, 5))
    assert len(c.x) < 20_000
    assert len(strokes(c)) > 100


def test_a_costly_formula_gets_fewer_samples():
    costly = parse("sum(sin(i x), i, 1, 99)")
    assert len(curve(costly, (0, 1), order=18).x) < 1001


def test_a_window_has_a_left_and_a_right_end():
    with pytest.raises(ValueError, match="smaller first"):
        curve(parse("x"), (1, 1))


def test_round_numbers_are_sampled_exactly():
    assert evenly((-5, 5), 1001)[500] == 0
    assert evenly((0, 1), 11).tolist() == [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    assert evenly((2, 3), 1).tolist() == [2]


def drawn(text, window, **options):
    """x and f where f has a value."""
    c = curve(parse(text), window, **options)
    ok = c.values[0].isfinite()
    return c.x[ok], c.values[0][ok]


@pytest.mark.parametrize(
    "text, window, top",
    [
        ("exp(-1e6 (x - 0.3)^2)", (-5, 5), 1),
        ("exp(-1e6 (x - 0.3)^2)", (-4.7, 5.1), 1),
        ("exp(-1e8 (x - 0.3)^2)", (-4.77, 5.1), 1),
        ("sin(x) + exp(-1e6 (x - 0.3)^2)", (-4.77, 5.1), 1 + math.sin(0.3)),
        ("1/(1 + 1e8 (x - 0.1234)^2)", (-5, 5), 1),
        ("-exp(-1e5 (x + 2.003)^2)", (-5, 5), 0),
        ("sin(200 pi x)", (-5, 5), 1),
    ],
)
def test_narrow_features_are_reached_to_one_percent(text, window, top):
    _, f = drawn(text, window)
    assert f.max() == pytest.approx(top, abs=0.01)
    assert strokes(curve(parse(text), window)) == []


def test_a_narrow_hole_of_the_curve_is_reached():
    assert drawn("-exp(-1e5 (x + 2.003)^2)", (-5, 5))[1].min() == pytest.approx(-1, abs=0.01)


@pytest.mark.parametrize(
    "text, window, places",
    [
        ("x + 1e-6/(x - 0.1234)", (-5, 5), [0.1234]),
        ("1/(x^2 - 2x + 1)", (-5.03, 5.1), [1]),
        ("sqrt(x^2 - 1e-4)", (-5, 5), [-0.01, 0.01]),
        ("(x^2 - 1)/(x - 1)", (-5.03, 5.1), [1]),
        ("gamma(x)", (-3.5, 5), [-3, -2, -1, 0]),
        ("mod(x, 1)", (-2.2, 2.2), [-2, -1, 0, 1, 2]),
        ("atan(tan(x))", (-10, 10), [(k + 0.5) * math.pi for k in range(-3, 3)]),
        ("where(x < 1, x, x^2 + 1)", (-5, 5), [1]),
        ("exp(1/x)", (-5, 5), [0, 1 / 709.782712893384]),
    ],
)
def test_breaks_between_samples(text, window, places):
    c = curve(parse(text), window, order=0)
    if text not in ("sqrt(x^2 - 1e-4)", "exp(1/x)"):  # their gap is wide
        assert gaps_at(c, places)
    x, ok = c.x, c.values[0].isfinite()
    for place in places:
        left, right = (x < place - 1e-7) & ok, (x > place + 1e-7) & ok
        between = (x >= x[left].max()) & (x <= x[right].min())
        assert not ok[between].all()


@pytest.mark.parametrize("text", ["1/x", "tan(x)", "floor(x)", "sign(x)", "x/abs(x)", "mod(x, 2)", "1/(x - 0.1234)^3"])
def test_neighbours_are_joined_only_where_the_slope_explains_it(text):
    """No false vertical line: where f jumps or has a pole, a value that isn't finite stands between."""
    c = curve(parse(text), (-5, 5))
    f, slope = c.values[0].clamp(-100, 100), c.values[1]
    both = c.values[0][1:].isfinite() & c.values[0][:-1].isfinite() & (c.values[0].abs()[1:] < 100)
    steepest = torch.maximum(slope[1:].abs(), slope[:-1].abs()).nan_to_num(torch.inf)
    assert (f.diff().abs()[both] <= (c.x.diff() * steepest + 1e-6)[both]).all()


def test_a_half_circle_comes_down_to_its_ends():
    x, f = drawn("sqrt(1 - x^2)", (-1.5, 1.5))
    assert (x[0], f[0], x[-1], f[-1]) == (-1, 0, 1, 0)


def test_the_value_at_a_jump_belongs_to_its_side():
    c = curve(parse("floor(x)"), (-1.5, 1.5))
    at_one = c.values[0][c.x == 1]
    assert at_one[at_one.isfinite()].tolist() == [1]
    (gap,) = [g for g in strokes(c) if abs(g[0] - 1) < 0.1]
    assert gap[0] < 1 == gap[1]


def test_a_single_value_off_the_curve_is_not_drawn():
    assert 0 not in drawn("sign(x)", (-1, 1))[1].tolist()


def test_no_slope_by_convention_is_drawn_at_a_kink():
    slopes = curve(parse("abs(x)"), (-1, 1)).values[1]
    assert set(slopes[slopes.isfinite()].tolist()) == {-1, 1}


def test_waves_are_followed():
    c = curve(parse("sin(30x)"), (-5, 5), order=0)
    middle = (c.x[1:] + c.x[:-1]) / 2
    chord = (c.values[0][1:] + c.values[0][:-1]) / 2
    assert (torch.sin(30 * middle) - chord).abs().max() < 0.01
    assert c.resolved


def test_detail_finer_than_the_samples_is_admitted():
    assert not curve(parse("sin(1e5 x)"), (-5, 5)).resolved
    assert not curve(parse("floor(1e4 x)"), (-5, 5)).resolved
    assert curve(parse("sin(x)"), (-5, 5)).resolved
    assert curve(parse("tan(x)"), (-100, 100)).resolved


@pytest.mark.parametrize("text", ["sin(1/x)", "sin(1e4 x)", "tan(20x)", "floor(9x)", "x sin(1/x)", "tan(1/x)"])
@pytest.mark.parametrize("order", [0, 2, 20])
def test_the_number_of_samples_is_bounded(text, order):
    assert len(curve(parse(text), (-5, 5), order=order).x) <= 3100


def test_rounding_errors_are_not_refined():
    assert len(curve(parse("sin(x)^2 + cos(x)^2"), (-5, 5)).x) == 1001
    assert len(curve(parse("(x^2 - 1)/(x - 1)"), (-5, 5)).x) < 1100


def test_a_costly_formula_says_that_samples_are_fewer():
    assert curve(parse("sum(sin(i x), i, 1, 99)"), (0, 1), order=18).thinned
    assert not curve(parse("sin(x)"), (0, 1)).thinned


@pytest.mark.parametrize(
    "text", ["sin(x)", "log(x)", "1/x", "(-1)^x", "floor(x)", "1/(1 - x)", "sqrt(x)", "sqrt(1 - x)"]
)
@pytest.mark.parametrize("window", [(0, 1), (-1, 0), (-1e-9, 1e-9), (1e6, 1e6 + 1), (-1e12, 1e12)])
def test_samples_reach_from_end_to_end_of_the_window(text, window):
    x = curve(parse(text), window).x
    assert (x[0], x[-1]) == window
    assert (x.diff() >= 0).all()
