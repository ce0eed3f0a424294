"""Where a curve is drawn and where the pen is lifted, against what is known of some 150 functions."""

import math
from math import acos, asin, exp, inf, log, pi

import pytest
import torch

from lib.calculus import curve
from lib.expression import parse

W, V = (-5, 5), (-4.97, 5.13)
NEAR_MILLION = (1e6 - 1, 1e6 + 1)
FULL = log(1.7976931348623157e308)  # the exponential function of more is no double
MIDDLES = [(k + 0.5) * pi for k in range(-32, 32)]  # the poles of tan(x) in (-100, 100)


def below(x):
    return (-inf, x)


def above(x):
    return (x, inf)


# window: text -> places of poles and jumps, where two strokes end
BREAKS = {
    W: {
        "tan(x)": MIDDLES[30:34], "sec(x)^2": MIDDLES[30:34], "tan(20x)": [m / 20 for m in MIDDLES], "1/x": [0],
        "x^-2": [0], "1/(x-0.1234)": [0.1234], "1/(x-0.1234)^2": [0.1234], "1e-9/(x-0.1234)": [0.1234],
        "1/((x-0.1234567)(x-0.1234569))": [0.1234567, 0.1234569], "1/((x-0.12345)(x-0.12346))": [0.12345, 0.12346],
        "1/((x-0.123)(x-0.1243))": [0.123, 0.1243], "1/(x^2-1e-8)": [-1e-4, 1e-4], "1/(exp(x)-2)": [log(2)],
        "log(abs(x-0.1234))": [0.1234], "sin(x) + 1e-6/(x-0.1234)": [0.1234], "x/(x^2+x-2)": [-2, 1],
        "1/cbrt(x)": [0], "sign(x)": [0], "x/abs(x)": [0], "abs(x-0.3)/(x-0.3)": [0.3], "sign(x^2-1e-8)": [-1e-4, 1e-4],
        "floor(x)": range(-4, 5), "floor(x+0.1234)": [k - 0.1234 for k in range(-4, 6)],
        "floor(9x)": [k / 9 for k in range(-44, 45)], "sign((x-0.1234567)(x-0.1234569))": [0.1234567, 0.1234569],
        "where(x > 0.1234, where(x < 0.1236, 1, 0), 0)": [0.1234, 0.1236], "atan(1/(x-0.2))": [0.2],
        "1/(1+exp(1/x))": [0], "where(x < 1, x, x^2+1)": [1], "sin(x)/x": [0], "(1-cos(x))/x^2": [0],
    },
    V: {
        "1/(x^2-1e-8)": [-1e-4, 1e-4], "1/(x^2-2x+1-1e-8)": [1 - 1e-4, 1 + 1e-4], "1/(x^2-2x+1)": [1],
        "1/(x^3-3x+2)": [-2, 1], "sin(x)/x": [0], "(x^2-1)/(x-1)": [1], "1/(x-1) - 1/(x-1.0001)": [1, 1.0001],
        "log(abs(x^2-1e-8))": [-1e-4, 1e-4], "1/(1/x)": [0], "log(abs(tan(x)))": [k * pi / 2 for k in range(-3, 4)],
        "atan2(x^2-1, x-2)": [-1, 1], "x/x": [0], "0/x": [0], "max(1/x, 0)": [0], "min(1/x, 5)": [0],
        "where(x > 0, 1/x, 0)": [0], "x log(abs(x))": [0], "tan(x)/x": [*MIDDLES[30:34], 0], "x/sin(x)": [-pi, 0, pi],
        "1/(1+1/x)": [-1, 0], "coth(x)": [0], "1/(exp(x)-1-x)": [0], "1/(x-sin(x))": [0], "ln(x^2)": [0],
        "1/x + 1/(x-1e-5)": [0, 1e-5], "x + 1e-12/(x-0.5123)": [0.5123], "exp(x^2)/(x-0.5123)": [0.5123],
        "sin(x) + 1e-3 sign(x-0.5123)": [0.5123], "sin(x) + 1e-6 sign(x-0.5123)": [0.5123], "1e6 + sign(x)": [0],
        "abs(x)/x + 1e5 x": [0], "1/(x^2-4)^2": [-2, 2], "(x^3-x)/(x^2-1)": [-1, 1], "(x-2)/(x^2-4)": [-2, 2],
        "heaviside(x-0.1, 0.5)": [0.1], "prod(x-k, k, 1, 4)^-1": [1, 2, 3, 4], "1/(x^5-x)": [-1, 0, 1],
        "sum(1/(x-k), k, -3, 3)": range(-3, 4),
    },
    NEAR_MILLION: {
        "tan(x)": [], "1/(x-1000000.123)": [1000000.123], "ceil(x)": [1e6],
    },
    (-1e-6, 3e-6): {"1/x": [0], "sign(x)": [0]},
    (-0.3, 997): {"1/x": [0]},
    (-1e12, 1e12): {"1/x": [0]},
    (1e6, 1e6 + 5): {"tan(x)": [318310.5 * pi]},
    (-100, 100): {"tan(x)": MIDDLES},
    (-99.7, 100.3): {"tan(x)": MIDDLES},
    (1.5, 1.6): {"tan(x)": [pi / 2]},
    (-7, 7.1): {
        "1/sin(x)": [k * pi for k in range(-2, 3)], "1/(1-cos(x))": [-2 * pi, 0, 2 * pi],
        "atan(tan(x))": MIDDLES[30:34],
    },
    (-10.3, 2): {"gamma(x)": range(-10, 1)},
    (-3.5, 5): {"lgamma(x)": range(-3, 1), "digamma(x)": range(-3, 1)},
    (-2.3, 2.2): {"mod(x, 1)": range(-2, 3), "round(x)": [-1.5, -0.5, 0.5, 1.5], "x - floor(x)": range(-2, 3)},
    (0.0005, 0.0035): {"floor(1000x)": [0.001, 0.002, 0.003]},
    (-1, 4): {
        "1/(sin(x)-1)": [pi / 2], "1/(sin(x)-0.99999)": [asin(0.99999), pi - asin(0.99999)],
        "sign(sin(x)-0.99999)": [asin(0.99999), pi - asin(0.99999)],
    },
    (-0.52, 0.53): {"floor(1.0001-x^2)": [-0.01, 0.01]},
    (-1, 1): {"sin(1/x)": [0], "x sin(1/x)": [0]},
}  # fmt: skip

