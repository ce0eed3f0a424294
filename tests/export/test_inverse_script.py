"""The script repeats the steps on screen, whatever the method."""

import subprocess
import sys

from lib.export.inverse_script import inverse_script
from lib.expression import parse
from lib.inverse import METHODS, Accuracy, solve

CASES = [("x^2 + x^3 + x^4", 1, method, {}, {"start": 1.5, "bracket": (0.0, 2.0)}) for method in METHODS] + [
    ("a*sin(x) + pi", 3, "newton", {"a": 2.0}, {"start": 0.5}),
    ("sin(k*x) + f", 0.5, "newton", {"k": 2.0, "f": 0.1}, {"start": 0.1}),
    ("max(x, a) + sin(a)*x", 3, "halley", {"a": 2.0}, {"start": 0.5}),
    ("gamma(x) + hypot(x, 2)", 7, "halley", {}, {"start": 3.5}),
    ("x^3 - 2x + 2", 0, "newton", {}, {"start": 0.0}),
    ("sum(x^k, k, 1, n)", 1, "brent", {"n": 3.0}, {"bracket": (0.0, 1.0)}),
    ("|x|", 0.5, "halley", {}, {"start": 2.0}),
]
ACCURACY = Accuracy(steps=40)


def test_the_scripts_print_the_steps_of_the_table():
    runs, scripts = [], []
    for text, y, method, at, begin in CASES:
        f = parse(text)
        trace = solve(f, y, method, accuracy=ACCURACY, at=at, **begin)
        steps = ACCURACY.steps if trace.status.found else trace.steps[-1].k
        scripts.append(inverse_script(f, y, method, accuracy=ACCURACY, steps=steps, at=at, roots=(trace.x,), **begin))
        rows = [[step.k, step.x, step.f - y] for step in trace.steps]
        runs.append([*rows, [trace.x, trace.steps[-1].f - y]])
    every = "\n".join(f"exec({script!r}, {{'__name__': '__main__'}}); print('next')" for script in scripts)
    done = subprocess.run([sys.executable, "-"], input=every, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    for (text, _y, method, *_rest), rows, said in zip(CASES, runs, done.stdout.split("next\n"), strict=False):
        lines = [line for line in said.splitlines() if line[0].isdigit() or line[0] == "-"]
        assert [list(map(float, line.split())) for line in lines] == rows, (text, method)
