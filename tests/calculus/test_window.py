"""The window that a function opens with."""

import pytest

from lib.calculus import automatic_window
from lib.expression import parse


@pytest.mark.parametrize(
    "text, window",
    [
        ("x", (-3, 3)), ("7", (-3, 3)), ("x^2", (-3, 3)), ("1/x", (-3, 3)), ("abs(x)", (-3, 3)), ("exp(x)", (-3, 3)),
        ("x^2 - 1", (-3, 3)), ("x^2 - 10000", (-200, 200)), ("x(x-100)(x+100)", (-200, 200)), ("sin(x)", (-10, 10)),
        ("sin(100x)", (-0.1, 0.1)), ("1/(x - 10)", (-20, 20)), ("(x - 3)^2 + 1e5", (-5, 5)), ("1e6 x", (-3, 3)),
        ("sin(1/x)", (-1, 1)), ("log(x)", (-1, 9)), ("log(-x)", (-9, 1)), ("log(log(x))", (0, 10)),
        ("sqrt(1 - x^2)", (-1.5, 1.5)), ("sqrt(x - 1000)", (999, 1009)), ("sqrt(x - 9000)", (8999, 9009)),
        ("exp(1000x)", (-0.005, 0.005)),
        ("gamma(x)", (-5, 5)), ("log(x - 3)", (2, 12)), ("sqrt(sin(x))", (-10, 10)),
        ("log(-1 - x^2)", (-3, 3)), ("log(x^2 - 4)", (-5, 5)),
        ("exp(-(x - 50)^2)", (45, 55)), ("exp(-1e6x^2)", (-0.005, 0.005)), ("tanh(100x)", (-0.05, 0.05)),
        ("1/(1 + exp(-(x - 100)))", (90, 110)), ("sin(1000x)", (-0.01, 0.01)), ("tan(x)", (-10, 10)),
        ("where(x > 70, 1, 0)", (-100, 100)), ("sign(x)", (-3, 3)), ("erf(1000(x - 3))", (2.995, 3.005)),
        ("where(x > 0, x, -x)", (-3, 3)), ("where(x > 0, x^2, -x)", (-3, 3)),
        ("1/(1 + x^2)", (-3, 3)), ("atan(x)", (-3, 3)), ("relu(x - 2)", (-3, 3)), ("x exp(-x^2)", (-3, 3)),
        ("x + rand()", (-3, 3)), ("[x, x^2 - 10000]", (-200, 200)), ("j0(x)", (-10, 10)), ("sin(x)/x", (-10, 10)),
        ("1/log(x)", (-1, 9)), ("x^(1/3)", (-1, 9)), ("(x^2 - 1)/(x - 1)", (-3, 3)), ("x^10", (-3, 3)),
    ],
)  # fmt: skip
def test_shows_roots_extrema_and_the_domain_between_round_ends(text, window):
    assert automatic_window(parse(text)) == window


@pytest.mark.parametrize(
    ("text", "window"),
    [
        ("x^x", (-0.3, 2.1)), ("x^100", (-1, 1)), ("x^20 - 1", (-1.2, 1.2)), ("x^2 exp(-x)", (-1.4, 3)),
        ("x^5 - x^4", (-0.9, 1.4)), ("(x-1)(x-2)(x-3)(x-4)", (0, 5)), ("exp(exp(x))", (-2, 2)), ("exp(5x)", (-1, 1)),
        ("exp(-5x)", (-1, 1)), ("x log(x)", (-0.4, 3.2)), ("x^3 - 3x", (-3, 3)), ("cosh(x) - 1000", (-10, 10)),
        ("[x^2 exp(-x), x]", (-3, 3)), ("exp(x) - 100", (-10, 8)), ("sinh(x) - 50", (-7, 7.5)),
        ("prod(x - i, i, 1, 8)", (0.7, 8.3)), ("x(x^2-1)(x^2-4)(x^2-9)", (-3.3, 3.3)),
        ("exp(3x) - 5exp(2x)", (-3, 2.2)), ("exp(2x) - exp(x)", (-3, 0.8)), ("3x^2 + 5x + 6e^x", (-3, 3)),
    ],
)  # fmt: skip
def test_growth_does_not_hide_what_there_is_to_see(text, window):
    assert automatic_window(parse(text)) == window


@pytest.mark.parametrize("text", ["x^2 - 1", "log(x)", "sqrt(1 - x^2)", "exp(1000x)", "x + rand()"])
def test_holds_all_points(text):
    a, b = automatic_window(parse(text), [-7.5, 0.0, 33.3])
    assert a < -7.5 < 33.3 < b


def test_knows_the_variable_and_the_other_letters():
    assert automatic_window(parse("t^2 - a"), variable="t", at={"a": 10000.0}) == (-200, 200)
