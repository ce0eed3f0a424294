"""Piecewise functions: where inside where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.tokens import Token
from lib.expression.tree import Node, Span
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


def piecewise(pieces: list[tuple[Node, Node]], otherwise: Node, span: Span) -> Node:
    """The value of the first piece whose condition holds, else `otherwise`."""
    node = otherwise
    for condition, value in reversed(pieces):
        node = build.where(condition, value, node, span)
    return node


def read_piecewise(p: Parser, token: Token) -> Node:
    """piecewise((x, x < 1), (x**2, True)), as in SymPy."""
    opened = p.advance()
    pieces: list[tuple[Node, Node]] = []
    otherwise = build.constant("nan", token.span)
    while piece := p.accept("("):
        value = p.expression()
        p.expect(",")
        if p.accept("True", "otherwise"):
            otherwise = value
        else:
            pieces.append((build.truth(p.expression()), value))
        p.expect(")", piece)
        if not p.accept(","):
            break
    if not pieces:
        raise p.unexpected(Message("As in `piecewise((-x, x < 0), (x^2, True))`."))
    p.expect(")", opened)
    return piecewise(pieces, otherwise, (token.start, p.tokens[p.place - 1].end))
