"""What stands behind a name: functions of the table with powers and bases, methods, indices."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression import build, latex_syntax
from lib.expression.arguments import bracketed_arguments, read_arguments, wrong_count
from lib.expression.brackets import bracketed
from lib.expression.errors import ExpressionError
from lib.expression.functions import FUNCTIONS, Function
from lib.expression.precedence import POWER
from lib.expression.sized import FILLED, NOISE
from lib.expression.tokens import Token
from lib.expression.tree import Node, Span
from lib.expression.vocabulary import SPECIAL_CONSTANTS, look_up, suggestion
from lib.expression.wishes import DEGREES, WISHES
from lib.expression.written import TOTALS, read_written, total, written
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


def is_call(node: Node) -> bool:
    return node.operation in FUNCTIONS


def read_call(p: Parser, token: Token, *, module: bool = False) -> Node:
    """The value of the function or constant whose name was just read."""
    if token.text in SPECIAL_CONSTANTS and module:
        return build.number(SPECIAL_CONSTANTS[token.text], token.span)
    word = look_up(token.text)
    if word.kind == "constant":
        return build.constant(word.name, token.span)
    if word.name in ("sum", "prod") and p.at("_"):
        return latex_syntax.read_series(p, word.name, token)
    if word.kind == "written":
        return read_written(p, word.name, token)
    row = FUNCTIONS[word.name]
    base = _log_base(p, token) if row.name == "log" else None
    if base is not None and base.operation == "number" and base.value in (2, 10):
        row, base = FUNCTIONS["log2" if base.value == 2 else "log10"], None
    natural = token.text in ("log", "LOG") and row.name == "log" and base is None and not module
    power = _power_of_function(p)
    if power is not None and power.operation == "neg" and power.operands[0] == build.number(1, power.operands[0].span):
        row, power = _inverse(p, row, token), None
    based = row.name == "log" and p.at("[")  # Log[b, x] of Wolfram
    arguments, keywords = read_arguments(p, token)
    if natural and len(arguments) == 2 and not based:
        p.note(Message("`log(a, b)` is the logarithm of a to base b."))
    elif natural:
        p.note(Message("`log` is the natural logarithm; `log10` and `log2` have the other bases."))
    if based:
        arguments.reverse()
    span = (token.start, p.tokens[p.place - 1].end)
    if row.name in ("sin", "cos", "tan") and arguments and _is_angle(arguments[0]):
        p.note(DEGREES)
    node = apply(p, row, arguments, keywords, span)
    if base is not None:
        node = build.elementwise("div", (node, build.elementwise("log", (base,), base.span)), span)
    return node if power is None else build.elementwise("pow", (node, power), span)


def _is_angle(node: Node) -> bool:
    """Whether a number was probably meant in degrees: 30, 45, 90."""
    return node.operation == "number" and float(node.value or 0) >= 15 and float(node.value or 0) % 15 == 0


def _log_base(p: Parser, token: Token) -> Node | None:
    """The base of `log_2(x)` and \\log_{2} x."""
    if token.text.startswith("log_"):
        base = token.text[4:]
        if base.isdigit():
            return build.number(float(base), token.span)
        if base == "e":
            return build.constant("e", token.span)
        if look_up(base).kind != "letter":
            raise p.error(
                Message("The base of a logarithm is a number or a letter."), token.span, Message("As in `log_2(x)`.")
            )
        return build.letter(base, token.span)
    if p.accept("_"):
        return bracketed(p, "}") if p.at("{") else p.expression(POWER)
    return None


def _power_of_function(p: Parser) -> Node | None:
    """The 2 of `sin^2 x`."""
    if not p.accept("^"):
        return None
    if p.at("{"):
        return bracketed(p, "}")
    if p.at("("):
        return bracketed(p, ")")
    if sign := p.accept("-"):
        inner = p.expression(POWER)
        return build.elementwise("neg", (inner,), (sign.start, inner.span[1]))
    return p.expression(POWER)


def _inverse(p: Parser, row: Function, token: Token) -> Function:
    if row.inverse is None:
        raise p.error(
            Message("`{name}` to the power −1 could mean its inverse or its reciprocal.", name=row.name),
            token.span,
            Message("For the reciprocal write `1/{name}(x)`.", name=row.name),
        )
    p.note(Message("`{name}^-1` is the inverse function `{inverse}`.", name=row.name, inverse=row.inverse))
    return FUNCTIONS[row.inverse]


def apply(p: Parser, row: Function, arguments: list[Node], keywords: dict[str, Node], span: Span) -> Node:
    """A function of the table on its arguments, left-out ones at their defaults."""
    if row.name in ("max", "min") and not keywords:
        return _extremum(row.name, arguments, span)
    if row.name == "log" and len(arguments) == 2:
        logs = tuple(build.elementwise("log", (a,), a.span) for a in arguments)
        return build.elementwise("div", logs, span)
    values: list[Node | None] = [*arguments, *[None] * (row.most - len(arguments))]
    for name, node in keywords.items():
        place = row.parameters.index(_KEYWORDS.get(name, name)) if _KEYWORDS.get(name, name) in row.parameters else -1
        if place < 0 or place >= len(values) or values[place] is not None:
            raise p.error(
                Message("`{function}` has no argument `{name}`.", function=row.name, name=name[:20]),
                span,
                Message("Its arguments are `{names}`.", names=", ".join(row.parameters)),
            )
        values[place] = node
    if len(arguments) > row.most or any(v is None for v in values[: row.least]):
        raise wrong_count(p, row.name, row.least, row.most, len(arguments) + len(keywords), span)
    filled = [v if v is not None else _default(d, span) for v, d in zip(values, _padded(row), strict=True)]
    return build.elementwise(row.name, tuple(filled), span)


_KEYWORDS = {"x": "input", "a_min": "min", "a_max": "max", "a": "input", "x1": "input", "x2": "other"}


def _padded(row: Function) -> tuple[float, ...]:
    return (0.0,) * row.least + row.defaults


def _default(value: float, span: Span) -> Node:
    if abs(value) == float("inf"):
        infinite = build.constant("inf", span)
        return infinite if value > 0 else build.elementwise("neg", (infinite,), span)
    return build.number(value, span)


def _extremum(name: str, arguments: list[Node], span: Span) -> Node:
    if len(arguments) == 1 and arguments[0].operation == "vector":
        arguments = list(arguments[0].operands)
    if len(arguments) < 2:
        raise ExpressionError(
            Message("`{name}` compares two or more numbers.", name=name),
            span,
            Message("As in `{name}(x, 0)`.", name=name),
        )
    node = arguments[0]
    for other in arguments[1:]:
        node = build.elementwise(name, (node, other), span)
    return node


_NO_METHODS = frozenset({*NOISE, *FILLED, "piecewise", "where", "tensor", "array"})


def method(p: Parser, node: Node) -> Node:
    """`x.pow(2)`, `(x+1).sin().exp()`: the function with the operand as its first argument."""
    p.advance()
    token = p.advance()
    word = look_up(token.text)
    if word.kind not in ("function", "written") or word.name in _NO_METHODS:
        close = suggestion(token.text)
        raise p.error(
            Message("I don't know the method `{name}`.", name=token.text[:20]),
            token.span,
            WISHES[token.text]
            if token.text in WISHES
            else Message("Did you mean `{name}`?", name=close)
            if close and "*" not in close and close != token.text
            else Message("Methods are functions, such as `x.pow(2)` or `x.sin()`."),
        )
    if not p.at("("):
        raise p.unexpected(Message("A method needs brackets, as in `x.{name}()`.", name=token.text))
    arguments, keywords = bracketed_arguments(p)
    span = (node.span[0], p.tokens[p.place - 1].end)
    if word.kind == "function":
        return apply(p, FUNCTIONS[word.name], [node, *arguments], keywords, span)
    if word.name in ("sum", "prod"):
        return total(TOTALS[word.name])(p, [node, *arguments], span)
    return written(p, word.name, [node, *arguments], span)


def factorial(p: Parser, node: Node) -> Node:
    """`x!` is Γ(x + 1)."""
    mark = p.advance()
    if p.at("!"):
        raise p.error(
            Message("I don't read double factorials."),
            (mark.start, p.token.end),
            Message("For the factorial of a factorial add brackets: `(x!)!`."),
        )
    return build.elementwise("factorial", (node,), (node.span[0], mark.end))


def index(p: Parser, node: Node) -> Node:
    """`x[0]` is the letter x_0, `x[i]` x_i; an index of a vector picks its component."""
    opened = p.advance()
    token = p.advance()
    letter = look_up(token.text).kind == "letter" and "_" not in token.text
    running = letter and node.operation == "letter"  # x[i] in a sum over i
    if not running and (token.kind != "number" or not token.text.isdigit() or len(token.text) > 2):
        raise p.error(
            Message("An index is a whole number from 0 to 99."), (opened.start, token.end), Message("As in `x[0]`.")
        )
    p.expect("]", opened)
    span = (node.span[0], p.tokens[p.place - 1].end)
    if node.operation == "letter":
        if "_" in str(node.value):
            raise p.error(Message("A letter has one subscript."), span, Message("As in `x[0]`."))
        return build.letter(f"{node.value}_{token.text}", span)
    return build.component(node, int(token.text), span)
