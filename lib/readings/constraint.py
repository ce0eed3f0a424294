"""The constraint that a visitor types: an equation, or the function that is to be 0."""

import re
from collections.abc import Collection

from lib.expression import Expression, ExpressionError, parse
from lib.message import Message

EQUALS = re.compile(r"(?<![<>=!:≤≥])(?:=|＝)=?")
NAME = re.compile(r"\s*g\s*(\([^()]*\))?\s*[=＝](?!=)")
ONE = Message("Type one equation, such as `x^2 + y^2 = 1`.")


def read_constraint(text: str, known: Collection[str]) -> Expression:
    """g of the equation "left = right", as left − right, or of a formula alone, with or without "g =" in front. Its
    letters must be among the known."""
    whole = (0, len(text))
    named = None if "g" in known else NAME.match(text)
    if named:
        text = " " * named.end() + text[named.end() :]
    signs = [sign for sign in EQUALS.finditer(text) if _outside(text[: sign.start()])]
    if len(signs) > 1:
        raise ExpressionError(Message("There is more than one equals sign."), signs[1].span(), ONE)
    if signs:
        start, end = signs[0].span()
        left, right = _checked(text[:start], 0), _checked(text[end:], end)
        g = parse(f"({left.canonical()}) - ({right.canonical()})")
    else:
        g = _checked(text, 0)
    strange = [name for name in g.names if name not in known]
    if strange:
        cause = Message("The letter `{name}` is not one of f's.", name=strange[0])
        raise ExpressionError(cause, whole, Message("Use the letters of f, or put a number for it."))
    if not g.names:
        raise ExpressionError(Message("There is no letter in it, so it is no curve."), whole, ONE)
    return g


def _outside(before: str) -> bool:
    """Whether no bracket is open after the text."""
    return sum(map(before.count, "([{")) <= sum(map(before.count, ")]}"))


def _checked(text: str, start: int) -> Expression:
    try:
        expression = parse(text)
    except ExpressionError as error:
        low, high = error.span
        raise ExpressionError(error.message, (start + low, start + high), error.hint) from None
    if expression.program[-1].operation == "indicator":
        cause = Message("This is an inequality: a region, not a curve.")
        raise ExpressionError(cause, (start, start + len(text)), ONE)
    if expression.shape is not None:
        cause = Message("This is a vector, not one number.")
        raise ExpressionError(cause, (start, start + len(text)), Message("Type one formula for g."))
    return expression
