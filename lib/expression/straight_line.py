"""A formula as a list of operations, which every reading runs through."""

from dataclasses import dataclass, replace
from functools import cached_property

from lib.expression.functions import FUNCTIONS
from lib.expression.tree import Span


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation on earlier values. value: of a number, the letter, or the index of a noise.

    constant: the name of a number that is a constant, so that exact readings need not take its double.
    """

    name: str
    operands: tuple[int, ...] = ()
    value: float | str | None = None
    span: Span = (0, 0)
    constant: str | None = None


@dataclass(frozen=True)
class StraightLine:
    """A formula as a straight-line program: operation i makes value i; `outputs` are the values of its components.

    effort: what a call costs however few the points are, see limits.MAX_EFFORT.
    """

    operations: tuple[Operation, ...]
    outputs: tuple[int, ...]
    effort: int = 0

    @property
    def cost(self) -> int:
        """The number of operations that compute something, functions by their weight."""
        return sum(FUNCTIONS[o.name].weight if o.name in FUNCTIONS else 1 for o in self.operations if o.operands)

    @cached_property
    def distinct(self) -> "StraightLine":
        """The same with every value computed once, however often the formula has it."""
        first: dict[Operation, int] = {}
        places: list[int] = []
        for operation in self.operations:
            renamed = replace(operation, operands=tuple(places[k] for k in operation.operands), span=(0, 0))
            places.append(first.setdefault(renamed, len(first)))
        return StraightLine(tuple(first), tuple(places[k] for k in self.outputs), self.effort)

    @cached_property
    def last_uses(self) -> dict[int, list[int]]:
        """For each operation the values that no later one needs, nor the output."""
        last = {k: i for i, operation in enumerate(self.operations) for k in operation.operands}
        found: dict[int, list[int]] = {}
        for k, i in last.items():
            if k not in self.outputs:
                found.setdefault(i, []).append(k)
        return found
