"""Features of curves against the known truth."""

import math

import pytest
import torch

from lib.calculus import Kind, curve, features, sketch
from lib.expression import parse

PI = math.pi
BROKEN = {Kind.JUMP, Kind.GAP, Kind.POLE, Kind.VERTICAL_ASYMPTOTE, Kind.NO_LIMIT, Kind.DOMAIN_END, Kind.OVERFLOW}
SHAPES = {Kind.KINK, Kind.CUSP, Kind.VERTICAL_TANGENT, Kind.INFLECTION, Kind.MINIMUM, Kind.MAXIMUM}


def places(text, window, *kinds):
    return [feature.x for feature in features(parse(text), window).of(*kinds)]


def counts(text, window):
    result = {}
    for feature in features(parse(text), window).found:
        result[feature.kind] = result.get(feature.kind, 0) + 1
    return result


ROOTS = [
    ("tan(x)", (-10, 10), [k * PI for k in range(-3, 4)]),
    ("sin(1/x)", (0.01, 1), [1 / (k * PI) for k in range(31, 0, -1)]),
    ("sin(x)", (-20, 20), [k * PI for k in range(-6, 7)]),
    ("x^3 - 3x", (-5, 5), [-math.sqrt(3), 0, math.sqrt(3)]),
    ("x^2 - 25", (-5, 5), [-5, 5]),
    ("x^2 - 1e-14", (-1, 1), [-1e-7, 1e-7]),
    ("cbrt(x - 0.3)", (-5, 5), [0.3]),
    ("x abs(x)", (-5, 5), [0]),
    ("where(x < 0, x, 2x)", (-1, 1), [0]),
    ("log(abs(x))", (-2, 2), [-1, 1]),
    ("exp(x) - 2", (-5, 5), [math.log(2)]),
    ("(x-0.3)(x-0.3001)", (-5.03, 5), [0.3, 0.3001]),
    ("1/x", (-5, 5), []),
    ("floor(x) + 0.5", (-5, 5), []),
    ("x^2 + 1e-6", (-5, 5), []),
    ("sin(x)/x", (-7, 7), [-2 * PI, -PI, PI, 2 * PI]),
]


@pytest.mark.parametrize("text, window, truth", ROOTS, ids=[r[0] for r in ROOTS])
def test_roots_to_machine_precision(text, window, truth):
    assert places(text, window, Kind.ROOT) == pytest.approx(truth, rel=4e-15, abs=1e-18)


TOUCHING = [
    ("x^4", (-5, 5), [0]), ("(x-2)^2", (-5, 5), [2]), ("(x^2-2)^2", (-5, 5), [-math.sqrt(2), math.sqrt(2)]),
    ("x^2-2x+1", (-5.03, 5), [1]), ("abs(x - 0.1234)", (-5, 5), [0.1234]), ("sqrt(abs(x))", (-2, 2), [0]),
    ("1 - cos(x)", (-7, 7), [-2 * PI, 0, 2 * PI]), ("x^2-2x+1.000000000001", (-5, 5), []), ("x^3", (-1, 1), []),
]  # fmt: skip


@pytest.mark.parametrize("text, window, truth", TOUCHING, ids=[r[0] for r in TOUCHING])
def test_roots_without_a_change_of_sign(text, window, truth):
    assert places(text, window, Kind.TOUCHING_ROOT) == pytest.approx(truth, rel=1e-15, abs=1e-18)


EXTREMA = [
    ("x^3 - 3x", (-5, 5), [(1, -2)], [(-1, 2)]),
    ("x exp(-x)", (-2, 8), [], [(1, 1 / math.e)]),
    ("x + 1/x", (-5, 5), [(1, 2)], [(-1, -2)]),
    ("x^4", (-5, 5), [(0, 0)], []),
    ("abs(x)", (-5, 5), [(0, 0)], []),
    ("min(x, 1 - x)", (-5, 5), [], [(0.5, 0.5)]),
    ("exp(-1e6 (x - 0.3)^2)", (-4.7, 5.1), [], [(0.3, 1)]),
    ("sqrt(1 - x^2)", (-1.5, 1.5), [(-1, 0), (1, 0)], [(0, 1)]),
    ("x^x", (-1, 3), [(1 / math.e, math.exp(-1 / math.e))], [(0, 1)]),
    ("x^3", (-5, 5), [], []),
    ("max(x, 0)", (-5, 5), [], []),
    ("2x + 1", (-5, 5), [], []),
    ("7", (-5, 5), [], []),
    ("sin(x)^2 + cos(x)^2", (-5, 5), [], []),
    ("(x^2 - 1)/(x - 1)", (-5, 5), [], []),
]


