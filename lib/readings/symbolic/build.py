"""The symbolic reading: SymPy objects, built operation by operation; SymPy is never given a text to read.

Imports SymPy, and what SymPy does with a formula can't be bounded in advance: for work that a deadline can end.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from math import isinf, isnan
from typing import Any

import sympy
from sympy import Expr, Integer, Rational, S

from lib.expression import Expression, ExpressionError
from lib.expression.limits import MAX_EXACT_BITS, MAX_EXACT_DIGITS, MAX_SYMBOLIC_SIZE
from lib.expression.straight_line import Operation, StraightLine
from lib.expression.unroll import unroll
from lib.message import Message
from lib.readings.symbolic import functions as own
from lib.readings.symbolic.numbers import double

CONSTANTS = {"pi": sympy.pi, "e": sympy.E}


def symbolic(expression: Expression, *, at: Mapping[str, float] | None = None) -> Any:
    """The formula as a SymPy expression of real symbols, as a column Matrix for a vector.

    Letters with values in `at` become those numbers; letters that bound sums need one. Short decimals are exact
    fractions (0.2 is 1/5), others Floats. Where the tensor reading is undefined, values may be complex; what is
    real nowhere is nan. rand() and randn() are symbols.
    Raises ExpressionError when the exact formula is beyond limits.py, ValueError when a bound has no value.
    """
    values = dict(at or {})
    missing = sorted(expression.bounds - values.keys())
    if missing:
        raise ValueError(Message("The letter `{name}` has no value.", name=missing[0]))
    line = unroll(expression.program, tuple((name, float(values[name])) for name in sorted(expression.bounds)))
    _refuse_large(line)
    results: list[Any] = []
    numbers: list[float | bool | None] = []  # the values of what depends on no letter
    for operation in line.operations:
        value = _number(operation, [numbers[i] for i in operation.operands], values)
        numbers.append(value)
        if operation.operands:
            results.append(_combined(operation, [results[i] for i in operation.operands], value))
        else:
            results.append(_leaf(operation, values))
    outputs = [results[i] for i in line.outputs]
    return outputs[0] if expression.shape is None else sympy.ImmutableMatrix(outputs)


def derivative(formula: Any, letter: str, order: int = 1) -> Any:
    """The derivative where it exists: at kinks and jumps nothing is left of SymPy's delta functions."""
    if formula is S.NaN:
        return formula
    for _ in range(order):
        formula = formula.diff(sympy.Symbol(letter, real=True))
        formula = formula.replace(sympy.DiracDelta, lambda *arguments: S.Zero)
    return formula


def exact(value: float) -> Expr:
    """A float as a fraction where it was typed as a short decimal, else as the Float that it is."""
    decimal = Decimal(repr(value))
    if not decimal.is_finite():
        return S.NaN if decimal.is_nan() else S.Infinity if value > 0 else S.NegativeInfinity
    if len(decimal.as_tuple().digits) > MAX_EXACT_DIGITS:
        return sympy.Float(value)
    return Rational(*map(Integer, decimal.as_integer_ratio()))


def _refuse_large(line: StraightLine) -> None:
    """Values that are used twice are written twice: the size of the formula is known before it is built."""
    sizes: list[int] = []
    for operation in line.operations:
        sizes.append(1 + sum(sizes[i] for i in operation.operands))
    if sum(sizes[i] for i in line.outputs) > MAX_SYMBOLIC_SIZE:
        raise _too_large(line.operations[-1])


def _too_large(operation: Operation) -> ExpressionError:
    return ExpressionError(
        Message("This is infinite, or too large for an exact formula."),
        operation.span,
        Message("Take smaller numbers, or fewer."),
    )


def _number(operation: Operation, operands: list[Any], values: Mapping[str, float]) -> float | bool | None:
    """The operation's value in double precision when it depends on no letter."""
    if operation.name == "number":
        return float(operation.value or 0)
    if operation.name == "letter" and operation.value in values:
        return float(values[str(operation.value)])
    if not operands or any(value is None for value in operands):
        return None
    result = double(operation.name, operands)
    if not any(map(isinf, operands)) and isinf(result):
        raise _too_large(operation)
    return result


