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
        return build.norm(inner, span)
    if token.text == "(":
        return replace(inner, span=span)
    return build.elementwise("floor" if token.text == "⌊" else "ceil", (inner,), span)


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
    items = [p.expression() if first is None else first]
    while p.accept(","):
        if p.at("]"):
            break
        items.append(p.expression())
    p.expect("]", opened)
    p.bars = bars
    if len(items) == 1 and items[0].shape == () and items[0].operation != "indicator":
        p.note(Message("One component in `[ ]` is a vector; brackets around a formula are round."))
    return build.vector(tuple(items), (opened.start, p.tokens[p.place - 1].end))


def braces(p: Parser, opened: Token) -> Node:
    """`{x<0: -x, x}` piecewise, `{…}` as LaTeX groups."""
    bars, p.bars = p.bars, 0
    first = p.expression()
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
    """`{x, x > 0; -x, x < 0}`: values with their conditions behind them."""
    rows: list[tuple[Node, Node]] = []
    otherwise = build.constant("nan", opened.span)
    while True:
        if not p.accept(",") or p.accept("otherwise", "else"):
            otherwise = value
            break
        p.accept("if", "for")
        rows.append((build.truth(p.expression()), value))
        if not p.accept(";", ",", "\\\\") or p.at("}"):
            break
        value = p.expression()
    p.expect("}", opened)
    p.bars = bars
    return pieces.piecewise(rows, otherwise, (opened.start, p.tokens[p.place - 1].end))


def read_radical(p: Parser, token: Token) -> Node:
    inner = p.expression(POWER)
    if (p.token.kind == "word" and not p.token.spaced and inner.operation == "number") or p.at("^", "**"):
        p.note(Message("√ reaches over one number, letter or bracket: `√2x` is (√2)·x, `√x²` is (√x)²."))
    name = "sqrt" if token.text == "√" else "cbrt"
    return build.elementwise(name, (inner,), (token.start, inner.span[1]))
