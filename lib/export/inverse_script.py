"""A script that repeats the run of a method on f(x) = y: the method as Nabla has it, with what it needs around it."""

import inspect
import sys
from collections.abc import Mapping, Sequence

from lib.export.function import function_source
from lib.expression import Expression
from lib.inverse import METHODS, Accuracy
from lib.inverse.methods import method as helpers

_IMPORTS = ("from dataclasses import dataclass", "from math import nan", "import torch")

_SCRIPT = '''torch.set_default_dtype(torch.float64)
Y = {y!r}
RELATIVE, ABSOLUTE = {relative!r}, {absolute!r}  # ABSOLUTE None: 1e-18 of the largest |x|
MOST_STEPS = {steps}

{definitions}
{function}

@dataclass
class Point:
    x: float
    f: float


@dataclass
class Step:
    x: float
    f: float
    derivative: float = nan
    ends: tuple = ()
    second: float = nan
    through: tuple = ()
    parallel: bool = False


class Status:
    FLAT = "the tangent is horizontal"
    NO_DERIVATIVE = "there is no derivative"
    NO_DECREASE = "no part of the step brings f nearer to y"


class Problem:
    """f(x) = y, asked at one x at a time."""

    y = Y
    largest = 0.0

    def _rows(self, x, order):
        at = torch.tensor([x], requires_grad=True)
        rows = [f(at) + 0.0 * at]
        for _ in range(order):
            (slope,) = torch.autograd.grad(rows[-1].sum(), at, create_graph=True, materialize_grads=True)
            rows.append(slope + 0.0 * at)  # a constant would have no derivative
        return [float(row.detach()[0]) for row in rows]

    def point(self, x):
        return Point(x, *self._rows(x, 0))

    def tangent(self, x):
        value, slope = self._rows(x, 1)
        return Point(x, value), slope

    def curvature(self, x):
        value, slope, second = self._rows(x, 2)
        return Point(x, value), slope, second

    def side(self, point):
        return (point.f > Y) - (point.f < Y)

    def narrowed(self, low, high, point):
        return (point, high) if self.side(point) == self.side(low) else (low, point)

    def tolerance(self, x):
        return RELATIVE * abs(x) + (1e-18 * self.largest if ABSOLUTE is None else ABSOLUTE)


{method}


problem = Problem()
begin = [problem.point(x) for x in {begin!r}]
problem.largest = max(abs(point.x) for point in begin)
before = None
run = {name}().steps(problem, *begin)
for k in range(MOST_STEPS + 1):
    try:
        step = next(run)
    except StopIteration as stop:
        print(stop.value)
        break
    print(k, step.x, step.f - Y)
    problem.largest = max(problem.largest, abs(step.x))
    if step.f != step.f or step.f == Y:
        break
    error = abs(step.x - before) if before is not None else float("inf")
    if step.ends:
        low, high = problem.narrowed(*step.ends, step)
        error = {error}
    if error <= problem.tolerance(step.x):
        break
    before = step.x
{roots}'''


def inverse_script(
    expression: Expression,
    y: float,
    method: str,
    *,
    start: float | None = None,
    bracket: tuple[float, float] | None = None,
    accuracy: Accuracy,
    steps: int,
    roots: Sequence[float] = (),
    variable: str = "x",
    at: Mapping[str, float],
) -> str:
    """Source that prints k, x and f(x) − y for each step of the run, `steps` at the most after the first, and then for
    each of the roots x and f(x) − y."""
    definitions, function = function_source(expression, [variable], at)
    chosen = METHODS[method]
    imports, body = _method_source(chosen)
    listed = f"\nfor x in {[float(x) for x in roots]!r}:\n    print(x, problem.point(x).f - Y)\n" if roots else ""
    script = _SCRIPT.format(
        y=float(y),
        relative=accuracy.relative,
        absolute=accuracy.absolute,
        steps=steps,
        definitions=definitions,
        function=function,
        method=body,
        begin=list(bracket) if chosen.brackets and bracket else [start],
        name=type(chosen).__name__,
        error="high.x - low.x" if getattr(chosen, "closes", True) else "min(error, high.x - low.x)",
        roots=listed,
    )
    head = sorted({*_IMPORTS, *imports, *(["import math"] if "math." in definitions + function else [])}, key=_place)
    return "from __future__ import annotations\n\n" + "\n".join(head) + "\n\n" + script


def _place(line: str) -> tuple[bool, str]:
    return "torch" in line, line


def _method_source(method: object) -> tuple[list[str], str]:
    """The imports and the text of the method's own file, with the functions that it takes from its neighbour."""
    text = inspect.getsource(sys.modules[type(method).__module__])
    lines = text.split("\n")[1:]  # without the file's docstring
    imports = [line for line in lines if line.startswith(("from ", "import ")) and not line.startswith("from lib")]
    body = [line for line in lines if not line.startswith(("from ", "import ", "    title = "))]
    used = [f for f in (helpers.inside, helpers.off_the_ends, helpers.secant) if f"{f.__name__}(" in text]
    if helpers.off_the_ends in used:
        imports.append("from math import inf, nextafter")
        used = [helpers.inside, *(f for f in used if f is not helpers.inside)]
    parts = [inspect.getsource(function).strip() for function in used]
    return imports, "\n\n\n".join([*parts, "\n".join(body).strip()])
