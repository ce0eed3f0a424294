"""What is outermost in f undone on both sides of f(x) = y: atan(1/x) = 0.5 is 1/x = tan(0.5), which has no jump at 0.

Only functions with one argument for each of their values are undone, so that both equations have the same solutions;
of the same multiplicity too, where y is inside the function's range.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flint import arb

from lib.expression.straight_line import Operation, StraightLine
from lib.readings.ball import Enclosure
from lib.readings.ball.values import ONE, PI, ZERO


@dataclass(frozen=True)
class Undone:
    """The other equation as a program for left side − right side.

    bounded: whether f need not go to infinity where the left side does. ends: whether y is the end of a range, so that
    f is nowhere on both sides of it, as a square root is not where it is 0.
    """

    line: StraightLine
    bounded: bool
    ends: bool


def undone(line: StraightLine, y: float, variable: str, at: Mapping[str, float | arb]) -> Undone | None:
    """The equation that is left when nothing more can be undone; None where nothing is gained."""
    machine = _Machine(line, variable, at)
    step = _Step(line.outputs[0], machine.number(y))
    found: _Step | None = None
    bounded = ends = False
    while (following := _undo(machine, step.left, step.right)) is not None:
        step = following
        right = machine.value(step.right)
        if not right.is_finite():
            break
        bounded, ends = bounded or step.bounded, ends or step.ends
        if step.function or right.is_zero():
            found = step
    if found is None:
        return None
    zero = machine.value(found.right).is_zero()
    output = found.left if zero else machine.emit("sub", found.left, found.right)
    return Undone(StraightLine(tuple(machine.operations), (output,)), bounded, ends)


@dataclass(frozen=True)
class _Step:
    """Two sides, and what was undone last."""

    left: int
    right: int
    function: bool = False
    bounded: bool = False
    ends: bool = False


def _undo(machine: "_Machine", left: int, right: int) -> _Step | None:
    """What is outermost on the left undone, if it can be."""
    operation, y = machine.operations[left], machine.value(right)
    inner = [k for k in operation.operands if machine.moves[k]]
    others = [k for k in operation.operands if not machine.moves[k]]
    if len(inner) != 1:
        return None
    if operation.name in _SUMS:
        possible = operation.name != "mul" or not machine.value(others[0]).contains(0)
        first = inner[0] == operation.operands[0]
        return _Step(inner[0], _SUMS[operation.name](machine, right, others, first)) if possible else None
    if operation.name == "pow" and inner[0] == operation.operands[0]:
        power = machine.value(others[0])
        if not power.is_finite() or power.contains_integer():
            return None
        if y.is_zero() and power > 0:
            return _Step(inner[0], right, True, ends=True)
        root = machine.emit("div", machine.number(1.0), others[0])
        return _Step(inner[0], machine.emit("pow", right, root), True, not power > 0) if y > 0 else None
    function = _FUNCTIONS.get(operation.name)
    if function is None:
        return None
    at_end = function.zero_at_end and y.is_zero()
    if not at_end and not function.inside(y):
        return None
    return _Step(inner[0], function.undo(machine, right), True, function.bounded, at_end)


class _Machine:
    """A program that grows. moves: whether each of its values depends on the variable."""

    def __init__(self, line: StraightLine, variable: str, at: Mapping[str, float | arb]) -> None:
        self.variable, self.at = variable, at
        self.operations: list[Operation] = []
        self.moves: list[bool] = []
        for operation in line.operations:
            self.add(operation)

    def add(self, operation: Operation) -> int:
        itself = operation.name == "letter" and operation.value == self.variable
        self.operations.append(operation)
        self.moves.append(itself or any(self.moves[k] for k in operation.operands))
        return len(self.operations) - 1

    def emit(self, name: str, *operands: int) -> int:
        return self.add(Operation(name, operands))

    def number(self, value: float) -> int:
        return self.add(Operation("number", (), value))

    def value(self, k: int) -> arb:
        """What is at a place that doesn't move."""
        line = StraightLine(tuple(self.operations), (k,))
        return Enclosure.of(line, k, variable=self.variable, at=self.at).value(ZERO)


def _with(name: str) -> Callable[[_Machine, int], int]:
    return lambda machine, right: machine.emit(name, right)


def _power_of(base: float) -> Callable[[_Machine, int], int]:
    return lambda machine, right: machine.emit("pow", machine.number(base), right)


@dataclass(frozen=True)
class _Function:
    """undo: its inverse. inside: whether a value is inside the range. bounded: whether it stays below a bound for ever
    larger arguments of one sign. zero_at_end: whether 0 is a value at the end of its range."""

    undo: Callable[[_Machine, int], int]
    inside: Callable[[arb], bool] = lambda _y: True
    bounded: bool = False
    zero_at_end: bool = False


_FUNCTIONS: Mapping[str, _Function] = {
    "exp": _Function(_with("log"), lambda y: y > 0, bounded=True),
    "exp2": _Function(_with("log2"), lambda y: y > 0, bounded=True),
    "expm1": _Function(_with("log1p"), lambda y: y > -1, bounded=True),
    "log": _Function(_with("exp")),
    "log2": _Function(_power_of(2.0)),
    "log10": _Function(_power_of(10.0)),
    "log1p": _Function(_with("expm1")),
    "sqrt": _Function(lambda machine, right: machine.emit("mul", right, right), lambda y: y > 0, zero_at_end=True),
    "cbrt": _Function(
        lambda machine, right: machine.emit("pow", right, machine.number(3.0)), lambda y: not y.contains(0)
    ),
    "asin": _Function(_with("sin"), lambda y: abs(y) < PI / 2, bounded=True),
    "acos": _Function(_with("cos"), lambda y: y > 0 and y < PI, bounded=True, zero_at_end=True),
    "atan": _Function(_with("tan"), lambda y: abs(y) < PI / 2, bounded=True),
    "sinh": _Function(_with("asinh")),
    "tanh": _Function(_with("atanh"), lambda y: abs(y) < ONE, bounded=True),
    "asinh": _Function(_with("sinh")),
    "acosh": _Function(_with("cosh"), lambda y: y > 0, zero_at_end=True),
    "atanh": _Function(_with("tanh"), bounded=True),
    "sigmoid": _Function(_with("logit"), lambda y: y > 0 and y < ONE, bounded=True),
    "logit": _Function(_with("sigmoid"), bounded=True),
}


def _subtracted(machine: _Machine, right: int, others: list[int], first: bool) -> int:
    return machine.emit("add", right, others[0]) if first else machine.emit("sub", others[0], right)


_SUMS: Mapping[str, Callable[[_Machine, int, list[int], bool], int]] = {
    "neg": lambda machine, right, _others, _first: machine.emit("neg", right),
    "add": lambda machine, right, others, _first: machine.emit("sub", right, others[0]),
    "sub": _subtracted,
    "mul": lambda machine, right, others, _first: machine.emit("div", right, others[0]),
}
