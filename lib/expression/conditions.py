"""Conditions behind a formula, its domain: `x^2, x > 0`, `x^2 (x > 0)`, `x^2 if x > 0`, `x^2, x ∈ [0, 1)`; and the
choice of one formula or another: `x if x > 0 else 0`, `x > 0 ? x : 0`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.errors import ExpressionError
from lib.expression.glued import glued
from lib.expression.precedence import CONDITIONAL, SUM
from lib.expression.tokens import Token
from lib.expression.tree import Node
from lib.expression.vocabulary import look_up
from lib.expression.wishes import SIGNS
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

WORDS = ("if", "for", "when", "where")
_OPENING = {")": "(", "}": "{"}
_COMPARISONS = frozenset(build.COMPARISONS) - {"="} | {"∈"}
_OPERANDS = ("letter", "constant", "product")


def part_domain(p: Parser, *, defined: bool) -> None:
    """The bracket at the end of `x^2 (x > 0)` becomes a comma with what it holds: `x^2, x > 0`.

    Only where nothing else is compared, and a space, a full-width bracket, a brace (Desmos) or `y =` in front of the
    formula shows that the bracket is no factor.
    """
    groups: list[tuple[int, int]] = []  # the places of brackets at the end, the last first
    end = len(p.tokens) - 2
    while end > p.place and p.tokens[end].text in (".", ";", ","):
        end -= 1
    while end > p.place and p.tokens[end].text in _OPENING:
        start = _opening(p, end)
        opened = p.tokens[start]
        if not _ends_operand(p, start - 1) or not _is_condition(p, start, end):
            break
        if not (defined or opened.spaced or p.text[opened.start] != "("):
            break
        groups.append((start, end))
        end = start - 1
    if not groups or _compares(p, p.place, groups[-1][0]):
        return
    for start, end in groups:
        opened = p.tokens[start]
        p.replace_tokens(end, end + 1, [])
        p.replace_tokens(start, start + 1, [Token("operator", ",", opened.start, opened.end)])
    p.note(Message("The condition in brackets at the end is read as the domain; a factor needs a `*` before it."))


def _is_condition(p: Parser, start: int, end: int) -> bool:
    """Whether the bracket's own tokens compare: 2(1 + where(x > 0, 1, 2)) is no condition."""
    depth = 0
    for token in p.tokens[start:end]:
        depth += (token.text in _OPENING.values()) - (token.text in _OPENING)
        if depth == 1 and token.text in _COMPARISONS:
            return True
    return False


def _compares(p: Parser, start: int, end: int) -> bool:
    return any(token.text in _COMPARISONS for token in p.tokens[start:end])


def _opening(p: Parser, closing: int) -> int:
    """The place of the bracket that the one at a place closes, the first place where there is none."""
    depth = 0
    for place in range(closing, p.place, -1):
        depth += (p.tokens[place].text in _OPENING) - (p.tokens[place].text in _OPENING.values())
        if depth == 0:
            return place
    return p.place


def _ends_operand(p: Parser, place: int) -> bool:
    token = p.tokens[place]
    if place < p.place or token.kind == "command":
        return False
    if token.text == "}" and p.tokens[_opening(p, place) - 1].kind == "command":  # \\frac{1}{x > 0}
        return False
    if token.kind == "word":
        return look_up(token.text).kind in _OPERANDS or bool(glued(token.text))
    return token.kind == "number" or token.text in (")", "]", "}", "|", ")|", "!")


def restricted(p: Parser, node: Node) -> Node:
    """The formula with the conditions behind it; where there is none, the place stays at the comma."""
    together: Node | None = None
    while p.at(",", *WORDS):
        place = p.place
        p.accept(",")
        p.accept("and", *WORDS)  # (a > 0, and a != 1)
        condition = _interval(p) if p.peek().text == "∈" else _condition(p)
        if condition is None:
            p.place = place
            break
        span = (together or condition).span[0], condition.span[1]
        together = build.logic("and", (together, condition), span) if together else condition
    return undefined_unless(together, node) if together else node


def undefined_unless(condition: Node, node: Node) -> Node:
    span = (node.span[0], condition.span[1])
    return build.where(condition, node, build.constant("nan", span), span)


def _condition(p: Parser) -> Node | None:
    """The condition that stands here, None where something else does."""
    try:
        condition = p.expression(CONDITIONAL)
    except ExpressionError:
        return None
    finally:
        p.depth = 0
    return condition if condition.shape is None else None


def _interval(p: Parser) -> Node:
    """x ∈ [0, 1) is 0 <= x < 1."""
    letter = p.expression(SUM)
    sign = p.advance()
    opened = p.accept("[", "(")
    if opened is None:
        raise p.error(Message("After `∈` an interval is read, as in `x ∈ [0, 1]`."), sign.span, SIGNS["∈"])
    low = p.expression()
    p.expect(",")
    high = p.expression()
    closed = p.accept("]", ")")
    if closed is None:
        raise p.unexpected(Message("I expected `{expected}` here.", expected="]"))
    span = (letter.span[0], closed.end)
    above = build.compare("le" if opened.text == "[" else "lt", low, letter, span)
    below = build.compare("le" if closed.text == "]" else "lt", letter, high, span)
    return build.logic("and", (above, below), span)


def conditional(p: Parser, then: Node) -> Node:
    """`a if c else b`, as in Python; the whole formula may end with its condition, its domain."""
    p.advance()
    condition = p.expression(CONDITIONAL)
    if p.accept("else"):
        otherwise = p.expression()
        return build.where(condition, then, otherwise, (then.span[0], otherwise.span[1]))
    if p.depth > 1 or p.token.kind != "end":
        raise p.unexpected(Message("A condition goes as in `x if x > 0 else 0`."))
    return undefined_unless(build.truth(condition), then)


def if_then(p: Parser, word: Token) -> Node:
    """`if x > 0 then x else -x`"""
    condition = p.expression(CONDITIONAL)
    p.accept(",")
    p.expect("then")
    then = p.expression()
    p.accept(",")
    p.expect("else")
    otherwise = p.expression()
    return build.where(condition, then, otherwise, (word.start, otherwise.span[1]))


def choice(p: Parser, condition: Node) -> Node:
    """`c ? a : b`, as in C and JavaScript."""
    p.advance()
    then = p.expression()
    p.expect(":")
    otherwise = p.expression()
    return build.where(condition, then, otherwise, (condition.span[0], otherwise.span[1]))
