"""The ball reading: enclosures of f and of its derivatives over an interval, for proofs.

A finite ball holds every value that the function has on the interval. NaN says that there is no proof: the function is
undefined on a part of the interval, jumps there (derivatives), or the enclosure is too wide to tell.

Literals are the doubles that the tensor reading uses (0.1 is the double nearest 0.1); the constants pi and e are the
true numbers. Balls are of the mathematical function: they needn't hold the last digits of the tensor reading's value.
"""

from collections.abc import Callable, Mapping, Sequence
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
from lib.readings.ball.series import UNDEFINED, Line, Series, square
from lib.readings.ball.values import NAN, ONE, PI, ZERO, defined
from lib.readings.quotient import ITS_SLOPE, RECIPROCAL_GAMMA
from lib.readings.tensor import straight_line

ROUNDING = 2.0**-50  # relative, of what is computed in doubles from few numbers


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


def rounded(expression: Expression, y: float) -> bool:
    """Whether a number, as written, surely is a little off the double y that stands for it."""
    off = enclose(expression, ZERO) - arb(y)
    return bool(not off.contains(0) and abs(off) <= abs(arb(y)) * ROUNDING)


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
        self._compile()

    def _compile(self) -> None:
        """The same for quick calls: what doesn't depend on the variable is computed once."""
        place = {i: k for k, (i, _) in enumerate(self.operations)}
        self.known: list[Any] = []  # series and truths of constants; None is to be computed
        self.steps: list[tuple[int, Callable[..., Series | Truth], list[int]]] = []
        self.seeds: list[int] = []
        surely: list[bool] = []  # a value that is not UNDEFINED is defined
        for k, (i, operation) in enumerate(self.operations):
            operands = [place[j] for j in operation.operands]
            if not operands:
                self.known.append(self.leaves.get(i))
                self.seeds += [] if i in self.leaves else [k]
                surely.append(i not in self.leaves or defined(self.leaves[i][0]))
                continue
            constants = [self.known[j] for j in operands]
            folds = all(constant is not None for constant in constants)
            self.known.append(apply(operation, constants) if folds else None)
            surely.append(operation.name not in LOOKS_ITSELF)
            if self.known[k] is None:  # also a truth that nobody can tell
                quick = all(surely[j] for j in operands)
                self.steps.append((k, _quick(operation) if quick else _slow(operation), operands))
        self.last = place[self.output]

    def value(self, x: arb) -> arb:
        """A ball that holds every value on the ball x."""
        return self.series(x, 0)[0]

    def series(self, x: arb, order: int) -> list[arb]:
        """Balls that hold f^(k)/k! on the ball x, k = 0 … order."""
        seed = arb_series([x, ONE][: order + 1], prec=min(order + 1, s.ALL)) if defined(x) else UNDEFINED
        results = self.known.copy()
        for k in self.seeds:
            results[k] = seed
        for k, step, operands in self.steps:
            results[k] = step(*[results[j] for j in operands])
        return _known(results[self.last], order + 1)


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
    if operation.name not in LOOKS_ITSELF and not all(defined(a[0]) for a in operands):
        return UNDEFINED
    return _quick(operation)(*operands)


def _quick(operation: Operation) -> Callable[..., Series | Truth]:
    """The operation on operands that are defined or UNDEFINED itself."""
    line = _ONLY_IN_QUOTIENTS.get(operation.name) or BALL[operation.name]
    if line is None:
        return lambda *_operands: UNDEFINED
    if operation.name in LOOKS_ITSELF:
        return line
    if len(operation.operands) == 2 and operation.operands[0] == operation.operands[1]:
        line = _OF_ITSELF.get(operation.name, line)

    def step(*operands: Series) -> Series:
        moves = False
        for a in operands:
            if a is UNDEFINED:
                return UNDEFINED
            moves = moves or a.length() > 1 or a.prec == 1
        if moves:
            result = line(*operands)
        else:  # constants: no kink or jump can matter
            known = min(a.prec for a in operands)
            result = s.constant(line(*(s.cut(a, 1) for a in operands))[0], known)
        return result if defined(result[0]) else UNDEFINED

    return step


def _slow(operation: Operation) -> Callable[..., Series | Truth]:
    return lambda *operands: apply(operation, list(operands))


# An operation on two operands that are one value.
_OF_ITSELF: dict[str, Line] = {
    "mul": lambda a, _a: square(a),
    "sub": lambda a, _a: s.constant(ZERO, a.prec),
}


def _known(result: Series, count: int) -> list[arb]:
    """The coefficients up to the first that isn't finite, NaN from there on."""
    known: list[arb] = []
    for k in range(min(count, result.prec)):
        if not result[k].is_finite():
            break
        known.append(result[k])
    return known + [NAN] * (count - len(known))
