"""Every method on shared problems, and the true story of every way to end."""

import copy
import json
import pickle
from itertools import pairwise
from math import cos, exp, isnan, nan, pi
from pathlib import Path

import mpmath
import pytest

from lib.expression import parse
from lib.inverse import METHODS, Status, solve
from lib.message import Message

QUESTIONS = {
    q["id"]: q for q in json.loads((Path(__file__).parents[1] / "cases" / "questions.json").read_text("utf-8"))
}
POWERS = "x^2+x^3+x^4"

# f, y, start, bracket, the solution in mpmath
PROBLEMS = [
    ("x^2 - 2", 0, 1, (0, 2), lambda: mpmath.sqrt(2)),
    ("cos(x) - x", 0, 1, (0, 1), lambda: mpmath.findroot(lambda x: mpmath.cos(x) - x, 0.7)),
    ("exp(x)", 10, 2, (0, 5), lambda: mpmath.log(10)),
    ("x^3", -27, -2, (-10, 1), lambda: -3),
    ("log(x)", 0.5, 1, (1, 3), lambda: mpmath.exp(0.5)),
    ("x e^x", 1, 1, (0, 1), lambda: mpmath.lambertw(1)),
    ("tan(x)", 1, 0.5, (0, 1.5), lambda: mpmath.pi / 4),
    ("1e-200 (x - 1)", 0, 3, (0, 3), lambda: 1),
    ("1e300 (x - 1)", 0, 3, (0, 3), lambda: 1),
    ("x - 1e-9", 0, 1, (-1, 2), lambda: mpmath.mpf("1e-9")),
    ("x^2", 1e12, 1e5, (0, 1e7), lambda: 10**6),
    ("atan(x)", 1, 1, (-5, 5), lambda: mpmath.tan(1)),
    (POWERS, 1, 1, (0, 1), lambda: mpmath.findroot(lambda x: x**2 + x**3 + x**4 - 1, 0.7)),
]


def run(text, y, method, **keywords):
    return solve(parse(text), y, method, **keywords)


# Methods of order 1 need more steps than the default, and one converges only where its ratio is below 1.
LINEAR = {"regula_falsi", "fixed_point"}
SURE = [method for method in METHODS if method not in LINEAR]


def begin(method, start, bracket):
    return {"bracket": bracket} if METHODS[method].brackets else {"start": start}


@pytest.mark.parametrize("method", SURE)
@pytest.mark.parametrize("text, y, start, bracket, solution", PROBLEMS, ids=[f"{p[0]} = {p[1]}" for p in PROBLEMS])
def test_every_method_solves_every_problem(method, text, y, start, bracket, solution):
    trace = run(text, y, method, **begin(method, start, bracket))
    with mpmath.workdps(30):
        exact = float(solution())
    assert trace.status.found, trace.message
    assert trace.x == pytest.approx(exact, rel=4e-16 * 4, abs=1e-17)
    assert trace.steps[-1].x == trace.x


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("text, y, start, bracket, solution", PROBLEMS, ids=[f"{p[0]} = {p[1]}" for p in PROBLEMS])
def test_every_trace_is_consistent(method, text, y, start, bracket, solution):
    steps = run(text, y, method, **begin(method, start, bracket)).steps
    assert [step.k for step in steps] == list(range(len(steps)))
    for step, after in pairwise(steps):
        if METHODS[method].brackets:
            low, high = after.bracket
            assert step.bracket[0] <= low <= high <= step.bracket[1]
            assert (after.ends[0].f < y) != (after.ends[1].f < y)
        elif method == "newton":
            assert after.x == step.x - (step.f - y) / step.derivative


@pytest.mark.parametrize("method", SURE)
@pytest.mark.parametrize("target", QUESTIONS["powers-inverse"]["targets"], ids=lambda t: f"y = {t['y']}")
def test_answers_the_question_about_the_inverse(method, target):
    y, window = target["y"], tuple(target["window"])
    for solution in target["solutions"]:
        bracket = (solution - 0.6, solution + 0.6)
        trace = run(POWERS, y, method, window=window, **begin(method, solution + 0.6, bracket))
        if y == 0 and METHODS[method].brackets:
            assert trace.status is Status.NO_SIGN_CHANGE
        else:
            assert trace.status.found
            assert trace.x == pytest.approx(solution, rel=1e-15, abs=1e-17)
    if not target["solutions"]:
        trace = run(POWERS, y, method, window=window, **begin(method, 1, window))
        assert not trace.status.found


