"""The ball reading: enclosures of f and of its derivatives over an interval, for proofs.

A finite ball holds every value that the function has on the interval. NaN says that there is no proof: the function is
undefined on a part of the interval, jumps there (derivatives), or the enclosure is too wide to tell.

Literals are the doubles that the tensor reading uses (0.1 is the double nearest 0.1); the constants pi and e are the
true numbers. Balls are of the mathematical function: they needn't hold the last digits of the tensor reading's value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

from flint import arb, arb_series

from lib.expression import Expression
from lib.expression.straight_line import Operation, StraightLine
from lib.message import Message
from lib.readings.ball import series as s
from lib.readings.ball import special as special
from lib.readings.ball import values as e
from lib.readings.ball.functions import BALL, LOOKS_ITSELF, Truth
from lib.readings.ball.series import UNDEFINED, Series, square
from lib.readings.ball.values import NAN, ONE, PI, ZERO, defined
from lib.readings.quotient import ITS_SLOPE, RECIPROCAL_GAMMA
from lib.readings.tensor import straight_line


def enclose(expression: Expression, x: arb, *, variable: str = "x", at: Mapping[str, float | arb] | None = None) -> arb:
    """A ball that holds every value of f on the ball x; NaN where there is none. `at` holds the other letters."""
    return Enclosure(expression, variable=variable, at=at).value(x)


def enclose_series(
    expression: Expression, x: arb, order: int, *, variable: str = "x", at: Mapping[str, float | arb] | None = None
) -> list[arb]:
    """Balls that hold f^(k)/k! at every point of the ball x, k = 0 … order; NaN where there is none.

    Coefficient 1 holds every (f(b) − f(a))/(b − a) for a, b in x, at kinks as well (see lib/readings/ball/series.py),
    as an interval Newton step needs it. It is NaN where f may jump or is undefined; from order 2 on also at kinks.
    """
    return Enclosure(expression, variable=variable, at=at).series(x, order)


def provable(expression: Expression) -> Message | None:
    """None, or the sentence that names the first function without an enclosure."""
    for step in expression.program:
        if step.operation in BALL and BALL[step.operation] is None:
            return Message("There is no proof available for `{name}`.", name=step.operation)
    return None


class Enclosure:
    """f with the other letters' values, ready for many calls.

    Raises ValueError for a vector, a letter without a value, and a letter that bounds a sum and has no single value.
    """

    def __init__(
        self, expression: Expression, *, variable: str = "x", at: Mapping[str, float | arb] | None = None
    ) -> None:
        if expression.shape is not None:
            raise ValueError(Message("A proof belongs to a function with one value; this one is a vector."))
        values = {**(at or {}), variable: NAN}
        for name in sorted(expression.bounds):
            if isinstance(values.get(name), arb):
                raise ValueError(Message("`{name}` bounds a sum, so it has one value and is no variable.", name=name))
        line = straight_line(expression, {name: 0.0 if isinstance(v, arb) else v for name, v in values.items()})
        self._prepare(line, line.outputs[0], variable, values)

    @classmethod
    def of(cls, line: StraightLine, output: int, *, variable: str, at: Mapping[str, float | arb]) -> Self:
        """The value at `output` of a straight-line program as a function."""
        made = cls.__new__(cls)
        made._prepare(line, output, variable, {**at, variable: NAN})
        return made

    def _prepare(self, line: StraightLine, output: int, variable: str, values: Mapping[str, float | arb]) -> None:
        self.leaves: dict[int, Series] = {}  # of constants
        self.operations: list[tuple[int, Operation]] = []  # with operands that are computed once: x*x is a square
        first: dict[Any, int] = {}
        places: list[int] = []
        distinct: list[Operation] = []
        for i, operation in enumerate(line.operations):
            operation = replace(operation, operands=tuple(places[k] for k in operation.operands), span=(0, 0))
            distinct.append(operation)
            places.append(first.setdefault(operation, i))
        for i in sorted(_needed(distinct, places[output])):
            operation = distinct[i]
            self.operations.append((i, operation))
            if not operation.operands and not (operation.name == "letter" and operation.value == variable):
                self.leaves[i] = s.constant(_leaf(operation, values))
        self.output = places[output]

    def value(self, x: arb) -> arb:
        """A ball that holds every value on the ball x."""
        return self.series(x, 0)[0]

    def series(self, x: arb, order: int) -> list[arb]:
        """Balls that hold f^(k)/k! on the ball x, k = 0 … order."""
        seed = arb_series([x, ONE][: order + 1], prec=min(order + 1, s.ALL))
        results: dict[int, Any] = {}  # series and truths
        for i, operation in self.operations:
            if operation.operands:
                results[i] = apply(operation, [results[k] for k in operation.operands])
            else:
                results[i] = self.leaves.get(i, seed)
        return _known(results[self.output], order + 1)


def _needed(operations: Sequence[Operation], output: int) -> set[int]:
    """The operations that the output depends on."""
    needed, pending = set(), [output]
    while pending:
        i = pending.pop()
        if i not in needed:
            needed.add(i)
            pending.extend(operations[i].operands)
    return needed


_CONSTANTS = {"pi": PI, "e": e.E}


def _leaf(operation: Operation, values: Mapping[str, float | arb]) -> arb:
    if operation.name == "letter":
        return arb(values[str(operation.value)])
    if operation.name != "number":
        return NAN
    if operation.constant in _CONSTANTS:
        return _CONSTANTS[operation.constant]
    return arb(float(operation.value or 0))


_ONLY_IN_QUOTIENTS = {RECIPROCAL_GAMMA: special.rgamma, ITS_SLOPE: special.rgamma_slope}


def apply(operation: Operation, operands: list[Any]) -> Series | Truth:
    """One operation; undefined where an operand is, but for conditions, branches and ±inf as a bound."""
    line = _ONLY_IN_QUOTIENTS.get(operation.name) or BALL[operation.name]
    if line is None:
        return UNDEFINED
    if operation.name in LOOKS_ITSELF:
        itself: Series | Truth = line(*operands)
        return itself
    if not all(defined(a[0]) for a in operands):
        return UNDEFINED
    if operation.name == "mul" and operation.operands[0] == operation.operands[1]:
        line, operands = square, operands[:1]
    if operation.name == "sub" and operation.operands[0] == operation.operands[1]:
        return s.constant(ZERO, operands[0].prec)
    if all(a.length() <= 1 for a in operands):  # constants: no kink or jump can matter
        known = min(a.prec for a in operands)
        result = s.constant(line(*(s.cut(a, 1) for a in operands))[0], known)
    else:
        result = line(*operands)
    return result if defined(result[0]) else UNDEFINED


def _known(result: Series, count: int) -> list[arb]:
    """The coefficients up to the first that isn't finite, NaN from there on."""
    known: list[arb] = []
    for k in range(min(count, result.prec)):
        if not result[k].is_finite():
            break
        known.append(result[k])
    return known + [NAN] * (count - len(known))
