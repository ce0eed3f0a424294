"""The ball reading: enclosures of f and of its derivatives over an interval, for proofs.

A finite ball holds every value that the function has on the interval. NaN says that there is no proof: the function is
undefined on a part of the interval, jumps there (derivatives), or the enclosure is too wide to tell.

Literals are the doubles that the tensor reading uses (0.1 is the double nearest 0.1); the constants pi and e are the
true numbers. Balls are of the mathematical function: they needn't hold the last digits of the tensor reading's value.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from flint import arb, arb_series

from lib.expression import Expression
from lib.expression.straight_line import Operation, StraightLine
from lib.message import Message
from lib.readings import ball_series as s
from lib.readings import ball_special as special
from lib.readings import enclosure as e
from lib.readings.ball_series import UNDEFINED, Line, Series, inv, joined, smooth, square
from lib.readings.enclosure import HALF, NAN, ONE, PI, ZERO, defined
from lib.readings.quotient import RECIPROCAL_GAMMA
from lib.readings.tensor import straight_line


@dataclass(frozen=True, slots=True)
class Here:
    """What is so at the one point that the ball is, but may be otherwise right beside it: x = 0 at 0."""

    holds: bool

    def __bool__(self) -> bool:
        return self.holds


Truth = bool | Here | None  # None: true on a part of the interval only, or can't tell


def enclose(expression: Expression, x: arb, *, variable: str = "x", at: Mapping[str, float | arb] | None = None) -> arb:
    """A ball that holds every value of f on the ball x; NaN where there is none. `at` holds the other letters."""
    return Enclosure(expression, variable=variable, at=at).value(x)


def enclose_series(
    expression: Expression, x: arb, order: int, *, variable: str = "x", at: Mapping[str, float | arb] | None = None
) -> list[arb]:
    """Balls that hold f^(k)/k! at every point of the ball x, k = 0 … order; NaN where there is none.

    Coefficient 1 holds every (f(b) − f(a))/(b − a) for a, b in x, at kinks as well (see lib/readings/ball_series.py),
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


def apply(operation: Operation, operands: list[Any]) -> Series | Truth:
    """One operation; undefined where an operand is, but for conditions, branches and ±inf as a bound."""
    line = special.rgamma if operation.name == RECIPROCAL_GAMMA else BALL[operation.name]
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


# Conditions


def _compared(a: Series, b: Series, yes: bool, no: bool) -> Truth:
    """Whether a relation of a and b holds. Where both are the same number and one of them moves, slopes can't tell."""
    if not (yes or no):
        return None
    moving = min(a.prec, b.prec) > 1 and max(a.length(), b.length()) > 1
    return Here(yes) if moving and a[0] == b[0] else yes


def _equal(a: Series, b: Series) -> Truth:
    return _compared(a, b, a[0] == b[0], a[0] < b[0] or a[0] > b[0])


def _not(a: Truth) -> Truth:
    return None if a is None else Here(not a) if isinstance(a, Here) else not a


def _and(a: Truth, b: Truth) -> Truth:
    if a is False or b is False:
        return False
    if isinstance(a, Here) or isinstance(b, Here):
        no = any(isinstance(c, Here) and not c for c in (a, b))
        return Here(False) if no else None if a is None or b is None else Here(True)
    return None if a is None or b is None else True


def _where(condition: Truth, a: Series, b: Series) -> Series:
    if condition is None:
        return s.hull(a, b, 1)
    chosen = a if condition else b
    return s.cut(chosen, 1) if isinstance(condition, Here) else chosen


LOOKS_ITSELF = frozenset({
    "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "where", "indicator", "min", "max", "clamp", "neg",
})  # fmt: skip


# Functions that others are made of.

_sinh: Line = smooth(e.guarded(arb.sinh), lambda a: _cosh(a))
_cosh: Line = smooth(e.guarded(arb.cosh), lambda a: _sinh(a))


def _sech_tanh(a: Series) -> tuple[Series, Series]:
    """By exp(−|a|), which underflows quietly."""
    if a[0] < 0:
        sech, tanh = _sech_tanh(-a)
        return sech, -tanh
    if a[0] > 0:
        decay = s.exp(-a)
        half = decay * inv(1 + square(decay))
        sech, tanh = 2 * half, 1 - 2 * decay * half
    else:
        sech = inv(_cosh(a))
        tanh = _sinh(a) * sech
    return s.with_value(sech, e.sech(a[0])), s.with_value(tanh, e.tanh(a[0]))


def _sech_slope(a: Series) -> Series:
    sech, tanh = _sech_tanh(a)
    return -(sech * tanh)


_sech: Line = smooth(e.sech, _sech_slope)
_tanh: Line = smooth(e.tanh, lambda a: square(_sech_tanh(a)[0]))
_sigmoid: Line = smooth(e.sigmoid, lambda a: square(_sech_tanh(a * HALF)[0]) * arb(0.25))
_softplus: Line = smooth(e.softplus, _sigmoid)
_expm1: Line = smooth(e.expm1, s.exp)
_cbrt: Line = smooth(e.cbrt, lambda a: inv(3 * square(_cbrt(a))))
_erf_slope = 2 / PI.sqrt()
_erfc: Line = smooth(e.erfc, lambda a: s.exp(-square(a)) * -_erf_slope)
_erfinv: Line = smooth(e.erfinv, lambda a: s.exp(square(_erfinv(a))) / _erf_slope)
_LOG2, _LOG10 = arb.const_log2(), arb.const_log10()