@pytest.mark.parametrize("method", METHODS)
def test_the_published_inverse_to_the_last_digit(method):
    found = run(POWERS, 1, method, **begin(method, 0.7, (0, 1))).x
    assert found == pytest.approx(0.6823278038280193, rel=1e-15 if method in LINEAR else 4e-16)


def test_regula_falsi_keeps_an_end_and_converges_by_its_steps():
    trace = run("exp(x)", 2, "regula_falsi", bracket=(0, 2))
    assert trace.status.found
    assert trace.x == pytest.approx(0.6931471805599453, rel=1e-13)
    assert {step.bracket[1] for step in trace.steps[:20]} == {2}


@pytest.mark.parametrize("start, found", [(0.6, True), (1.0, True), (0.1, False)])
def test_fixed_point_converges_where_the_slope_of_its_map_is_below_one(start, found):
    """g' = 1 − f'(x*)/f'(x_0) at the solution x* = 0.682, where f' = 4.03."""
    slope = 2 * start + 3 * start**2 + 4 * start**3
    assert (abs(1 - 4.03206 / slope) < 1) is found
    assert run(POWERS, 1, "fixed_point", start=start).status.found is found


# f, y, method, where it begins, how it ends, words of the sentence
STORIES = [
    ("x^3 - 2x + 2", 0, "newton", {"start": 0}, "CYCLE", "length 2"),
    ("x^3 - 2x + 2", 0, "newton", {"start": 0.1}, "CYCLE", "length 2"),
    ("x + sign(x - 0.3)", 0.3, "newton", {"start": 0}, "CYCLE", "length 2"),
    ("x exp(-x)", 0, "newton", {"start": 2}, "RUNS_AWAY", "still going"),
    ("x exp(-x)", 0, "newton", {"start": 2, "window": (-1, 5)}, "LEFT_WINDOW", "[-1, 5]"),
    ("atan(x)", 0, "newton", {"start": 2}, "RUNS_AWAY", "still going"),
    ("exp(x)", 0, "newton", {"start": 0}, "RUNS_AWAY", "x = -100"),
    ("cbrt(x)", 0, "newton", {"start": 1, "window": (-2, 2)}, "LEFT_WINDOW", "x = -8 at step 3"),
    ("x^2 + 1", 0, "newton", {"start": 0.5}, "TOO_MANY_STEPS", "whether f reaches y = 0"),
    ("x^2 + 1", 0, "newton", {"start": 1}, "FLAT", "horizontal"),
    ("x^2", 1, "newton", {"start": 0}, "FLAT", "x = 0"),
    ("5", 4, "newton", {"start": 1}, "FLAT", "horizontal"),
    ("|x|", 1, "newton", {"start": 0}, "KINK", "convention"),
    ("relu(x) + floor(x)", 1, "halley", {"start": 0}, "KINK", "kink"),
    ("sin(x) + x/3", 0.7, "fixed_point", {"start": 1.25}, "STILL_SLOW", "about 0.83"),
    ("(x - 1)^10", 0, "newton", {"start": 2}, "STILL_SLOW", "about 0.9"),
    ("(x - 1)^3", 0, "newton", {"start": 2}, "CONVERGED_SLOWLY", "about 0.67"),
    (POWERS, 0, "newton", {"start": 1}, "CONVERGED_SLOWLY", "about 0.5"),
    ("x^3 - 3x^2 + 3x - 1", 0, "newton", {"start": 2}, "EXACT_WITHIN", "x = 1"),
    ("x exp(-x)", 0, "newton", {"start": 800}, "EXACT_WITHIN", "away"),
    ("sqrt(x)", 0, "newton", {"start": 1}, "UNDEFINED", "x = -1"),
    ("log(x)", 0, "newton", {"start": 3}, "UNDEFINED", "undefined"),
    ("log(x)", 0, "newton", {"start": -1}, "UNDEFINED", "step 0"),
    ("sqrt(x)", 2, "newton", {"start": 0}, "NO_DERIVATIVE", "no derivative"),
    ("x^2", 4, "newton", {"start": 2}, "EXACT", "step 0"),
    ("x^2 + 1", 0, "damped_newton", {"start": 0.5}, "NO_DECREASE", "a minimum near there"),
    (POWERS, -1, "newton", {"start": 1}, "TOO_MANY_STEPS", "100 steps"),
    (POWERS, 1, "bisection", {"bracket": (-2, 2)}, "NO_SIGN_CHANGE", "Try [-2, 0]"),
    (POWERS, 1, "bisection", {"bracket": (1, 2), "window": (-2, 2)}, "NO_SIGN_CHANGE", "Try [0, 2]"),
    (POWERS, -1, "bisection", {"bracket": (-2, 2), "window": (-5, 5)}, "NO_SIGN_CHANGE", "scan of [-5, 5]"),
    ("1/x", 0, "bisection", {"bracket": (1, 2), "window": (-3, 4)}, "NO_SIGN_CHANGE", "met none"),
    ("tan(x)", 0, "bisection", {"bracket": (1, 2)}, "POLE", "x = 1.5708"),
    ("1/x", 0, "bisection", {"bracket": (-1, 1)}, "POLE", "pole near x = 0"),
    ("1/x", 0, "bisection", {"bracket": (-1, 2)}, "POLE", "pole"),
    ("1e-200 tan(x)", 0, "bisection", {"bracket": (1, 2)}, "POLE", "pole"),
    ("1/(x - 0.3)^3", 5, "bisection", {"bracket": (-1, 2)}, "NO_SIGN_CHANGE", "Try [0.5, 2]"),
    ("sign(x - 0.3)", 0.5, "bisection", {"bracket": (0, 1)}, "JUMP", "from -1 to 1"),
    ("sign(x - 0.3)", 0, "bisection", {"bracket": (0, 1)}, "EXACT_AT_JUMP", "jumps there from -1 to 1"),
    ("x/abs(x)", 0, "bisection", {"bracket": (-1, 1)}, "JUMP", "from -1 to 1"),
    ("floor(x)", 0.5, "bisection", {"bracket": (-1, 2.2)}, "JUMP", "from 0 to 1"),
    ("x + sign(x - 0.3)", 0.3, "bisection", {"bracket": (-1, 2.2)}, "EXACT_AT_JUMP", "x = 0.3"),
    ("sqrt(x - 1) - 2", 0, "bisection", {"bracket": (0, 9)}, "UNDEFINED", "x = 0"),
    ("sqrt(abs(x) - 1) sign(x)", 0, "bisection", {"bracket": (-3, 4)}, "UNDEFINED", "x = 0.5"),
    ("x^2", 4, "bisection", {"bracket": (2, 5)}, "EXACT", "x = 2"),
    ("cbrt(x - 0.3)", 0, "bisection", {"bracket": (-1, 1)}, "EXACT", "x = 0.3"),
    ("x^3 - 3x^2 + 3x - 1", 0, "bisection", {"bracket": (0, 3)}, "EXACT_WITHIN", "away"),
    ("x exp(-x)", 0, "fixed_point", {"start": 2}, "CRAWLS", "can't be told"),
    ("(x - 1)^10", 0, "fixed_point", {"start": 2}, "CRAWLS", "x = 1.60394"),
    ("cbrt(x)", 0, "halley", {"start": 1}, "CONVERGED_SLOWLY", "infinite at the solution"),
    ("cbrt(x)", 0, "damped_newton", {"start": 1}, "CONVERGED", "error of about 1e-17"),
    ("cbrt(x)", 0, "guarded_newton", {"bracket": (-1, 2)}, "CLOSING", "Allow more steps"),
    ("cos(x)", 0, "newton", {"start": 1}, "CONVERGED", "x = 1.5708"),
    ("cos(x)", 0, "bisection", {"bracket": (1, 2)}, "CONVERGED", "error of about"),
]


