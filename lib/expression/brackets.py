"""What brackets, braces, bars and radicals hold."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lib.expression import build, pieces
from lib.expression.precedence import POWER
from lib.expression.tokens import Token
from lib.expression.tree import Node
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

CLOSING = {
    "(": ")", "[": "]", "{": "}", "|": "|", "|(": ")|", "‖": "‖", "‖(": ")‖", "⌊": "⌋", "⌈": "⌉",
}  # fmt: skip

# How the LaTeX reading sets a number such as 2.5e-7, so that it is one number again.
_SCIENTIFIC = re.compile(r"\{(?:(\d+(?:\.\d+)?) \\cdot )?10\^\{(-?\d+)\}\}")


def read_opened(p: Parser, token: Token) -> Node:
    """What an opening bracket or bar starts."""
    if token.text == "{":
        node = braces(p, token)
        scientific = _SCIENTIFIC.fullmatch(p.text, *node.span)
        return build.number(float(f"{scientific[1] or 1}e{scientific[2]}"), node.span) if scientific else node
    if token.text == "[":
        return vector(p, token)
    p.place -= 1
    inner = bracketed(p, CLOSING[token.text])
    span = (token.start, p.tokens[p.place - 1].end)
    if token.text[0] == "|":
        return build.elementwise("abs", (inner,), span)
    if token.text[0] == "‖":
        _pass_order(p)
        return build.norm(inner, span)
    if token.text == "(":
        return replace(inner, span=span)
    return build.elementwise("floor" if token.text == "⌊" else "ceil", (inner,), span)


def _pass_order(p: Parser) -> None:
    """Past the 2 of \\|x\\|_2."""
    if not p.accept("_"):
        return
    order = bracketed(p, "}") if p.at("{") else p.expression(POWER)
    if order.operation != "number" or order.value != 2:
        raise p.error(
            Message("Only the Euclidean norm is read."),
            order.span,
            Message("Write another one out, as in `|x| + |y|` or `max(|x|, |y|)`."),
        )


def is_or(p: Parser) -> bool:
    """Whether the bar here is the one of `(x < 0) | (x > 1)`: a comparison follows before a bar that closes it."""
    place = p.place + 1 + (p.peek().text == "|" and not p.peek().spaced)
    depth = bars = 0
    while depth >= 0 and p.tokens[place].kind != "end" and p.tokens[place].text != ",":
        text = p.tokens[place].text
        if text in build.COMPARISONS and bars % 2 == 0:
            return True
        bars += text == "|"
        depth += text != "|" and (text in CLOSING) - (text in CLOSING.values())
        place += 1
    return False


def bracketed(p: Parser, closing: str) -> Node:
    """The expression between the bracket here and its closing one."""
    opened = p.advance()
    bars, p.bars = p.bars, int(closing == "|") + (p.bars if closing == "|" else 0)
    inner = p.expression()
    if closing == ")" and p.at(","):
        raise p.unexpected(Message("Several components go in square brackets: `[x, y]`."))
    p.expect(closing, opened)
    p.bars = bars
    return inner


def vector(p: Parser, opened: Token, first: Node | None = None) -> Node:
    """The vector or matrix behind its opening bracket, and behind its first component where that was read."""
    bars, p.bars = p.bars, 0
    if p.at("]") and first is None:
        raise p.unexpected(Message("Something must stand between the brackets."))
    row, p.row = p.row, False
    items = [_component(p) if first is None else first]
    while p.accept(",") and not p.at("]"):
        items.append(_component(p))
    grouped = not row and first is None and len(items) == 1 and p.tokens[p.place - 1].text != ","
    rows = [items]
    while p.accept(";"):  # [x; y] of MATLAB
        rows.append([_component(p)])
        while p.accept(","):
            rows[-1].append(_component(p))
    p.expect("]", opened)
    p.bars = bars
    span = (opened.start, p.tokens[p.place - 1].end)
    if len(rows) > 1:
        items = [row[0] if len(row) == 1 else build.vector(tuple(row), span) for row in rows]
    grouped = len(rows) == 1 and grouped and not p.at("@") and not p.at_index()
    if grouped and items[0].shape == () and items[0].operation != "indicator":
        p.note(Message("`[ ]` around one formula is read as round brackets; a vector goes as `[x,]`, the whole part as"
                       " `floor(x)`."))  # fmt: skip
        return replace(items[0], span=span)
    return build.vector(tuple(items), span)


def _component(p: Parser) -> Node:
    p.row = p.at("[")  # [[1], [2]] is a matrix
    return p.expression()


def braces(p: Parser, opened: Token) -> Node:
    """`{x<0: -x, x}` piecewise, `{…}` as LaTeX groups."""
    bars, p.bars = p.bars, 0
    first = p.expression()
    if p.token.kind == "command" and p.token.text in ("over", "choose"):  # {x \over y} of TeX
        operation = "div" if p.advance().text == "over" else "binomial"
        second = p.expression()
        first = build.elementwise(operation, (first, second), (first.span[0], second.span[1]))
    if p.at(","):
        return _rows(p, opened, first, bars)
    if not p.at(":"):
        p.expect("}", opened)
        p.bars = bars
        return replace(first, span=(opened.start, p.tokens[p.place - 1].end))
    rows: list[tuple[Node, Node]] = []
    otherwise = build.constant("nan", opened.span)
    while p.accept(":"):
        rows.append((build.truth(first), p.expression()))
        if not p.accept(",", ";") or p.at("}"):
            break
        if p.accept("otherwise", "else"):
            p.accept(":")
            otherwise = p.expression()
            break
        first = p.expression()
        if not p.at(":"):
            otherwise = first
            break
    p.expect("}", opened)
    p.bars = bars
    return pieces.piecewise(rows, otherwise, (opened.start, p.tokens[p.place - 1].end))


def _rows(p: Parser, opened: Token, value: Node, bars: int) -> Node:
    """`{x, x > 0; -x, x < 0}`: values with their conditions behind them; `{x, y}` of Wolfram is a vector."""
    rows: list[tuple[Node, Node]] = []
    otherwise = build.constant("nan", opened.span)
    while True:
        if not p.accept(",") or p.accept("otherwise", "else"):
            otherwise = value
            break
        if value.operation == "eq":  # {x = cos t, y = sin t}
            raise p.error(
                Message("This is an equation, not a function."),
                value.span,
                Message("Several components go in square brackets: `[x, y]`."),
            )
        worded = p.accept("if", "for")
        condition = p.expression()
        if condition.shape is not None and not (rows or worded):
            return _listed(p, opened, [value, condition], bars)
        rows.append((build.truth(condition), value))
        if not p.accept(";", ",", "\\\\") or p.at("}"):
            break
        value = p.expression()
    p.expect("}", opened)
    p.bars = bars
    return pieces.piecewise(rows, otherwise, (opened.start, p.tokens[p.place - 1].end))


def _listed(p: Parser, opened: Token, items: list[Node], bars: int) -> Node:
    while p.accept(","):
        items.append(p.expression())
    p.expect("}", opened)
    p.bars = bars
    return build.vector(tuple(items), (opened.start, p.tokens[p.place - 1].end))


def read_radical(p: Parser, token: Token) -> Node:
    inner = p.expression(POWER)
    if (p.token.kind == "word" and not p.token.spaced and inner.operation == "number") or p.at("^", "**"):
        p.note(Message("√ reaches over one number, letter or bracket: `√2x` is (√2)·x, `√x²` is (√x)²."))
    degree = build.number({"√": 2, "∛": 3, "∜": 4}[token.text], token.span)
    return build.root(inner, degree, (token.start, inner.span[1]))