C = acos(0.99999)
# window: text -> where it is undefined, or too large for a double
GAPS = {
    W: {
        "x^(1/3)": [below(0)], "sqrt(1-x^2)": [below(-1), above(1)], "sqrt(x)": [below(0)], "log(x)": [below(0)],
        "log(x-0.1234)": [below(0.1234)], "sqrt((x-0.1234567)(x-0.1234569))": [(0.1234567, 0.1234569)],
        "sqrt((x-0.12345)(x-0.12446))": [(0.12345, 0.12446)],
        "sqrt(-(x-0.1234567)(x-0.1234569))": [below(0.1234567), above(0.1234569)],
        "log((x-0.123)(0.1239-x))": [below(0.123), above(0.1239)], "acos(x)": [below(-1), above(1)],
        "log(1e-8-(x-0.30123)^2)": [below(0.30123 - 1e-4), above(0.30123 + 1e-4)], "asin(x/3)": [below(-3), above(3)],
        "acosh(x)": [below(1)], "atanh(x)": [below(-1), above(1)], "sqrt(x^2-1e-4)": [(-0.01, 0.01)],
        "exp(1000x)": [above(FULL / 1000)], "log(log(x))": [below(1)], "exp(1/x)": [(0, 1 / FULL)],
        "sqrt(x) + sqrt(-x)": [below(0), above(0)], "sqrt(-x^2)": [below(0), above(0)], "x^(-1/3)": [below(0)],
    },
    V: {
        "log(x^2-1e-10)": [(-1e-5, 1e-5)], "erfinv(x)": [below(-1), above(1)], "sqrt(-x^2)": [below(0), above(0)],
        "sqrt(-x^2) + 1": [below(0), above(0)], "sqrt(x)^2": [below(0)], "1/relu(x)": [below(0)],
        "log(x^3)": [below(0)], "x log(x)": [below(0)], "asech(x)": [below(0), above(1)],
        "x^1000": [below(-exp(FULL / 1000)), above(exp(FULL / 1000))], "sqrt(1-abs(x))": [below(-1), above(1)],
        "log(1-x) + log(x)": [below(0), above(1)], "log(x-1) + log(1.0001-x)": [below(1), above(1.0001)],
        "sqrt(x-1.2345) + sqrt(1.2346-x)": [below(1.2345), above(1.2346)], "x^2.5": [below(0)],
        "where(x > 1.2345, where(x < 1.2346, x, sqrt(-1)), sqrt(-1))": [below(1.2345), above(1.2346)],
        "arcsec(x)": [(-1, 1)],
    },
    (-1, 3): {"x^x": [below(0)]},
    (-5, 10): {"exp(exp(x))": [above(log(FULL))]},
    (-50, 50): {"2^(x^2)": [below(-32), above(32)]},
    (-7, 7.1): {
        "sqrt(cos(x))": [(-1.5 * pi, -0.5 * pi), (0.5 * pi, 1.5 * pi)],
        "sqrt(cos(x)-0.99999)": [below(-2*pi - C), (-2*pi + C, -C), (C, 2*pi - C), above(2*pi + C)],
    },
    (-1, 1.1): {"log(cos(x)-0.9999999)": [below(-acos(0.9999999)), above(acos(0.9999999))]},
    (0, 0.006): {"sqrt(sin(1000x)-0.5)": [below(pi / 6000), above(5 * pi / 6000)]},
    (-1e-6, 1e-6): {"sqrt(x)": [below(0)]},
    (0.99999, 1.00001): {"acos(x)": [above(1)], "sqrt(1-x^2)": [above(1)]},
}  # fmt: skip

