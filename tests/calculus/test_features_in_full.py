"""Everything that is listed of some functions: all features whose kind counts, none twice, and no phantoms."""

import math
from math import inf, pi, sqrt

import pytest

from lib.calculus import Kind, features
from lib.expression import parse

W, V, WAVES = (-5, 5), (-4.97, 5.13), (-7, 7.1)
SIGN = {
    "root": Kind.ROOT, "touch": Kind.TOUCHING_ROOT, "zero": Kind.ZERO_STRETCH, "min": Kind.MINIMUM, "max": Kind.MAXIMUM,
    "turn": Kind.INFLECTION, "kink": Kind.KINK, "cusp": Kind.CUSP, "steep": Kind.VERTICAL_TANGENT, "jump": Kind.JUMP,
    "gap": Kind.GAP, "pole": Kind.POLE, "side": Kind.VERTICAL_ASYMPTOTE, "wild": Kind.NO_LIMIT, "end": Kind.DOMAIN_END,
    "full": Kind.OVERFLOW, "flat": Kind.HORIZONTAL_ASYMPTOTE, "line": Kind.OBLIQUE_ASYMPTOTE,
}  # fmt: skip


def of(**kinds):
    return {SIGN[name]: places for name, places in kinds.items()}


ENDS = [-inf, inf]
K = range(-2, 3)
GOLDEN = (1 + sqrt(5)) / 2

# text, window, kinds and places
TRUTH = [
    ("7", V, {}),
    ("2x + 1", V, of(root=[-0.5])),
    ("x^2 - 2", V, of(root=[-sqrt(2), sqrt(2)], min=[0])),
    ("x^2 - x - 1", V, of(root=[1 - GOLDEN, GOLDEN], min=[0.5])),
    ("x^3 - 3x", V, of(root=[-sqrt(3), 0, sqrt(3)], max=[-1], min=[1], turn=[0])),
    ("x^3", V, of(root=[0], turn=[0])),
    ("x^5", V, of(root=[0], turn=[0])),
    ("x^6", V, of(touch=[0], min=[0])),
    ("x^20", V, of(touch=[0], min=[0])),
    ("x^100", (-1.5, 1.6), of(touch=[0], min=[0])),
    ("(x-2)^4", V, of(touch=[2], min=[2])),
    ("(x-1)^7", V, of(root=[1], turn=[1])),
    ("(x-1)^2 (x+2)^3", V, of(root=[-2], touch=[1], min=[1], max=[-0.2],
                                turn=[-2, -0.2 - sqrt(0.54), -0.2 + sqrt(0.54)])),
    ("x^2 - 25", W, of(root=[-5, 5], min=[0])),
    ("x^4 - x^2", V, of(root=[-1, 1], touch=[0], max=[0], min=[-sqrt(0.5), sqrt(0.5)],
                          turn=[-sqrt(1 / 6), sqrt(1 / 6)])),
    ("e^x - 1 - x", V, of(touch=[0], min=[0], line=[-inf])),
    ("cos(x) - 1 + x^2/2", V, of(touch=[0], min=[0])),
    ("sin(x)", WAVES, of(root=[k * pi for k in K], turn=[k * pi for k in K], max=[-1.5 * pi, 0.5 * pi],
                           min=[-0.5 * pi, 1.5 * pi])),
    ("1 + cos(x)", WAVES, of(touch=[-pi, pi], min=[-pi, pi], max=[-2 * pi, 0, 2 * pi],
                               turn=[-1.5 * pi, -0.5 * pi, 0.5 * pi, 1.5 * pi])),
    ("x - sin(x)", WAVES, of(root=[0], turn=[k * pi for k in K])),
    ("1e8 + sin(x)", WAVES, of(turn=[k * pi for k in K], max=[-1.5 * pi, 0.5 * pi], min=[-0.5 * pi, 1.5 * pi])),
    ("1e-8 sin(x)", WAVES, of(root=[k * pi for k in K], turn=[k * pi for k in K], max=[-1.5 * pi, 0.5 * pi],
                                min=[-0.5 * pi, 1.5 * pi])),
    ("1e-200 (x^3 - x)", V, of(root=[-1, 0, 1], turn=[0], max=[-sqrt(1 / 3)], min=[sqrt(1 / 3)])),
    ("1e200 (x^3 - x)", V, of(root=[-1, 0, 1], turn=[0], max=[-sqrt(1 / 3)], min=[sqrt(1 / 3)])),
    ("x^2 - 1e12", (1e6 - 1, 1e6 + 1), of(root=[1e6])),
    ("sin(x)", (-1e-6, 3e-6), of(root=[0])),
    ("exp(-x^2)", V, of(max=[0], turn=[-sqrt(0.5), sqrt(0.5)], flat=ENDS)),
    ("tanh(x)", V, of(root=[0], turn=[0], flat=ENDS)),
    ("x^2/(x^2 + 1)", V, of(touch=[0], min=[0], turn=[-sqrt(1 / 3), sqrt(1 / 3)], flat=ENDS)),
    ("log(x)^2", V, of(side=[0], touch=[1], min=[1], turn=[math.e])),
    ("x^x", (-1, 3), of(end=[0], max=[0], min=[1 / math.e])),
    # breaks
    ("1/x", V, of(pole=[0], flat=ENDS)),
    ("1/x^2", V, of(pole=[0], flat=ENDS)),
    ("1/(x-1)^4", V, of(pole=[1], flat=ENDS)),
    ("x^3/(x^2-1)", V, of(root=[0], turn=[0], pole=[-1, 1], max=[-sqrt(3)], min=[sqrt(3)], line=ENDS)),
    ("1/(x^2-1e-8)", V, of(pole=[-1e-4, 1e-4], max=[0], flat=ENDS)),
    ("tan(x)", WAVES, of(root=[k * pi for k in K], turn=[k * pi for k in K],
                           pole=[-1.5 * pi, -0.5 * pi, 0.5 * pi, 1.5 * pi])),
    ("(x^2-1)/(x-1)", V, of(root=[-1], gap=[1])),
    ("log(x)", V, of(side=[0], root=[1])),
    ("sqrt(x)", V, of(end=[0], root=[0], min=[0])),
    ("sqrt(1-x^2)", V, of(end=[-1, 1], root=[-1, 1], min=[-1, 1], max=[0])),
    ("sqrt(1-x^2)", (-1, 1), of(end=[-1, 1], root=[-1, 1], min=[-1, 1], max=[0])),
    ("x^(1/3)", V, of(end=[0], root=[0], min=[0])),
    ("acos(x)", V, of(end=[-1, 1], root=[1], max=[-1], min=[1], turn=[0])),
    ("exp(1000x)", V, of(full=[math.log(1.7976931348623157e308) / 1000], flat=[-inf], zero=[V[0]])),
    ("sign(x)", V, of(jump=[0])),
    ("floor(x) + 0.5", V, of(jump=range(-4, 6))),
    ("atan(1/x)", V, of(jump=[0], flat=ENDS)),
    ("1/(1 + exp(1/x))", V, of(jump=[0], zero=[0], flat=ENDS, turn=[-0.41677827980048, 0.41677827980048])),
    # corners
    ("abs(x - 1)", V, of(kink=[1], min=[1], touch=[1])),
    ("max(x, 0.5)", V, of(kink=[0.5])),
    ("clamp(x, -1, 1)", V, of(kink=[-1, 1], root=[0])),
    ("cbrt(x)", V, of(steep=[0], root=[0], turn=[0])),
    ("cbrt(x)^2", V, of(cusp=[0], min=[0], touch=[0])),
    ("abs(x)^1.5", V, of(min=[0], touch=[0])),
    ("abs(sin(x))", (-4, 4), of(kink=[-pi, 0, pi], min=[-pi, 0, pi], touch=[-pi, 0, pi], max=[-pi / 2, pi / 2])),
    # rounding errors are no features
    ("sin(x)^2 + cos(x)^2", V, {}),
    ("sin(x)^2 + cos(x)^2 - 1", V, of(zero=[V[0]])),
    ("(x+1)^2 - x^2 - 2x - 1", V, of(zero=[V[0]])),
    ("x - x", V, of(zero=[V[0]])),
    ("exp(x) exp(-x) - 1", V, of(zero=[V[0]])),
    ("relu(x)", W, of(zero=[-5], kink=[0])),
    ("x^2 + 0.1 rand()", V, {}),
]  # fmt: skip