@pytest.mark.parametrize("text, y, method, where, status, words", STORIES)
def test_every_ending_tells_its_true_story(text, y, method, where, status, words):
    trace = run(text, y, method, **where)
    assert trace.status is Status[status], trace.message
    assert words in trace.message
    assert isinstance(trace.message, Message)
    assert "nan" not in trace.message


def test_every_status_is_told_by_a_story_or_a_problem():
    assert {row[4] for row in STORIES} == {status.name for status in Status}


@pytest.mark.parametrize(
    "text, start, multiplicity", [("x^2", 1, 2), ("(x - 3)^3 exp(x)", 3.5, 3), ("sin(x)^4", 0.3, 4)]
)
def test_the_stated_error_at_a_multiple_solution_is_honest(text, start, multiplicity):
    trace = run(text, 0, "newton", start=start)
    solution = 3 if "3" in text and "- 3" in text else 0
    error = trace.message.values.get("error", 0)
    assert trace.status in (Status.CONVERGED_SLOWLY, Status.EXACT_WITHIN, Status.STILL_SLOW)
    assert abs(trace.x - solution) <= 2 * error
    ratio = trace.message.values.get("ratio", 1 - 1 / multiplicity)
    assert ratio == pytest.approx(1 - 1 / multiplicity, abs=0.02)


