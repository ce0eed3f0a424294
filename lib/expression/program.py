"""A piece of Python pasted whole: imports, assignments, a function with its return, calls that print or differentiate.

Its formula is what it assigns or returns last. Names stand for what they were given; lines that make tensors, print or
call `backward()` are passed over. Statements are told apart by their beginnings, since a box of one line has no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.conditions import undefined_unless
from lib.expression.letters import VARIABLES
from lib.expression.preamble import skip_lambda
from lib.expression.statements import PASSED_OVER, VARIABLE_MAKERS, chain, group_end, starts, targets
from lib.expression.tokens import Token
from lib.expression.tree import Node, put_in
from lib.expression.vocabulary import look_up
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

_MODULES = frozenset({
    "torch", "numpy", "math", "cmath", "matplotlib", "scipy", "sympy", "random", "jax", "tensorflow", "typing",
    "__future__",
})  # fmt: skip
_MAKERS = VARIABLE_MAKERS | frozenset({
    "tensor", "Tensor", "FloatTensor", "DoubleTensor", "array", "asarray", "rand", "randn", "randint", "uniform",
    "normal", "full", "empty", "ones", "zeros",
})  # fmt: skip


def is_program(p: Parser) -> bool:
    """Whether the text is more than one formula, with what may stand before it. Its statements are parted by then."""
    opens = p.at("import", "from", "def", "syms")
    first = opens or targets(p, p.place) or chain(p, p.place)[1] & PASSED_OVER
    if not first:
        return False
    places = starts(p)
    if not places and not opens:
        return False
    for place in reversed(places):
        token = p.tokens[place]
        p.replace_tokens(place, place, [Token("operator", ";", token.start, token.start)])
    return True


def read_program(p: Parser) -> Node:
    """The value of its last assignment, expression or return."""
    last, put = _block(p)
    value = p.differentiated or last
    if value is None:
        raise p.error(
            Message("There is no formula in this program."),
            (0, len(p.text)),
            Message("Type only the formula, such as `x^2 + sin(x)`."),
        )
    if not (put and value is last) and any(token.text == ";" for token in p.tokens[:-2]):
        p.note(
            Message(
                "Of the program its last formula is read; what sets points, prints or calls `backward()` is skipped."
            )
            if value is last
            else Message("Of the program the formula is read that it differentiates.")
        )
    return value


def _block(p: Parser) -> tuple[Node | None, bool]:
    """The value of the last of the statements from here, None where there is no formula; and whether what stands
    behind the formula was put into it: `y = u^2; u = x + 1`, `y = x^2; x > 0`."""
    value, put = None, False
    while p.token.kind != "end":
        if p.accept(";"):
            continue
        defined = frozenset(p.definitions)
        read = _statement(p)
        if not p.at(";") and p.token.kind != "end":
            raise p.unexpected(Message("Type one formula, with `*` for products."))
        if read is None:
            continue
        whole = _with_behind(value, p.definitions.keys() - defined, read) if value else read
        put = value is not None and whole is not read
        if put:
            p.note(Message("What stands behind the formula is put into it."))
        value = whole
    return value, put


def _with_behind(value: Node, names: Iterable[str], read: Node) -> Node:
    """The formula with what was read behind it: the value of a letter, or a condition; else what was read."""
    if read.shape is None and not names:
        return undefined_unless(read, value)
    whole = value
    for name in names:
        whole = put_in(whole, name, read) if put_in(read, name, read) is read else whole
    return read if whole is value else whole


def _returned(p: Parser) -> Node:
    """The value that the body of a function, or a branch in it, returns first."""
    p.depth += 1  # each branch has a condition, whose reading refuses too many
    while True:
        if p.accept("return"):
            value = p.expression()
            break
        if p.accept("if"):
            value = _branches(p)
            break
        if p.at("else", "elif") or p.token.kind == "end":
            raise p.error(
                Message("Every branch must return a value."),
                p.token.span,
                Message("A condition goes as in `x if x > 0 else 0`."),
            )
        if not p.accept(";"):
            _statement(p)
    p.depth -= 1
    return value


def _branches(p: Parser) -> Node:
    """`if c: return a` with `elif c: return b` and `else: return d`, or what follows, behind it."""
    start = p.token.start
    condition = p.expression()
    p.expect(":")
    then = _returned(p)
    while p.accept(";"):
        pass
    if p.accept("elif"):
        otherwise = _branches(p)
    else:
        if p.accept("else"):
            p.expect(":")
        otherwise = _returned(p)
    return build.where(condition, then, otherwise, (start, p.tokens[p.place - 1].end))


def _statement(p: Parser) -> Node | None:
    """The value of an assignment or expression, None of what is passed over."""
    if p.at("import", "from"):
        _pass_import(p)
        return None
    if p.accept("syms"):  # x y of MATLAB
        while p.token.kind == "word":
            p.advance()
        return None
    if p.accept("def"):
        return _function(p)
    if names := targets(p, p.place):
        return _assignment(p, names)
    end, words = chain(p, p.place)
    if words & PASSED_OVER:
        _note_differentiated(p, end, words)
        _pass_to(p, end)
        return None
    return _value(p)


def _note_differentiated(p: Parser, end: int, words: set[str]) -> None:
    """`Q.sum().backward(g)` and `torch.autograd.grad(Q, x)` differentiate Q, whatever was assigned since."""
    if words & {"backward", "autograd"}:
        names = (token.text for token in p.tokens[p.place : end])
        made = (node for name in names if (node := p.definitions.get(name)) and node.operation != "letter")
        p.differentiated = next(made, p.differentiated)


def _assignment(p: Parser, names: list[str]) -> Node | None:
    p.place += 2 * len(names)  # names, commas, =
    end, words = chain(p, p.place)
    whole = p.tokens[end].text == ";" or p.tokens[end].kind == "end"
    if words & PASSED_OVER:
        _note_differentiated(p, end, words)
        _pass_to(p, end)
        return None
    made = bool(words & _MAKERS) and whole
    if made and (words & VARIABLE_MAKERS or _needs_gradient(p, end) or names[0][0] in VARIABLES):
        _pass_to(p, end)
        p.definitions.update((name, variable) for name in names if (variable := _variable(name)))
        return None
    if p.at("lambda"):
        skip_lambda(p)
        p.functions[names[0]] = p.expression()
        return p.functions[names[0]]
    value: Node | None = None
    for position, name in enumerate(names):
        if position:
            p.expect(",")
        value = _value(p)
        if p.at(":"):  # x = 0:0.1:10 of MATLAB
            while p.accept(":"):
                p.expression()
            value = _variable(name) or build.letter(name, (0, 0))
        if name in VARIABLES and _is_number(value):
            value = None  # a point
        else:
            p.definitions[name] = value
    return value


def _value(p: Parser) -> Node:
    """Of an expression, or of a call of the program's own function at points, which are passed over."""
    end, _ = chain(p, p.place)
    whole = p.tokens[end].text == ";" or p.tokens[end].kind == "end"
    if p.token.text in p.functions and whole and _are_points(p, p.tokens[p.place + 1 : end]):
        value = p.functions[p.token.text]
        p.place = end
        return value
    return p.expression()