def _leaf(operation: Operation, values: Mapping[str, float]) -> Any:
    if operation.constant in CONSTANTS:
        return CONSTANTS[operation.constant]
    if operation.name == "number":
        return exact(float(operation.value or 0))
    if operation.name == "letter":
        name = str(operation.value)
        return exact(float(values[name])) if name in values else sympy.Symbol(name, real=True)
    return sympy.Symbol(f"{operation.name}_{int(float(operation.value or 0))}", real=True)


def _combined(operation: Operation, operands: list[Any], value: float | bool | None) -> Any:
    if value is not None and isnan(value):
        return S.NaN
    if any(o is S.NaN for o in operands) and operation.name not in _TAKE_NAN:
        return S.NaN
    if any(o in (S.Infinity, S.NegativeInfinity) for o in operands) and operation.name not in _TAKE_INFINITY:
        return S.NaN
    if operation.name == "binomial" and value is None and any(map(_long, operands)):
        raise _too_large(operation)  # SymPy would multiply it out for the first number put in
    _check_powers(operation, operands)
    try:
        result = SYMBOLIC[operation.name](*operands)
    except _SYMPY_ERRORS as error:
        raise ExpressionError(
            Message("There is no exact formula for this."), operation.span, Message("Use its values instead.")
        ) from error
    if operation.name in _CONDITIONS:
        return result
    return S.NaN if result.has(S.ComplexInfinity) or result.is_extended_real is False else result


def _check_powers(operation: Operation, operands: list[Any]) -> None:
    """Refuse powers of numbers that SymPy would multiply out into numbers with very many digits."""
    if operation.name == "exp":  # exp(n log 2) becomes 2^n
        bases = [log.args[0] for log in operands[0].atoms(sympy.log)]
        exponent = operands[0]
    elif operation.name in ("pow", "exp2"):
        bases, exponent = (operands[:1] or []), operands[-1]
    else:
        return
    bits = max((_bits(n) for base in bases for n in base.atoms(Rational)), default=0)
    bits = max(bits, 2 if operation.name == "exp2" else 0)
    largest = max((abs(n) for n in exponent.atoms(Rational)), default=S.One)
    if bits * largest > MAX_EXACT_BITS:
        raise _too_large(operation)


def _bits(n: Any) -> int:
    """Bits of a fraction; 0 for ±1 and 0, whose powers don't grow."""
    return 0 if n in (0, 1, -1) else int(n.p).bit_length() + int(n.q).bit_length() - 1


# Each operation in SymPy


def _if(condition: Any, a: Any, b: Any) -> Any:
    """a or b; an undefined one is left out, since SymPy's derivative of nan is 0."""
    if b is S.NaN:
        return S.NaN if a is S.NaN else sympy.Piecewise((a, condition))
    return sympy.Piecewise((b, sympy.Not(condition))) if a is S.NaN else sympy.Piecewise((a, condition), (b, True))


def _compare(relation: Callable[..., Any], undefined: Any = S.false) -> Callable[..., Any]:
    """A comparison; with an undefined side it is false, but for ≠."""
    return lambda a, b: undefined if a is S.NaN or b is S.NaN else relation(a, b)


