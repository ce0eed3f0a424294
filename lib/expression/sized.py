"""What is made from a size: rand() and randn(), zeros() and ones(), and their kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.tokens import Token
from lib.expression.tree import Node
from lib.expression.vocabulary import look_up
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


NOISE = {"rand": "rand", "rand_like": "rand", "random": "rand", "randn": "randn", "randn_like": "randn"}
FILLED = {"zeros": 0.0, "zeros_like": 0.0, "ones": 1.0, "ones_like": 1.0}
_SIZE_WORDS = frozenset({
    "size", "shape", "len", "numel", "torch", "dtype", "float64", "float32", "double", "np", "requires_grad", "True",
})  # fmt: skip
_SIZE_SIGNS = frozenset("()[],.*=:")


def read_noise(p: Parser, kind: str, token: Token) -> Node:
    """rand() and its kind: a draw for each point."""
    _pass_size(p, kind, token)
    p.note(Message("The noise is drawn from a seed and stays the same; derivatives treat it as a constant."))
    return Node(kind, (), None, (), (token.start, p.tokens[p.place - 1].end))


def read_filled(p: Parser, value: float, token: Token) -> Node:
    """zeros_like(x) and its kind: the same number at each point."""
    _pass_size(p, token.text, token)
    return build.number(value, (token.start, p.tokens[p.place - 1].end))


def _pass_size(p: Parser, kind: str, token: Token) -> None:
    """The size in the brackets says what the points say already, and is passed over."""
    opened = p.token
    if not p.accept("("):
        raise p.error(
            Message("`{name}` needs brackets.", name=kind), token.span, Message("As in `{name}()`.", name=kind)
        )
    depth, first = 1, p.place
    while depth:
        inner = p.advance()
        depth += (inner.text == "(") - (inner.text == ")")
        known = inner.text in _SIZE_SIGNS or inner.kind == "number" or inner.text in _SIZE_WORDS
        if not (known or (inner.kind == "word" and look_up(inner.text).kind == "letter")) or p.place - first > 40:
            raise p.error(
                Message("Only a size may stand in the brackets of `{name}`.", name=kind),
                (opened.start, inner.end),
                Message("As in `{name}()` or `torch.{name}(x.size())`.", name=kind),
            )
