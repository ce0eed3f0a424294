"""What may stand before a formula and is passed over: `>>>`, `y =`, `f(x, y) =`, `x ->`, `lambda x:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression.vocabulary import KEYWORDS, REFUSED, look_up
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

_EQUALS = ("=", ":=")


def skip_prompt(p: Parser) -> None:
    """Move past `>>>` of Python's shell."""
    if p.at(">>") and p.peek().text == ">":
        p.place += 2


def skip_preamble(p: Parser) -> None:
    """Move past the left side of a formula."""
    _left_side(p)
    if p.at("lambda"):
        skip_lambda(p)


def skip_lambda(p: Parser) -> None:
    p.advance()
    while not p.at(":"):
        _parameter(p)
        if not p.accept(","):
            break
    p.expect(":")


def _left_side(p: Parser) -> None:
    if p.at("@") and p.peek().text == "(":  # @(x) of MATLAB
        p.advance()
        _parameters(p)
        return
    if p.at("(") and _arrow(p, _after_parameters(p, 1)):  # (x) => x^2
        _parameters(p)
        p.place += _arrow(p, 0)
        return
    name = p.token
    if name.kind != "word" or name.text in KEYWORDS or name.text in REFUSED:
        return
    if p.peek().text in _EQUALS and not _arrow(p, 1):
        p.place += 2
    elif p.peek().text == "(" and p.peek(_after_parameters(p, 2)).text in _EQUALS:  # f(x, y) =
        p.advance()
        _parameters(p)
        p.advance()
    if p.peek().text == ":" and _arrow(p, 3):  # f: x -> x^2
        p.place += 2
    if _arrow(p, 1):
        _parameter(p)
        p.place += _arrow(p, 0)


def _arrow(p: Parser, distance: int) -> int:
    """The tokens of the arrow `->` or `=>` that stands there, 0 for none."""
    first, second = p.peek(distance), p.peek(distance + 1)
    if first.text == "=" and second.text == ">" and not second.spaced:
        return 2
    return int(first.text == "->")


def _after_parameters(p: Parser, distance: int) -> int:
    """The distance of what stands behind letters with commas and a closing bracket, of nothing where they don't."""
    start = distance
    while p.peek(distance).kind == "word" and look_up(p.peek(distance).text).kind == "letter":
        distance += 1
        if p.peek(distance).text != ",":
            break
        distance += 1
    return distance + 1 if distance > start and p.peek(distance).text == ")" else len(p.tokens)


def _parameters(p: Parser) -> None:
    opened = p.expect("(")
    while not p.at(")"):
        _parameter(p)
        if not p.accept(","):
            break
    p.expect(")", opened)


def _parameter(p: Parser) -> None:
    token = p.advance()
    if token.kind != "word" or look_up(token.text).kind != "letter":
        raise p.error(
            Message("The variables of a function are single letters."), token.span, Message("As in `f(x, y) = x*y`.")
        )