@pytest.mark.parametrize("text, window, minima, maxima", EXTREMA, ids=[r[0] for r in EXTREMA])
def test_extrema(text, window, minima, maxima):
    found = features(parse(text), window)
    for kind, truth in ((Kind.MINIMUM, minima), (Kind.MAXIMUM, maxima)):
        listed = found.of(kind)
        assert [e.x for e in listed] == pytest.approx([x for x, _ in truth], rel=1e-15, abs=1e-18)
        assert [e.value for e in listed] == pytest.approx([y for _, y in truth], rel=1e-14, abs=1e-18)


INFLECTIONS = [
    ("x^3 - 3x", (-5, 5), [0]), ("x exp(-x)", (-2, 8), [2]), ("x^4", (-5, 5), []), ("x^9", (-1, 1), [0]),
    ("exp(-x^2)", (-5, 5), [-math.sqrt(0.5), math.sqrt(0.5)]), ("cbrt(x)", (-5, 5), [0]), ("x abs(x)", (-5, 5), [0]),
    ("atan(x)", (-5, 5), [0]), ("1/x", (-5, 5), []), ("abs(x)", (-5, 5), []), ("2x + 1", (-5, 5), []),
    ("(x^2 - 1)/(x - 1)", (-5.03, 5.1), []), ("sqrt(x)^2", (-1, 5), []),
]  # fmt: skip


@pytest.mark.parametrize("text, window, truth", INFLECTIONS, ids=[r[0] for r in INFLECTIONS])
def test_inflections(text, window, truth):
    assert places(text, window, Kind.INFLECTION) == pytest.approx(truth, rel=2e-15, abs=1e-18)


BREAKS = [
    ("tan(x)", (-10, 10), {Kind.POLE: [(k + 0.5) * PI for k in range(-3, 3)]}),
    ("1/x", (-5, 5), {Kind.POLE: [0]}),
    ("x + 1e-6/(x - 0.1234)", (-5, 5), {Kind.POLE: [0.1234]}),
    ("1e-200/x", (-1, 1), {Kind.POLE: [0]}),
    ("1/(x - 0.1234)^2", (-5, 5), {Kind.POLE: [0.1234]}),
    ("gamma(x)", (-3.5, 5), {Kind.POLE: [-3, -2, -1, 0]}),
    ("log(abs(x))", (-2, 2), {Kind.POLE: [0]}),
    ("floor(x)", (-3.2, 3.1), {Kind.JUMP: range(-3, 4)}),
    ("mod(x, 1)", (-2.2, 2.1), {Kind.JUMP: range(-2, 3)}),
    ("sign(x)", (-1, 1), {Kind.JUMP: [0]}),
    ("atan(1/(x - 0.2))", (-5, 5), {Kind.JUMP: [0.2]}),
    ("where(x < 1, x, x^2 + 1)", (-5, 5), {Kind.JUMP: [1]}),
    ("(x^2 - 1)/(x - 1)", (-5, 5), {Kind.GAP: [1]}),
    ("(x^2 - 1)/(x - 1)", (-5.03, 5.1), {Kind.GAP: [1]}),
    ("sin(x)/x", (-5, 5.1), {Kind.GAP: [0]}),
    ("x sin(1/x)", (-1, 1), {Kind.GAP: [0]}),
    ("sin(1/x)", (-1, 1), {Kind.NO_LIMIT: [0]}),
    ("log(x)", (-1, 10), {Kind.VERTICAL_ASYMPTOTE: [0]}),
    ("sqrt(1 - x^2)", (-1.5, 1.5), {Kind.DOMAIN_END: [-1, 1]}),
    ("x^x", (-1, 3), {Kind.DOMAIN_END: [0]}),
    ("sqrt(x^2 - 1e-6)", (-5, 5), {Kind.DOMAIN_END: [-1e-3, 1e-3]}),
    ("exp(1000x)", (-5, 5), {Kind.OVERFLOW: [math.log(1.7976931348623157e308) / 1000]}),
    ("exp(1/x)", (-2, 2), {Kind.VERTICAL_ASYMPTOTE: [0], Kind.OVERFLOW: [1 / math.log(1.7976931348623157e308)]}),
    ("sin(x)", (-5, 5), {}),
    ("1/(x^2 + 1e-6)", (-5, 5), {}),
    ("cbrt(x)", (-5, 5), {}),
    ("tanh(1e6 (x - 1))", (-5, 5), {}),
]


