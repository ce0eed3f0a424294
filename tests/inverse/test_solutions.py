"""All solutions in a window: none missed, none invented, and no label that is wrong."""

from __future__ import annotations

from math import inf, isfinite, nextafter, pi

import pytest
import sympy
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.expression import parse
from lib.inverse import solutions
from lib.inverse.proof.label import Label
from lib.readings.symbolic.build import symbolic
from lib.readings.tensor import evaluate

U, T, S, D = "unique", "touching", "stretch", "undecided"

# text, y, window, [(status, x)], breaks, complete
KNOWN = [
    ("x^2+x^3+x^4", 1, (-2, 2), [(U, -1), (U, 0.6823278038280193)], [], True),
    ("1/x", 0.5, (-5, 5), [(U, 2)], [("pole", 0)], True),
    ("1/x", 0, (-5, 5), [], [("pole", 0)], True),
    ("1/x^2", 4, (-3, 3), [(U, -0.5), (U, 0.5)], [("pole", 0)], True),
    ("tan(x)", 1, (-3, 3), [(U, -3 * pi / 4), (U, pi / 4)], [("pole", -pi / 2), ("pole", pi / 2)], True),
    ("tan(x)", 0, (1, 2), [], [("pole", pi / 2)], True),
    ("x^2", 0, (-2, 2), [(T, 0)], [], True),
    ("x^2", 0, (0, 2), [(T, 0)], [], True),
    ("(x-1)^2", 0, (-2, 2), [(T, 1)], [], True),
    ("(x-1)^3", 0, (-2, 2), [(T, 1)], [], True),
    ("(3x-1)^3", 0, (-2, 2), [(T, 1 / 3)], [], True),
    ("(x-1)^10", 0, (-2, 2), [(T, 1)], [], True),
    ("x-sin(x)", 0, (-3, 3), [(T, 0)], [], True),
    ("cos(x)", 1, (-7, 7), [(T, -2 * pi), (T, 0), (T, 2 * pi)], [], True),
    ("(x-1)*(x-1-1e-9)", 0, (-2, 2), [(U, 1), (U, 1.000000001)], [], True),
    ("(x-1)*(x-1-1e-9)*(x-1+1e-9)", 0, (-2, 2), [(U, 1 - 1e-9), (U, 1), (U, 1 + 1e-9)], [], True),
    ("x^2+1", 0, (-2, 2), [], [], True),
    ("x^2+1e-20", 0, (-2, 2), [], [], True),
    ("x", 0, (0, 1), [(U, 0)], [], True),
    ("x", 1, (0, 1), [(U, 1)], [], True),
    ("sin(pi*x)", 0, (-2, 2), [(U, -2), (U, -1), (U, 0), (U, 1), (U, 2)], [], True),
    ("relu(x)", 0, (-1, 1), [(S, -0.5)], [], True),
    ("5", 5, (-1, 1), [(S, 0)], [], True),
    ("5", 4, (-1, 1), [], [], True),
    ("x/x", 1, (-1, 1), [(S, -0.5), (S, 0.5)], [("hole", 0)], True),
    ("floor(x)", 0.5, (-3, 3), [], [("jump", 1)], True),
    ("round(x)", 0.5, (-3, 3), [], [("jump", 0.5)], True),
    ("where(x<0,-1,1)", 0, (-1, 1), [], [("jump", 0)], True),
    ("floor(x)", 1, (-3, 3), [(S, 1.5)], [], True),
    ("log(x)", -1, (-1, 3), [(U, 0.36787944117144233)], [], True),
    ("log(|x|)", 0, (-3, 3), [(U, -1), (U, 1)], [], True),
    ("sqrt(x)", 1, (-1, 3), [(U, 1)], [], True),
    ("sqrt(x)", 0, (-1, 3), [(T, 0)], [], True),
    ("x^0.5", 1, (-1, 3), [(U, 1)], [], True),
    ("sqrt(1-x^2)", 0.5, (-2, 2), [(U, -0.8660254037844386), (U, 0.8660254037844386)], [], True),
    ("exp(x)", 0, (-5, 5), [], [], True),
    ("(x^2-1)/(x-1)", 2, (-3, 3), [], [("hole", 1)], True),
    ("(x^2-1)/(x-1)", 1.5, (-3, 3), [(U, 0.5)], [("hole", 1)], True),
    ("sin(x)/x", 0.5, (-3, 3), [(U, -1.895494267033981), (U, 1.895494267033981)], [("hole", 0)], True),
    ("|x|", 1, (-3, 3), [(U, -1), (U, 1)], [], True),
    ("|x|", 0, (-3, 3), [(T, 0)], [], True),
    ("cbrt(x)", 0, (-1, 1), [(U, 0)], [], True),
    ("sign(x)", 0, (-1, 1), [(U, 0)], [], True),
    ("heaviside(x,0.5)", 0.5, (-3, 3), [(U, 0)], [], True),
    ("where(x<=1,x,x+1)", 1, (-3, 3), [(U, 1)], [], True),
    ("where(x<1,x^2,3-x)", 1, (-3, 3), [(U, -1), (U, 2)], [("only a limit", 1)], True),
    ("where(x==1,5,x)", 1, (-3, 3), [], [("only a limit", 1)], True),
    ("where(x<1,x,x+1)", 1 + 2**-50, (-3, 3), [], [("jump", 1)], True),
    ("where(x<1,x,x+1)", 1 - 2**-50, (-3, 3), [(D, 1)], [], False),
    ("x-floor(x)", 0, (-1.5, 1.5), [(T, -1), (T, 0), (T, 1)], [], True),
    ("trunc(x)-x", 0, (-1.5, 1.5), [(T, -1), (U, 0), (T, 1)], [], True),
    ("x*floor(x)", 2, (-3, 3), [], [("only a limit", -1), ("only a limit", 2)], True),
    ("round(x+1/2)-x", 0, (-0.7, 0.7), [(T, 0)], [], True),
    # Where the numerator is 0 all along, but f isn't defined everywhere.
    ("tan(x)*cos(x)-sin(x)", 0, (-3, 0), [(S, -2.2853981633974483), (S, -pi / 4)], [("hole", -1.5708)], True),
    ("relu(1/x)", 0, (-5, 5), [(S, -2.5)], [], True),
    ("relu(tan(x))", 0, (-2, 2), [(S, -pi / 4), (S, 1 + pi / 4)], [], True),
    ("relu(x)/relu(x)", 1, (-3, 3), [(S, 1.5)], [], True),
    ("floor(x)/floor(x)", 1, (-3, 3), [(S, -1.5), (S, 2)], [], True),
    ("0/log(x)", 0, (-3, 3), [(S, 0.5), (S, 2)], [("hole", 1)], True),
    ("1/floor(x)", 1, (-3, 3), [(S, 1.5)], [], True),
    ("x^3-2x+2", 0, (-3, 3), [(U, -1.7692923542386314)], [], True),
    ("1e-200*(x-1)", 0, (-5, 5), [(U, 1)], [], True),
    ("1/(1+exp(-x))", 0.5, (-5, 5), [(U, 0)], [], True),
    ("gamma(x)", 2, (0.1, 5), [(U, 0.44287739648472746), (U, 3)], [], True),
    ("gamma(x)", 1, (-3, 3), [(U, 1), (U, 2)], [("pole", -3), ("pole", -2), ("pole", -1), ("pole", 0)], True),
    ("factorial(x)", 2, (-1, 3), [(U, -0.557122603515273), (U, 2)], [("pole", -1)], True),
    ("digamma(x)", 0, (0, 2), [(U, 1.4616321449683623)], [("pole", 0)], True),
    ("digamma(x)", 0, (-1.5, -0.5), [(U, -0.5040830082644554)], [("pole", -1)], True),
    ("x*digamma(x)", -1, (-0.5, 0.5), [(U, 0.46163214496836236)], [("hole", 0)], True),
    # What is outermost is undone on both sides.
    ("exp(1/x)", 2, (-3, 3), [(U, 1.4426950408889634)], [("hole", 0)], True),
    ("exp(1/x)", 1, (-3, 3), [], [("hole", 0)], True),
    ("1/exp(1/x)", 2, (-3, 3), [(U, -1.4426950408889634), (D, 0)], [], False),
    ("3-2atan(1/x)", 2, (-3, 3), [(U, 1.830487721712452)], [("hole", 0)], True),
    ("atan(1/x)", 0, (-3, 3), [], [("hole", 0)], True),
    ("cbrt(1/x)", 0.5, (-20, 20), [(U, 8)], [("pole", 0)], True),
    ("atanh(x)", 1, (-2, 2), [(U, 0.7615941559557649)], [], True),
    ("asin(x)", pi / 2, (-2, 2), [(U, 1)], [], True),
    ("asin(x)", 2, (-2, 2), [], [], True),
    ("acos(x)", 0, (-2, 2), [(T, 1)], [], True),
    ("acosh(x^2)", 0, (-2, 2), [(T, -1), (T, 1)], [], True),
    ("x^(2/3)", 1, (-2, 2), [(U, 1)], [], True),
    ("x^(1/3)", -1, (-2, 2), [], [], True),
    ("(x^2-2)^0.3", 0, (-3, 3), [(T, -(2**0.5)), (T, 2**0.5)], [], True),
    ("sqrt(x^2-2)", 0, (-3, 3), [(T, -(2**0.5)), (T, 2**0.5)], [], True),
    ("sqrt(x^2)", 0, (-3, 3), [(T, 0)], [], True),
    ("(x-1)*sqrt(x^2-3)", 0, (-3, 3), [(T, -(3**0.5)), (T, 3**0.5)], [], True),
    ("x*sqrt(3-x^2)", 0, (-3, 3), [(T, -(3**0.5)), (U, 0), (T, 3**0.5)], [], True),
    ("sqrt(x^2-3)/x", 0, (-3, 3), [(T, -(3**0.5)), (T, 3**0.5)], [], True),
    ("sqrt(-(x^2-3)^2)*x", 0, (1, 3), [(T, 3**0.5)], [], True),
    ("exp(x)*sqrt(x^2-2)", 0, (-3, 3), [(T, -(2**0.5)), (T, 2**0.5)], [], True),
    ("(x^2-2)*exp(log(x-sqrt(2)))", 0, (0, 3), [(D, 2**0.5)], [], False),
    ("(x^2-2)*log(x-sqrt(2))", 0, (0, 2), [(D, 2**0.5)], [], False),
    ("sqrt(-1/x^2)", 1, (-3, 3), [], [], True),
    ("log(x^2)", -1000, (-3, 3), [(U, 0), (U, 0)], [], True),
    ("2|sin(x)|+1", 1, (-1, 4), [(T, 0), (T, pi)], [], True),
    ("exp(floor(x))", 1, (-3, 3), [(S, 0.5)], [], True),
    ("exp(floor(x))", 2, (-3, 3), [], [("jump", 1)], True),
    # Multiple, and so near to each other that rounding hides them.
    ("(x-0.3)^10", 0, (-2, 2), [(T, 0.3)], [], True),
    ("(x^2-2)^3", 0, (-2, 2), [(T, -(2**0.5)), (T, 2**0.5)], [], True),
    ("x^7*(x-1)^5", 0, (-2, 2), [(T, 0), (T, 1)], [], True),
    ("x^20", 0, (-1, 1), [(T, 0)], [], True),
    ("(x-1)^15", 0, (-2, 2), [(T, 1)], [], True),
    ("sin(x)^10", 0, (-4, 4), [(T, -pi), (T, 0), (T, pi)], [], True),
    ("(exp(x)-1)^4", 0, (-1, 2), [(T, 0)], [], True),
    ("(cos(x)-1)*x", 0, (-7, 7), [(T, -2 * pi), (T, 0), (T, 2 * pi)], [], True),
    ("x*(x-2^-70)", 0, (-1, 1), [(U, 0), (U, 2**-70)], [], True),
    ("x*(x-2^-70)*(x+2^-70)*(x-2^-69)", 0, (-1, 1), [(U, -(2**-70)), (U, 0), (U, 2**-70), (U, 2**-69)], [], True),
    ("x^2*(x-1e-18)^2", 0, (-1, 1), [(T, 0), (T, 1e-18)], [], True),
    ("x*(x-1e-20)^2", 0, (-1, 1), [(U, 0), (T, 1e-20)], [], True),
    ("x^4-1e-80", 0, (-1, 1), [(D, 0)], [], False),
    ("(x-1)^2-1e-30", 0, (0, 2), [(U, 1 - 1e-15), (U, 1 + 1e-15)], [], True),
    ("(x-1)^2+1e-18", 0, (0, 2), [], [], True),
    ("x^2-1e-40", 0, (-1, 1), [(U, -1e-20), (U, 1e-20)], [], True),
    ("log(1+x)", 0, (-2.5, 1.5), [(U, 0)], [], True),
    ("cbrt(exp(x))", 1, (-1, 5), [(U, 0)], [], True),
    ("(1-cos(x))/x^2", 0.5, (-3, 3), [], [("hole", 0)], True),
    # Nearer to each other, or to a pole, than the next double.
    ("(x-1)^2", 1e-40, (0, 2), [(D, 1)], [], False),
    ("(x-1)*(x-1-1e-20)", 0, (0, 2.5), [(D, 1)], [], False),
    ("x^2", 1e-320, (-1, 1), [(U, -1e-160), (U, 1e-160)], [], True),
    ("tan(x)", 1e20, (0, 2), [(D, pi / 2)], [("pole", pi / 2)], False),
    ("1/(x-1)", 1e18, (-2, 2), [(D, 1)], [("pole", 1)], False),
    ("1/(3x-1)", -1e17, (-2, 2), [(D, 1 / 3)], [("pole", 1 / 3)], False),
    ("(x^2-2)/(x-sqrt(2))", 0, (-3, 3), [(U, -(2**0.5))], [("hole", 2**0.5)], True),
    # At the window's ends, or less than their rounding beyond.
    ("x^2", 4, (-2, 2), [(U, -2), (U, 2)], [], True),
    ("(x+2)^3", 0, (-2, 2), [(T, -2)], [], True),
    ("sqrt(4-x^2)", 0, (-2, 2), [(T, -2), (T, 2)], [], True),
    ("log(x)", 0, (1, 3), [(U, 1)], [], True),
    ("sin(x)", 0, (0, pi), [(U, 0)], [("beyond", pi)], True),
    ("sin(x)", 0, (-pi, pi), [(U, 0)], [("beyond", -pi), ("beyond", pi)], True),
    ("sin(x)", 0, (0, 3.1416), [(U, 0), (U, pi)], [], True),
    ("x", 1, (-1, 0.9999), [], [], True),
    # Poles, holes and jumps.
    ("1/(x^2-2)", 0, (-3, 3), [], [("pole", -(2**0.5)), ("pole", 2**0.5)], True),
    ("(x-1)/(x^2-1)", 0, (-3, 3), [], [("pole", -1), ("hole", 1)], True),
    ("(x-1)/(x-1)^2", 1, (-3, 3), [(U, 2)], [("pole", 1)], True),
    ("(x-1)^2/(x-1)", 0, (-3, 3), [], [("hole", 1)], True),
    ("1/(1/(x^2-2))", 0, (-3, 3), [], [("hole", -(2**0.5)), ("hole", 2**0.5)], True),
    ("x^-2", -1, (-2, 2), [], [("pole", 0)], True),
    ("cos(x)/x^(-1)", 0, (-3, 3), [(U, -pi / 2), (U, pi / 2)], [("hole", 0)], True),
    ("1/(x+cbrt(x))", 0.5, (-1, 2), [(U, 1)], [("pole", 0)], True),
    ("floor(asin(x)-x/2)", 0.3, (-10, 10), [], [("jump", 0.9974022670356966)], True),
    ("1/tan(x)", 0, (1, 2), [], [("hole", pi / 2)], True),
    ("1/(1+1/x)", 0, (-3, 3), [], [("pole", -1), ("hole", 0)], True),
    ("sec(x)", 1, (-3, 3), [(T, 0)], [("pole", -pi / 2), ("pole", pi / 2)], True),
    ("tan(x)^2", 0, (-2, 2), [(T, 0)], [("pole", -pi / 2), ("pole", pi / 2)], True),
    ("1/sqrt(x)", 2, (-1, 1), [(U, 0.25)], [("pole", 0)], True),
    ("1/|x|", 2, (-1, 1), [(U, -0.5), (U, 0.5)], [("pole", 0)], True),
    ("1/cbrt(cos(x))", 1, (-2, 2), [(T, 0)], [("pole", -pi / 2), ("pole", pi / 2)], True),
    ("x-floor(x)", 0.25, (-1, 1), [(U, -0.75), (U, 0.25)], [("jump", 0), ("jump", 1)], True),
    ("floor(x)+x", 0.5, (-2, 2), [(U, 0.5)], [], True),
    ("floor(x)+x", 1, (-2, 2), [], [("only a limit", 1)], True),
    ("where(x<=1,x,x+1)", 1.5, (-2, 3), [], [("jump", 1)], True),
    ("floor(tanh(x)+2x)-floor(x)-0.5", -2, (-1.2, -0.9), [], [("jump", -1.0998), ("jump", -1)], True),
    ("(2+x^2)/(x/4-floor(x))", 0.5, (0, 1.2), [], [("pole", 0), ("jump", 1)], True),
    # Kinks, ends of the domain, and stretches.
    ("|sin(x)|", 0, (-4, 4), [(T, -pi), (T, 0), (T, pi)], [], True),
    ("x*|x|", 0, (-1, 1), [(U, 0)], [], True),
    ("sqrt(x^2-2)*(x^2-2)", 0, (-3, 3), [(T, -(2**0.5)), (T, 2**0.5)], [], True),
    ("sqrt(|x|)", 0, (-1, 1), [(T, 0)], [], True),
    ("x^(2/3)", 0, (0, 1), [(T, 0)], [], True),
    ("x*log(x)", 0, (-1, 2), [(U, 1)], [("hole", 0)], True),
    ("log(x)*log(1-x)", 0, (-1, 2), [], [("hole", 0), ("hole", 1)], True),
    ("x^0.5*(x-1)", 0, (-1, 2), [(T, 0), (U, 1)], [], True),
    ("|x-1|+|x+1|", 2, (-3, 3), [(S, 0)], [], True),
    ("x/|x|", 1, (-1, 1), [(S, 0.5)], [("hole", 0)], True),
    ("|x|-x", 0, (-1, 1), [(S, 0.5)], [], True),
    ("x+relu(x+1)-relu(2x)", 1, (-3, 3), [(S, 1.5)], [], True),
    ("abs(sign(x))", 1, (-2, 2), [(S, -1), (S, 1)], [], True),
    ("relu(x)*relu(-x)", 0, (-1, 2), [(S, 0.5)], [], True),
    ("min(x,1)", 1, (-2, 2), [(S, 1.5)], [], True),
    ("|x^2-1|", 1, (-2, 2), [(U, -(2**0.5)), (T, 0), (U, 2**0.5)], [], True),
    ("0/x", 0, (-1, 1), [(S, -0.5), (S, 0.5)], [("hole", 0)], True),
    # Nearly reached, and reached by rounding only.
    ("erf(x)", 1, (-10, 10), [], [], True),
    ("tanh(x)", 1, (-30, 30), [], [], True),
    ("exp(-x^2)", 0, (-40, 40), [], [], True),
    ("exp(1/x)", 0, (-3, 3), [], [], True),
    ("exp(-1/x^2)", 0, (-3, 3), [], [], True),
    ("exp(-x^2)*(x-1)", 0, (-40, 40), [(U, 1)], [], True),
    ("x^100", 1e-300, (-1, 1), [(U, -1e-3), (U, 1e-3)], [], True),
    ("exp(x)-x-1", 0, (-1, 1), [(T, 0)], [], True),
]  # fmt: skip


