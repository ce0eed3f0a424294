"""The equation f(x) = y as ball arithmetic sees it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from flint import arb

from lib.expression import Expression
from lib.expression.straight_line import Operation, StraightLine
from lib.inverse.proof.undone import undone
from lib.readings.ball import Enclosure
from lib.readings.ball.pieces import Pieces
from lib.readings.ball.side import Side
from lib.readings.quotient import cleared
from lib.readings.tensor import straight_line


@dataclass(frozen=True)
class Formula:
    """One value of a program as a function of the variable; `letters` holds the values of the others."""

    line: StraightLine
    output: int
    variable: str
    letters: Mapping[str, float | arb]

    def enclosure(self) -> Enclosure:
        """The function in the precision that is set."""
        return Enclosure.of(self.line, self.output, variable=self.variable, at=self.letters)

    def pieces(self) -> Pieces:
        """The function, to ask where it has no zero."""
        return Pieces.of(self.line, self.output, variable=self.variable, at=self.letters)

    def side(self) -> Side:
        """The function, to ask what it does right beside a jump."""
        return Side.of(self.line, self.output, variable=self.variable, at=self.letters)

    def factors(self) -> tuple["Formula", ...]:
        """Functions whose zeros are those of this one, wherever all of them are defined; itself, if it has no parts."""
        return self._parts(lambda name: name not in _NEVER_ZERO)

    def never_zero(self) -> tuple["Formula", ...]:
        """The other factors, which need only be defined."""
        return self._parts(_NEVER_ZERO.__contains__)

    def _parts(self, chosen: Callable[[str], bool]) -> tuple["Formula", ...]:
        line = replace(self.line, outputs=(self.output,)).distinct  # a factor twice is one
        return tuple(
            self if output == line.outputs[0] else Formula(line, output, self.variable, self.letters)
            for output in sorted(set(_factors(line, line.outputs[0])))
            if chosen(line.operations[output].name)
        )


@dataclass(frozen=True)
class Equation:
    """f(x) = y as N/D = 0. Where D is not 0 and f is defined, the solutions are the zeros of N.

    above: N. below: D, None where it is 1. itself: N/D as it was written, to ask where it is defined and continuous.
    bounded: whether f need not go to infinity where D is 0 and N is not. ends: whether f is nowhere on both sides of y.
    """

    above: Formula
    below: Formula | None
    itself: Formula
    bounded: bool = False
    ends: bool = False

    @property
    def whole(self) -> tuple[Formula, ...]:
        """What has no zero where the equation has no solution."""
        return (self.itself,) if self.below is None else (self.itself, self.above)

    def denominators(self) -> Iterator[Formula]:
        """Of all quotients in N/D as it was written: 1/(1/x) is x where x isn't 0."""
        of = self.itself
        for k in range(len(of.line.operations)):
            found = cleared(StraightLine(of.line.operations[: k + 1], (k,)))
            if found:
                yield Formula(found, found.outputs[1], of.variable, of.letters)


def equation(expression: Expression, y: float, variable: str, at: Mapping[str, float]) -> Equation:
    """The equation, with what can be undone in f undone on both sides. `at` holds the other letters' values."""
    other = undone(straight_line(expression, {**at, variable: 0.0}), y, variable, at)
    if other is None:
        return quotient(expression, y, variable, at)
    return replace(_cleared(other.line, variable, at), bounded=other.bounded, ends=other.ends)


def quotient(expression: Expression, y: float, variable: str, at: Mapping[str, float]) -> Equation:
    """f(x) − y itself as N/D."""
    line = straight_line(expression, {**at, variable: 0.0})
    if y:
        count = len(line.operations)
        operations = (*line.operations, Operation("number", (), y), Operation("sub", (line.outputs[0], count)))
        line = StraightLine(operations, (count + 1,))
    return _cleared(line, variable, at)


def _cleared(line: StraightLine, variable: str, at: Mapping[str, float]) -> Equation:
    letters: Mapping[str, float | arb] = dict(at)
    itself = Formula(line, line.outputs[0], variable, letters)
    found = cleared(line)
    if found is None:
        return Equation(itself, None, itself)
    above, below = (Formula(found, output, variable, letters) for output in found.outputs)
    return Equation(above, below, itself)


def _factors(line: StraightLine, output: int) -> list[int]:
    """The factors of the value, of which one has to be 0 for it to be."""
    operation = line.operations[output]
    name, operands = operation.name, operation.operands
    if name == "mul":
        return [factor for k in operands for factor in _factors(line, k)]
    if name in _ZERO_AT_ZERO or (name == "pow" and _positive(line, operands[1])):
        return _factors(line, operands[0])
    return [output]


# These are 0 where their first operand is, and nowhere else.
_ZERO_AT_ZERO = frozenset({"neg", "abs", "sqrt", "cbrt"})
# These are above 0, however little.
_NEVER_ZERO = frozenset({"exp", "exp2", "cosh", "sech", "sigmoid", "softplus"})


def _positive(line: StraightLine, exponent: int) -> bool:
    """Whether it is a number above 0, or a quotient of such."""
    operation = line.operations[exponent]
    if operation.name == "div":
        return all(_positive(line, k) for k in operation.operands)
    return operation.name == "number" and isinstance(operation.value, float) and operation.value > 0
