"""What autograd makes of a formula at points: where it is asked for again at many, the recorded calls are repeated."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count

import torch
from torch import Tensor

from lib.calculus.blocks import BLOCK, in_blocks
from lib.calculus.passes import Output, Program, recorded
from lib.expression import Expression

# The rows of a result at points, given by their coordinates, each (n,).
Work = Callable[[Expression, Sequence[str], Mapping[str, float], Sequence[Tensor]], Sequence[Tensor]]
Asked = tuple[Work, int, Expression, tuple[str, ...], tuple[tuple[str, float], ...]]

MANY = 4096  # points: with fewer a call of torch costs more than it computes


def rows_at(
    work: Work,
    size: tuple[int, int],
    expression: Expression,
    points: Tensor,
    variables: Sequence[str],
    at: Mapping[str, float],
) -> Tensor:
    """The rows (r, m) that work gives at the points (m, d). size: r, and how many of the first keep their bits."""
    rows = torch.empty(size[0], len(points), dtype=torch.float64)
    columns = torch.stack(points.unbind(1))
    asked = (work, size[1], expression, tuple(variables), tuple(at.items()))
    program = _program(*asked) if not expression.random and _is_worth_a_program(len(points), asked) else None
    if program:
        with torch.no_grad():
            in_blocks(program, columns, rows)
    else:
        for row, found in zip(rows, work(expression, variables, at, columns.unbind()), strict=True):
            row.copy_(found.detach())
    return rows


def _is_worth_a_program(points: int, asked: Asked) -> bool:
    """Recording takes as long as the work itself at 20,000 points: it is for what comes again."""
    return points > BLOCK or (points > MANY and next(_uses(*asked)) > 0)


@lru_cache(maxsize=64)
def _uses(*_asked: object) -> Iterator[int]:
    """How often the same was asked for."""
    return count()


@lru_cache(maxsize=16)
def _program(
    work: Work, exact: int, expression: Expression, variables: tuple[str, ...], at: tuple[tuple[str, float], ...]
) -> Program | None:
    def rows(*columns: Tensor) -> list[Output]:
        return [(row.detach(), 1.0) for row in work(expression, variables, dict(at), columns)]

    return recorded(rows, exact, len(variables))
