"""What the steps of a run say of its speed, and where a run begins that nobody has told."""

import math
from itertools import pairwise

import pytest

from lib.expression import parse
from lib.inverse import METHODS, automatic_bracket, automatic_start, convergence, destination, solutions, solve

POWERS = "x^2+x^3+x^4"
ROOT = 0.6823278038280193


def seen(text, y, method, **begin):
    f = parse(text)
    trace = solve(f, y, method, **begin)
    return trace, convergence(trace, destination(trace, solutions(f, y, (-4, 4))))


@pytest.mark.parametrize(
    "method, order",
    [("newton", 2), ("halley", 3), ("secant", 1.618), ("bisection", 1), ("regula_falsi", 1), ("guarded_newton", 2)],
)
def test_the_observed_order_is_that_of_the_textbook(method, order):
    _trace, found = seen("exp(x)", 5, method, start=3, bracket=(0, 4))
    assert found.order == pytest.approx(order, abs=0.1)


def test_at_a_tenfold_solution_newton_is_of_order_1_with_ratio_9_10():
    _trace, found = seen("(x-1)^10", 0, "newton", start=2)
    assert found.order == pytest.approx(1, abs=1e-6)
    assert found.ratios[50] == pytest.approx(0.9)


def test_errors_are_distances_to_the_solution_that_the_run_went_to():
    trace, found = seen(POWERS, 1, "newton", start=1)
    assert found.errors == pytest.approx([abs(step.x - ROOT) for step in trace.steps])
    assert math.isnan(found.ratios[0])
    _trace, found = seen("x^2 + 1", 0, "newton", start=1)
    assert all(map(math.isnan, found.errors))
    assert found.order is None


def test_a_run_that_left_the_window_of_the_proof_has_its_own_end_as_solution():
    trace, found = seen("(x-1)*(x-9)", 0, "newton", start=20)
    assert trace.x == pytest.approx(9)
    assert found.errors[-1] == 0


@pytest.mark.parametrize("method", [name for name in METHODS if METHODS[name].brackets])
@pytest.mark.parametrize("text, y, bracket", [(POWERS, 1, (0, 2)), ("cos(x)-x", 0, (0, 1)), ("exp(x)", 5, (0, 4))])
def test_brackets_with_interpolation_need_a_third_of_the_steps_of_bisection(method, text, y, bracket):
    steps = len(solve(parse(text), y, method, bracket=bracket).steps)
    assert steps <= 18 or method in ("bisection", "regula_falsi")


@pytest.mark.parametrize("method", METHODS)
def test_what_a_step_went_through_leads_to_the_x_that_follows(method):
    f = parse(POWERS)
    steps = solve(f, 1, method, start=1.5, bracket=(0.1, 2)).steps
    for step, following in pairwise(steps[:7]):
        if len(step.through) != 2:
            continue
        a, b = step.through
        lands = a.x + (1 - a.f) * (b.x - a.x) / (b.f - a.f)
        target = step.x if step.ends else following.x
        assert lands == pytest.approx(target, abs=1e-6) or method in ("itp", "toms748")


def test_a_start_and_a_bracket_are_found():
    f = parse(POWERS)
    assert automatic_start(f, 1, (-2, 2)) == 1
    assert automatic_bracket(f, 1, (-2, 2)) == (0, 2)
    low, high = automatic_bracket(parse("tan(x)"), 1, (-5, 5))
    assert low < math.pi / 4 < high < math.pi / 2
    assert automatic_bracket(parse("1/x"), 0, (-2, 2)) is None
    assert automatic_bracket(parse("x^2 + 1"), 0, (-2, 2)) is None


@pytest.mark.parametrize("method", [name for name in METHODS if METHODS[name].brackets])
def test_no_method_takes_the_pole_of_tan_for_a_solution(method):
    trace = solve(parse("tan(x)"), 0, method, bracket=(1, 2))
    assert trace.status.name == "POLE"
    assert "x = 1.5708" in trace.message


def test_on_a_stretch_of_solutions_every_x_is_exact():
    f = parse("floor(x)")
    trace = solve(f, 1, "newton", start=1.2)
    found = convergence(trace, destination(trace, solutions(f, 1, (-3, 3))))
    assert found.errors == (0.0,)


def test_a_level_stretch_is_told_with_its_length():
    trace = solve(parse("floor(x)"), 1, "newton", start=1.5)
    assert trace.error == pytest.approx(0.5, rel=0.01)


@pytest.mark.parametrize("text, y", [("x^2", 1), ("x^3-1", 0), ("x^2", 2.25)])
def test_the_automatic_start_leaves_steps_to_watch(text, y):
    f = parse(text)
    start = automatic_start(f, y, (-2, 2))
    assert all(abs(root.x - start) > 1e-3 for root in solutions(f, y, (-2, 2)).roots)
    trace = solve(f, y, "newton", start=start)
    assert trace.status.found
    assert len(trace.steps) > 2


def test_the_secant_method_counts_f_at_its_start():
    assert solve(parse("x^2"), 1, "secant", start=1).steps[-1].evaluations == (1, 0)
