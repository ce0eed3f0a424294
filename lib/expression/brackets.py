"""What brackets, braces, bars and radicals hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lib.expression import build, pieces
from lib.expression.precedence import POWER
from lib.expression.tokens import Token
from lib.expression.tree import Node
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

CLOSING = {"(": ")", "[": "]", "{": "}", "|": "|", "|(": ")|", "⌊": "⌋", "⌈": "⌉"}


def read_opened(p: Parser, token: Token) -> Node:
    """What an opening bracket or bar starts."""
    if token.text == "{":
        return _braces(p, token)
    if token.text == "[":
        return _vector(p, token)
    if token.text in ("|", "|("):
        p.place -= 1
        inner = bracketed(p, CLOSING[token.text])
        return build.elementwise("abs", (inner,), (token.start, p.tokens[p.place - 1].end))
    p.place -= 1
    inner = bracketed(p, CLOSING[token.text])
    span = (token.start, p.tokens[p.place - 1].end)
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


def _vector(p: Parser, opened: Token) -> Node:
    items = _items(p, "]", opened)
    return build.vector(tuple(items), (opened.start, p.tokens[p.place - 1].end))


def _items(p: Parser, closing: str, opened: Token) -> list[Node]:
    """Expressions with commas between them, up to and with the closing bracket."""
    bars, p.bars = p.bars, 0
    if p.at(closing):
        raise p.unexpected(Message("Something must stand between the brackets."))
    items = [p.expression()]
    while p.accept(","):
        if p.at(closing):
            break
        items.append(p.expression())
    p.expect(closing, opened)
    p.bars = bars
    return items


def _braces(p: Parser, opened: Token) -> Node:
    """`{x<0: -x, x}` piecewise, `{…}` as LaTeX groups."""
    first = p.expression()
    if not p.at(":"):
        p.expect("}", opened)
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
    return pieces.piecewise(rows, otherwise, (opened.start, p.tokens[p.place - 1].end))


def read_radical(p: Parser, token: Token) -> Node:
    inner = p.expression(POWER)
    if p.token.kind == "word" and not p.token.spaced and inner.operation == "number":
        p.note(Message("√ reaches over one number, letter or bracket: `√2x` is (√2)·x."))
    name = "sqrt" if token.text == "√" else "cbrt"
    return build.elementwise(name, (inner,), (token.start, inner.span[1]))
