"""Functions made of other operations: pow, where, mean, norm, dot and their kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.arguments import call_arguments, wrong_count
from lib.expression.composed import COMPOSED, composed
from lib.expression.pieces import piecewise, read_lists, read_piecewise
from lib.expression.series import read_sum
from lib.expression.sized import FILLED, NOISE, read_filled, read_noise
from lib.expression.tokens import Token
from lib.expression.tree import Node, Span
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


_Builder = Callable[["Parser", list[Node], Span], Node]


def _plain(operation: str) -> _Builder:
    return lambda p, a, span: build.elementwise(operation, tuple(a), span)


def _power(p: Parser, a: list[Node], span: Span) -> Node:
    return build.power(a[0], a[1], span)


def _reciprocal(p: Parser, a: list[Node], span: Span) -> Node:
    return build.elementwise("div", (build.number(1, span), a[0]), span)


def total(operation: str) -> _Builder:
    """sum, mean or product of a vector; of a single number it is that number: pages reduce over points themselves."""

    name = {"total": "sum", "product": "prod"}.get(operation, operation)

    def over(p: Parser, a: list[Node], span: Span) -> Node:
        if len(a) == 1 and not a[0].shape:
            p.note(Message("The `{name}` of one number is that number; the page reduces over the points.", name=name))
            return build.numeric(a[0])
        return build.over_components(operation, a[0] if len(a) == 1 else build.vector(tuple(a), span), span)

    return over


def _norm(p: Parser, a: list[Node], span: Span) -> Node:
    return build.norm(a[0] if len(a) == 1 else build.vector(tuple(a), span), span)


def _matmul(p: Parser, a: list[Node], span: Span) -> Node:
    return build.matmul(a[0], a[1], span)


def _dot(p: Parser, a: list[Node], span: Span) -> Node:
    if a[0].shape == () == a[1].shape:  # y = 2 * torch.dot(x, x)
        p.note(Message("`dot` of single numbers is their product; the page reduces over the points."))
        return build.elementwise("mul", tuple(a), span)
    return build.matmul(a[0], a[1], span)


def _logic(operation: str) -> _Builder:
    return lambda p, a, span: reduce(lambda left, right: build.logic(operation, (left, right), span), a)


def _where(p: Parser, a: list[Node], span: Span) -> Node:
    """A condition, its value, the value otherwise; of GeoGebra's If there may be more conditions between."""
    if len(a) < 3 or len(a) % 2 == 0:
        raise wrong_count(p, "where", 3, 3, len(a), span)
    return piecewise(list(zip(a[:-1:2], a[1::2], strict=True)), a[-1], span)


def _itself(p: Parser, a: list[Node], span: Span) -> Node:
    return build.numeric(a[0])


_WRITTEN: dict[str, tuple[int, int, _Builder]] = {
    **dict.fromkeys(("pow", "power", "float_power"), (2, 2, _power)),
    "square": (1, 1, lambda p, a, s: build.power(a[0], build.number(2, s), s)),
    "reciprocal": (1, 1, _reciprocal),
    "rsqrt": (1, 1, lambda p, a, s: _reciprocal(p, [build.elementwise("sqrt", (a[0],), s)], s)),
    **dict.fromkeys(("neg", "negative"), (1, 1, _plain("neg"))),
    "positive": (1, 1, _itself),
    **dict.fromkeys(("float", "double", "clone"), (1, 1, _itself)),
    "full_like": (2, 2, lambda p, a, s: a[1]),
    "add": (2, 2, _plain("add")),
    **dict.fromkeys(("sub", "subtract"), (2, 2, _plain("sub"))),
    **dict.fromkeys(("mul", "multiply"), (2, 2, _plain("mul"))),
    **dict.fromkeys(("div", "divide", "true_divide"), (2, 2, _plain("div"))),
    **dict.fromkeys(("root", "nthroot"), (2, 2, lambda p, a, s: build.root(a[0], a[1], s))),
    "logical_and": (2, 10, _logic("and")),
    "logical_or": (2, 10, _logic("or")),
    "logical_not": (1, 1, lambda p, a, s: build.logic("not", (a[0],), s)),
    "where": (0, 21, _where),
    "mean": (1, 10, total("mean")),
    "norm": (1, 10, _norm),
    **dict.fromkeys(("dot", "inner", "vdot"), (2, 2, _dot)),
    **dict.fromkeys(("matmul", "mm", "mv"), (2, 2, _matmul)),
    **dict.fromkeys(("tensor", "array", "stack", "as_tensor", "vector"), (1, 1, _itself)),
}


def read_written(p: Parser, name: str, token: Token) -> Node:
    if name in NOISE:
        return read_noise(p, NOISE[name], token)
    if name in FILLED:
        return read_filled(p, FILLED[name], token)
    if not p.at("(", "["):
        raise p.error(
            Message("`{name}` needs an argument.", name=name), token.span, Message("As in `{name}(x)`.", name=name)
        )
    if name == "select" or (name == "piecewise" and p.peek(2).text == "," and p.peek(3).text == "["):
        return read_lists(p, name, token)
    if name == "piecewise":
        return read_piecewise(p, token)
    if name in ("sum", "prod"):
        return read_sum(p, name, token, total(TOTALS[name]))
    arguments, keywords = call_arguments(p, token)
    span = (token.start, p.tokens[p.place - 1].end)
    if keywords:
        raise p.error(
            Message("`{function}` has no argument `{name}`.", function=name, name=next(iter(keywords))[:20]),
            span,
            Message("Give its arguments in order."),
        )
    return written(p, name, arguments, span)


def written(p: Parser, name: str, arguments: list[Node], span: Span) -> Node:
    if row := COMPOSED.get(name):
        least, most = row.least, len(row.parameters)
    else:
        least, most, builder = _WRITTEN[name]
    if not least <= len(arguments) <= most:
        raise wrong_count(p, name, least, most, len(arguments), span)
    return composed(p, name, arguments, span) if row else builder(p, arguments, span)


TOTALS = {"sum": "total", "prod": "product"}
