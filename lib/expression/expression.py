"""Expression: a formula that was read, immutable and hashable."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from lib.expression.build import numeric
from lib.expression.errors import ExpressionError
from lib.expression.limits import MAX_COMPONENTS, MAX_LETTERS
from lib.expression.parser import Parser
from lib.expression.preamble import skip_preamble
from lib.expression.tree import Node, Program, extents, flatten, operands
from lib.expression.unroll import unroll
from lib.message import Message

Dialect = Literal["torch", "numpy"]


@dataclass(frozen=True, slots=True)
class Expression:
    """A formula: equal to another when both were read as the same operations, however they were typed.

    source: the text as typed. program: its operations in postfix order. notes: what the echo announces.
    """

    program: Program
    source: str = field(compare=False)
    notes: tuple[Message, ...] = field(compare=False, default=())

    @property
    def names(self) -> tuple[str, ...]:
        """The free letters in order of first use."""
        return _names(self)

    @property
    def bounds(self) -> frozenset[str]:
        """The letters that bound a sum or product: they need values before the formula can be unrolled."""
        return _bounds(self)

    @property
    def whole_numbers(self) -> frozenset[str]:
        """The letters that bound a sum or product, or are n, k or m in an exponent: whole numbers."""
        return _whole_numbers(self)

    @property
    def shape(self) -> int | None:
        """None for a number, k for a vector of k components."""
        shape = self.program[-1].shape
        return shape[0] if shape else None

    @property
    def random(self) -> bool:
        """Whether rand() or randn() is in it."""
        return any(step.operation in ("rand", "randn") for step in self.program)

    # The contract's doors to the text readings: the only imports in the project that point upwards.

    def latex(self) -> str:
        """The formula typeset, in the order and form in which it was typed."""
        from lib.readings.latex import latex

        return latex(self)

    def code(self, dialect: Dialect = "torch") -> str:
        """One Python expression that computes it, with `torch` or `np` in scope and its letters as float64 arrays."""
        from lib.readings.code import code

        return code(self, dialect)

    def canonical(self) -> str:
        """Plain maths text that parses to an equal expression."""
        from lib.readings.canonical import canonical

        return canonical(self)


@lru_cache(maxsize=512)
def parse(text: str) -> Expression:
    """The expression that a text means, in any mix of Python, PyTorch, NumPy, plain maths and LaTeX.

    Raises ExpressionError(message, span, hint) for a text that has no meaning, or costs more than limits.py allows.
    """
    p = Parser(text)
    if p.token.kind == "end":
        raise ExpressionError(
            Message("The box is empty."), (0, len(text)), Message("Type a formula, such as `x^2 + sin(x)`.")
        )
    skip_preamble(p)
    root = numeric(p.expression())
    while p.accept(".", ";"):
        pass
    _refuse_rest(p, root)
    expression = Expression(flatten(root), text, tuple(p.notes))
    _check(expression, root)
    return expression


def _refuse_rest(p: Parser, root: Node) -> None:
    if p.at("=") or (root.operation == "indicator" and root.operands[0].operation == "eq"):
        raise ExpressionError(
            Message("This is an equation, not a function."),
            p.token.span if p.at("=") else root.span,
            Message("Type the left side minus the right side, and find where it is 0 on the Inverse page."),
        )
    if p.at(")", "]", "}", "⌋", "⌉", ")|"):
        raise p.error(
            Message("The bracket `{bracket}` was never opened.", bracket=p.token.text),
            p.token.span,
            Message("Remove it, or open it before."),
        )
    if p.token.kind != "end":
        raise p.unexpected(Message("Type one formula, with `*` for products."))


def _check(expression: Expression, root: Node) -> None:
    whole = (0, len(expression.source))
    if len(root.shape or ()) > 1:
        raise ExpressionError(
            Message("The value of this formula is a matrix."),
            whole,
            Message("Make it a number or a vector, as in `A @ [x, y]`."),
        )
    if expression.shape is not None and expression.shape > MAX_COMPONENTS:
        raise ExpressionError(Message("A vector has at most {limit} components.", limit=MAX_COMPONENTS), whole,
                              Message("Shorten it."))  # fmt: skip
    if len(expression.names) > MAX_LETTERS:
        raise ExpressionError(
            Message(
                "The formula has {count} letters, more than {limit}.", count=len(expression.names), limit=MAX_LETTERS
            ),
            whole,
            Message("Put numbers for some of them."),
        )
    if expression.random:
        _names(expression)
    # The cost is known before anything runs. With letters as bounds it is known when they have values.
    unroll(expression.program, tuple((name, 1.0) for name in sorted(expression.bounds)))


@lru_cache(maxsize=512)
def _names(expression: Expression) -> tuple[str, ...]:
    program = expression.program
    bound = _bound_at(program)
    names: dict[str, None] = {}
    for index, step in enumerate(program):
        if step.operation == "letter" and str(step.value) not in bound[index]:
            names[str(step.value)] = None
    ordered = sorted(names, key=lambda name: _first_place(program, bound, name))
    return tuple(ordered)


def _first_place(program: Program, bound: list[frozenset[str]], name: str) -> int:
    places = (
        s.span[0] for i, s in enumerate(program) if s.operation == "letter" and s.value == name and name not in bound[i]
    )
    return min(places)


def _bound_at(program: Program) -> list[frozenset[str]]:
    """For each step the letters that sums and products around it run over."""
    starts = extents(program)
    bound: list[frozenset[str]] = [frozenset()] * len(program)
    for index, step in enumerate(program):
        if step.operation in ("sum", "prod"):
            body = next(operands(program, starts, index))
            for inner in range(*body):
                bound[inner] |= {str(step.value)}
    return bound


@lru_cache(maxsize=512)
def _bounds(expression: Expression) -> frozenset[str]:
    return _letters_in(expression, ("sum", "prod"))


@lru_cache(maxsize=512)
def _whole_numbers(expression: Expression) -> frozenset[str]:
    return _bounds(expression) | (_letters_in(expression, ("pow",)) & {"n", "k", "m"})


def _letters_in(expression: Expression, operations: tuple[str, ...]) -> frozenset[str]:
    """The free letters in the operands after the first: the bounds of a sum, the exponent of a power."""
    program = expression.program
    starts = extents(program)
    found: set[str] = set()
    for index, step in enumerate(program):
        if step.operation in operations:
            for start, end in list(operands(program, starts, index))[1:]:
                found |= {str(s.value) for s in program[start:end] if s.operation == "letter"}
    return frozenset(found & set(_names(expression)))
