"""One component of a vector as a formula of its own."""

from dataclasses import replace
from functools import lru_cache

from lib.expression.errors import too_many_operations
from lib.expression.expression import Expression
from lib.expression.limits import MAX_STEPS
from lib.expression.tree import Program, Step, extents, operands

Place = tuple[int, ...]  # of a component: (k,) in a vector, (row, column) in a matrix


@lru_cache(maxsize=512)
def component(expression: Expression, k: int) -> Expression:
    """The formula of component k, from 0, of a vector: a number. It draws the same noise as the vector.

    Raises ExpressionError where chained products of matrices make it longer than limits.py allows.
    """
    program = expression.program
    try:
        return replace(expression, program=tuple(_Taker(program).steps(len(program) - 1, (k,))))
    except OverflowError:
        raise too_many_operations((0, len(expression.source))) from None


class _Taker:
    def __init__(self, program: Program) -> None:
        self.program = program
        self.starts = extents(program)
        self.room = MAX_STEPS

    def steps(self, index: int, place: Place) -> list[Step]:
        """The program of one number of what step `index` computes."""
        step = self.program[index]
        parts = [end - 1 for _, end in operands(self.program, self.starts, index)]
        if not step.shape:
            return self.counted(list(self.program[self.starts[index] : index + 1]))
        if step.operation == "vector":
            return self.steps(parts[place[0]], place[1:])
        if step.operation == "matmul":
            return self.product(step, parts[0], parts[1], place)
        taken = [one for part in parts for one in self.steps(part, place)]
        return [*taken, *self.counted([replace(step, shape=())])]

    def product(self, step: Step, left: int, right: int, place: Place) -> list[Step]:
        """A row times a column."""
        shape = self.program[left].shape or ()
        row, column = place[: len(shape) - 1], place[len(shape) - 1 :]
        total: list[Step] = []
        for j in range(shape[-1]):
            joined = [Step("mul", 2, span=step.span)] + [Step("add", 2, span=step.span)] * (j > 0)
            total += [*self.steps(left, (*row, j)), *self.steps(right, (j, *column)), *self.counted(joined)]
        return total

    def counted(self, steps: list[Step]) -> list[Step]:
        self.room -= len(steps)
        if self.room < 0:
            raise OverflowError(MAX_STEPS)
        return steps