@pytest.mark.parametrize("text, window, truth", TRUTH, ids=[f"{t} in {w}" for t, w, _ in TRUTH])
def test_the_list_is_complete_exact_and_without_phantoms(text, window, truth):
    found = features(parse(text), window)
    listed = {kind: [e.x for e in found.of(kind)] for kind in {e.kind for e in found.found}}
    assert set(listed) == set(truth)
    for kind, places in truth.items():
        assert listed[kind] == pytest.approx(list(places), rel=1e-9, abs=1e-8 if kind is Kind.ZERO_STRETCH else 1e-9)


# Multiplied out, these polynomials are known near their roots to few digits only.
BLURRED = [
    ("x^3-3x^2+3x-1", V, 1, of(root=1e-4, turn=1e-9)),
    ("x^4-8x^3+24x^2-32x+16", V, 2, of(touch=1e-3, min=1e-3)),
    *(("x^7-7x^6+21x^5-35x^4+35x^3-21x^2+7x-1", w, 1, of(root=1e-6, turn=1e-6)) for w in (W, V, (0.9, 1.1))),
]  # fmt: skip


@pytest.mark.parametrize("text, window, place, truth", BLURRED)
def test_a_root_blurred_by_rounding_is_listed_once_and_lies_in_its_bracket(text, window, place, truth):
    found = features(parse(text), window).found
    assert {e.kind for e in found} == set(truth)
    assert len(found) == len(truth)
    for e in found:
        assert e.x == pytest.approx(place, abs=truth[e.kind])
