"""The tree that a formula is read into: nodes while it is parsed, a flat postfix program afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lib.expression.precedence import ATOM, COMPARISON, NOT, OF_OPERATION, POWER, PRODUCT, SIGN, SUM

Span = tuple[int, int]

# The shape of a value: () a number, (k,) a vector, (rows, columns) a matrix; None is a truth value.
Shape = tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class Node:
    """One operation on its operands, with the place in the text that it was read from."""

    operation: str
    operands: tuple["Node", ...] = ()
    value: float | str | None = None
    shape: Shape = ()
    span: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of a postfix program: it takes its `arity` operands from the stack and leaves one value there.

    value is the number, letter or constant of a leaf, the bound letter of a sum or product, the index of a noise.
    """

    operation: str
    arity: int = 0
    value: float | str | None = None
    shape: Shape = ()
    span: Span = field(default=(0, 0), compare=False)


Program = tuple[Step, ...]


def flatten(root: Node, most: int = 100_000) -> Program:
    """The postfix program of a tree, without recursion: a sum of 400 terms is a tree 400 deep.

    Each draw of noise gets its number, in the order of the program. Raises OverflowError beyond `most` steps: a < b < c
    uses b twice, which can double a tree at every level.
    """
    steps: list[Step] = []
    pending = [root]
    draws: list[int] = []  # from the end
    while pending:
        node = pending.pop()
        if node.operation in ("rand", "randn"):
            draws.append(len(steps))
        steps.append(Step(node.operation, len(node.operands), node.value, node.shape, node.span))
        pending.extend(node.operands)
        if len(steps) > most:
            raise OverflowError(most)
    steps.reverse()
    for number, index in enumerate(len(steps) - 1 - place for place in reversed(draws)):
        steps[index] = replace(steps[index], value=float(number))
    return tuple(steps)


def extents(program: Program) -> tuple[int, ...]:
    """For each step i the index of the first step of its subtree, which is program[extents[i] : i + 1]."""
    starts: list[int] = []
    stack: list[int] = []
    for index, step in enumerate(program):
        start = index
        for _ in range(step.arity):
            start = stack.pop()
        stack.append(start)
        starts.append(start)
    return tuple(starts)


def operands(program: Program, starts: tuple[int, ...], index: int) -> Iterator[tuple[int, int]]:
    """The (start, end) extents of the operands of step `index`, first to last."""
    found = []
    end = index
    for _ in range(program[index].arity):
        start = starts[end - 1]
        found.append((start, end))
        end = start
    return reversed(found)


def bound_letters(program: Program) -> list[frozenset[str]]:
    """For each step the letters that sums and products around it run over."""
    bound: list[frozenset[str]] = [frozenset()] * len(program)
    if not any(step.operation in ("sum", "prod") for step in program):
        return bound
    starts = extents(program)
    for index, step in enumerate(program):
        if step.operation in ("sum", "prod"):
            body = next(operands(program, starts, index))
            for inner in range(*body):
                bound[inner] |= {str(step.value)}
    return bound


def nesting(program: Program) -> int:
    """How deep calls, brackets and right operands lie in one another in the formula's canonical text."""
    stack: list[tuple[int, int]] = []  # of each operand: how deep it is, and its precedence
    for step in program:
        if step.operation == "indicator":
            continue
        own = OF_OPERATION.get(step.operation, ATOM)
        parts = stack[len(stack) - step.arity :]
        del stack[len(stack) - step.arity :]
        levels = [depth + _levels(step, own, i, precedence) for i, (depth, precedence) in enumerate(parts)]
        stack.append((max(levels, default=0), own))
    return stack[0][0]


def _levels(step: Step, own: int, place: int, precedence: int) -> int:
    """The levels between an operation and its operand: a bracket is one, and so is an operator in front."""
    if own == ATOM:
        return 1
    first = place == 0 and step.arity == 2
    chained = (own == NOT) or (own == POWER and not first) or (own not in (COMPARISON, POWER, SIGN) and first)
    signed = precedence == SIGN and own in (SUM, PRODUCT) and not first
    bracketed = precedence < own or (precedence == own and not chained) or signed
    return int(bracketed) + int(not first)


def put_in(root: Node, letter: str, value: Node) -> Node:
    """The tree with a number in the place of a letter, itself where it hasn't that letter; without recursion."""
    done: dict[int, Node] = {}
    pending = [root]
    while pending:
        node = pending[-1]
        if missing := [operand for operand in node.operands if id(operand) not in done]:
            pending += missing
            continue
        pending.pop()
        operands = tuple(done[id(operand)] for operand in node.operands)
        bound = node.operation in ("sum", "prod") and node.value == letter
        if node.operation == "letter" and node.value == letter and value.shape == ():
            done[id(node)] = value
        elif bound or all(new is old for new, old in zip(operands, node.operands, strict=True)):
            done[id(node)] = node
        else:
            done[id(node)] = replace(node, operands=operands)
    return done[id(root)]