# window: texts of curves in one stroke, however steep
WHOLE = {
    W: [
        "atan(1e6 x)", "atan(1e6 (x-0.12345))", "tanh(1e4 x)", "cbrt(x)", "cbrt(x-0.1234)", "abs(x)^0.1",
        "abs(x-0.1234)^0.1", "sigmoid(1e5 (x-0.3))", "where(x < 1, x, x^2)", "abs(x-0.12345)", "max(x, 0.1)", "x^9",
        "sin(50x)", "7", "sinc(x)", "sqrt(x^2)", "x^0", "1/(1e-8+(x-0.3)^2)", "x + 0.2 rand()",
    ],
    V: [
        "tanh(1e4 (x-0.1234))", "cbrt(x-1)^2", "erf(1e6 (x-0.1234))", "abs(x^2-1e-4)", "abs(x^2-1e-8)",
        "1/(x^2+1e-12)", "tan(x) cos(x)", "sqrt(abs(x-0.3))", "exp(-x^2)/(2+sin(x))",
    ],
    (-1e3, 700): ["exp(x)"],
    NEAR_MILLION: ["sin(x)", "sqrt(x)", "x^2"],
    (-1e-6, 1e-6): ["sin(1e6 x)", "abs(x)", "1 + x"],
    (1e-6, 1): ["1/x", "log(x)", "sin(1/x)"],
    (0.9, 1.1): ["x^7-7x^6+21x^5-35x^4+35x^3-21x^2+7x-1"],
}  # fmt: skip

# text, window, place and height of a top or bottom
PEAKS = [
    ("1/(1e-8+(x-0.3)^2)", W, 0.3, 1e8), ("1/(1e-8+(x-0.3)^2)", (-4.97, 5.2), 0.3, 1e8),
    ("1/(1e-8+(x-0.30123)^2)", (-4.97, 5.2), 0.30123, 1e8), ("1/(x^2+1e-10)", V, 0, 1e10),
    ("1/(x^2+1e-12)", V, 0, 1e12), ("exp(-1e6(x-0.3)^2)", (-4.7, 5.1), 0.3, 1), ("exp(-1e8(x-0.3)^2)", V, 0.3, 1),
    ("x^2 - 3exp(-1e5(x+2.003)^2)", W, -2.003, 2.003**2 - 3), ("sinc(x)", V, 0, 1),
    ("sin(x) + 0.5/(1+1e7(x-1.2345)^2)", W, 1.2345, math.sin(1.2345) + 0.5),
    ("exp(-1e5(x-1)^2) + exp(-1e5(x-1.02)^2)", W, 1, 1), ("exp(-1e5(x-1)^2) + exp(-1e5(x-1.02)^2)", W, 1.02, 1),
    ("abs(x-0.12345)", W, 0.12345, 0), ("abs(sin(x))", (-7, 7.1), pi, 0), ("abs(x^2-1e-4)", V, 0.01, 0),
    ("cbrt(x-1)^2", V, 1, 0), ("sqrt(1-x^2)", V, 1, 0), ("x^x", (-1, 3), 1 / math.e, exp(-1 / math.e)),
]  # fmt: skip


