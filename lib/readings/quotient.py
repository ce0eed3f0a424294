"""A formula as one quotient N/D: where D is not 0, f = N/D; what makes D = 0 is a pole or a hole.

Cleared of their denominators, 1/x and tan x can be enclosed next to their poles: a zero of f − y is one of N − y·D.
"""

from collections.abc import Callable
from dataclasses import replace

from lib.expression.straight_line import Operation, StraightLine

MOST = 2000  # operations: denominators multiply up, and beyond this a formula is better left as it is

# 1/Γ and its derivative, operations that only quotients have: they are defined everywhere.
RECIPROCAL_GAMMA, ITS_SLOPE = "rgamma", "rgamma_slope"

Part = tuple[int, int | None]  # where numerator and denominator are; None is a denominator of 1


def cleared(line: StraightLine) -> StraightLine | None:
    """A program with two outputs, the numerator and the denominator of the first output of `line`.

    None where no division is outermost (the denominator would be 1), or where clearing makes the program too long.
    """
    machine = _Clearing()
    for step in line.operations:
        machine.parts.append(machine.step(step))
        if len(machine.operations) > MOST:
            return None
    numerator, denominator = machine.parts[line.outputs[0]]
    if denominator is None:
        return None
    return StraightLine(tuple(machine.operations), (numerator, denominator))


class _Clearing:
    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.parts: list[Part] = []
        self.source: list[Operation] = []

    def emit(self, name: str, *operands: int, value: float | None = None) -> int:
        self.operations.append(Operation(name, operands, value))
        return len(self.operations) - 1

    def step(self, step: Operation) -> Part:
        self.source.append(step)
        rule = _RULES.get(step.name)
        parts = [self.parts[i] for i in step.operands]
        if rule and (step.name in _MAKE_QUOTIENTS or any(d is not None for _, d in parts)):
            found = rule(self, step, parts)
            if found is not None:
                return found
        self.operations.append(replace(step, operands=tuple(self.whole(part) for part in parts)))
        return len(self.operations) - 1, None

    def whole(self, part: Part) -> int:
        """Where the value itself is."""
        numerator, denominator = part
        return numerator if denominator is None else self.emit("div", numerator, denominator)

    def times(self, a: int | None, b: int | None) -> int | None:
        """The product of two denominators."""
        if a is None or b is None:
            return b if a is None else a
        return self.emit("mul", a, b)

    def scaled(self, numerator: int, factor: int | None) -> int:
        if factor is None:
            return numerator
        one = self.operations[numerator].name == "number" and self.operations[numerator].value == 1.0
        return factor if one else self.emit("mul", numerator, factor)


def _sum(machine: _Clearing, step: Operation, parts: list[Part]) -> Part:
    (n, d), (m, e) = parts
    if d == e:
        return machine.emit(step.name, n, m), d
    return machine.emit(step.name, machine.scaled(n, e), machine.scaled(m, d)), machine.times(d, e)


def _product(machine: _Clearing, _step: Operation, parts: list[Part]) -> Part:
    (n, d), (m, e) = parts
    return machine.emit("mul", n, m), machine.times(d, e)


def _quotient(machine: _Clearing, _step: Operation, parts: list[Part]) -> Part:
    (n, d), (m, e) = parts
    return machine.scaled(n, e), machine.scaled(m, d)


def _negative(machine: _Clearing, _step: Operation, parts: list[Part]) -> Part:
    ((n, d),) = parts
    return machine.emit("neg", n), d


def _power(machine: _Clearing, step: Operation, parts: list[Part]) -> Part | None:
    """A whole power; a negative one turns the quotient over."""
    exponent = step.operands[1]
    value, (n, d) = _number(machine.source, exponent), parts[0]
    if value is None or not value:
        return None
    if not (value.is_integer() and _written(machine.source, exponent)):
        if value > 0:
            return None
        size = machine.emit("neg", machine.whole(parts[1]))
        return machine.emit("number", value=1.0), machine.emit("pow", machine.whole(parts[0]), size)
    size = machine.emit("number", value=abs(value))
    above = machine.emit("pow", n, size)
    below = None if d is None else machine.emit("pow", d, size)
    if value > 0:
        return None if below is None else (above, below)
    return (machine.emit("number", value=1.0) if below is None else below), above


def _number(operations: list[Operation], k: int) -> float | None:
    """A number, minus one, or a quotient of such; None for all else."""
    operation = operations[k]
    values = [_number(operations, i) for i in operation.operands]
    if operation.name == "number":
        return float(operation.value or 0)
    if operation.name not in ("neg", "div") or None in values or values[-1] == 0:
        return None
    return -values[0] if operation.name == "neg" else values[0] / values[1]  # type: ignore[operator]


def _written(operations: list[Operation], k: int) -> bool:
    """Whether a number is the double that it is written as, perhaps with a sign: a quotient may be rounded to it."""
    operation = operations[k]
    if operation.name == "neg":
        return _written(operations, operation.operands[0])
    return operation.name == "number" and operation.constant is None


def _factorial(machine: _Clearing, _step: Operation, parts: list[Part]) -> Part:
    one = machine.emit("number", value=1.0)
    return one, machine.emit(RECIPROCAL_GAMMA, machine.emit("add", machine.whole(parts[0]), one))


def _digamma(machine: _Clearing, _step: Operation, parts: list[Part]) -> Part:
    u = machine.whole(parts[0])
    return machine.emit("neg", machine.emit(ITS_SLOPE, u)), machine.emit(RECIPROCAL_GAMMA, u)


def _ratio(above: str | None, below: str) -> "_Rule":
    """above(u)/below(u); above None is 1."""

    def rule(machine: _Clearing, _step: Operation, parts: list[Part]) -> Part:
        u = machine.whole(parts[0])
        return machine.emit(above, u) if above else machine.emit("number", value=1.0), machine.emit(below, u)

    return rule


_Rule = Callable[[_Clearing, Operation, list[Part]], Part | None]

_RULES: dict[str, _Rule] = {
    "add": _sum,
    "sub": _sum,
    "mul": _product,
    "div": _quotient,
    "neg": _negative,
    "pow": _power,
    "tan": _ratio("sin", "cos"),
    "cot": _ratio("cos", "sin"),
    "sec": _ratio(None, "cos"),
    "csc": _ratio(None, "sin"),
    "coth": _ratio("cosh", "sinh"),
    "csch": _ratio(None, "sinh"),
    "gamma": _ratio(None, RECIPROCAL_GAMMA),
    "factorial": _factorial,
    "digamma": _digamma,
}
_MAKE_QUOTIENTS = frozenset({"div", "pow", "tan", "cot", "sec", "csc", "coth", "csch", "gamma", "factorial", "digamma"})
