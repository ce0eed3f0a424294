"""Descent against minima known in closed form, and steps worked out by hand."""

import pytest

from lib.calculus.descent import METHODS, Ending, descend
from lib.expression import parse

ROSENBROCK = parse("(1 - x)^2 + 100 (y - x^2)^2")


@pytest.mark.parametrize("method", ["safeguarded", "lbfgs", "newton"])
def test_rosenbrocks_valley(method):
    path = descend(ROSENBROCK, (-1.2, 1), method)
    assert path.ending is Ending.MINIMUM
    assert path.steps[-1].point == pytest.approx((1, 1), abs=1e-5)
    assert path.steps[0].value == pytest.approx(24.2)


@pytest.mark.parametrize("method", METHODS)
def test_every_method_finds_the_bottom_of_a_bowl(method):
    path = descend(parse("(x - 3)^2 + 2 (y + 1)^2 + 5"), (0, 0), method, rate=0.1, steps=1000)
    assert path.ending is Ending.MINIMUM
    assert path.steps[-1].point == pytest.approx((3, -1), abs=1e-6)
    assert path.steps[-1].value == pytest.approx(5)


def test_the_steps_of_gradient_descent_and_of_momentum():
    """x ← x − 0.1·2x; and with momentum 0.9, v ← 0.9 v + 2x, x ← x − 0.1 v."""
    plain = [step.point[0] for step in descend(parse("x^2 + 0y"), (1, 0), "gradient", rate=0.1, steps=3).steps]
    assert plain == pytest.approx([1, 0.8, 0.64, 0.512])
    heavy = [step.point[0] for step in descend(parse("x^2 + 0y"), (1, 0), "momentum", rate=0.1, steps=3).steps]
    assert heavy == pytest.approx([1, 0.8, 0.46, 0.062])


def test_newton_walks_to_a_saddle_and_says_so_and_the_line_search_walks_past_it():
    saddle = parse("x^2 - y^2 + y^4/4")
    path = descend(saddle, (1, 0.1), "newton")
    assert path.ending is Ending.CRITICAL
    assert "saddle point" in str(path.message)
    assert descend(saddle, (1, 0.1), "safeguarded").steps[-1].point == pytest.approx((0, 2**0.5), abs=1e-6)


@pytest.mark.parametrize(
    "text, start, rate, ending",
    [
        ("x^2 + y^2", (1, 1), 2.0, Ending.AWAY),
        ("sqrt(x) + y^2", (0.1, 1), 1.0, Ending.LEFT),
        ("log(x) + y", (-1, 1), 0.1, Ending.LEFT),
        ("x^2 + y^2", (1, 1), 1e-4, Ending.LIMIT),
        ("5", (1, 1), 0.1, Ending.LEVEL),
        ("x^4 + y^4", (0, 0), 0.1, Ending.LEVEL),
        ("-x^2 - y^2", (0, 0), 0.1, Ending.CRITICAL),
        ("2x + 1", (1, 1), 1e-20, Ending.STUCK),
    ],
)
def test_how_it_ended(text, start, rate, ending):
    assert descend(parse(text), start, "gradient", rate=rate).ending is ending


@pytest.mark.parametrize("method", METHODS)
def test_f_never_rises_by_a_line_search_and_a_linear_function_ends_in_words(method):
    path = descend(parse("2x + 1"), (1, 1), method, rate=1)
    assert path.ending in (Ending.LIMIT, Ending.AWAY, Ending.STUCK)
    if method in ("safeguarded", "lbfgs"):
        values = [step.value for step in descend(ROSENBROCK, (-1.2, 1), method).steps]
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("text", "start", "method", "ending", "says"),
    [
        ("x^4 - y^2", (2, 3), "safeguarded", Ending.AWAY, "f falls all the way"),
        ("x^2 + y^2", (1, 1), "gradient", Ending.AWAY, "Lower the rate or start elsewhere."),
        ("sqrt(x) + log(y)", (1, 1), "safeguarded", Ending.LEFT, "Start elsewhere."),
        ("1/(x^2 + y^2)", (1, 1), "newton", Ending.FLAT, "f levels out here"),
        ("1/(x^2 + y^2)", (1, 1), "lbfgs", Ending.FLAT, "f levels out here"),
    ],
)
def test_what_is_said_of_a_path_that_ends_at_no_critical_point(text, start, method, ending, says):
    path = descend(parse(text), start, method, rate=2.0)
    assert path.ending is ending
    assert says in str(path.message)
    assert ("Lower the rate" in str(path.message)) == METHODS[method].rated


def test_an_unknown_method_is_refused():
    with pytest.raises(ValueError, match="method"):
        descend(parse("x + y"), (1, 1), "luck")


def test_a_small_gradient_is_not_called_0():
    said = str(descend(ROSENBROCK, (-1.2, 1), "newton").message)
    small = descend(parse("x^2 + y^2 + x^4"), (1, 1), "gradient", rate=0.1)
    assert "The gradient is 0 after 0 steps" in str(descend(parse("x^4 + y^4"), (0, 0), "gradient").message)
    assert f"|∇f| = {small.steps[-1].norm:.3g} ≤ 2e-08" in str(small.message)
    assert "≤ 8.02e-06" in said
