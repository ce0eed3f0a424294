"""Sums and products over a letter: operands (body, first, last), value the letter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.arguments import bracketed_arguments
from lib.expression.brackets import vector
from lib.expression.tokens import Token
from lib.expression.tree import Node, Span
from lib.expression.vocabulary import look_up
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


Total = Callable[["Parser", list[Node], Span], Node]


def read_sum(p: Parser, name: str, token: Token, total: Total) -> Node:
    """sum(x^i, i, 1, n), sum(x**i for i in range(1, n+1)), the same in a list, sum([a, b, c]), the last by `total`."""
    opened = p.advance()
    closing = "]" if opened.text == "[" else ")"
    bars, p.bars = p.bars, 0
    if p.token.kind == "word" and p.peek().text == "=":  # sum(i=1 to n)
        raise p.unexpected(Message("As in `sum(x^i, i, 1, n)`: the letter i from 1 to n."))
    listed = p.accept("[")
    body = p.expression()
    if listed and not p.at("for"):
        body = p.operators(p.suffixes(vector(p, listed, body)), 0)
        listed = None
    if p.accept("for"):
        letter, low, high = _comprehension(p)
        if listed:
            p.expect("]", listed)
    elif p.at(",") and p.peek().text in ("(", "{"):  # of SymPy, of Wolfram
        p.advance()
        inner = p.advance()
        letter, low, high = _bounds(p)
        p.expect("}" if inner.text == "{" else ")", inner)
    elif p.accept(","):
        letter, low, high = _bounds(p)
    else:
        p.expect(closing, opened)
        p.bars = bars
        return total(p, [body], (token.start, p.tokens[p.place - 1].end))
    p.expect(closing, opened)
    p.bars = bars
    return series(p, name, body, letter, low, high, (token.start, p.tokens[p.place - 1].end))


def bound_letter(p: Parser) -> str:
    token = p.advance()
    if look_up(token.text).kind != "letter" or token.kind != "word":
        raise p.error(
            Message("A sum runs over a letter."),
            token.span,
            Message("As in `sum(x^i, i, 1, n)`: the letter i from 1 to n."),
        )
    return token.text


def _bounds(p: Parser) -> tuple[str, Node, Node]:
    letter = bound_letter(p)
    if not p.accept(","):
        raise p.unexpected(Message("As in `sum(x^i, i, 1, n)`, or `sum([x, y])` for components."))
    low = p.expression()
    p.expect(",")
    return letter, low, p.expression()


def _comprehension(p: Parser) -> tuple[str, Node, Node]:
    """`for i in range(1, n+1)`: the letter and its first and last value."""
    letter = bound_letter(p)
    p.expect("in")
    p.expect("range")
    if not p.at("("):
        raise p.unexpected(Message("As in `range(1, n+1)`."))
    place = p.token.span
    arguments, keywords = bracketed_arguments(p)
    if keywords or not 1 <= len(arguments) <= 2:
        raise p.error(
            Message("`range` takes a first and a last-plus-one number."), place, Message("As in `range(1, n+1)`.")
        )
    low = arguments[0] if len(arguments) == 2 else build.number(0, place)
    return letter, low, _one_less(arguments[-1])


def _one_less(node: Node) -> Node:
    """The last value of a range that ends before `node`, n for n + 1."""
    if node.operation == "number":
        last = float(node.value or 0) - 1
        size = build.number(abs(last), node.span)
        return build.elementwise("neg", (size,), node.span) if last < 0 else size
    if node.operation == "add" and node.operands[1] == build.number(1, node.operands[1].span):
        return node.operands[0]
    return build.elementwise("sub", (node, build.number(1, node.span)), node.span)


def series(p: Parser, kind: str, body: Node, letter: str, low: Node, high: Node, span: Span) -> Node:
    """Sum or product of the body over a letter: operands (body, first, last), value the letter."""
    if letter in ("x", "y", "z") and any(letter == n.value for n in (low, high)):
        raise p.error(Message("The letter of a sum can't bound it."), span, Message("Use another letter."))
    return Node(kind, (build.scalar(body), build.scalar(low), build.scalar(high)), letter, (), span)
