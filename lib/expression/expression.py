"""Expression: a formula that was read, immutable and hashable."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from lib.expression.build import numeric
from lib.expression.conditions import WORDS, part_domain, restricted
from lib.expression.errors import ExpressionError, too_deep, too_many_operations
from lib.expression.indexed import written_out
from lib.expression.limits import MAX_LETTERS, MAX_NESTING, MAX_STEPS
from lib.expression.parser import Parser
from lib.expression.preamble import equation, skip_preamble, skip_prompt
from lib.expression.program import is_program, read_program
from lib.expression.tree import Node, Program, bound_letters, extents, flatten, nesting, operands
from lib.expression.unroll import unroll
from lib.expression.wishes import SIGNS, refuse_derivative
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
    _hash: int | None = field(default=None, init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        """Computed once, as it is asked for whenever something is remembered by formula."""
        if self._hash is None:
            object.__setattr__(self, "_hash", hash(self.program))
        return self._hash or 0

    def __reduce__(self) -> tuple[Any, ...]:  # texts have other hashes in another process
        return type(self), (self.program, self.source, self.notes)

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
        return _random(self)

    # The contract's doors to the text readings: the only imports in the project that point upwards.

    def latex(self) -> str:
        """The formula typeset, in the order and form in which it was typed."""
        from lib.readings.latex import latex

        return latex(self)

    def code(self, dialect: Dialect = "torch") -> str:
        """One Python expression that computes it of float64 arrays; lib/readings/code says what is in scope."""
        from lib.readings.code import code

        return code(self, dialect)

    def canonical(self) -> str:
        """Plain maths text that parses to an equal expression."""
        from lib.readings.canonical import canonical

        return canonical(self)


def parse(text: str) -> Expression:
    """The expression that a text means, in any mix of Python, PyTorch, NumPy, plain maths and LaTeX.

    Raises ExpressionError(message, span, hint) for a text that has no meaning, or costs more than limits.py allows.
    """
    if not isinstance(text, str):
        raise ValueError(Message("Give the formula as text: {example}.", example='parse("x^2")'))
    return _parsed(text)


@lru_cache(maxsize=512)
def _parsed(text: str) -> Expression:
    p = Parser(text)
    if p.token.kind == "end":
        raise ExpressionError(
            Message("The box is empty."), (0, len(text)), Message("Type a formula, such as `x^2 + sin(x)`.")
        )
    root = numeric(_read(p))
    _refuse_rest(p, root)
    try:
        program = written_out(flatten(root, MAX_STEPS))
    except OverflowError:
        raise too_many_operations((0, len(text))) from None
    if root.operation == "indicator":
        p.note(Message("A condition counts 1 where it holds, 0 elsewhere."))
    expression = Expression(program, text, tuple(p.notes))
    _check(expression, root)
    if not any(token.text == "i" for token in p.tokens) or "i" not in expression.names:
        return expression
    p.note(Message("`i` is a letter like any other; complex numbers are not read."))
    return replace(expression, notes=tuple(p.notes))


def _read(p: Parser) -> Node:
    """The formula, with what stands before it and the full stop behind it."""
    skip_prompt(p)
    if is_program(p):
        return read_program(p)
    refuse_derivative(p)
    start = p.place
    skip_preamble(p)
    part_domain(p, defined=p.place > start)
    node = restricted(p, p.expression())
    while p.at(".", ";", "\\\\") or (p.at(",") and p.peek().kind == "end"):
        p.advance()
    return node


def _refuse_rest(p: Parser, root: Node) -> None:
    if p.at("=") or (root.operation == "indicator" and root.operands[0].operation == "eq"):
        raise equation(p, next(k for k, token in enumerate(p.tokens) if token.text in ("=", "==")))
    if p.at(")", "]", "}", "⌋", "⌉", ")|", ")‖"):
        raise p.error(
            Message("The bracket `{bracket}` was never opened.", bracket=p.token.text[-1]),
            p.token.span,
            Message("Remove it, or open it before."),
        )
    if p.token.kind != "end":
        at = p.token.start
        decimal = p.token.text == "," and (p.text[at - 1 : at] + p.text[at + 1 : at + 2]).isdigit() and at > 0
        raise p.unexpected(
            Message("For a decimal number write a point, as in `1.5`.")
            if decimal
            else Message("A letter's value is set by its slider below, or put the number in its place.")
            if p.peek().kind == "word" and p.peek(2).text == "=" and p.peek(3).kind == "number"
            else Message("Several components go in square brackets: `[x, y]`.")
            if p.at(",", ";")
            else SIGNS["∈"]
            if p.at("∈")
            else Message("A condition goes as in `x if x > 0 else 0`.")
            if p.at("?", *WORDS)
            else Message("Type one formula, with `*` for products.")
        )


def _check(expression: Expression, root: Node) -> None:
    whole = (0, len(expression.source))
    if len(root.shape or ()) > 1:
        raise ExpressionError(
            Message("The value of this formula is a matrix."),
            whole,
            Message("Make it a number or a vector, as in `A @ [x, y]`."),
        )
    if len(expression.names) > MAX_LETTERS:
        raise ExpressionError(
            Message(
                "The formula has {count} letters, more than {limit}.", count=len(expression.names), limit=MAX_LETTERS
            ),
            whole,
            Message("Put numbers for some of them."),
        )
    operations = sum(1 for step in expression.program if step.arity)
    if 1 + 2 * operations > MAX_NESTING and 1 + nesting(expression.program) > MAX_NESTING:
        raise too_deep(whole)
    # The cost is known before anything runs. With letters as bounds it is known when they have values.
    unroll(expression.program, tuple((name, 1.0) for name in sorted(expression.bounds)))


@lru_cache(maxsize=512)
def _names(expression: Expression) -> tuple[str, ...]:
    program = expression.program
    bound = bound_letters(program)
    places: dict[str, int] = {}
    for step, inside in zip(program, bound, strict=True):
        name = str(step.value)
        if step.operation == "letter" and name not in inside:
            places[name] = min(places.get(name, step.span[0]), step.span[0])
    return tuple(sorted(places, key=lambda name: places[name]))


@lru_cache(maxsize=512)
def _random(expression: Expression) -> bool:
    return any(step.operation in ("rand", "randn") for step in expression.program)


@lru_cache(maxsize=512)
def _bounds(expression: Expression) -> frozenset[str]:
    return _letters_in(expression, ("sum", "prod"))


@lru_cache(maxsize=512)
def _whole_numbers(expression: Expression) -> frozenset[str]:
    return _bounds(expression) | (_letters_in(expression, ("pow",)) & {"n", "k", "m"})


def _letters_in(expression: Expression, operations: tuple[str, ...]) -> frozenset[str]:
    """The free letters in the operands after the first: the bounds of a sum, the exponent of a power."""
    program = expression.program
    if not any(step.operation in operations for step in program):
        return frozenset()
    starts = extents(program)
    found: set[str] = set()
    for index, step in enumerate(program):
        if step.operation in operations:
            for start, end in list(operands(program, starts, index))[1:]:
                found |= {str(s.value) for s in program[start:end] if s.operation == "letter"}
    return frozenset(found & set(_names(expression)))
