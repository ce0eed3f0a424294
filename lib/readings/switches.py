"""The switches reading: numbers that are 0 wherever a formula may break, for the formula itself only meets those points
by chance.

A quotient breaks where its divisor is 0, |a| where a is, floor(a) where a is whole, tan(a) where cos(a) is 0. A break
of a formula or of one of its derivatives is at a zero of a switch, or where a number overflows; not every zero of a
switch is a break. A pair of zeros closer together than the points that are looked at is missed.
"""

from collections.abc import Callable, Iterable

from lib.expression.straight_line import Operation, StraightLine
from lib.readings.beta import whole


def switches(line: StraightLine, variable: str) -> StraightLine:
    """The program that computes the formula's components and, as further outputs, its switches."""
    builder = _Builder(line, variable)
    found: dict[int, None] = {}
    for index, step in enumerate(line.operations):
        if step.name in SWITCHES and index in builder.varying:
            found.update(dict.fromkeys(SWITCHES[step.name](builder, *step.operands)))
    varying = tuple(index for index in found if index in builder.varying)
    return StraightLine(tuple(builder.operations), line.outputs + varying)


class _Builder:
    """The operations of a program, to which more can be added."""

    def __init__(self, line: StraightLine, variable: str) -> None:
        self.operations = list(line.operations)
        self.varying: set[int] = set()  # what depends on the variable
        self._made: dict[Operation, int] = {}
        for index, step in enumerate(line.operations):
            if (step.name == "letter" and step.value == variable) or self.varying.intersection(step.operands):
                self.varying.add(index)

    def emit(self, name: str, *operands: int | float) -> int:
        """Where the value of one more operation is; a float operand is a number."""
        places = tuple(self._add(Operation("number", value=o)) if isinstance(o, float) else o for o in operands)
        return self._add(Operation(name, places))

    def _add(self, step: Operation) -> int:
        if step not in self._made:
            self._made[step] = len(self.operations)
            self.operations.append(step)
            if self.varying.intersection(step.operands):
                self.varying.add(self._made[step])
        return self._made[step]

    def factors(self, index: int) -> list[int]:
        """Values one of which is 0 wherever this one is; so the zero of x² is a change of sign of x."""
        step = self.operations[index]
        if step.name == "mul":
            return [factor for operand in step.operands for factor in self.factors(operand)]
        return self.factors(step.operands[0]) if step.name in _ZERO_WITH_FIRST else [index]

    def number(self, index: int) -> float | None:
        """The value, where it is a number in the formula."""
        step = self.operations[index]
        if step.name == "neg":
            inner = self.number(step.operands[0])
            return None if inner is None else -inner
        return float(step.value) if step.name == "number" and step.value is not None else None


_ZERO_WITH_FIRST = frozenset({"pow", "div", "neg", "abs", "sqrt", "cbrt"})
_Switch = Callable[..., Iterable[int]]


def _pow(b: _Builder, base: int, exponent: int) -> Iterable[int]:
    number = b.number(exponent)
    whole = number is not None and number >= 0 and number.is_integer()
    return () if whole else b.factors(base)


def _whole(b: _Builder, a: int) -> int:
    """0 where a is a whole number."""
    return b.emit("sub", a, b.emit("round", a))


def _pole_of_gamma(b: _Builder, a: int) -> int:
    """0 where a is 0, −1, −2, …"""
    return _whole(b, b.emit("min", a, 0.25))


def _at(*places: float) -> _Switch:
    """The argument is one of these numbers."""
    return lambda b, a: [f for place in places for f in (b.factors(a) if place == 0 else [b.emit("sub", a, place)])]


def _equal(b: _Builder, left: int, right: int) -> Iterable[int]:
    return (b.emit("sub", left, right),)


def _mod(b: _Builder, a: int, divisor: int) -> Iterable[int]:
    return (_whole(b, b.emit("div", a, divisor)), *b.factors(divisor))


def _gammas(b: _Builder, *arguments: int) -> Iterable[int]:
    return [_pole_of_gamma(b, a) for a in arguments]


def _binomial(b: _Builder, n: int, k: int) -> Iterable[int]:
    if whole(b.number(k), 0) is not None:
        return ()  # a polynomial
    rest = b.emit("sub", n, k)
    return _gammas(b, *(b.emit("add", a, 1.0) for a in (n, k, rest)))


_zero, _ones, _integer = _at(0.0), _at(-1.0, 1.0), lambda b, a: (_whole(b, a),)

SWITCHES: dict[str, _Switch] = {
    "div": lambda b, _, divisor: b.factors(divisor),
    "pow": _pow,
    **dict.fromkeys(("lt", "le", "gt", "ge", "eq", "ne", "min", "max"), _equal),
    "clamp": lambda b, a, low, high: (b.emit("sub", a, low), b.emit("sub", a, high)),
    **dict.fromkeys(("sqrt", "cbrt", "log", "log2", "log10", "abs", "sign", "coth", "csch", "acsch"), _zero),
    **dict.fromkeys(("relu", "softsign"), _zero),
    **dict.fromkeys(("leaky_relu", "elu", "heaviside"), lambda b, a, _: b.factors(a)),
    "log1p": _at(-1.0),
    **dict.fromkeys(("tan", "sec"), lambda b, a: (b.emit("cos", a),)),
    **dict.fromkeys(("cot", "csc"), lambda b, a: (b.emit("sin", a),)),
    **dict.fromkeys(("asin", "acos", "atanh", "erfinv"), _ones),
    **dict.fromkeys(("asec", "acsc", "acoth"), _at(-1.0, 0.0, 1.0)),
    "acosh": _at(1.0),
    **dict.fromkeys(("asech", "logit"), _at(0.0, 1.0)),
    "atan2": lambda b, y, x: b.factors(y),
    "hypot": lambda b, x, y: (*b.factors(x), *b.factors(y)),
    **dict.fromkeys(("floor", "ceil", "trunc", "frac"), _integer),
    "round": lambda b, a: (_whole(b, b.emit("add", a, 0.5)),),
    "mod": _mod,
    **dict.fromkeys(("gamma", "lgamma", "digamma"), _gammas),
    "factorial": lambda b, a: _gammas(b, b.emit("add", a, 1.0)),
    "beta": lambda b, x, y: _gammas(b, x, y, b.emit("add", x, y)),
    "binomial": _binomial,
    **dict.fromkeys(("j0", "j1"), _at(-180.0, 180.0)),
}

# Operations that don't break where their arguments don't.
SMOOTH = frozenset(
    (
        *("add", "sub", "mul", "neg", "and", "or", "not", "indicator", "where", "exp", "exp2", "expm1", "sin", "cos"),
        *("atan", "acot", "sinc", "sinh", "cosh", "tanh", "sech", "asinh", "sigmoid", "softplus", "gelu", "silu"),
        *("mish", "erf", "erfc", "i0", "i1"),
    )
)