def _careful(function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that SymPy works out for whole numbers, term by term, left as it is for large ones."""

    def line(*arguments: Any) -> Any:
        return function(*arguments, evaluate=False) if any(map(_long, arguments)) else function(*arguments)

    return line


def _long(n: Any) -> bool:
    return bool(n.is_Rational) and _bits(n) > 10


_gamma, _digamma = _careful(sympy.gamma), _careful(lambda x, **options: sympy.polygamma(0, x, **options))
_CONDITIONS = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})
_TAKE_NAN = _CONDITIONS | {"where", "indicator"}
_TAKE_INFINITY = _TAKE_NAN | {"neg", "min", "max", "clamp"}

# What SymPy raises, and not by any rule, when it can't: it compares no complex numbers, for example.
_SYMPY_ERRORS = (
    ArithmeticError, AttributeError, LookupError, NotImplementedError, RecursionError, TypeError, ValueError,
)  # fmt: skip

SYMBOLIC: dict[str, Callable[..., Any]] = {
    "add": sympy.Add,
    "sub": lambda a, b: a - b,
    "mul": sympy.Mul,
    "div": lambda a, b: a / b,
    "neg": lambda a: -a,
    "pow": sympy.Pow,
    "lt": _compare(sympy.Lt),
    "le": _compare(sympy.Le),
    "gt": _compare(sympy.Gt),
    "ge": _compare(sympy.Ge),
    "eq": _compare(sympy.Eq),
    "ne": _compare(sympy.Ne, S.true),
    "and": sympy.And,
    "or": sympy.Or,
    "not": sympy.Not,
    "indicator": lambda c: _if(c, S.One, S.Zero),
    "where": _if,
    "sqrt": sympy.sqrt,
    "cbrt": own.cbrt,
    "exp": sympy.exp,
    "exp2": lambda x: sympy.Pow(2, x),
    "expm1": lambda x: sympy.exp(x) - 1,
    "log": sympy.log,
    "log10": lambda x: sympy.log(x) / sympy.log(10),
    "log2": lambda x: sympy.log(x) / sympy.log(2),
    "log1p": lambda x: sympy.log(1 + x),
    "sin": sympy.sin,
    "cos": sympy.cos,
    "tan": sympy.tan,
    "cot": sympy.cot,
    "sec": sympy.sec,
    "csc": sympy.csc,
    "asin": sympy.asin,
    "acos": sympy.acos,
    "atan": sympy.atan,
    "acot": lambda x: sympy.pi / 2 - sympy.atan(x),
    "asec": sympy.asec,
    "acsc": sympy.acsc,
    "atan2": sympy.atan2,
    "hypot": lambda x, y: sympy.sqrt(x**2 + y**2),
    "sinc": lambda x: sympy.sinc(sympy.pi * x),
    "sinh": sympy.sinh,
    "cosh": sympy.cosh,
    "tanh": sympy.tanh,
    "coth": sympy.coth,
    "sech": sympy.sech,
    "csch": sympy.csch,
    "asinh": sympy.asinh,
    "acosh": sympy.acosh,
    "atanh": sympy.atanh,
    "acoth": sympy.acoth,
    "asech": sympy.asech,
    "acsch": sympy.acsch,
    "abs": own.Abs,
    "sign": own.sign,
    "floor": own.floor,
    "ceil": own.ceiling,
    "round": own.nint,
    "trunc": own.trunc,
    "frac": lambda x: x - own.trunc(x),
    "mod": lambda x, y: x - y * own.floor(x / y),
    "min": sympy.Min,
    "max": sympy.Max,
    "clamp": lambda x, low, high: sympy.Min(sympy.Max(x, low), high),
    "heaviside": lambda x, at_zero: sympy.Piecewise((S.Zero, x < 0), (S.One, x > 0), (at_zero, True)),
    "sigmoid": lambda x: 1 / (1 + sympy.exp(-x)),
    "logit": lambda x: sympy.log(x) - sympy.log(1 - x),
    "softplus": lambda x: sympy.log(1 + sympy.exp(x)),
    "softsign": lambda x: x / (1 + own.Abs(x)),
    "relu": lambda x: _if(x > 0, x, S.Zero),
    "leaky_relu": lambda x, slope: _if(x > 0, x, slope * x),
    "elu": lambda x, alpha: _if(x > 0, x, alpha * (sympy.exp(x) - 1)),
    "gelu": lambda x: x * (1 + sympy.erf(x / sympy.sqrt(2))) / 2,
    "silu": lambda x: x / (1 + sympy.exp(-x)),
    "mish": lambda x: x * sympy.tanh(sympy.log(1 + sympy.exp(x))),
    "erf": sympy.erf,
    "erfc": sympy.erfc,
    "erfinv": sympy.erfinv,
    "gamma": _gamma,
    "lgamma": own.lgamma,
    "digamma": _digamma,
    "beta": _careful(sympy.beta),
    "factorial": lambda x: _gamma(x + 1),
    "binomial": _careful(sympy.binomial),
    "j0": lambda x: sympy.besselj(0, x),
    "j1": lambda x: sympy.besselj(1, x),
    "i0": lambda x: sympy.besseli(0, x),
    "i1": lambda x: sympy.besseli(1, x),
}
