"""What backward() did: the operations in forward order, with values, gradients, and the edges between them."""

from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from torch import Tensor

from lib.expression import Expression
from lib.expression.tree import Span


class Kind(Enum):
    """What a node of the graph is."""

    LEAF = "leaf"  # a letter that asks for its gradient: requires_grad
    PARAMETER = "parameter"  # a letter that doesn't
    CONSTANT = "constant"  # numbers, and noise
    OPERATION = "operation"


@dataclass(frozen=True, eq=False)
class Node:
    """A letter, a constant, or one operation of the formula.

    name: of the letter, or v_1, v_2, …; of a constant its text. formula: the operation on the names of its operands.
    span: the part of the typed text that it came from. functions: torch's own nodes, the last computed first; a few
    operations are made of several. saved: the names of
    the nodes whose values these keep for the backward pass; of any other tensor torch's name.
    value: of the shape of the points (n,), one number after a reduction, (k, n) for a vector. gradient: the same
    shape, None where torch has none. turn: when backward() came here, 1 first; None where it didn't.
    """

    kind: Kind
    name: str
    value: Tensor
    formula: Expression | None = None
    span: Span | None = None
    functions: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    gradient: Tensor | None = None
    turn: int | None = None

    @property
    def differentiable(self) -> bool:
        """Whether gradients can flow through here."""
        return bool(self.functions)

    @property
    def operation(self) -> str:
        """What the node does, as the table of functions names it; "" for letters and constants."""
        return self.formula.program[-1].operation if self.formula else ""


@dataclass(frozen=True, eq=False)
class Edge:
    """From an operand to the operation that uses it; node numbers are places in `Tape.nodes`.

    operand: its place among the operands. local: the operation's derivative by this operand at each point. rule: its
    formula. passed: what backward() sent along the edge. These three are None for operands without gradient.
    """

    source: int
    target: int
    operand: int = 0
    local: Tensor | None = None
    rule: Expression | None = None
    passed: Tensor | None = None


@dataclass(frozen=True, eq=False)
class Tape:
    """The graph of one call of backward().

    call: that call, as it is written in PyTorch. objective: the name of the number that is differentiated. seed: the
    gradient that the backward pass began with. error: PyTorch's own message where it refused.
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    output: int  # the node of y
    root: int  # the node where backward() began: y, or its sum or mean
    call: str
    objective: str
    seed: Tensor | None = None
    error: str | None = None

    @cached_property
    def incoming(self) -> dict[int, tuple[Edge, ...]]:
        """The edges from a node's operands."""
        return {k: tuple(e for e in self.edges if e.target == k) for k in range(len(self.nodes))}

    @cached_property
    def outgoing(self) -> dict[int, tuple[Edge, ...]]:
        """The edges to the operations that use a node."""
        return {k: tuple(e for e in self.edges if e.source == k) for k in range(len(self.nodes))}

    @property
    def order(self) -> tuple[int, ...]:
        """The nodes in the order in which backward() came to them."""
        reached = [k for k, node in enumerate(self.nodes) if node.turn is not None]
        return tuple(sorted(reached, key=lambda k: self.nodes[k].turn or 0))

    @property
    def leaves(self) -> dict[str, Tensor | None]:
        """The gradient of each leaf, as its .grad holds it."""
        return {node.name: node.gradient for node in self.nodes if node.kind is Kind.LEAF}
