"""The formula of a derivative, and exact values of derivatives, by SymPy: work for lib.jobs, as nothing bounds it.

Imports no torch, so that a worker that only does this is small and quickly replaced.
"""

import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import sympy
from sympy import S

from lib.expression import Expression, ExpressionError, parse
from lib.message import Message
from lib.readings.symbolic.build import derivative, symbolic
from lib.readings.symbolic.text import Unreadable, plain, typeset

MAX_ORDER = 4  # more fill the screen
MAX_LATEX = 3000  # characters: some ten lines
SIMPLIFYING = 0.8  # seconds
SHORTER = 0.75  # of the operations that may be left for the simplified formula to be the better one
DIGITS = 30
NOTHING = 1e-60  # a divisor so small is 0 but for rounding


@dataclass(frozen=True)
class Formula:
    """The formula of f^(order). text: its canonical text, None where the formula language can't say it."""

    order: int
    latex: str
    text: str | None


def formula(
    expression: Expression, order: int = 1, variable: str = "x", at: Mapping[str, float] | None = None
) -> Formula:
    """The formula of the derivative, simplified when that is quick and makes it shorter; of f itself for order 0.

    It holds where the derivative exists. Letters with values in `at` become numbers; those that bound sums need one.
    Raises ValueError with a Message where SymPy has none, or one too long to show.
    """
    if not 0 <= order <= MAX_ORDER:
        raise ValueError(Message("Choose an order of derivative from 0 to {limit}.", limit=MAX_ORDER))
    found = _derivative(expression, order, variable, at)
    found = _joined(_shortest(_joined(found)))
    found = found.xreplace({S.ComplexInfinity: S.NaN})  # of x/|x| at 0
    text, latex = None, ""
    try:
        read = parse(plain(found))
        text, latex = read.canonical(), read.latex()
    except (Unreadable, ExpressionError):
        latex = typeset(found)
    if len(latex) > MAX_LATEX:
        raise ValueError(Message("The formula is too long to show."))
    return Formula(order, latex, text)


def exact_values(
    expression: Expression,
    points: Sequence[float],
    orders: int = 2,
    variable: str = "x",
    at: Mapping[str, float] | None = None,
) -> tuple[tuple[str, ...], ...]:
    """f, f', ... at the points, by the formulas, to 30 digits: a row of texts an order, "nan" where undefined.

    A point is the double that it is: 0.1 is 0.1000000000000000055….
    """
    letter = sympy.Symbol(variable, real=True)
    exact = [sympy.Rational(*map(sympy.Integer, float(point).as_integer_ratio())) for point in points]
    rows = []
    for order in range(orders + 1):
        found = _derivative(expression, order, variable, at)
        rows.append(tuple(_digits(found, letter, point) for point in exact))
    return tuple(rows)


def exact_partials(
    expression: Expression,
    point: Sequence[float],
    variables: Sequence[str],
    at: Mapping[str, float] | None = None,
    orders: int = 2,
) -> dict[tuple[int, ...], str]:
    """f (), its partial derivatives (i,) and, of 2 orders, (i, j) with i <= j at one point, as in `exact_values`."""
    place = {
        sympy.Symbol(name, real=True): sympy.Rational(*map(sympy.Integer, float(x).as_integer_ratio()))
        for name, x in zip(variables, point, strict=True)
    }
    f = _derivative(expression, 0, variables[0], at)
    found: dict[tuple[int, ...], str] = {(): _digits_at(f, place)}
    for i, first in enumerate(variables):
        slope = _known(derivative(f, first))
        found[i,] = _digits_at(slope, place)
        for j in range(i, len(variables) if orders > 1 else 0):
            found[i, j] = _digits_at(_known(derivative(slope, variables[j])), place)
    return found


def warm_up() -> None:
    """What the first formula would wait for: imports, and SymPy's own tables."""
    formula(parse("x^2 sin(x)/sqrt(1+x)"), 2)


def _derivative(expression: Expression, order: int, variable: str, at: Mapping[str, float] | None) -> Any:
    if expression.random:
        raise ValueError(Message("Noise has no formula: remove `rand` and `randn`."))
    if order and variable in expression.bounds:
        raise ValueError(Message("`{name}` bounds a sum, so it has one value and is no variable.", name=variable))
    return _known(derivative(symbolic(expression, at=at), variable, order))


def _known(found: Any) -> Any:
    """The derivative, if SymPy could work it out."""
    unknown = found.atoms(sympy.Derivative, sympy.Subs)
    if unknown:
        name = next(iter(unknown)).args[0].func.__name__
        raise ValueError(Message("SymPy knows no derivative of `{name}`.", name=name))
    return found


def _digits(found: Any, letter: Any, point: Any) -> str:
    return _digits_at(found, {letter: point})


def _digits_at(found: Any, place: Mapping[Any, Any]) -> str:
    found = _held(found, place)
    if any(_vanishes(power.base, place) for power in found.atoms(sympy.Pow) if power.exp.is_negative):
        return "nan"  # evalf would take 0/0 for 0
    here = {letter: x for letter, x in place.items() if found.has(letter)}
    value = found.evalf(DIGITS, subs=here) if here else found.evalf(DIGITS)
    return str(value) if value.is_Float or value.is_Integer else "nan"


def _held(found: Any, place: Mapping[Any, Any]) -> Any:
    """With each piecewise function replaced by its piece that holds at the point."""

    def piece(function: Any) -> Any:
        conditions = (condition.subs(place) for _value, condition in function.args)
        return next((v for (v, _c), holds in zip(function.args, conditions, strict=True) if holds == S.true), S.NaN)

    return found.replace(lambda part: isinstance(part, sympy.Piecewise), piece)


def _vanishes(base: Any, place: Mapping[Any, Any]) -> bool:
    value = base.evalf(DIGITS, subs=place)
    return bool(value.is_number and value.is_finite and abs(value) < NOTHING)


def _shortest(found: Any) -> Any:
    try:
        with _time_share(SIMPLIFYING):
            simple = sympy.simplify(found)
    except _OutOfTime:
        sympy.core.cache.clear_cache()  # what was broken off may have left half-known facts
        return found
    return simple if sympy.count_ops(simple) < SHORTER * sympy.count_ops(found) else found


def _joined(found: Any) -> Any:
    """With the powers of one base in a product as one power: SymPy leaves x^n/x in the derivative of x^n."""

    def join(product: Any) -> Any:
        powers: dict[Any, Any] = {}
        rest = []
        for factor in product.args:
            base, exponent = factor.as_base_exp()
            if base.is_number:
                rest.append(factor)
            else:
                powers[base] = powers.get(base, S.Zero) + exponent
        return sympy.Mul(*rest, *(base**exponent for base, exponent in powers.items()))

    return found.replace(lambda part: isinstance(part, sympy.Mul), join)


class _OutOfTime(BaseException):
    """No Exception, since SymPy catches those."""


@contextmanager
def _time_share(seconds: float) -> Iterator[None]:
    """Raises _OutOfTime inside after so many seconds; at once where there is no timer to do so."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        raise _OutOfTime

    def stop(*_: object) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
