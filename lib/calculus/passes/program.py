"""The passes over a block of points, in few pieces of memory, which stay in the processor's cache."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch._ops import OpOverload

from lib.calculus.passes.algebra import Node, Pass, Passes, Scaled
from lib.calculus.passes.recording import Call, NotElementwise, Recording, Result

Output = tuple[Any, float]  # a tensor or a number, and what it is to be multiplied by


@dataclass(frozen=True)
class Program:
    """Steps on places: the points, the rows of the result, constants, and pieces of memory, in this order."""

    steps: list[tuple[Callable[..., Tensor], list[int], Mapping[str, Any], int]]
    numbers: dict[int, float]  # rows that are the same at all points
    constants: list[Any]
    memory: list[torch.dtype]

    def __call__(self, x: Tensor, rows: Tensor) -> None:
        """Fill rows (..., n), the outputs in their order, for the points x (n,)."""
        parts = rows.flatten(0, -2).unbind()
        places = [x, *parts, *self.constants, *(torch.empty(len(x), dtype=dtype) for dtype in self.memory)]
        for row, number in self.numbers.items():
            parts[row].fill_(number)
        for function, arguments, keywords, place in self.steps:
            function(*[places[k] for k in arguments], **keywords, out=places[place])


def recorded(work: Callable[[Tensor], Sequence[Output]], exact: int) -> Program | None:
    """The program of work(x), the rows of a result at points x (n,); None if it isn't the same for all points.

    exact: how many of the first rows keep the very bits that work gives; the others may be rounded otherwise.
    """
    x = torch.ones(1, dtype=torch.float64)
    try:
        with torch.no_grad(), Recording(x) as recording:
            found = [(recording.find(value), factor) for value, factor in work(x)]
    except NotElementwise:
        return None
    passes, values = _passes(recording.calls, [value.number for value, _ in found[:exact] if isinstance(value, Result)])
    outputs: list[Node | float] = []
    for value, factor in found:
        if not isinstance(value, Result):
            outputs.append(float(value) * factor)
            continue
        node = passes.node(passes.scaled(values[value.number], factor))
        if node.number == 0 or node in outputs:  # each row is the result of a pass of its own
            node = passes.append(Pass(torch.mul, (node, 1.0), {}))
        outputs.append(node)
    return _placed(passes.all, outputs)


def _passes(calls: Sequence[Call], exact: Iterable[int]) -> tuple[Passes, list[Scaled]]:
    """What calls come to, and the value of each result."""
    bits = set(exact)
    for number in range(len(calls), 0, -1):
        if number in bits:
            bits.update(a.number for a in calls[number - 1].arguments if isinstance(a, Result))
    passes = Passes()
    values = [Scaled(Node(0))]
    for number, call in enumerate(calls, 1):
        arguments = [values[a.number] if isinstance(a, Result) else a for a in call.arguments]
        values.append(passes.add(call, arguments, number in bits))
    return passes, values


def _placed(passes: Sequence[Pass], outputs: Sequence[Node | float]) -> Program:
    """The program of the passes that the outputs need: each writes into memory that is needed no longer."""
    places = {0: 0, **{node.number: row for row, node in enumerate(outputs, 1) if isinstance(node, Node)}}
    last: dict[int, int] = {}  # the pass that reads a node last
    for number in range(len(passes), 0, -1):
        if number in places or number in last:
            for k in _read(passes[number - 1]):
                last.setdefault(k, number)
    needed = [(number, one) for number, one in enumerate(passes, 1) if number in places or number in last]
    constants = [_constant(one.function, a) for _, one in needed for a in one.arguments if not isinstance(a, Node)]
    constant_places = iter(range(1 + len(outputs), 1 + len(outputs) + len(constants)))
    memory: list[torch.dtype] = []
    free: list[int] = []
    steps = []
    for number, one in needed:
        arguments = [places[a.number] if isinstance(a, Node) else next(constant_places) for a in one.arguments]
        # An elementwise function may write over what it reads.
        free += [places[k] for k in _read(one) if last[k] == number and places[k] > len(outputs) + len(constants)]
        if number not in places:
            fit = [place for place in free if memory[place - len(outputs) - len(constants) - 1] == one.dtype]
            if not fit:
                memory.append(one.dtype)
            places[number] = fit[-1] if fit else len(outputs) + len(constants) + len(memory)
            free = [place for place in free if place != places[number]]
        steps.append((one.function, arguments, one.keywords, places[number]))
    numbers = {row: number for row, number in enumerate(outputs) if isinstance(number, float)}
    return Program(steps, numbers, constants, memory)


def _read(one: Pass) -> set[int]:
    return {a.number for a in one.arguments if isinstance(a, Node)}


def _constant(function: Callable[..., Tensor], value: Any) -> Any:
    """A number as torch's arithmetic reads it fastest; recorded functions may want it as it is."""
    arithmetic = isinstance(value, float) and not isinstance(function, OpOverload)
    return torch.tensor(value, dtype=torch.float64) if arithmetic else value