@pytest.mark.parametrize("text, y, window, roots, breaks, complete", KNOWN)
def test_every_solution_is_found_and_labelled(text, y, window, roots, breaks, complete):
    found = solutions(parse(text), y, window)
    assert [root.status for root in found.roots] == [status for status, _x in roots]
    assert [root.x for root in found.roots] == pytest.approx([x for _status, x in roots], rel=1e-15, abs=1e-13)
    assert [found.kind for found in found.breaks] == [kind for kind, _x in breaks]
    assert [found.x for found in found.breaks] == pytest.approx([x for _kind, x in breaks], rel=1e-4, abs=1e-13)
    assert found.complete is complete
    assert all(root.low <= root.x <= root.high for root in found.roots)


@pytest.mark.parametrize("text, y, window, count", [
    ("sin(20x)", 0, (-3, 3), 39),
    ("sin(1/x)", 0, (0.01, 1), 31),
    ("sin(x)", 0.5, (-100, 100), 63),
    ("cos(40acos(x))", 0, (-1, 1), 40),  # Chebyshev's polynomial
    ("x*sin(1/x)", 0, (0.02, 1), 15),
    ("exp(-x^2)*sin(10x)", 0, (-3, 3), 19),
    ("tan(x)", 3, (-20, 20), 12),
    ("mod(x, 2)", 1, (-6, 6), 6),
])  # fmt: skip
def test_many_solutions_are_counted_exactly(text, y, window, count):
    found = solutions(parse(text), y, window)
    assert found.complete
    assert [root.status for root in found.roots] == [Label.UNIQUE] * count