def test_newton_may_leave_the_window_and_come_back():
    trace = run(POWERS, 1, "newton", start=0.1, window=(-2, 2))
    assert any(not -2 <= step.x <= 2 for step in trace.steps)
    assert trace.x == pytest.approx(0.6823278038280193)


def test_an_offered_bracket_holds_a_solution_not_a_pole():
    trace = run("tan(x)", 1, "bisection", bracket=(-1, 0), window=(-1, 6))
    advice = trace.message.values["advice"]
    again = run("tan(x)", 1, "bisection", bracket=(advice.values["low"], advice.values["high"]))
    assert again.status.found
    assert again.x % pi == pytest.approx(pi / 4)


def test_a_run_that_cannot_begin_has_no_solution():
    trace = run("x^2", -1, "bisection", bracket=(-1, 2))
    assert trace.steps == ()
    assert isnan(trace.x)


def test_the_start_or_bracket_defaults_to_the_window():
    assert run("x^3", 1, "newton", window=(0, 4)).steps[0].x == 2
    assert run("x^3", 1, "bisection", window=(0, 5)).steps[0].bracket == (0, 5)
    assert run("x^3", 1, "bisection", bracket=(5, 0)).steps[0].bracket == (0, 5)


def test_other_letters_take_their_values_from_at():
    assert run("a t^2", 8, "newton", start=1, variable="t", at={"a": 2}).x == 2


def test_newton_records_f_and_its_derivative_and_bisection_the_middle():
    first = run("exp(x)", 2, "newton", start=0.5).steps[0]
    assert (first.f, first.derivative, first.bracket) == (pytest.approx(exp(0.5)), pytest.approx(exp(0.5)), None)
    first = run("cos(x)", 0, "bisection", bracket=(1, 2)).steps[0]
    assert (first.x, first.f, first.derivative) == (1.5, pytest.approx(cos(1.5)), None)


@pytest.mark.parametrize(
    "y, method, where, words",
    [
        (0, "magic", {"start": 1}, "newton, bisection"),
        (0, "newton", {}, "needs a start"),
        (0, "newton", {"start": nan}, "needs a start"),
        (0, "bisection", {}, "needs a bracket"),
        (0, "bisection", {"bracket": (1, 1)}, "two different"),
        (0, "newton", {"start": 1, "window": (0, float("inf"))}, "finite"),
        (nan, "newton", {"start": 1}, "target"),
    ],
)
def test_a_bad_argument_is_refused_with_the_way_out(y, method, where, words):
    with pytest.raises(ValueError, match=words) as refusal:
        run("x^2", y, method, **where)
    assert isinstance(refusal.value.args[0], Message)


def test_a_vector_has_no_inverse_here():
    with pytest.raises(ValueError, match="vector"):
        run("[x, x^2]", 0, "newton", start=1)


def test_a_trace_can_be_cached():
    trace = run("x^2", 2, "bisection", bracket=(0, 2))
    assert pickle.loads(pickle.dumps(trace)) == trace  # noqa: S301
    assert copy.deepcopy(trace) == trace