@pytest.mark.parametrize("text, window, truth", BREAKS, ids=[r[0] for r in BREAKS])
def test_breaks_and_nothing_else_of_their_kinds(text, window, truth):
    found = features(parse(text), window)
    assert {e.kind for e in found.found} & BROKEN == set(truth)
    for kind, xs in truth.items():
        assert [e.x for e in found.of(kind)] == pytest.approx(list(xs), rel=4e-15, abs=1e-15)


def test_a_pole_without_a_change_of_sign_in_the_formula_lies_in_its_bracket():
    (pole,) = features(parse("1/(x^2 - 2x + 1)"), (-5.03, 5)).of(Kind.POLE)
    assert pole.low <= 1 <= pole.high
    assert pole.high - pole.low < 1e-6


CORNERS = [
    ("abs(x)", {Kind.KINK: (0, -1, 1), Kind.MINIMUM: (0, None, None)}),
    ("abs(x - 0.1234)", {Kind.KINK: (0.1234, -1, 1), Kind.MINIMUM: (0.1234, None, None)}),
    ("max(x, 0.1)", {Kind.KINK: (0.1, 0, 1)}),
    ("relu(x)", {Kind.KINK: (0, 0, 1)}),
    ("cbrt(x)", {Kind.VERTICAL_TANGENT: (0, math.inf, math.inf), Kind.INFLECTION: (0, None, None)}),
    ("sqrt(abs(x))", {Kind.CUSP: (0, -math.inf, math.inf), Kind.MINIMUM: (0, None, None)}),
    ("exp(-abs(x))", {Kind.KINK: (0, 1, -1), Kind.MAXIMUM: (0, None, None)}),
    ("abs(x)^3", {Kind.MINIMUM: (0, None, None)}),
]


@pytest.mark.parametrize("text, truth", CORNERS, ids=[r[0] for r in CORNERS])
def test_corners_with_the_slopes_on_both_sides(text, truth):
    found = {e.kind: e for e in features(parse(text), (-2, 2)).found if e.kind in SHAPES}
    assert set(found) == set(truth)
    for kind, (x, before, after) in truth.items():
        assert found[kind].x == pytest.approx(x, rel=1e-15)
        if before is not None:
            assert (found[kind].before, found[kind].after) == pytest.approx((before, after), rel=1e-6, abs=1e-9)


def test_limits_at_breaks():
    (gap,) = features(parse("(1 - cos(x))/x^2"), (-3, 3)).of(Kind.GAP)
    assert gap.value == pytest.approx(0.5, rel=1e-6)
    (jump,) = features(parse("atan(1/x)"), (-3, 3)).of(Kind.JUMP)
    assert (jump.before, jump.after) == pytest.approx((-PI / 2, PI / 2), rel=1e-9)
    (pole,) = features(parse("1/x"), (-3, 3)).of(Kind.POLE)
    assert (pole.before, pole.after) == (-math.inf, math.inf)
    first, last = features(parse("sqrt(1 - x^2)"), (-3, 3)).of(Kind.DOMAIN_END)
    assert (first.value, last.value) == (0, 0)