def test_a_search_for_poles_that_stops_early_is_said_to():
    few, many = (solutions(parse(text), -1, (-10, 10)) for text in ("1/sin(x^2) + 3", "1/sin(8x^2) + 3"))
    assert not few.more_breaks
    assert many.more_breaks


def test_the_count_of_a_product_of_linear_factors_is_right_whatever_their_distance():
    for gap in (1.0, 1e-3, 1e-6, 1e-9):
        text = "*".join(f"(x-{k}*{gap!r})" for k in range(4))
        found = solutions(parse(text), 0, (-3.3 * gap, 5.1 * gap))
        assert [root.x for root in found.roots] == pytest.approx([k * gap for k in range(4)], rel=1e-15, abs=1e-300)
        assert found.complete


def test_a_search_that_exhausts_its_budget_says_so():
    found = solutions(parse("sin(1/x)"), 0, (-1, 1))
    assert not found.complete
    assert found.exhausted
    assert Label.UNDECIDED in {root.status for root in found.roots}
    assert "still undecided" in str(found.message)


def test_there_is_no_proof_for_noise():
    found = solutions(parse("x + rand()"), 1, (-1, 1))
    assert found.roots == ()
    assert not found.complete
    assert "rand" in str(found.message)


def test_a_root_unpacks_as_the_four_things_that_are_known_of_it():
    x, status, low, high = solutions(parse("x^2"), 4, (0, 5)).roots[0]
    assert (x, status, low, high) == (2, "unique", 2, 2)


