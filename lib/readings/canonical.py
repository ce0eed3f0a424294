"""The canonical text: plain maths, every operation written out, that parses back to an equal expression."""

from functools import lru_cache

from lib.expression import Expression
from lib.expression.limits import MAX_CHARACTERS
from lib.expression.precedence import AND, ATOM, COMPARISON, NOT, OR, POWER, PRODUCT, SIGN, SUM
from lib.expression.tree import Step
from lib.readings.printing import Line, Piece, fold, plain_number


@lru_cache(maxsize=512)
def canonical(expression: Expression) -> str:
    """Plain maths text of the expression, without spaces around + and − where it would be too long to parse again."""
    text = fold(expression.program, _LINES, _call).text
    return text if len(text) <= MAX_CHARACTERS else text.replace(" + ", "+").replace(" - ", "-").replace(", ", ",")


def _call(step: Step, a: list[Piece]) -> Piece:
    name = {"total": "sum", "product": "prod"}.get(step.operation, step.operation)
    return Piece(f"{name}({', '.join(p.text for p in a)})")


def _leaf(step: Step, a: list[Piece]) -> Piece:
    value = step.value
    return Piece(plain_number(value) if isinstance(value, float) else str(value))


def _infix(sign: str, precedence: int) -> Line:
    def line(step: Step, a: list[Piece]) -> Piece:
        right = a[1].within(precedence + 1) if a[1].operation != "neg" else f"({a[1].text})"
        return Piece(f"{a[0].within(precedence)}{sign}{right}", precedence)

    return line


def _compare(sign: str) -> Line:
    """A comparison; one that is compared itself goes in brackets, since a < b < c means a < b and b < c."""
    return lambda step, a: Piece(f"{a[0].within(COMPARISON + 1)}{sign}{a[1].within(COMPARISON + 1)}", COMPARISON)


def _power(step: Step, a: list[Piece]) -> Piece:
    return Piece(f"{a[0].within(POWER + 1)}^{a[1].within(POWER)}", POWER)


def _neg(step: Step, a: list[Piece]) -> Piece:
    return Piece(f"-{a[0].within(SIGN + 1)}", SIGN, "neg")


def _series(step: Step, a: list[Piece]) -> Piece:
    return Piece(f"{step.operation}({a[0].text}, {step.value}, {a[1].text}, {a[2].text})")


def _vector(step: Step, a: list[Piece]) -> Piece:
    """[x,] is a vector of one component, [x] would be a bracket around x; not so the rows of a matrix."""
    only = len(a) == 1 and a[0].operation != "vector"
    return Piece(f"[{', '.join(p.text for p in a)}{',' if only else ''}]", ATOM, "vector")


_LINES: dict[str, Line] = {
    "number": _leaf,
    "letter": _leaf,
    "constant": _leaf,
    "add": _infix(" + ", SUM),
    "sub": _infix(" - ", SUM),
    "mul": _infix("*", PRODUCT),
    "div": _infix("/", PRODUCT),
    "floordiv": _infix("//", PRODUCT),
    "matmul": _infix(" @ ", PRODUCT),
    "pow": _power,
    "neg": _neg,
    "lt": _compare(" < "),
    "le": _compare(" <= "),
    "gt": _compare(" > "),
    "ge": _compare(" >= "),
    "eq": _compare(" == "),
    "ne": _compare(" != "),
    "and": _infix(" and ", AND),
    "or": _infix(" or ", OR),
    "not": lambda step, a: Piece(f"not {a[0].within(NOT)}", NOT),
    "indicator": lambda step, a: a[0],
    "vector": _vector,
    "sum": _series,
    "prod": _series,
    "rand": lambda step, a: Piece("rand()"),
    "randn": lambda step, a: Piece("randn()"),
}
