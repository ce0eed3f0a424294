"""The LaTeX reading: the formula typeset in the order and form in which it was typed."""

import re

from lib.expression import Expression
from lib.expression.functions import SPELLINGS
from lib.expression.letters import GREEK_NAMES
from lib.expression.precedence import AND, ATOM, COMPARISON, NOT, OR, POWER, PRODUCT, SIGN, SUM, TERM
from lib.expression.tree import Step
from lib.expression.vocabulary import ACCENTS
from lib.readings.printing import Line, Piece, fold, plain_number

_BRACKETS = (r"\left(", r"\right)")

# Functions that LaTeX knows by name; any other name is set upright.
_NAMED = {
    "sin": r"\sin", "cos": r"\cos", "tan": r"\tan", "cot": r"\cot", "sec": r"\sec", "csc": r"\csc",
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "sinh": r"\sinh", "cosh": r"\cosh",
    "tanh": r"\tanh", "coth": r"\coth", "log": r"\ln", "log10": r"\log_{10}", "log2": r"\log_{2}",
    "min": r"\min", "max": r"\max", "gamma": r"\Gamma", "digamma": r"\psi", "j0": "J_{0}", "j1": "J_{1}",
}  # fmt: skip
_LETTERS = {"lamda": r"\lambda", "pi": r"\pi", "inf": r"\infty", "nan": r"\mathrm{undefined}", "e": "e"}
# Letters that are called as functions are.
_NAMESAKE = re.compile(rf"\\(?:{'|'.join(GREEK_NAMES & SPELLINGS.keys())})$|J_\{{[01]\}}$")
_COMPARISONS = {"lt": "<", "le": r"\le", "gt": ">", "ge": r"\ge", "eq": "=", "ne": r"\ne"}


def latex(expression: Expression) -> str:
    """LaTeX of the expression. Holds only what this module writes: numbers, known names, letters of the formula."""
    return fold(expression.program, _LINES, _call).text


def factor(expression: Expression) -> str:
    """The same as a factor of a product: a sum, or what begins with a sign, in brackets."""
    return _right(fold(expression.program, _LINES, _call), PRODUCT - 1)


def letter(name: str) -> str:
    """LaTeX of a letter, with its subscript."""
    base, _, subscript = name.partition("_")
    text = _LETTERS.get(base, base if len(base) == 1 else f"\\{base}")
    accent, _, below = subscript.partition("_")
    if accent in ACCENTS:
        text, subscript = rf"\{accent}{{{text}}}", below
    return f"{text}_{{{subscript}}}" if subscript else text


def number(value: float) -> str:
    text = plain_number(value)
    mantissa, _, exponent = text.partition("e")
    if not exponent:
        return text
    power = f"10^{{{int(exponent)}}}"
    return f"{{{power}}}" if mantissa == "1" else rf"{{{mantissa} \cdot {power}}}"


def _number(step: Step, a: list[Piece]) -> Piece:
    return Piece(number(float(step.value or 0)), ATOM, "number")


def _letter(step: Step, a: list[Piece]) -> Piece:
    return Piece(letter(str(step.value)), ATOM, "letter")


def _call(step: Step, a: list[Piece]) -> Piece:
    name = _NAMED.get(step.operation) or rf"\operatorname{{{step.operation.replace('_', chr(92) + '_')}}}"
    inner = ", ".join(p.text for p in a)
    return Piece(rf"{name}\left({inner}\right)", ATOM, "call")


def _add(step: Step, a: list[Piece]) -> Piece:
    sign = "+" if step.operation == "add" else "-"
    return Piece(f"{a[0].within(SUM, _BRACKETS)} {sign} {_right(a[1], SUM)}", SUM)


def _right(piece: Piece, precedence: int) -> str:
    """The right operand of a left-associative operation; a sign in front of it goes in brackets."""
    if piece.text.startswith("-"):
        return _BRACKETS[0] + piece.text + _BRACKETS[1]
    return piece.within(precedence + 1, _BRACKETS)


def _mul(step: Step, a: list[Piece]) -> Piece:
    left = a[0].within(PRODUCT, _BRACKETS)
    right = _right(a[1], PRODUCT) if a[1].operation not in ("div", "series") else a[1].text
    if a[0].shape and a[1].shape:
        between = r" \odot "
    elif re.match(r"\{?\d|\\frac\{\d", right) or (a[0].operation == "div" and a[1].operation == "div"):
        between = r" \cdot "  # digits never touch digits, nor fractions fractions
    elif right.startswith(_BRACKETS[0]) and _NAMESAKE.search(left):
        between = r" \cdot "  # the letter γ before a bracket is no function
    elif a[1].operation == "call":
        between = r" \, "
    else:
        between = " "
    return Piece(f"{left}{between}{right}", TERM if a[1].operation == "series" else PRODUCT)


def _div(step: Step, a: list[Piece]) -> Piece:
    return Piece(rf"\frac{{{a[0].text}}}{{{a[1].text}}}", PRODUCT, "div")


