"""The arguments of a function: in brackets, in braces, or bare as in `sin 2x`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.errors import ExpressionError
from lib.expression.precedence import SIGN
from lib.expression.tokens import Token
from lib.expression.tree import Node, Span
from lib.expression.vocabulary import LAYERS, is_namesake, look_up
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser


def read_arguments(p: Parser, token: Token) -> tuple[list[Node], dict[str, Node]]:
    """The arguments behind a function's name, in brackets, in braces, or bare: `sin 2x`."""
    if p.at("("):
        return call_arguments(p, token)
    if p.at("{"):
        return bracketed_arguments(p)
    if p.at("[") and not p.token.spaced:  # Sin[x]
        return bracketed_arguments(p)
    return [_bare_argument(p, token)], {}


def call_arguments(p: Parser, token: Token) -> tuple[list[Node], dict[str, Node]]:
    """The arguments in brackets behind a function's name; of a layer's class, what it is called with comes first."""
    arguments, keywords = bracketed_arguments(p)
    if token.text in LAYERS and p.at("("):  # nn.ELU(2)(x) is elu(x, 2)
        arguments = [*bracketed_arguments(p)[0], *arguments]
    return arguments, keywords


# Arguments of PyTorch's and NumPy's that change no value here.
_WITHOUT_EFFECT = frozenset({"requires_grad", "dtype", "device", "inplace", "dim", "axis", "keepdim", "keepdims"})
_THEIR_VALUES = frozenset({
    "True", "False", "None", "torch", "np", "numpy", "float", "float32", "float64", "double", "int", "cpu", "cuda",
})  # fmt: skip


def bracketed_arguments(p: Parser) -> tuple[list[Node], dict[str, Node]]:
    opened = p.advance()
    closing = {"(": ")", "[": "]", "{": "}"}[opened.text]
    bars, p.bars = p.bars, 0
    arguments: list[Node] = []
    keywords: dict[str, Node] = {}
    while not p.at(closing):
        if p.token.kind == "word" and p.peek().text == "=":
            name = p.advance().text
            p.advance()
            if name in _WITHOUT_EFFECT:
                while p.token.kind == "number" or p.token.text in _THEIR_VALUES or p.at(".", "-"):
                    p.advance()
            else:
                keywords[name] = p.expression()
        else:
            arguments.append(p.expression())
        if not p.accept(",", ";"):  # the second of spreadsheets where 1,5 is a number
            break
    p.expect(closing, opened)
    p.bars = bars
    return arguments, keywords


_OF_NUMBERS = frozenset({"ln", "lg", "log", "exp", "sqrt", "cbrt"})  # ln 2/x is (ln 2)/x


def _bare_argument(p: Parser, token: Token) -> Node:
    """`sin 2x`, `sin 2πx`, `sin x`: numbers, constants and letters that stand together; never a guess beyond."""
    if not p.starts_operand() and not p.at("-", "|"):
        raise p.error(
            Message("`{name}` needs an argument.", name=token.text[:20]),
            token.span,
            Message("As in `{name}(x)`.", name=token.text[:20]),
        )
    node = p.expression(SIGN)
    constant = _is_constant(node)
    while p.token.kind == "word" and _stands_with(p, p.token.text):
        if p.token.spaced and not constant:
            raise _ambiguous(p, token, node)
        right = p.expression(SIGN)
        constant = constant and _is_constant(right)
        node = build.elementwise("mul", (node, right), (node.span[0], right.span[1]))
    if p.at("(") and node.operation in ("letter", "mul", "number", "constant"):
        raise _ambiguous(p, token, node)
    if node.operation == "pow":
        inner = p.source(node.span)
        p.note(Message("`{text}` is read as {product}.", text=p.source((token.start, node.span[1])),
                       product=f"{token.text}({inner})"))  # fmt: skip
    if p.at("/"):
        shown = p.source((token.start, node.span[1]))
        if node.operation == "number" and token.text not in _OF_NUMBERS:  # sin1/x
            inner = p.source(node.span)
            raise _either(p, token, f"{token.text}({inner})/…", f"{token.text}({inner}/…)")
        p.note(Message("`{text}/…` is read as the value of `{name}` divided.", text=shown, name=token.text))
    return node


def _stands_with(p: Parser, word: str) -> bool:
    """Whether the word here is a letter or constant that belongs to a bare argument, as the x of `sin 2x`."""
    if is_namesake(word) and p.peek().text != "(":
        return True
    return look_up(word).kind in ("letter", "constant", "product")


def _is_constant(node: Node) -> bool:
    return node.operation in ("number", "constant")


def _ambiguous(p: Parser, token: Token, node: Node) -> ExpressionError:
    name, inner = token.text, p.source(node.span)
    rest = "(…)" if p.at("(") else p.source(p.token.span)
    product = f"{inner}{rest}" if rest == "(…)" else f"{inner}·{rest}"
    return _either(p, token, f"{name}({inner})·{rest}", f"{name}({product})")


def _either(p: Parser, token: Token, first: str, second: str) -> ExpressionError:
    """The text from the function's name to the token that stands here has two meanings."""
    span = (token.start, p.token.end)
    cause = Message("I can't read `{text}`: does it mean `{first}` or `{second}`?", text=p.source(span), first=first,
                    second=second)  # fmt: skip
    return p.error(cause, span, Message("Add brackets."))


def wrong_count(p: Parser, name: str, least: int, most: int, given: int, span: Span) -> ExpressionError:
    wanted = str(least) if least == most else f"{least}–{most}"
    if most == 1:
        cause = Message("`{name}` takes one argument, not {given}.", name=name, given=given)
        return p.error(cause, span, Message("As in `{name}(x)`.", name=name))
    cause = Message("`{name}` takes {wanted} arguments, not {given}.", name=name, wanted=wanted, given=given)
    return p.error(cause, span, Message("Separate arguments with commas."))
