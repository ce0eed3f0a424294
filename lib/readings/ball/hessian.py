"""Enclosures of f, its gradient and its Hessian over a box, in several variables: second-order forward differentiation
on balls. Functions of one value take their derivatives from the ball reading's series; see A. Griewank, A. Walther,
Evaluating Derivatives, SIAM 2008, doi 10.1137/1.9780898717761, chapter 13 for those of two by interpolation.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flint import arb, arb_series

from lib.expression import Expression
from lib.expression.straight_line import Operation
from lib.message import Message
from lib.readings.ball import series as s
from lib.readings.ball.enclosure import Enclosure, apply
from lib.readings.ball.functions import Here
from lib.readings.ball.values import NAN, ONE, ZERO, square
from lib.readings.tensor import straight_line


@dataclass(slots=True)
class Local:
    """Balls that hold f, each f_i, and each f_ij with j <= i, row by row, on the whole box; NaN: nothing is known."""

    value: arb
    slopes: list[arb] | None = None  # None: constant
    bends: list[arb] | None = None
    outside: bool = False  # f is certainly undefined on the whole box

    def second(self, i: int, j: int) -> arb:
        """The ball of f_ij."""
        i, j = max(i, j), min(i, j)
        return self.bends[i * (i + 1) // 2 + j] if self.bends is not None else ZERO


# Where a function has no value, in all dialects of the tree.
_OUTSIDE: Mapping[str, Callable[[arb], bool]] = {
    **dict.fromkeys(("log", "log2", "log10"), lambda a: bool(a < 0)),
    "sqrt": lambda a: bool(a < 0),
    "log1p": lambda a: bool(a < -1),
    **dict.fromkeys(("asin", "acos", "atanh", "erfinv"), lambda a: bool(abs(a) > 1)),
    "acosh": lambda a: bool(a < 1),
}
_CHOOSES = frozenset({"where", "indicator", "min", "max", "clamp", "lt", "le", "gt", "ge", "eq", "ne"})


class HessianEnclosure:
    """f ready for many boxes. Raises ValueError for a vector."""

    def __init__(self, expression: Expression, *, variables: Sequence[str], at: Mapping[str, float]) -> None:
        if expression.shape is not None:
            raise ValueError(Message("A proof belongs to a function with one value; this one is a vector."))
        line = straight_line(expression, {**at, **dict.fromkeys(variables, 0.0)})
        letters: dict[str, float | arb] = {**at, **dict.fromkeys(variables, 0.0)}
        self._line = Enclosure.of(line, line.outputs[0], variable=variables[0], at=letters)
        self._place = {name: k for k, name in enumerate(variables)}
        self._pairs = [(i, j) for i in range(len(variables)) for j in range(i + 1)]

    def __call__(self, box: Sequence[arb]) -> Local:
        """The enclosures on the box, a ball a variable."""
        results: dict[int, Any] = {}  # Local, or truth values
        for i, operation in self._line.operations:
            if operation.operands:
                results[i] = self._apply(operation, [results[k] for k in operation.operands])
            elif operation.name == "letter" and operation.value in self._place:
                k = self._place[str(operation.value)]
                slopes = [ONE if j == k else ZERO for j in range(len(box))]
                results[i] = Local(box[k], slopes, [ZERO] * len(self._pairs))
            else:
                results[i] = Local(self._line.leaves[i][0])
        found: Local = results[self._line.output]
        return found

    def _apply(self, operation: Operation, operands: list[Any]) -> Any:
        name = operation.name
        if name == "where" and operands[0] is not None:
            chosen = operands[1] if operands[0] else operands[2]
            return self._value_only(chosen.value) if isinstance(operands[0], Here) else chosen
        numbers = [a for a in operands if isinstance(a, Local)]
        if name not in _CHOOSES and (
            any(a.outside for a in numbers) or (name in _OUTSIDE and _OUTSIDE[name](numbers[0].value))
        ):
            return Local(NAN, [NAN] * len(self._place), [NAN] * len(self._pairs), outside=True)
        moving = [k for k, a in enumerate(operands) if isinstance(a, Local) and a.slopes is not None]
        if not moving or len(moving) < len(numbers) - 1 or len(moving) > 2:
            return self._still(operation, operands, moving)
        if len(moving) == 1:
            return self._chained(operands[moving[0]], _along(operation, operands, moving))
        a, b = (operands[k] for k in moving)
        rule = _RULES.get(name)
        return self._ruled(*rule(operation, a, b)) if rule else self._mixed(operation, operands, moving)

    def _still(self, operation: Operation, operands: list[Any], moving: list[int]) -> Any:
        """A constant, or a truth; of what moves in a way that isn't followed, the value only."""
        value = apply(operation, [s.constant(a.value) if isinstance(a, Local) else a for a in operands])
        if not isinstance(value, arb_series):
            return value
        known = not moving and value.prec > 1
        return Local(value[0]) if known else self._value_only(value[0])

    def _value_only(self, value: arb) -> Local:
        return Local(value, [NAN] * len(self._place), [NAN] * len(self._pairs))

    def _chained(self, a: Local, g: Any) -> Any:
        """g(a) from g's value and two derivatives."""
        if not isinstance(g, tuple):
            return g
        value, first, second = g
        slopes = _slopes(a)
        bends = [
            _times(first, bend) + _times(second, square(slopes[i]) if i == j else _both(slopes[i], slopes[j]))
            for bend, (i, j) in zip(a.bends or (), self._pairs, strict=True)
        ]
        return Local(value, [_times(first, slope) for slope in slopes], bends)

    def _ruled(self, value: arb, a: Local, ga: arb, b: Local, gb: arb, gaa: arb, gab: arb, gbb: arb) -> Local:
        """g(a, b) from g's value and its derivatives up to the second."""
        u, v = _slopes(a), _slopes(b)
        bends = []
        for p, q, (i, j) in zip(a.bends or (), b.bends or (), self._pairs, strict=True):
            bend = _times(ga, p) + _times(gb, q)
            if not gab.is_zero():
                bend += _times(gab, _both(u[i], v[j]) + _both(u[j], v[i]))
            if not gaa.is_zero():
                bend += _times(gaa, square(u[i]) if i == j else _both(u[i], u[j]))
            if not gbb.is_zero():
                bend += _times(gbb, square(v[i]) if i == j else _both(v[i], v[j]))
            bends.append(bend)
        return Local(value, [_times(ga, p) + _times(gb, q) for p, q in zip(u, v, strict=True)], bends)

    def _mixed(self, operation: Operation, operands: list[Any], moving: list[int]) -> Any:
        """A function of two moving values: its mixed derivative from those along both and each of them."""
        along = [_along(operation, operands, which) for which in ([moving[0]], [moving[1]], moving)]
        if not isinstance(along[0], tuple):
            return along[0]
        (value, ga, gaa), (_, gb, gbb), (_, _, both) = along
        a, b = (operands[k] for k in moving)
        return self._ruled(value, a, ga, b, gb, gaa, (both - gaa - gbb) / 2, gbb)


