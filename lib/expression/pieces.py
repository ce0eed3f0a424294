"""Piecewise functions: where inside where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.preamble import skip_lambda
from lib.expression.tokens import Token
from lib.expression.tree import Node, Span, put_in
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


_Pieces = list[tuple[Node, Node]]  # conditions with values
_CLOSING = {"(": ")", "[": "]", "{": "}"}


def piecewise(pieces: _Pieces, otherwise: Node, span: Span) -> Node:
    """The value of the first piece whose condition holds, else `otherwise`."""
    node = otherwise
    for condition, value in reversed(pieces):
        node = build.where(condition, value, node, span)
    return node


def read_piecewise(p: Parser, token: Token) -> Node:
    """piecewise((x, x < 1), (x**2, True)) of SymPy, Piecewise[{{x, x < 1}}, x^2] of Wolfram, and all in one row."""
    opened = p.advance()
    listed = p.accept("{") if p.peek().text == "{" else None
    read = _rows if p.at("(", "{") else _in_one_row
    pieces, otherwise = read(p, build.constant("nan", token.span))
    if listed:
        p.expect("}", listed)
        otherwise = p.expression() if p.accept(",") else otherwise
    p.expect(_CLOSING[opened.text], opened)
    return piecewise(pieces, otherwise, (token.start, p.tokens[p.place - 1].end))


def _rows(p: Parser, otherwise: Node) -> tuple[_Pieces, Node]:
    """(x, x < 1), (x**2, True)"""
    pieces: _Pieces = []
    while row := p.accept("(", "{"):
        value = p.expression()
        p.expect(",")
        if p.accept("True", "otherwise"):
            otherwise = value
        else:
            pieces.append((build.truth(p.expression()), value))
        p.expect(_CLOSING[row.text], row)
        if not p.accept(","):
            break
    return pieces, otherwise


def _in_one_row(p: Parser, otherwise: Node) -> tuple[_Pieces, Node]:
    """x < 1, x, x^2 of MATLAB; x < 1, x, True, x^2 of Wolfram's Which"""
    pieces: _Pieces = []
    while True:
        if p.accept("True"):
            p.expect(",")
            return pieces, p.expression()
        condition = p.expression()
        if pieces and not p.at(","):
            return pieces, condition
        if condition.shape is not None:
            raise p.error(
                Message("A condition is needed here, such as `x > 0`."),
                condition.span,
                Message("As in `piecewise((-x, x < 0), (x^2, True))`."),
            )
        p.expect(",")
        pieces.append((condition, p.expression()))
        if not p.accept(","):
            return pieces, otherwise


def read_lists(p: Parser, name: str, token: Token) -> Node:
    """np.piecewise(x, [x < 0, x > 1], [-1, lambda t: t]) and np.select([x < 0], [-1], default=1); 0 elsewhere."""
    opened = p.advance()
    argument = None
    if name == "piecewise":
        argument = p.expression()
        p.expect(",")
    conditions = [build.truth(condition) for condition in _list(p, None)]
    p.expect(",")
    values = _list(p, argument)
    otherwise: Node = build.number(0, token.span)
    if p.accept(","):
        if p.accept("default"):
            p.expect("=")
        otherwise = p.expression()
    elif argument and len(values) == len(conditions) + 1:
        otherwise = values.pop()
    p.expect(")", opened)
    span = (token.start, p.tokens[p.place - 1].end)
    if len(values) != len(conditions):
        raise p.error(
            Message("There are {values} values for {conditions} conditions.", values=len(values),
                    conditions=len(conditions)),
            span,
            Message("Give each condition one value."),
        )  # fmt: skip
    rows = list(zip(conditions, values, strict=True))
    return piecewise(rows[::-1] if argument else rows, otherwise, span)  # of np.piecewise the last that holds counts


def _list(p: Parser, argument: Node | None) -> list[Node]:
    """The values in square brackets; functions among them are of the argument."""
    opened = p.expect("[")
    bars, p.bars = p.bars, 0
    values: list[Node] = []
    while not p.at("]"):
        letter = p.peek().text
        if argument and p.at("lambda"):
            skip_lambda(p)
            values.append(put_in(p.expression(), letter, argument))
        else:
            values.append(p.expression())
        if not p.accept(","):
            break
    p.expect("]", opened)
    p.bars = bars
    return values
