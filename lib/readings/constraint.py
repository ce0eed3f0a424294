"""The constraint that a visitor types: an equation, or the function that is to be 0."""

from collections.abc import Collection

from lib.expression import Expression, ExpressionError, parse
from lib.message import Message

SIGNS = ("=", "＝")
NOT_ALONE = "<>=!:≤≥"  # beside them the sign is part of another


def read_constraint(text: str, known: Collection[str]) -> Expression:
    """g of the equation "left = right", as left − right, or of a formula alone. Its letters must be among the known."""
    place = _equals(text)
    if place < 0:
        g = _checked(text, 0)
    else:
        left, right = _checked(text[:place], 0), _checked(text[place + 1 :], place + 1)
        g = parse(f"({left.canonical()}) - ({right.canonical()})")
    strange = [name for name in g.names if name not in known]
    if strange:
        cause = Message("The letter `{name}` is not one of f's.", name=strange[0])
        raise ExpressionError(cause, (0, len(text)), Message("Use the letters of f, or put a number for it."))
    return g


def _equals(text: str) -> int:
    """Where the one equals sign stands, or -1."""
    places = [k for k, character in enumerate(text) if character in SIGNS]
    if len(places) != 1:
        return -1
    beside = text[max(0, places[0] - 1) : places[0]]
    return -1 if beside and beside in NOT_ALONE else places[0]


def _checked(text: str, start: int) -> Expression:
    try:
        expression = parse(text)
    except ExpressionError as error:
        low, high = error.span
        raise ExpressionError(error.message, (start + low, start + high), error.hint) from None
    if expression.shape is not None:
        cause = Message("This is a vector, not one number.")
        raise ExpressionError(cause, (start, start + len(text)), Message("Type one formula for g."))
    return expression