def _times(factor: arb, slope: arb) -> arb:
    """The product; 0 for a slope that is 0 on the whole box, whether or not the factor is known: what doesn't depend on
    a variable has the derivative 0 along it, wherever it is defined."""
    return slope if slope.is_zero() else factor * slope


def _both(a: arb, b: arb) -> arb:
    """The same of two slopes."""
    return a if a.is_zero() else _times(a, b)


def _slopes(a: Local) -> list[arb]:
    return a.slopes or []


def _along(operation: Operation, operands: list[Any], moving: list[int]) -> Any:
    """(value, first, second derivative) as those operands move together; a truth as it is."""
    lines = [
        (arb_series([a.value, ONE], prec=3) if k in moving else s.constant(a.value)) if isinstance(a, Local) else a
        for k, a in enumerate(operands)
    ]
    g = apply(operation, lines)
    if not isinstance(g, arb_series):
        return g
    return g[0], g[1] if g.prec > 1 else NAN, 2 * g[2] if g.prec > 2 else NAN


def _product(operation: Operation, a: Local, b: Local) -> tuple[Any, ...]:
    if operation.operands[0] == operation.operands[1]:
        return square(a.value), a, a.value, b, b.value, ZERO, ONE, ZERO
    return a.value * b.value, a, b.value, b, a.value, ZERO, ONE, ZERO


def _quotient(_operation: Operation, a: Local, b: Local) -> tuple[Any, ...]:
    inverse = 1 / b.value if not b.value.contains(0) else NAN
    value, second = a.value * inverse, -square(inverse)
    return value, a, inverse, b, value * -inverse, ZERO, second, 2 * value * square(inverse)


_RULES: Mapping[str, Callable[[Operation, Local, Local], tuple[Any, ...]]] = {
    "add": lambda _o, a, b: (a.value + b.value, a, ONE, b, ONE, ZERO, ZERO, ZERO),
    "sub": lambda _o, a, b: (a.value - b.value, a, ONE, b, -ONE, ZERO, ZERO, ZERO),
    "mul": _product,
    "div": _quotient,
}
