"""One forward and one backward pass of torch, recorded: each operation with its part of torch's graph."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING
from lib.calculus.tape.alone import Single, alone
from lib.calculus.tape.graph import Edge, Kind, Node, Tape
from lib.calculus.tape.leaves import as_leaves
from lib.calculus.tape.names import free, output_name
from lib.calculus.tape.torch_nodes import new_nodes, node_name, saved_tensors
from lib.expression import Expression
from lib.expression.straight_line import Operation
from lib.expression.tree import Program, Span, Step
from lib.message import Message
from lib.readings import arguments
from lib.readings.canonical import canonical
from lib.readings.rules import rule
from lib.readings.tensor import NOISE, Value, apply, as_tensor, filled, noise, straight_line

NO_LEAVES: Mapping[str, Tensor] = {}
# How y becomes the number that is differentiated, in PyTorch's words.
CALLS: Mapping[str, str] = {
    "none": "{y}.backward()",
    "sum": "{y}.sum().backward()",
    "mean": "{y}.mean().backward()",
    "given": "{y}.backward(gradient=g)",
}
REDUCTIONS: Mapping[str, tuple[str, Callable[[Tensor], Tensor]]] = {
    "sum": ("total", torch.sum),
    "mean": ("mean", torch.mean),
}


def tape(
    expression: Expression,
    x: Tensor,
    *,
    variable: str = "x",
    leaves: Mapping[str, Tensor] = NO_LEAVES,
    requires_grad: Collection[str] | None = None,
    at: Mapping[str, float] = NOTHING,
    reduction: str = "none",
    upstream: Tensor | None = None,
) -> Tape:
    """What PyTorch does for y = f(x) and backward(), x (n,), float64: values, gradients, torch's nodes, in its order.

    leaves: further letters, (n,) each. requires_grad: which of these and x ask for their gradients, if not all do. at:
    the values of the other letters.
    reduction: "none", y.backward(), which PyTorch refuses for more than one number: its message is `Tape.error`; "sum"
    or "mean"; "given", y.backward(gradient=upstream), which it refuses in another shape than y's. Any other bad
    argument is a ValueError.
    """
    expression, at = arguments.formula(expression), arguments.letters(at)
    if reduction not in list(CALLS):
        names = ", ".join(CALLS)
        raise ValueError(
            Message("I don't know the reduction `{name}`: use one of {names}.", name=reduction, names=names)
        )
    variable = arguments.name(variable)
    tensors = as_leaves({variable: x, **arguments.by_name(leaves)}, requires_grad)
    values: dict[str, Tensor | float] = {**{k: v for k, v in at.items() if k not in tensors}, **tensors}
    recorder = _Recorder(expression, values, tensors[variable].shape)
    recorder.forward()
    return recorder.backward(reduction, upstream)


@dataclass
class _Draft:
    """A node while it is recorded."""

    kind: Kind
    name: str
    tensor: Tensor
    formula: Expression | None = None
    span: Span | None = None
    functions: tuple[Any, ...] = ()
    saved: tuple[int | str, ...] = ()  # nodes whose tensors are kept, or torch's name of a tensor of its own
    operation: Callable[..., Tensor] | None = None
    arguments: tuple[Value, ...] = ()
    operands: tuple[Program, ...] = ()


class _Recorder:
    def __init__(self, expression: Expression, values: Mapping[str, Tensor | float], shape: torch.Size) -> None:
        self.expression = expression
        self.values = values
        self.shape = shape
        self.line = straight_line(expression, values, placed=True)
        self.prefix = free(expression, "vwuhq")
        self.drafts: list[_Draft] = []
        self.edges: list[tuple[int, int, int]] = []  # from, to, at which place among the operands
        self.waiting: list[tuple[int, int]] = []  # the same to the operation that comes next
        self.letters: dict[str, int] = {}
        self.owners: dict[Any, int] = {}  # of torch's nodes
        self.holders: dict[int, int] = {}  # of tensors, by their place in memory
        self.results: list[Value] = []
        self.pieces: list[Program] = []  # how each value is written where it is used
        self.places: list[int | None] = []  # the node that made it, None for constants
        self.gradients: dict[int, Tensor] = {}
        for name, value in values.items():
            if isinstance(value, Tensor):
                self.letter(name)

    def add(self, draft: _Draft) -> int:
        self.drafts.append(draft)
        place = len(self.drafts) - 1
        if draft.tensor.requires_grad:
            draft.tensor.register_hook(lambda gradient: self.arrived(place, gradient))  # type: ignore[no-untyped-call]
        return place

    def arrived(self, place: int, gradient: Tensor) -> None:
        """torch's engine has the whole gradient of a node."""
        self.gradients[place] = gradient.detach().clone()

    def letter(self, name: str) -> int:
        """The one node of a letter."""
        if name not in self.letters:
            value = self.values[name]
            tensor = as_tensor(value)
            draft = _Draft(Kind.LEAF if tensor.requires_grad else Kind.PARAMETER, name, tensor)
            self.letters[name] = place = self.add(draft)
            self.holders[tensor.data_ptr()] = place
            if tensor.requires_grad:
                function = torch.autograd.graph.get_gradient_edge(tensor).node
                self.owners[function] = place
                draft.functions = (function,)
        return self.letters[name]

    def forward(self) -> None:
        """Every operation in turn, as lib/readings/tensor.py runs them."""
        computed = 0
        for step in self.line.operations:
            if step.name == "number":
                constant = Step("constant", value=step.constant) if step.constant else None
                self.keep(step.value, (constant or Step("number", value=step.value),), None)
            elif step.name == "letter":
                name = str(step.value)
                place = self.letter(name) if isinstance(self.values[name], Tensor) else None
                self.keep(self.values[name], (Step("letter", value=name),), place)
            elif step.name in NOISE:
                drawn = noise(step.name, step.value, self.values, self.shape)
                place = self.add(_Draft(Kind.CONSTANT, f"{step.name}()", drawn, span=step.span))
                self.keep(drawn, (Step(step.name, value=step.value),), place)
            else:
                arguments = tuple(self.results[k] for k in step.operands)
                value = apply(step.name, list(arguments))
                if isinstance(value, Tensor):
                    computed += 1
                    self.operation(f"{self.prefix}_{computed}", step, value, arguments)
                else:
                    self.keep(value, _joined(step.name, [self.pieces[k] for k in step.operands], value), None)

    def keep(self, value: Value, piece: Program, place: int | None) -> None:
        self.results.append(value)
        self.pieces.append(piece)
        self.places.append(place)

    def operation(self, name: str, step: Operation, value: Tensor, arguments: tuple[Value, ...]) -> None:
        """An operation on tensors: its node, torch's nodes that are new with it, the edges from its operands."""
        draft = _Draft(Kind.OPERATION, name, value, span=step.span, arguments=arguments)
        draft.operation = lambda *operands: apply(step.name, list(operands))
        place = self.made(draft, step.name, step.operands)
        self.keep(value, (Step("letter", value=name, shape=None if _is_truth(value) else ()),), place)

    def operand(self, i: int, place: int | None, piece: Program, value: Value) -> None:
        """The edges to the operation that comes next; constants get a node for each use, letters one."""
        letters = [str(s.value) for s in piece if s.operation == "letter"]
        if place is not None:
            self.waiting.append((place, i))
        elif letters:
            self.waiting += [(self.letter(name), i) for name in dict.fromkeys(letters)]
        else:
            text = canonical(Expression(piece, ""))
            self.waiting.append((self.add(_Draft(Kind.CONSTANT, text, as_tensor(value))), i))

    def made(self, draft: _Draft, operation: str, operands: Sequence[int]) -> int:
        """The node of an operation on earlier values, with the edges from them."""
        draft.operands = tuple(self.pieces[k] for k in operands)
        draft.formula = Expression(_joined(operation, draft.operands, draft.tensor), "")
        for i, k in enumerate(operands):
            self.operand(i, self.places[k], self.pieces[k], self.results[k])
        place = self.add(draft)
        self.edges += [(source, place, i) for source, i in self.waiting]
        self.waiting.clear()
        draft.functions = tuple(new_nodes(draft.tensor.grad_fn, self.owners, place))
        self.holders.setdefault(draft.tensor.data_ptr(), place)
        kept = (pair for function in draft.functions for pair in saved_tensors(function))
        draft.saved = tuple(self.holder(draft, tensor, name) for name, tensor in kept)
        return place

    def holder(self, draft: _Draft, tensor: Tensor, name: str) -> int | str:
        """The node with this value, or the text of the operand that is this number; else torch's name for it."""
        if tensor.ndim or tensor.data_ptr() in self.holders:
            return self.holders.get(tensor.data_ptr(), name)
        numbers = zip(draft.arguments, draft.operands, strict=True)
        texts = (
            canonical(Expression(piece, ""))
            for value, piece in numbers
            if not isinstance(value, Tensor) and value == tensor
        )
        return next(texts, name)

    def output(self) -> int:
        """The node of y: the last operation, or the stack of the components."""
        name = output_name(self.expression)
        last = self.line.outputs[0]
        place = self.places[last]
        if self.expression.shape is not None:
            parts = tuple(self.results[k] for k in self.line.outputs)
            draft = _Draft(Kind.OPERATION, name, self.stack(*parts), span=(0, len(self.expression.source)))
            draft.operation, draft.arguments = self.stack, parts
            return self.made(draft, "vector", self.line.outputs)
        if place is None:
            value = filled(self.results[last], self.shape)
            return self.add(_Draft(Kind.CONSTANT, name, value, Expression(self.pieces[last], "")))
        draft = self.drafts[place]
        if draft.kind is Kind.OPERATION:
            draft.name = name
        elif draft.kind is Kind.CONSTANT:
            draft.name, draft.formula = name, Expression(self.pieces[last], "")
        return place

    def stack(self, *parts: Value) -> Tensor:
        """The components of a vector, as one tensor."""
        return torch.stack([filled(part, self.shape) for part in parts])

    def backward(self, reduction: str, upstream: Tensor | None) -> Tape:
        """Call backward(), and read off what the hooks saw."""
        output = root = self.output()
        y = self.drafts[output]
        objective = y.name if reduction == "none" else free(self.expression, "LSJE")
        if reduction in REDUCTIONS:
            operation, reduce = REDUCTIONS[reduction]
            self.keep(y.tensor, (Step("letter", value=y.name),), output)
            draft = _Draft(Kind.OPERATION, objective, reduce(y.tensor), operation=reduce, arguments=(y.tensor,))
            root = self.made(draft, operation, [len(self.results) - 1])
        seed = _seed(y.tensor, upstream) if reduction == "given" else None
        error = None
        try:
            torch.autograd.backward(self.drafts[root].tensor, seed)
        except RuntimeError as refused:
            error = str(refused)
        if seed is None:
            seed = torch.ones_like(self.drafts[root].tensor)
        turns = {place: turn for turn, place in enumerate(self.gradients, 1)}
        nodes = tuple(self.node(place, draft, turns.get(place)) for place, draft in enumerate(self.drafts))
        call = CALLS[reduction].format(y=y.name)
        return Tape(nodes, tuple(self.flow()), output, root, call, objective, None if error else seed, error)

    def node(self, place: int, draft: _Draft, turn: int | None) -> Node:
        return Node(
            draft.kind,
            draft.name,
            draft.tensor.detach(),
            draft.formula,
            draft.span,
            tuple(map(node_name, draft.functions)),
            tuple(dict.fromkeys(self.drafts[k].name if isinstance(k, int) else k for k in draft.saved)),
            self.gradients.get(place),
            turn,
        )

    def flow(self) -> Iterator[Edge]:
        """The edges, with what flows along each by torch for the single operation."""
        operations = {place: draft for place, draft in enumerate(self.drafts) if draft.operation}
        singles = [
            Single(d.operation, d.arguments, self.gradients.get(k)) for k, d in operations.items() if d.operation
        ]
        flows = dict(zip(operations, alone(singles), strict=True))
        for source, target, i in self.edges:
            local, passed = flows[target].get(i, (None, None))
            formula = self.drafts[target].formula
            if local is None or formula is None:
                yield Edge(source, target, i)
            else:
                formula_of_it = rule(formula.program[-1].operation, i, self.drafts[target].operands)
                yield Edge(source, target, i, local, formula_of_it, passed)


def _joined(operation: str, operands: Sequence[Program], value: Value) -> Program:
    """The operation on its operands, of which this is the value."""
    steps = (step for operand in operands for step in operand)
    return (*steps, Step(operation, len(operands), shape=None if _is_truth(value) else ()))


def _is_truth(value: Value) -> bool:
    return value.dtype == torch.bool if isinstance(value, Tensor) else isinstance(value, bool)


def _seed(y: Tensor, upstream: Tensor | None) -> Tensor:
    """What `gradient=` is given: ones where nothing was chosen."""
    return torch.ones_like(y) if upstream is None else arguments.numbers(upstream)
