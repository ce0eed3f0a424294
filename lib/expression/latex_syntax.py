"""Structures of LaTeX: \\frac, \\sqrt, \\binom, \\sum, \\prod, \\begin{cases}."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lib.expression import build, pieces, series
from lib.expression.brackets import bracketed
from lib.expression.precedence import POWER, TERM
from lib.expression.statements import group_end
from lib.expression.tokens import Token
from lib.expression.tree import Node
from lib.expression.vocabulary import look_up
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


def read_structure(p: Parser, command: Token) -> Node:
    """The structure whose command was just read."""
    if command.text == "frac":
        numerator, denominator = argument(p), argument(p)
        span = (command.start, p.tokens[p.place - 1].end)
        return build.elementwise("div", (numerator, denominator), span)
    if command.text == "binom":
        pair = argument(p), argument(p)
        return build.elementwise("binomial", pair, (command.start, p.tokens[p.place - 1].end))
    if command.text == "sqrt":
        return _root(p, command)
    if command.text in ("sum", "prod"):
        return read_series(p, command.text, command)
    if command.text in ("begin", "cases"):
        name = _environment(p) if command.text == "begin" else ""
        bars, p.bars, p.columns = p.bars, 0, p.columns + 1
        node = _cases(p, command, name) if name in _CASES else _matrix(p, command, name)
        p.bars, p.columns = bars, p.columns - 1
        return node
    raise p.error(
        Message("I can't read `{name}` here.", name="\\" + command.text),
        command.span,
        Message("Write the formula in plain maths."),
    )


def argument(p: Parser) -> Node:
    """A group in braces, or a single digit or letter: \\frac12, \\frac x2, \\frac{x}{y}."""
    if p.at("{"):
        return bracketed(p, "}")
    token = p.token
    digits = token.kind == "number" and token.text.isdigit()
    letters = token.kind == "word" and token.text.isalnum() and look_up(token.text).kind in ("product", "unknown")
    if len(token.text) > 1 and (digits or (letters and p.text[token.start] != "\\")):
        p.replace_tokens(p.place, p.place + 1, [_part(token, 0, 1), _part(token, 1, len(token.text))])
    return p.expression(POWER)


def _part(token: Token, start: int, end: int) -> Token:
    text = token.text[start:end]
    spaced = token.spaced and start == 0
    if text.isdigit():
        return Token("number", text, token.start + start, token.start + end, spaced, float(text))
    return Token("word", text, token.start + start, token.start + end, spaced)


def _root(p: Parser, command: Token) -> Node:
    degree = None
    if p.at("["):
        degree = bracketed(p, "]")
    inner = argument(p)
    span = (command.start, p.tokens[p.place - 1].end)
    if degree is None:
        return build.elementwise("sqrt", (inner,), span)
    return build.root(inner, degree, span)


def read_series(p: Parser, kind: str, command: Token) -> Node:
    """\\sum_{i=1}^{n} x^i, and the same without the backslash."""
    if not p.accept("_"):
        raise p.unexpected(Message("A sum goes as in `\\sum_{{i=1}}^{{n}} x^i`."))
    opened = p.accept("(") or p.expect("{")  # sum_(i=1)^n of AsciiMath
    letter = series.bound_letter(p)
    p.expect("=")
    low = p.expression()
    p.expect(")" if opened.text == "(" else "}", opened)
    p.expect("^")
    high = bracketed(p, ")") if p.at("(") else argument(p)
    body = p.expression(TERM)
    return series.series(p, kind, body, letter, low, high, (command.start, body.span[1]))


def _cases(p: Parser, command: Token, name: str) -> Node:
    """\\begin{cases} -x & x < 0 \\\\ x & \\text{otherwise} \\end{cases}"""
    rows: list[tuple[Node, Node]] = []
    otherwise = build.constant("nan", command.span)
    while not _at_end(p):
        p.accept("&")
        _open_row(p)
        value = p.expression()
        while p.accept(",", "&", "if", "for"):
            pass
        last = bool(p.accept("otherwise", "else")) or p.at("\\\\") or _at_end(p)
        if last:
            otherwise = value
        else:
            rows.append((build.truth(p.expression()), value))
        p.accept(",", ";", ".")
        if not p.accept("\\\\"):
            break
        if last and not _at_end(p):
            raise p.error(
                Message("Only the last row may have no condition."),
                otherwise.span,
                Message("Write its condition behind it, as in `x, & x > 0`."),
            )
    _end(p, name)
    return pieces.piecewise(rows, otherwise, (command.start, p.tokens[p.place - 1].end))


def _open_row(p: Parser) -> None:
    """Take off the braces around a whole row: {x^2, x > 0} \\\\ as converters write it."""
    end = group_end(p, p.place) - 1
    behind = p.tokens[end + 1]
    if p.at("{") and (behind.text == "\\\\" or (behind.kind == "command" and behind.text == "end")):
        p.replace_tokens(end, end + 1, [])
        p.replace_tokens(p.place, p.place + 1, [])


def _matrix(p: Parser, command: Token, name: str) -> Node:
    """\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}; one column is a vector."""
    rows: list[tuple[Node, ...]] = []
    while not _at_end(p):
        cells = [p.expression()]
        while p.accept("&"):
            cells.append(p.expression())
        rows.append(tuple(cells))
        if not p.accept("\\\\"):
            break
    _end(p, name)
    span = (command.start, p.tokens[p.place - 1].end)
    if not rows:
        raise p.error(Message("Something must stand between the brackets."), span, Message("As in `[x, y]`."))
    if name in ("array", "matrix") and len(rows) == len(rows[0]) == 1:  # no brackets stand around these
        return replace(rows[0][0], span=span)
    if all(len(row) == 1 for row in rows):
        return build.vector(tuple(row[0] for row in rows), span)
    return build.vector(tuple(build.vector(row, span) for row in rows), span)


_CASES = ("", "cases", "dcases", "rcases")  # "": a brace on the left of an environment of any name
_ENVIRONMENTS = (*_CASES[1:], "pmatrix", "bmatrix", "matrix", "array")


def _environment(p: Parser) -> str:
    """The name in the braces behind \\begin."""
    opened = p.expect("{")
    name = p.accept(*_ENVIRONMENTS)
    if not name:
        raise p.unexpected(Message("Only the environments `cases` and `pmatrix` are read."))
    p.expect("}", opened)
    if name.text == "array" and (columns := p.accept("{")):  # {ll}
        while p.token.kind == "word" or p.at("|"):
            p.advance()
        p.expect("}", columns)
    return name.text


def _at_end(p: Parser) -> bool:
    return p.token.kind == "command" and p.token.text == "end"


def _end(p: Parser, name: str) -> None:
    if not (name or _at_end(p)):  # \\end{aligned} stands for nothing
        return
    if not _at_end(p):
        raise p.unexpected(Message("Rows end with `\\\\`, the last with `\\end{{{name}}}`.", name=name))
    p.advance()
    opened = p.expect("{")
    if name:
        p.expect(name)
    else:
        p.advance()
    p.expect("}", opened)