def _arc(a: Series) -> Series:
    """1/sqrt(1 − a²)"""
    return inv(s.sqrt(1 - square(a)))


def _arc_of_reciprocal(a: Series, sign: int) -> Series:
    """1/(a² sqrt(1 + sign/a²))"""
    over = inv(square(a))
    return over * inv(s.sqrt(1 + sign * over))


BALL: dict[str, Callable[..., Any] | None] = {
    "rand": None,
    "randn": None,
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": s.div,
    "neg": lambda a: -a,
    "pow": s.power,
    "lt": lambda a, b: _compared(a, b, a[0] < b[0], a[0] >= b[0]),
    "le": lambda a, b: _compared(a, b, a[0] <= b[0], a[0] > b[0]),
    "gt": lambda a, b: _compared(a, b, a[0] > b[0], a[0] <= b[0]),
    "ge": lambda a, b: _compared(a, b, a[0] >= b[0], a[0] < b[0]),
    "eq": _equal,
    "ne": lambda a, b: _not(_equal(a, b)),
    "and": _and,
    "or": lambda a, b: _not(_and(_not(a), _not(b))),
    "not": _not,
    "indicator": lambda c: _where(c, s.constant(ONE), s.constant(ZERO)),
    "where": _where,
    "sqrt": s.sqrt,
    "cbrt": _cbrt,
    "exp": s.exp,
    "exp2": lambda a: s.exp(a * _LOG2),
    "expm1": _expm1,
    "log": s.log,
    "log10": lambda a: s.log(a) / _LOG10,
    "log2": lambda a: s.log(a) / _LOG2,
    "log1p": smooth(arb.log1p, lambda a: inv(1 + a)),
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "tan": smooth(arb.tan, lambda a: square(inv(a.cos()))),
    "cot": smooth(arb.cot, lambda a: -square(inv(a.sin()))),
    "sec": lambda a: inv(a.cos()),
    "csc": lambda a: inv(a.sin()),
    "asin": smooth(e.asin, _arc),
    "acos": smooth(e.acos, lambda a: -_arc(a)),
    "atan": smooth(arb.atan, lambda a: inv(1 + square(a))),
    "acot": smooth(lambda x: PI / 2 - x.atan(), lambda a: -inv(1 + square(a))),
    "asec": smooth(e.asec, lambda a: _arc_of_reciprocal(a, -1)),
    "acsc": smooth(e.acsc, lambda a: -_arc_of_reciprocal(a, -1)),
    "atan2": s.atan2,
    "hypot": s.hypot,
    "sinc": special.sinc,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": smooth(e.coth, lambda a: -square(inv(_sinh(a)))),
    "sech": _sech,
    "csch": smooth(e.csch, lambda a: -(inv(_sinh(a)) * inv(_tanh(a)))),
    "asinh": smooth(e.asinh, lambda a: inv(s.sqrt(1 + square(a)))),
    "acosh": smooth(e.acosh, lambda a: inv(s.sqrt(square(a) - 1))),
    "atanh": smooth(e.atanh, lambda a: inv(1 - square(a))),
    "acoth": smooth(e.acoth, lambda a: inv(1 - square(a))),
    "asech": smooth(e.asech, lambda a: -(inv(a) * _arc(a))),
    "acsch": smooth(e.acsch, lambda a: -_arc_of_reciprocal(a, 1)),
    "abs": s.absolute,
    "sign": s.sign,
    "floor": s.floor,
    "ceil": s.ceil,
    "round": s.round_,
    "trunc": s.trunc,
    "frac": s.fraction,
    "mod": s.modulo,
    "min": s.minimum,
    "max": s.maximum,
    "clamp": lambda a, low, high: s.minimum(s.maximum(a, low), high),
    "heaviside": s.heaviside,
    "sigmoid": _sigmoid,
    "logit": smooth(e.logit, lambda a: inv(a) + inv(1 - a)),
    "softplus": _softplus,
    "softsign": smooth(e.softsign, lambda a: inv(square(1 + s.absolute(a)))),
    "relu": lambda a: joined(a, lambda x: x * 0, lambda x: x),
    "leaky_relu": lambda a, slope: joined(a, lambda x: x * slope, lambda x: x),
    "elu": lambda a, alpha: joined(a, lambda x: alpha * _expm1(x), lambda x: x),
    "gelu": lambda a: a * _erfc(a * -HALF.sqrt()) * HALF,
    "silu": lambda a: a * _sigmoid(a),
    "mish": lambda a: a * _tanh(_softplus(a)),
    "erf": smooth(e.erf, lambda a: s.exp(-square(a)) * _erf_slope),
    "erfc": _erfc,
    "erfinv": _erfinv,
    "gamma": special.gamma,
    "lgamma": smooth(e.lgamma, special.digamma),
    "digamma": special.digamma,
    "beta": special.beta,
    "factorial": lambda a: special.gamma(a + 1),
    "binomial": special.binomial,
    "j0": special.bessel_j(0),
    "j1": special.bessel_j(1),
    "i0": special.bessel_i(0),
    "i1": special.bessel_i(1),
}
