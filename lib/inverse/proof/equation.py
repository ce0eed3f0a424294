"""The equation f(x) = y as ball arithmetic sees it."""

from collections.abc import Mapping
from dataclasses import dataclass

from flint import arb

from lib.expression import Expression
from lib.expression.straight_line import Operation, StraightLine
from lib.readings.ball import Enclosure
from lib.readings.ball.pieces import Pieces
from lib.readings.quotient import cleared
from lib.readings.tensor import straight_line


@dataclass(frozen=True)
class Equation:
    """f(x) − y as N/D. Where D is not 0 and f is defined, the solutions are the zeros of N.

    zero: N. pieces: f − y, to ask where it has no zero. itself: f − y, to ask where it is defined and continuous.
    below: D, None where it is 1.
    """

    zero: Enclosure
    pieces: Pieces
    itself: Enclosure
    below: Enclosure | None


def equation(expression: Expression, y: float, variable: str, at: Mapping[str, float]) -> Equation:
    """The equation, in the precision that is set. `at` holds the other letters' values."""
    line = straight_line(expression, {**at, variable: 0.0})
    count = len(line.operations)
    operations = (*line.operations, Operation("number", (), y), Operation("sub", (line.outputs[0], count)))
    line = StraightLine(operations, (count + 1,))
    letters: Mapping[str, float | arb] = dict(at)
    itself = Enclosure.of(line, count + 1, variable=variable, at=letters)
    pieces = Pieces.of(line, count + 1, variable=variable, at=letters)
    quotient = cleared(line)
    if quotient is None:
        return Equation(itself, pieces, itself, None)
    above, below = (Enclosure.of(quotient, output, variable=variable, at=letters) for output in quotient.outputs)
    return Equation(above, pieces, itself, below)
