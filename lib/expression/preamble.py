"""What may stand before a formula and is passed over: `y =`, `f(x, y) =`, `x ->`, `lambda x:`, `def f(x): return`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression.vocabulary import KEYWORDS, REFUSED, look_up
from lib.expression.wishes import refuse_derivative
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


def skip_preamble(p: Parser) -> None:
    """Move past it."""
    refuse_derivative(p)
    if p.at(">>") and p.peek().text == ">":  # of Python's shell
        p.place += 2
    if p.at("def"):
        p.advance()
        p.advance()
        _parameters(p)
        p.expect(":")
        p.expect("return")
        return
    _left_side(p)
    if p.at("lambda"):
        p.advance()
        while not p.at(":"):
            _parameter(p)
            if not p.accept(","):
                break
        p.expect(":")


def _left_side(p: Parser) -> None:
    name = p.token
    if name.kind != "word" or name.text in KEYWORDS or name.text in REFUSED:
        return
    if p.peek().text == "=":
        p.place += 2
    elif p.peek().text == "(" and _is_definition(p):
        p.advance()
        _parameters(p)
        p.expect("=")
    if p.peek().text == ":" and p.peek(3).text == "->":  # f: x -> x^2
        p.place += 2
    if p.peek().text == "->":
        _parameter(p)
        p.advance()


def _is_definition(p: Parser) -> bool:
    """Whether `f(x, y) =` stands here: letters with commas in the brackets, one = behind them."""
    distance = 2
    while p.peek(distance).kind == "word" and look_up(p.peek(distance).text).kind == "letter":
        distance += 1
        if p.peek(distance).text != ",":
            break
        distance += 1
    return distance > 2 and p.peek(distance).text == ")" and p.peek(distance + 1).text == "="


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
