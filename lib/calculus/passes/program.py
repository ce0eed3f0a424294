"""The passes over a block of points, in few pieces of memory, which stay in the processor's cache."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from inspect import isbuiltin
from typing import Any

import torch
from torch import Tensor

from lib.calculus.passes.algebra import Node, Pass, Passes, Scaled
from lib.calculus.passes.recording import Call, NotElementwise, Recording, Result

Output = tuple[Any, float]  # a tensor or a number, and what it is to be multiplied by


@dataclass(frozen=True)
class Program:
    """Steps on places: the coordinates, the rows of the result, constants, and pieces of memory, in this order."""

    steps: list[tuple[Callable[..., Tensor], list[int], Mapping[str, Any], int]]
    numbers: dict[int, float]  # rows that are the same at all points
    constants: list[Any]
    memory: list[torch.dtype]

    def __call__(self, x: Tensor, rows: Tensor) -> None:
        """Fill rows (..., n), the outputs in their order, for the points x (d, n)."""
        parts = rows.flatten(0, -2).unbind()
        memory = (torch.empty(x.shape[1], dtype=dtype) for dtype in self.memory)
        places = [*x.unbind(), *parts, *self.constants, *memory]
        for row, number in self.numbers.items():
            parts[row].fill_(number)
        for function, arguments, keywords, place in self.steps:
            function(*[places[k] for k in arguments], **keywords, out=places[place])


def recorded(work: Callable[..., Sequence[Output]], exact: int, dimension: int = 1) -> Program | None:
    """The program of work(x, …), the rows of a result at points of so many coordinates, each (n,); None if it isn't the
    same for all points.

    exact: how many of the first rows keep the very bits that work gives; the others may be rounded otherwise.
    """
    coordinates = [torch.tensor([1.0, 2.0], dtype=torch.float64) for _ in range(dimension)]
    try:
        with torch.no_grad(), Recording(coordinates) as recording:
            found = [(recording.output(value), factor) for value, factor in work(*coordinates)]
    except NotElementwise:
        return None
    keep = [value.number for value, _ in found[:exact] if isinstance(value, Result)]
    passes, values = _passes(recording.calls, dimension, keep)
    outputs: list[Node | float] = []
    for value, factor in found:
        output = passes.times(values[value.number] if isinstance(value, Result) else value, factor)
        node = passes.node(output) if isinstance(output, Scaled) else output
        # Each row is the result of a pass of its own.
        if isinstance(node, Node) and (node.number < dimension or node in outputs):
            node = passes.append(Pass(torch.mul, (node, 1.0), {}))
        outputs.append(node)
    passes.join_products(outputs)
    return _placed(passes.all, dimension, outputs)


def _passes(calls: Sequence[Call], dimension: int, exact: Iterable[int]) -> tuple[Passes, list[Any]]:
    """What calls come to, and the value of each result."""
    bits = set(exact)
    for number, call in reversed([*enumerate(calls, dimension)]):
        if number in bits:
            bits.update(a.number for a in call.arguments if isinstance(a, Result))
    passes = Passes(dimension)
    values: list[Any] = [Scaled(Node(k)) for k in range(dimension)]
    for number, call in enumerate(calls, dimension):
        arguments = [values[a.number] if isinstance(a, Result) else a for a in call.arguments]
        values.append(passes.add(call, arguments, number in bits))
    return passes, values


def _placed(passes: Sequence[Pass], dimension: int, outputs: Sequence[Node | float]) -> Program:
    """The program of the passes that the outputs need: each writes into memory that is needed no longer."""
    places = {k: k for k in range(dimension)}
    places |= {node.number: row for row, node in enumerate(outputs, dimension) if isinstance(node, Node)}
    last: dict[int, int] = {}  # the pass that reads a node last
    for number, one in reversed([*enumerate(passes, dimension)]):
        if number in places or number in last:
            for k in _read(one):
                last.setdefault(k, number)
    needed = [(number, one) for number, one in enumerate(passes, dimension) if number in places or number in last]
    constants = [_constant(one.function, a) for _, one in needed for a in one.arguments if not isinstance(a, Node)]
    constant_places = iter(range(dimension + len(outputs), dimension + len(outputs) + len(constants)))
    fixed = dimension + len(outputs) + len(constants)  # places that are no pieces of memory
    memory: list[torch.dtype] = []
    free: list[int] = []
    steps = []
    for number, one in needed:
        arguments = [places[a.number] if isinstance(a, Node) else next(constant_places) for a in one.arguments]
        # An elementwise function may write over what it reads.
        free += [places[k] for k in _read(one) if last[k] == number and places[k] >= fixed]
        if number not in places:
            fit = [place for place in free if memory[place - fixed] == one.dtype]
            if not fit:
                memory.append(one.dtype)
            places[number] = fit[-1] if fit else fixed + len(memory) - 1
            free = [place for place in free if place != places[number]]
        steps.append((one.function, arguments, one.keywords, places[number]))
    numbers = {row: number for row, number in enumerate(outputs) if isinstance(number, float)}
    return Program(steps, numbers, constants, memory)


def _read(one: Pass) -> set[int]:
    return {a.number for a in one.arguments if isinstance(a, Node)}


def _constant(function: Callable[..., Tensor], value: Any) -> Any:
    """A number as torch's arithmetic reads it fastest; recorded functions may want it as it is."""
    return torch.tensor(value, dtype=torch.float64) if isinstance(value, float) and isbuiltin(function) else value