@pytest.mark.parametrize(
    "text, y, window", [("[x, 1]", 0, (0, 1)), ("x", inf, (0, 1)), ("x", 0, (1, 1)), ("x", 0, (0, inf))]
)
def test_a_bad_argument_is_a_value_error(text, y, window):
    with pytest.raises(ValueError):
        solutions(parse(text), y, window)


@pytest.mark.parametrize("text, y, window", [row[:3] for row in KNOWN if any(status == U for status, _x in row[3])])
def test_a_unique_solution_has_a_change_of_sign_at_50_digits(text, y, window):
    """Between low and high, or a value of exactly y."""
    formula = symbolic(parse(text))
    (letter,) = formula.free_symbols
    for root in solutions(parse(text), y, window).roots:
        if root.status is Label.UNIQUE:
            ends = [
                sympy.N(formula.subs(letter, sympy.Rational(x)) - sympy.Rational(y), 50) for x in (root.low, root.high)
            ]
            assert ends == [0, 0] if root.exact else ends[0] * ends[1] < 0


@pytest.mark.parametrize("text, y, x", [
    ("tan(x)^2", 1, pi / 4), ("(3x-1)^3", 1, 2 / 3), ("1/x^2", 0.5, 2**0.5), ("cos(x)-x", 0, 0.7390851332151607),
])  # fmt: skip
def test_a_simple_solution_is_the_nearest_double(text, y, x):
    assert [root.x for root in solutions(parse(text), y, (0.1, 1.5)).roots] == [x]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(-40, 40), min_size=1, max_size=6), st.integers(1, 8))