def _are_points(p: Parser, tokens: list[Token]) -> bool:
    """Whether the arguments are letters, numbers and what makes tensors of them, nothing that is computed."""
    computed = {name for name, node in p.definitions.items() if node.operation != "letter"} | p.functions.keys()
    return not any(
        token.text in computed
        or (token.kind == "operator" and token.text not in "()[],.=" and (token.text, after.kind) != ("-", "number"))
        or (token.text == "-" and before.text not in ("(", "[", ",", "="))
        for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _is_number(node: Node) -> bool:
    return node.operation == "number" or (node.operation == "neg" and node.operands[0].operation == "number")


def _needs_gradient(p: Parser, end: int) -> bool:
    return any(token.text in ("requires_grad", "requires_grad_") for token in p.tokens[p.place : end])


def _variable(name: str) -> Node | None:
    """The letter that a name of points stands for: x of `xs` and `x_values`, x_1 of `x1`; None where it is a letter."""
    if look_up(name).kind == "letter" or name[0] not in VARIABLES:
        return None
    return build.letter(f"{name[0]}_{name[1:]}" if name[1:].isdigit() else name[0], (0, 0))


def _function(p: Parser) -> Node:
    """`def f(x: float, a=2) -> float:` and its body; f(x) is its value from here on."""
    name = p.advance().text
    _pass_group(p)
    while not p.accept(":"):  # -> torch.Tensor
        if p.token.kind == "end":
            p.expect(":")
        p.advance()
    p.functions[name] = _returned(p)
    return p.functions[name]


def _pass_import(p: Parser) -> None:
    """`import numpy as np`, `from math import sin, exp`: modules of mathematics only."""
    p.advance()
    module = p.token
    if module.text not in _MODULES:
        raise p.error(
            Message("I don't know the module `{name}`.", name=module.text[:20]),
            module.span,
            Message("Functions of `torch`, `np` and `math` are read, and plain names such as `sin`."),
        )
    while p.token.kind != "end" and not p.at(";"):
        if p.token.kind != "word" and not p.at(".", ",", "*"):
            raise p.unexpected(Message("Type only the formula, such as `x^2 + sin(x)`."))
        p.advance()


def _pass_to(p: Parser, end: int) -> None:
    """Past a chain, and past what is assigned to it: `x.requires_grad = True`."""
    p.place = end
    if p.accept("="):
        while p.token.kind in ("word", "number"):
            p.advance()


def _pass_group(p: Parser) -> None:
    p.expect("(")
    p.place = group_end(p, p.place - 1)
