"""The tree that a formula is read into: nodes while it is parsed, a flat postfix program afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, field

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


def flatten(root: Node) -> Program:
    """The postfix program of a tree, without recursion: a sum of 400 terms is a tree 400 deep."""
    steps: list[Step] = []
    pending = [root]
    while pending:
        node = pending.pop()
        steps.append(Step(node.operation, len(node.operands), node.value, node.shape, node.span))
        pending.extend(node.operands)
    steps.reverse()
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
