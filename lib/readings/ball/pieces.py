"""Enclosures of the values that f does take on an interval, where it is defined there on a part only or jumps.

An Enclosure says NaN as soon as f is undefined somewhere on the ball. To prove that f(x) = y nowhere on it,
more can be said: arguments are cut to the domain of each function, and what jumps is looked at once for each of the
values that it may have there, since f is on every point of the ball what one of these pieces is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb, arb_series

from lib.expression.straight_line import Operation
from lib.readings.ball import series as s
from lib.readings.ball import values as e
from lib.readings.ball.enclosure import Enclosure, apply
from lib.readings.ball.functions import LOOKS_ITSELF
from lib.readings.ball.values import NAN, ONE, ZERO, defined

MOST = 256  # pieces looked at on one ball
WHOLE = 16  # whole numbers that a value which jumps may be


class _Nowhere:
    """A value that is undefined on the whole ball."""


NOWHERE = _Nowhere()


@dataclass(frozen=True, slots=True)
class _Half:
    """A value anywhere from an end on, up to ∞ (way 1) or down to −∞ (way −1)."""

    end: arb
    way: int

    def __neg__(self) -> "_Half":
        return _Half(-self.end, -self.way)

    def plus(self, other: "_Half | arb_series") -> Any:
        if isinstance(other, arb_series):
            return _Half(self.end + other[0], self.way) if defined(other[0]) else s.UNDEFINED
        return _Half(self.end + other.end, self.way) if self.way == other.way else s.UNDEFINED

    def times(self, factor: "_Half | arb_series") -> Any:
        if isinstance(factor, _Half) or not defined(factor[0]) or factor[0].contains(0):
            return s.UNDEFINED
        return _Half(self.end * factor[0], self.way if factor[0] > 0 else -self.way)


# Below its largest value, where a logarithm may be: a ball's radius has few digits, so the way to −∞ (that is, to what
# enclosure.LARGEST calls undefined) is taken in balls whose ends are of like size.
DEPTHS = [arb(0), arb(1), arb(2) ** 10, *(arb(2) ** k for k in range(30, 4096, 20)), arb(2) ** 4095]


class Pieces(Enclosure):
    """f, for questions of where it can't have a value."""

    def excludes(self, x: arb, jumps: bool = False) -> bool:
        """Whether f has the value 0 nowhere on the ball x. With jumps, each piece of a jump is looked at by itself."""
        choices: list[int] = []
        for _ in range(MOST):
            run = _Run(choices if jumps else None)
            value = run.value(self, x)
            if not _never_zero(value):
                return False
            if not _advance(run.choices, run.counts):
                return True
            choices = run.choices
        return False

    def nowhere(self, x: arb) -> bool:
        """Whether f is undefined on the whole ball."""
        return _Run(None).value(self, x) is NOWHERE


def _never_zero(value: Any) -> bool:
    if isinstance(value, _Half):
        return bool(value.end * value.way > 0)
    return value is NOWHERE or bool(defined(value[0]) and not value[0].contains(0))


def _advance(choices: list[int], counts: list[int]) -> bool:
    """The next of all choices, in place; False after the last."""
    while choices:
        choices[-1] += 1
        if choices[-1] < counts[len(choices) - 1]:
            return True
        choices.pop()
    return False


class _Run:
    """One pass over the operations. choices: which of its values each jump has, in the order met; None: all at once."""

    def __init__(self, choices: list[int] | None) -> None:
        self.given = choices
        self.choices: list[int] = []
        self.counts: list[int] = []
        self.cut: set[int] = set()  # operations that are undefined on a part of the ball

    def value(self, f: Enclosure, x: arb) -> Any:
        seed = arb_series([x], prec=1)
        results: dict[int, Any] = {}
        for i, operation in f.operations:
            if operation.operands:
                results[i] = self.step(i, operation, [results[k] for k in operation.operands])
            else:
                leaf = f.leaves.get(i, seed)
                results[i] = s.cut(leaf, 1)
        return results[f.output]

    def step(self, i: int, operation: Operation, operands: list[Any]) -> Any:
        name = operation.name
        partial = any(k in self.cut for k in operation.operands)
        if partial:
            self.cut.add(i)
        if name in _COMPARISONS:  # undefined is neither more nor less, so nothing is certain
            unsure = partial or any(a is NOWHERE or isinstance(a, _Half) for a in operands)
            return self.pick(None if unsure else apply(operation, operands), (True, False))
        if name == "where":
            return _where(*operands)
        if any(isinstance(a, _Half) for a in operands):
            return _from_end(name, operands)
        if name in LOOKS_ITSELF and not any(a is NOWHERE for a in operands):
            return apply(operation, operands)
        if any(a is NOWHERE for a in operands):
            return NOWHERE
        if name in _DOMAINS or name == "pow":
            inside = _inside(name, operands)
            if inside is None:
                return NOWHERE
            if inside is not operands[0]:
                self.cut.add(i)
                operands = [inside, *operands[1:]]
        if name in _LOGARITHMS and not operands[0][0] > _LOGARITHMS[name]:
            top: Any = apply(operation, [s.constant(operands[0][0].upper(), 1)])
            return self.descent(top[0]) if self.given is not None else _Half(top[0], -1)
        if self.given is not None and name in _WHOLE:
            return self.piece(name, operation, operands)
        return apply(operation, operands)

    def descent(self, top: arb) -> Any:
        """A value that goes from the top to −∞."""
        depth = self.pick(None, tuple(range(len(DEPTHS) - 1)))
        if not defined(top):
            return s.UNDEFINED
        return s.constant((top - DEPTHS[depth]).union(top - DEPTHS[depth + 1]), 1)

    def piece(self, name: str, operation: Operation, operands: list[Any]) -> Any:
        """One of the values of an operation that jumps, where they are few."""
        if not all(defined(a[0]) for a in operands):
            return s.UNDEFINED
        count, make = _WHOLE[name]
        ball = count(*(a[0] for a in operands))
        if not defined(ball) or ball.is_exact() or not ball.rad() < WHOLE:
            return apply(operation, operands)
        first = int(ball.lower().ceil().lower().fmpz())
        last = int(ball.upper().floor().upper().fmpz())
        n = self.pick(None, tuple(range(first, last + 1)))
        return s.constant(make(arb(n), *(a[0] for a in operands)), 1)

    def pick(self, certain: Any, options: tuple[Any, ...]) -> Any:
        if certain is not None or self.given is None or not options:
            return certain
        place = len(self.counts)
        self.counts.append(len(options))
        self.choices.append(self.given[place] if place < len(self.given) else 0)
        return options[self.choices[place]]