def _pow(step: Step, a: list[Piece]) -> Piece:
    base = a[0].within(POWER + 1, _BRACKETS)
    return Piece(f"{base}^{{{a[1].text}}}", POWER, "pow")


def _neg(step: Step, a: list[Piece]) -> Piece:
    return Piece(f"-{a[0].text if a[0].operation == 'div' else _right(a[0], SIGN)}", SIGN, "neg")


def _mod(step: Step, a: list[Piece]) -> Piece:
    return Piece(rf"{a[0].within(PRODUCT, _BRACKETS)} \bmod {a[1].within(PRODUCT + 1, _BRACKETS)}", TERM)


def _fence(opening: str, closing: str) -> Line:
    gap = " " if len(opening) > 1 else ""  # ends the name of a command
    return lambda step, a: Piece(rf"\left{opening}{gap}{a[0].text}\right{closing}", ATOM)


def _compare(step: Step, a: list[Piece]) -> Piece:
    return Piece(f"{a[0].text} {_COMPARISONS[step.operation]} {a[1].text}", COMPARISON)


def _logic(sign: str, precedence: int) -> Line:
    return lambda step, a: Piece(
        f"{a[0].within(precedence, _BRACKETS)} {sign} {a[1].within(precedence + 1, _BRACKETS)}", precedence
    )


def _where(step: Step, a: list[Piece]) -> Piece:
    rest = a[2].text
    if a[2].operation == "where":
        rows = rest.removeprefix(r"\begin{cases}").removesuffix(r"\end{cases}")
    elif rest == _LETTERS["nan"]:
        rows = ""
    else:
        rows = rf"{rest} & \text{{otherwise}}"
    row_end = r" \\ " if rows else ""
    return Piece(rf"\begin{{cases}}{a[1].text} & {a[0].text}{row_end}{rows}\end{{cases}}", ATOM, "where")


def _series(step: Step, a: list[Piece]) -> Piece:
    sign = r"\sum" if step.operation == "sum" else r"\prod"
    body = a[0].within(TERM, _BRACKETS)
    return Piece(rf"{sign}_{{{letter(str(step.value))}={a[1].text}}}^{{{a[2].text}}} {body}", TERM, "series")


def _vector(step: Step, a: list[Piece]) -> Piece:
    matrix = bool(a) and a[0].operation == "vector"
    rows = (" & ".join(c.text for c in p.components) if matrix else p.text for p in a)
    joined = r" \\ ".join(rows)
    return Piece(rf"\begin{{pmatrix}}{joined}\end{{pmatrix}}", ATOM, "vector", components=tuple(a))


def _matmul(step: Step, a: list[Piece]) -> Piece:
    return Piece(f"{a[0].within(PRODUCT, _BRACKETS)} \\cdot {a[1].within(PRODUCT + 1, _BRACKETS)}", PRODUCT)


def _indicator(step: Step, a: list[Piece]) -> Piece:
    return Piece(rf"\left[{a[0].text}\right]", ATOM)


_LINES: dict[str, Line] = {
    "number": _number,
    "letter": _letter,
    "constant": _letter,
    "add": _add,
    "sub": _add,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "neg": _neg,
    "mod": _mod,
    "floordiv": lambda step, a: Piece(rf"\left\lfloor\frac{{{a[0].text}}}{{{a[1].text}}}\right\rfloor", ATOM),
    "exp": lambda step, a: Piece(f"e^{{{a[0].text}}}", POWER, "pow"),
    "factorial": lambda step, a: Piece(f"{a[0].within(ATOM, _BRACKETS)}!", POWER + 1),
    "binomial": lambda step, a: Piece(rf"\binom{{{a[0].text}}}{{{a[1].text}}}", ATOM),
    "sqrt": lambda step, a: Piece(rf"\sqrt{{{a[0].text}}}", ATOM),
    "cbrt": lambda step, a: Piece(rf"\sqrt[3]{{{a[0].text}}}", ATOM),
    "abs": _fence("|", "|"),
    "floor": _fence(r"\lfloor", r"\rfloor"),
    "ceil": _fence(r"\lceil", r"\rceil"),
    "norm": _fence(r"\|", r"\|"),
    "total": lambda step, a: Piece(rf"\operatorname{{sum}}{a[0].within(ATOM + 1, _BRACKETS)}", ATOM),
    "product": lambda step, a: Piece(rf"\operatorname{{prod}}{a[0].within(ATOM + 1, _BRACKETS)}", ATOM),
    "lt": _compare,
    "le": _compare,
    "gt": _compare,
    "ge": _compare,
    "eq": _compare,
    "ne": _compare,
    "and": _logic(r"\land", AND),
    "or": _logic(r"\lor", OR),
    "not": lambda step, a: Piece(rf"\lnot {a[0].within(NOT + 1, _BRACKETS)}", NOT),
    "indicator": _indicator,
    "where": _where,
    "vector": _vector,
    "matmul": _matmul,
    "sum": _series,
    "prod": _series,
}
