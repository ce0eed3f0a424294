"""Two equations in two unknowns by Newton's method with the Jacobian."""

import subprocess
import sys

import pytest

from lib.export.system_script import system_script
from lib.expression import parse
from lib.inverse import Accuracy
from lib.inverse.system import solve_system

CIRCLE = "[x^2 + y^2, x*y]"


def test_a_circle_and_a_hyperbola_cross_where_they_should():
    trace = solve_system(parse(CIRCLE), (4, 1), (1, 0.5))
    assert trace.ending.found
    x, y = trace.steps[-1].point
    assert (x, y) == pytest.approx(((6**0.5 + 2**0.5) / 2, (6**0.5 - 2**0.5) / 2), rel=1e-15)
    assert trace.steps[0].residual == (-2.75, -0.5)
    assert trace.steps[0].determinant == 2 * 1 - 2 * 0.25
    norms = [step.norm for step in trace.steps]
    assert norms[4] < norms[3] ** 1.7  # quadratic


@pytest.mark.parametrize(
    "text, target, start, name",
    [
        (CIRCLE, (4, 1), (1, 1), "SINGULAR"),
        ("[log(x), y]", (0, 0), (-1, 1), "UNDEFINED"),
        ("[x^3 - 2x + 2, y]", (0, 0), (0, 0), "CYCLE"),
        ("[x + y, x - y]", (3, 1), (7, 9), "EXACT"),
        ("[x^2 + y^2, x - y]", (-1, 0), (1, 0.5), "TOO_MANY_STEPS"),
        ("[atan(x), y]", (0, 0), (2, 0), "RUNS_AWAY"),
    ],
)
def test_each_ending_is_told(text, target, start, name):
    trace = solve_system(parse(text), target, start, accuracy=Accuracy(steps=60))
    assert trace.ending.name == name
    assert "{" not in trace.message


def test_other_vectors_are_refused():
    for text in ("x^2", "[x, y, x]"):
        with pytest.raises(ValueError, match="two components in two unknowns"):
            solve_system(parse(text), (0, 0), (1, 1))


def test_the_script_prints_the_steps():
    f = parse("[a*x^2 + y^2, x*y + pi + max(x, a) - a]")
    trace = solve_system(f, (4, 4), (1, 0.5), at={"a": 2.0})
    last = trace.steps[-1].k
    script = system_script(f, (4, 4), (1, 0.5), steps=last, variables=("x", "y"), at={"a": 2.0})
    done = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, timeout=120, check=True)
    printed = [list(map(float, line.split())) for line in done.stdout.splitlines()]
    assert len(printed) == last + 1
    for row, step in zip(printed, trace.steps, strict=True):
        assert row == pytest.approx([step.k, *step.point, *step.residual], rel=1e-9, abs=1e-12)
