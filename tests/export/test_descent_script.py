"""The script goes the ways that the page shows."""

import subprocess
import sys

import pytest

from lib.calculus.descent import METHODS, descend
from lib.export.descent_script import descent_script
from lib.expression import parse


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "start", "rate"),
    [("(1 - x)^2 + 100 (y - x^2)^2", (-1.2, 1.0), 0.001), ("x^4 - k x^2 + y^2", (0.1, 1.0), 0.05)],
)
def test_the_script_prints_the_steps_of_every_method(text, start, rate):
    options = {"variables": ("x", "y"), "at": {"k": 3.0}, "rate": rate, "steps": 30}
    script = descent_script(parse(text), start, list(METHODS), **options)
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=True)
    said: dict[str, list[list[float]]] = {}
    for line in run.stdout.splitlines():
        if line[0].isalpha():
            said[line] = []
        else:
            *_, last = said.values()
            last.append(list(map(float, line.split()))[1:])
    assert list(said) == [method.title for method in METHODS.values()]
    for name, rows in zip(METHODS, said.values(), strict=True):
        path = descend(parse(text), start, name, **options)
        mine = [[*step.point, step.value, step.norm] for step in path.steps]
        assert len(rows) == len(mine)
        assert all(row == pytest.approx(its, rel=1e-6, abs=1e-9) for row, its in zip(rows, mine, strict=True))