ASYMPTOTES = [
    ("1/x", [(-math.inf, 0, 0), (math.inf, 0, 0)]),
    ("atan(x)", [(-math.inf, 0, -PI / 2), (math.inf, 0, PI / 2)]),
    ("x exp(-x)", [(math.inf, 0, 0)]),
    ("erf(x)", [(-math.inf, 0, -1), (math.inf, 0, 1)]),
    ("sin(x)/x", [(-math.inf, 0, 0), (math.inf, 0, 0)]),
    ("x + 1/x", [(-math.inf, 1, 0), (math.inf, 1, 0)]),
    ("x^2/(x - 1)", [(-math.inf, 1, 1), (math.inf, 1, 1)]),
    ("sqrt(x^2 + 1)", [(-math.inf, -1, 0), (math.inf, 1, 0)]),
    ("x atan(x)", [(-math.inf, -PI / 2, -1), (math.inf, PI / 2, -1)]),
    *((text, []) for text in ("x", "2x + 1", "7", "sin(x)", "sin(pi x)", "log(x)", "sqrt(x)", "x^2", "x + log(x)",
                              "x + sqrt(abs(x))", "floor(x)", "exp(x) + x^2", "x sin(x)", "(x^2 - 1)/(x - 1)",
                              "-1e308")),
]  # fmt: skip


@pytest.mark.parametrize("text, truth", ASYMPTOTES, ids=[r[0] for r in ASYMPTOTES])
def test_asymptotes(text, truth):
    found = features(parse(text), (-5, 5)).of(Kind.HORIZONTAL_ASYMPTOTE, Kind.OBLIQUE_ASYMPTOTE)
    assert [e.x for e in found] == [x for x, _, _ in truth]
    for e, (_, slope, value) in zip(found, truth, strict=True):
        assert (e.slope, e.value) == pytest.approx((slope, value), rel=1e-12, abs=1e-6)
        assert (e.kind is Kind.HORIZONTAL_ASYMPTOTE) == (slope == 0)


def test_an_inflection_at_a_root_has_the_value_0():
    bends = features(parse("cos(x)"), (-10.0, 10.0)).of(Kind.INFLECTION)
    assert [bend.value for bend in bends] == [0] * 6
    [shifted] = features(parse("1e-9 + x^3"), (-1.0, 1.0)).of(Kind.INFLECTION)
    assert shifted.value == 1e-9


def test_a_stretch_of_zeros_is_one_feature():
    (stretch,) = features(parse("relu(x)"), (-5, 5)).of(Kind.ZERO_STRETCH)
    assert (stretch.low, stretch.high) == (-5, 0)
    assert places("relu(x)", (-5, 5), Kind.ROOT, Kind.TOUCHING_ROOT) == []


def test_a_long_list_ends_and_says_that_there_are_more():
    found = features(parse("sin(100x)"), (-5, 5))
    assert len(found.of(Kind.ROOT)) == 100
    assert Kind.ROOT in found.more
    assert features(parse("sin(x)"), (-5, 5)).more == frozenset()


def test_a_costly_formula_has_fewer_features_listed_and_says_so():
    found = features(parse("sum(sin(i x), i, 1, 99)"), (-3, 3))
    assert len(found.of(Kind.ROOT)) < 188
    assert Kind.ROOT in found.more or not found.resolved


def test_detail_finer_than_the_samples_is_admitted():
    assert not features(parse("sin(1e6 x)"), (-1, 1)).resolved
    assert features(parse("sin(x)"), (-1, 1)).resolved


def test_components_other_letters_and_the_variable():
    f = parse("[sin(t), a/t]")
    assert features(f, (-5, 5), variable="t", at={"a": 1.0}, component=0).of(Kind.POLE) == ()
    assert [e.x for e in features(f, (-5, 5), variable="t", at={"a": 1.0}, component=1).of(Kind.POLE)] == [0]


def test_noise_has_no_features():
    assert features(parse("x + rand()"), (-5, 5)).found == ()


def test_nowhere_defined_has_no_features():
    assert counts("log(-1 - x^2)", (-5, 5)) == {}