def _where(condition: bool | None, a: Any, b: Any) -> Any:
    if condition is not None:
        return a if condition else b
    if a is NOWHERE or b is NOWHERE:
        return b if a is NOWHERE else a
    return s.UNDEFINED if isinstance(a, _Half) or isinstance(b, _Half) else s.hull(a, b, 1)


def _from_end(name: str, operands: list[Any]) -> Any:
    """A sum or a product with a value that has one end; of anything else nothing is known."""
    if any(a is NOWHERE for a in operands):
        return NOWHERE
    first, other = operands[0], operands[-1]
    if name == "neg":
        return -first
    if name == "sub":
        return _from_end("add", [first, -other])
    if name == "div" and isinstance(other, arb_series):
        return first.times(s.inv(other))
    if name in ("add", "mul"):
        half, other = (first, other) if isinstance(first, _Half) else (other, first)
        return half.plus(other) if name == "add" else half.times(other)
    return s.UNDEFINED


_COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne"})


def _heaviside(n: arb, _x: arb, at_zero: arb) -> arb:
    return at_zero if n == 0 else (ZERO if n < 0 else ONE)


# What jumps: the whole number that it depends on, and its value for that number.
_WHOLE: dict[str, tuple[Callable[..., arb], Callable[..., arb]]] = {
    "floor": (e.floor, lambda n, _x: n),
    "ceil": (e.ceil, lambda n, _x: n),
    "round": (e.round_, lambda n, _x: n),
    "trunc": (e.trunc, lambda n, _x: n),
    "sign": (e.sign, lambda n, _x: n),
    "frac": (e.trunc, lambda n, x: x - n),
    "mod": (lambda x, y: NAN if y.contains(0) else e.floor(x / y), lambda n, x, y: x - n * y),
    "heaviside": (lambda x, _at_zero: e.sign(x), _heaviside),
}

# Where functions are defined and no double overflows; None is no bound.
_DOMAINS: dict[str, tuple[int | None, int | None]] = {
    "sqrt": (0, None),
    "log": (0, None),
    "log10": (0, None),
    "log2": (0, None),
    "log1p": (-1, None),
    "asin": (-1, 1),
    "acos": (-1, 1),
    "acosh": (1, None),
    "atanh": (-1, 1),
    "asech": (0, 1),
    "logit": (0, 1),
    "erfinv": (-1, 1),
    "exp": (None, 710),
    "exp2": (None, 1024),
    "expm1": (None, 710),
    "sinh": (-711, 711),
    "cosh": (-711, 711),
}
# Those that go to −∞ at the lower end, which is left out.
_LOGARITHMS = {"log": 0, "log10": 0, "log2": 0, "log1p": -1}


def _inside(name: str, operands: list[Any]) -> Any:
    """The first operand cut to the function's domain, itself if it lies there, None where it lies outside."""
    x = operands[0][0]
    low: int | None
    high: int | None
    if name == "pow":
        exponent = operands[1][0]
        if not exponent.is_finite() or exponent.contains_integer():
            return operands[0]
        low, high = 0, None
    else:
        low, high = _DOMAINS[name]
    below, above = low is not None and not x >= low, high is not None and not x <= high
    if not x.is_finite() or not (below or above):
        return operands[0]
    if (low is not None and (x < low or (name in _LOGARITHMS and x <= low))) or (high is not None and x > high):
        return None
    if below:
        x = low + (x - low).nonnegative_part()
    if above:
        x = high - (high - x).nonnegative_part()
    return s.constant(x, 1)