def rows(table):
    return [pytest.param(t, w, truth, id=f"{t} in {w}") for w, texts in table.items() for t, truth in texts.items()]


def drawn(text, window):
    """x, f, and the ends (a, b) of the straight lines; what is meant by at a place; the strokes' ends within."""
    c = curve(parse(text), window)
    ok = c.values[0].isfinite()
    joined = ok[1:] & ok[:-1]
    at = 1e-9 * (window[1] - window[0]) + 4e-16 * max(map(abs, window))
    x, pen = c.x[ok], [x for x, up in zip(c.x.tolist(), (~ok).tolist(), strict=True) if up]
    return x, c.values[0][ok], (c.x[:-1][joined], c.x[1:][joined]), at, pen


def crosses(lines, low, high):
    a, b = lines
    return bool(((a <= low) & (b >= high) & (a < b)).any())


@pytest.mark.parametrize("text, window, places", rows(BREAKS))
def test_no_line_crosses_a_pole_a_jump_or_a_gap_and_none_is_missing_elsewhere(text, window, places):
    x, _, lines, at, lifted = drawn(text, window)
    for p in places:
        assert not crosses(lines, p - 2 * at, p + 2 * at), p
        pixel = (window[1] - window[0]) / 1000
        assert (x[x <= p] - p).abs().min() < pixel and (x[x >= p] - p).abs().min() < pixel
    inside = [p for p in lifted if window[0] < p < window[1]]
    near = 1e-5 * (window[1] - window[0])
    assert all(any(abs(p - place) <= near for place in places) for p in inside)


@pytest.mark.parametrize("text, window, gaps", rows(GAPS))
def test_a_curve_ends_where_its_domain_does_to_the_pixel(text, window, gaps):
    x, _, lines, at, lifted = drawn(text, window)
    for low, high in gaps:
        assert not ((x > low + at) & (x < high - at)).any(), (low, high)
        assert low == -inf or high == inf or not crosses(lines, low + at, high - at)
        for end, beyond in ((low, x[x <= low + at]), (high, x[x >= high - at])):
            if abs(end) < inf and not any(a < end < b or (end in (a, b) and (a, b) != (low, high)) for a, b in gaps):
                assert (beyond - end).abs().min() < (window[1] - window[0]) / 1000, end
    near = 1e-5 * (window[1] - window[0])
    assert all(p in window or any(a - near <= p <= b + near for a, b in gaps) for p in lifted)


@pytest.mark.parametrize("text, window", [(t, w) for w, texts in WHOLE.items() for t in texts])
def test_a_continuous_curve_is_never_interrupted(text, window):
    assert [p for p in drawn(text, window)[-1] if p not in window] == []


@pytest.mark.parametrize("text, window, place, height", PEAKS)
def test_tops_and_bottoms_are_reached(text, window, place, height):
    x, f, *_ = drawn(text, window)
    near = f[(x - place).abs() < (window[1] - window[0]) / 500]
    assert (near - height).abs().min() <= max(0.01 * abs(height), 1e-5)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("sin(x)/x", (0, -1 / 3, 0)),
        ("where(x != 0, sin(x)/x, 1)", (0, -1 / 3, 0)),
        ("(1 - cos(x))/x^2", (0, -1 / 12, 0)),
        ("(exp(x) - 1)/x", (1 / 2, 1 / 3, 1 / 4)),
        ("(x - sin(x))/x^3", (0, -1 / 60, 0)),
        ("x/(exp(x) - 1)", (-1 / 2, 1 / 6, 0)),
    ],
)
def test_no_rounding_errors_are_drawn_beside_a_gap(text, values):
    drawn = curve(parse(text), (-3, 3), order=3)
    close = drawn.x.abs() < 0.01
    for row, value in zip(drawn.values[1:], values, strict=True):
        seen = row[close & torch.isfinite(row)]
        assert len(seen)
        assert (seen - value).abs().max() < 0.01