def test_polynomials_with_known_roots(roots, scale):
    """Roots k/scale, some of them multiple: each is found once, a multiple one is never called unique."""
    text = "*".join(f"({scale}*x-({k}))" for k in roots)
    found = solutions(parse(text), 0, (-45.0, 45.0))
    assert [root.x for root in found.roots] == pytest.approx(sorted({k / scale for k in roots}), rel=1e-15, abs=1e-12)
    for root in found.roots:
        times = sum(abs(k / scale - root.x) < 1e-9 for k in roots)
        assert (root.status is Label.UNIQUE) == (times == 1)
        if root.status is Label.TOUCHING:
            assert root.multiplicity == times


@settings(max_examples=60, deadline=None)
@given(st.floats(0.1, 3), st.floats(-2, 2), st.floats(0.2, 5), st.floats(-3, 3))
def test_the_inverse_of_a_monotone_function_comes_back(a, b, c, x):
    """To 4 units in the last place of what rounding of y leaves open."""
    expression = parse(f"{a!r}*x^3 + {c!r}*x + sinh({b!r}) + atan(x)")
    y = float(evaluate(expression, {"x": torch.tensor([x], dtype=torch.float64)})[0])
    found = solutions(expression, y, (-4.0, 4.0))
    assert found.complete
    (root,) = found.roots
    slope = 3 * a * x * x + c + 1 / (1 + x * x)
    largest = max(abs(y), abs(a * x**3), abs(c * x), 4.0)
    assert abs(root.x - x) <= 4 * (nextafter(abs(x), inf) - abs(x) + 2**-52 * largest / slope)
    assert isfinite(root.x)


