"""Factors that stand side by side: 2x, x sin(x), (x+1)(x-1). What is announced of them, and what is no product."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression import build, calls
from lib.expression.precedence import PRODUCT
from lib.expression.statements import group_end
from lib.expression.tokens import Token
from lib.expression.tree import Node
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


_SYMBOLS = {
    "Delta": Message("`Δ` is a letter of its own, also in `Δx`; take one letter for a difference."),
    "Sigma": Message("`Σ` is a letter here; a sum goes as `sum(x^i, i, 1, n)`."),
}


def juxtaposition(p: Parser, left: Node) -> Node:
    token = p.token
    if token.kind == "number":
        raise p.error(
            Message("An operator is missing before `{text}`.", text=token.text[:20]),
            (left.span[0], token.end),
            Message("For a product write `*`, for a power `^`."),
        )
    _refuse_call_of_call(p, left)
    _announce(p, left)
    right = p.expression(PRODUCT)
    if right.shape is None:
        p.note(Message("A condition in brackets counts 1 or 0; a domain goes behind a comma: `x^2, x > 0`."))
    return build.elementwise("mul", (left, right), (left.span[0], right.span[1]))


def tell_percentage(p: Parser, operator: Token) -> None:
    """`50% x` is the remainder of 50 by x, `50% + x` was no remainder."""
    before = p.tokens[p.place - 2]
    if before.kind != "number" or operator.spaced or p.text[operator.start : operator.end] not in ("%", "\\%"):
        return
    number = before.text[:20]
    if (p.token.spaced and p.at("+", "-")) or not (p.starts_operand() or p.at("+", "-")):
        raise p.error(
            Message("`%` is the remainder of a division."),
            (before.start, operator.end),
            Message("For a percentage write `{number}/100`.", number=number),
        )
    if p.token.spaced:
        p.note(Message("`%` is the remainder of a division; for a percentage write `{number}/100`.", number=number))


def _refuse_call_of_call(p: Parser, left: Node) -> None:
    before = p.tokens[p.place - 1]
    called = calls.is_call(left) and before.text == ")" and p.text[left.span[0] : left.span[0] + 1].isalpha()
    if p.at("(") and not p.token.spaced and called:
        raise p.error(
            Message("A function's value can't be called again."),
            p.token.span,
            Message("For a product write `*` between the brackets."),
        )


def _announce(p: Parser, left: Node) -> None:
    span = (left.span[0], p.token.end)
    before = p.tokens[p.place - 1]
    touching = not p.token.spaced
    if touching and p.at("(") and left.operation == "pow" and left.operands[0].value in ("f", "g", "h"):  # f^-1(x)
        raise p.error(
            Message("I don't know the function `{name}`.", name=p.source(left.span)),
            left.span,
            Message("Type the formula of `{name}`; the Inverse page shows its inverse.", name=left.operands[0].value),
        )
    bare = left.operation == "div" and left.span == (left.operands[0].span[0], left.operands[1].span[1])
    if bare and (touching or before.text not in (")", "}")):
        p.note(Message("`{text}`… is read from left to right: the division comes first.", text=p.source(span)))
    elif touching and before.kind in ("number", "word") and p.tokens[p.place - 2].text in ("^", "**", "-"):
        if left.operation == "exp" or (left.operation == "pow" and left.operands[1].operation != "number"):
            shown = p.source(span)
            p.note(Message("`{text}`… is read with the exponent ending before the product.", text=shown))
    elif touching and before.text in _SYMBOLS and before.end - before.start == 1:
        p.note(_SYMBOLS[before.text])
    elif touching and p.at("(") and before.kind == "word" and p.token.end > p.token.start:
        _refuse_unknown_function(p, before)
        p.note(Message("`{text}…)` is read as a product.", text=p.source(span)))
        if before.text == "sigma":
            p.note(Message("The logistic function is typed `sigmoid(x)`."))


def _refuse_unknown_function(p: Parser, before: Token) -> None:
    inside = p.tokens[p.place : group_end(p, p.place)]
    if before.text in ("f", "g", "h") or any(t.text == "," and t.kind == "operator" for t in inside):
        raise p.error(
            Message("I don't know the function `{name}`.", name=before.text),
            before.span,
            Message("Type its formula; for a product write `*`."),
        )