def test_features_are_listed_by_x():
    xs = [e.x for e in features(parse("tan(x) + 1/x"), (-5, 5)).found]
    assert xs == sorted(xs)


def test_a_window_has_a_left_and_a_right_end():
    with pytest.raises(ValueError, match="smaller first"):
        features(parse("x"), (1, 1))


@pytest.mark.parametrize("text", ["tan(x)", "x^3 - 3x", "sqrt(1 - x^2)", "floor(x)", "x + rand()", "[sin(x), 1/x]"])
@pytest.mark.parametrize("order", [0, 2, 5])
def test_a_sketch_is_the_curve_and_its_features(text, order):
    f = parse(text)
    both = sketch(f, (-5, 5), order=order)
    alone = curve(f, (-5, 5), order=max(order, 2))
    assert torch.equal(both.curve.x, alone.x)
    torch.testing.assert_close(both.curve.values, alone.values[: order + 1], rtol=0, atol=0, equal_nan=True)
    assert [e.kind for e in both.features.found] == [e.kind for e in features(f, (-5, 5)).found]


def test_a_list_that_is_cut_keeps_the_widest_spaced():
    found = places("sin(1/x)", (-1, 1), Kind.ROOT)
    assert found[:20] == pytest.approx([-1 / (k * PI) for k in range(1, 21)])
    assert found[-20:] == pytest.approx([1 / (k * PI) for k in range(20, 0, -1)])
    even = places("sin(500x)", (-1, 1), Kind.ROOT)
    assert even[0] < -0.98
    assert even[-1] > 0.98


@pytest.mark.parametrize(("text", "window"), [("sqrt(x) log(x)", (-1, 5)), ("sqrt(1 - x^2)", (-2, 2))])
def test_a_limit_that_is_0_but_for_noise_is_0(text, window):
    ends = features(parse(text), window).of(Kind.DOMAIN_END)
    assert ends
    assert {limit for end in ends for limit in (end.before, end.after) if math.isfinite(limit)} == {0.0}


@pytest.mark.parametrize("text", ["sin(x)", "cos(x) + 2", "sin(1000x)"])
def test_a_wave_too_fine_for_the_samples_is_not_zero_throughout(text):
    for width in (1e9, 1e12):
        assert not features(parse(text), (-width, width)).of(Kind.ZERO_STRETCH)


@pytest.mark.parametrize("text", ["sin(x)^2 + cos(x)^2 - 1", "sin(2x) - 2sin(x)cos(x)", "(x + 1) - 1 - x"])
@pytest.mark.parametrize("width", [3, 1e9])
def test_rounding_errors_alone_are_zero_throughout(text, width):
    assert len(features(parse(text), (-width, width)).of(Kind.ZERO_STRETCH)) == 1


@pytest.mark.parametrize("half", [1e4, 1e6, 1e8, 1e10])
@pytest.mark.parametrize(
    "text, kinds",
    [
        ("tan(x)", {Kind.POLE, Kind.ROOT, Kind.INFLECTION}),
        ("floor(x)", {Kind.JUMP, Kind.ROOT}),
        ("frac(x)", {Kind.JUMP}),
        ("1/sin(x)", {Kind.POLE, Kind.MINIMUM, Kind.MAXIMUM}),
    ],
)
def test_in_a_window_too_wide_for_the_samples_nothing_is_listed_that_is_not_there(
    text: str, kinds: set[Kind], half: float
) -> None:
    found = features(parse(text), (-half, half))
    assert {feature.kind for feature in found.found} <= kinds
    assert not found.resolved


@pytest.mark.parametrize("text, roots", [("x^2 - 1", 2), ("x^3 - 3x", 3)])
@pytest.mark.parametrize("half", [1e2, 1e4, 1e6, 1e8, 1e10, 1e12, 1e15])
def test_roots_closer_together_than_samples_are_found_or_known_to_be_missing(
    text: str, roots: int, half: float
) -> None:
    found = features(parse(text), (-half, half))
    assert len(found.of(Kind.ROOT)) == roots or not found.resolved