@pytest.mark.parametrize("text, y, window, ends, closed", [
    ("floor(x)", 1, (-3, 3), (1, 2), (True, False)),
    ("ceil(x)", 1, (-3, 3), (0, 1), (False, True)),
    ("round(x)", 1, (-300, 700), (0.5, 1.5), (False, False)),
    ("relu(x)", 0, (-1, 1), (-1, 0), (True, True)),
    ("7", 7, (-2, 2), (-2, 2), (True, True)),
])  # fmt: skip
def test_a_stretch_ends_where_it_ends_and_says_whether_the_end_belongs_to_it(text, y, window, ends, closed):
    expression = parse(text)
    (root,) = solutions(expression, y, window).roots
    assert (root.low, root.high) == ends
    assert root.closed == closed
    at_the_ends = evaluate(expression, {"x": torch.tensor(ends, dtype=torch.float64)}).expand(2) == y
    assert tuple(at_the_ends.tolist()) == closed
    message = str(root.message)
    assert ("just above" in message, "just below" in message) == (not closed[0], not closed[1])


@pytest.mark.parametrize("text, y, likely", [
    ("sin(x)^2+cos(x)^2", 1, True),
    ("(x+1)^2-x^2-2x", 1, True),
    ("cosh(x)^2-sinh(x)^2", 1, True),
    ("exp(2*log(x))-x^2", 0, True),
    ("(x^2-1)/(x-1)-x", 1, True),
    ("sin(x)^2+cos(x)^2+1e-100*x", 1, False),
    ("sin(x)^2+cos(x)^2", 1 + 2**-52, False),
    ("tan(30x)", 1, False),
])  # fmt: skip
def test_an_identity_is_called_likely_and_never_proved(text, y, likely):
    found = solutions(parse(text), y, (-3, 3))
    assert any(root.everywhere for root in found.roots) is likely
    assert not any(root.everywhere and (root.certain or found.complete) for root in found.roots)
    assert not (likely and found.exhausted)  # more boxes would not help


@pytest.mark.parametrize("text, window, ends", [
    ("exp(log(x))-x", (-2, 2), (0, 2)),
    ("asin(sin(x))-x", (-5, 5), (-pi / 2, pi / 2)),
])  # fmt: skip
def test_a_likely_identity_ends_where_f_is_no_longer_y(text, window, ends):
    (root,) = (root for root in solutions(parse(text), 0, window).roots if root.everywhere)
    assert (root.low, root.high) == pytest.approx(ends, abs=1e-14)
    assert root.low < root.x < root.high


def test_what_a_jump_leaves_is_0_and_no_rounding_error():
    found = solutions(parse("x-floor(x)"), 0.5, (-1.5, 1.5))
    assert [(place.before, place.after) for place in found.breaks] == [(pytest.approx(1), 0)] * 3


def test_what_the_budget_leaves_over_beside_a_stretch_is_not_taken_for_its_end():
    found = solutions(parse("sign(sin(50x))"), 1, (-10, 10))
    for root in found.roots:
        if root.status is Label.STRETCH:
            x = torch.linspace(root.low, root.high, 50, dtype=torch.float64)[1:-1]
            assert bool((torch.sin(50 * x) > 0).all())
