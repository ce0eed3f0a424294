"""The rules of differentiation: the derivative of each operation by each of its operands, as a formula.

Each is plain maths in u, v, w, the first, second and third operand. What has no rule here is a step, whose derivative
is 0 or decided by a condition.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

from lib.expression import Expression, parse
from lib.expression.tree import Program, Step

RULES: dict[str, tuple[str, ...]] = {
    "add": ("1", "1"),
    "sub": ("1", "-1"),
    "mul": ("v", "u"),
    "div": ("1/v", "-(u/v^2)"),
    "neg": ("-1",),
    "pow": ("v u^(v-1)", "u^v log(u)"),
    "total": ("1",),
    "sqrt": ("1/(2 sqrt(u))",),
    "cbrt": ("1/(3 cbrt(u)^2)",),
    "exp": ("exp(u)",),
    "exp2": ("2^u log(2)",),
    "expm1": ("exp(u)",),
    "log": ("1/u",),
    "log10": ("1/(u log(10))",),
    "log2": ("1/(u log(2))",),
    "log1p": ("1/(1 + u)",),
    "sin": ("cos(u)",),
    "cos": ("-sin(u)",),
    "tan": ("1/cos(u)^2",),
    "cot": ("-(1/sin(u)^2)",),
    "sec": ("sin(u)/cos(u)^2",),
    "csc": ("-(cos(u)/sin(u)^2)",),
    "asin": ("1/sqrt(1 - u^2)",),
    "acos": ("-(1/sqrt(1 - u^2))",),
    "atan": ("1/(1 + u^2)",),
    "acot": ("-(1/(1 + u^2))",),
    "asec": ("1/(abs(u) sqrt(u^2 - 1))",),
    "acsc": ("-(1/(abs(u) sqrt(u^2 - 1)))",),
    "atan2": ("v/(u^2 + v^2)", "-(u/(u^2 + v^2))"),
    "hypot": ("u/hypot(u, v)", "v/hypot(u, v)"),
    "sinc": ("(cos(pi u) - sinc(u))/u",),
    "sinh": ("cosh(u)",),
    "cosh": ("sinh(u)",),
    "tanh": ("1 - tanh(u)^2",),
    "coth": ("-(1/sinh(u)^2)",),
    "sech": ("-(sinh(u)/cosh(u)^2)",),
    "csch": ("-(cosh(u)/sinh(u)^2)",),
    "asinh": ("1/sqrt(u^2 + 1)",),
    "acosh": ("1/sqrt(u^2 - 1)",),
    "atanh": ("1/(1 - u^2)",),
    "acoth": ("1/(1 - u^2)",),
    "asech": ("-(1/(u sqrt(1 - u^2)))",),
    "acsch": ("-(1/(abs(u) sqrt(1 + u^2)))",),
    "abs": ("sign(u)",),
    "sign": ("0",),
    "floor": ("0",),
    "ceil": ("0",),
    "round": ("0",),
    "trunc": ("0",),
    "frac": ("1",),
    "mod": ("1", "-floor(u/v)"),
    "min": ("heaviside(v - u, 0.5)", "heaviside(u - v, 0.5)"),
    "max": ("heaviside(u - v, 0.5)", "heaviside(v - u, 0.5)"),
    "relu": ("where(u > 0, 1, 0)",),
    "leaky_relu": ("where(u > 0, 1, v)", "min(u, 0)"),
    "elu": ("where(u > 0, 1, v exp(u))", "expm1(min(u, 0))"),
    "heaviside": ("0",),
    "sigmoid": ("sigmoid(u) (1 - sigmoid(u))",),
    "logit": ("1/(u (1 - u))",),
    "softplus": ("sigmoid(u)",),
    "softsign": ("1/(1 + abs(u))^2",),
    "gelu": ("erfc(-u/sqrt(2))/2 + u exp(-u^2/2)/sqrt(2 pi)",),
    "mish": ("tanh(softplus(u)) + u sigmoid(u) (1 - tanh(softplus(u))^2)",),
    "silu": ("sigmoid(u) (1 + u (1 - sigmoid(u)))",),
    "erf": ("2/sqrt(pi) exp(-u^2)",),
    "erfc": ("-(2/sqrt(pi)) exp(-u^2)",),
    "erfinv": ("sqrt(pi)/2 exp(erfinv(u)^2)",),
    "gamma": ("gamma(u) digamma(u)",),
    "lgamma": ("digamma(u)",),
    "beta": ("beta(u, v) (digamma(u) - digamma(u + v))", "beta(u, v) (digamma(v) - digamma(u + v))"),
    "factorial": ("factorial(u) digamma(u + 1)",),
    "j0": ("-j1(u)",),
    "j1": ("j0(u) - j1(u)/u",),
    "i0": ("i1(u)",),
    "i1": ("i0(u) - i1(u)/u",),
}
_OPERANDS = ("u", "v", "w")


@lru_cache(maxsize=256)
def _rule(text: str) -> Program:
    return parse(text).program


def rule(operation: str, place: int, operands: Sequence[Program]) -> Expression | None:
    """The derivative of the operation by the operand at that place, written with the given operands; None without."""
    rules = RULES.get(operation, ())
    if place >= len(rules):
        return None
    given = dict(zip(_OPERANDS, operands, strict=False))
    program: list[Step] = []
    for step in _rule(rules[place]):
        program += given[str(step.value)] if step.operation == "letter" else (step,)
    return Expression(simplified(tuple(program)), "")


def simplified(program: Program) -> Program:
    """The same without sums and products of numbers, factors of 1, and first powers."""
    stack: list[Program] = []
    for step in program:
        parts = stack[len(stack) - step.arity :]
        del stack[len(stack) - step.arity :]
        stack.append(_joined(step, parts))
    return stack[0]


_ARITHMETIC: dict[str, Callable[..., float]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "neg": lambda a: -a,
}


def _joined(step: Step, parts: list[Program]) -> Program:
    numbers = [_number(part) for part in parts]
    known = [n for n in numbers if n is not None]
    if parts and len(known) == len(parts) and step.operation in _ARITHMETIC:
        return (Step("number", value=float(_ARITHMETIC[step.operation](*known))),)
    if step.operation == "mul" and 1.0 in numbers:
        return parts[1 - numbers.index(1.0)]
    if step.operation in ("pow", "div") and numbers[1] == 1.0:
        return parts[0]
    return (*(s for part in parts for s in part), step)


def _number(program: Program) -> float | None:
    if len(program) == 1 and program[0].operation == "number":
        return float(program[0].value or 0)
    return None
