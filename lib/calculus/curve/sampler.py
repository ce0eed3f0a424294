"""A function of one variable as something to sample, at a cost that is known before it runs."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.derivatives import derivatives
from lib.expression import Expression
from lib.expression.limits import points_within_budget
from lib.expression.straight_line import StraightLine
from lib.readings.switches import switches
from lib.readings.tensor import run, straight_line

CALL = 300  # points that cost as much as a call itself, about


@dataclass(frozen=True, eq=False)
class Sampler:
    """f of one variable, the other letters having values."""

    expression: Expression
    variable: str
    at: Mapping[str, float]
    line: StraightLine  # computes the components and the switches
    cost: int  # operations of f alone

    @property
    def components(self) -> int:
        """The number of f's components, 1 for a number."""
        return self.expression.shape or 1

    @property
    def smooth(self) -> bool:
        """Whether f has no switches: nowhere can it have a kink or a jump."""
        return len(self.line.outputs) == self.components

    def rows(self, x: Tensor, order: int) -> Tensor:
        """f, ..., f^(order) at x (n,): (order + 1, components, n)."""
        if not x.numel():
            return torch.empty(order + 1, self.components, 0, dtype=torch.float64)
        rows = derivatives(self.expression, x, order=order, variable=self.variable, at=self.at)
        return rows.reshape(len(rows), self.components, x.numel())

    @torch.no_grad()
    def probe(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """f (components, n) and its switches (s, n) at x (n,): no derivatives, so cheap."""
        parts = torch.stack(run(self.line, {**self.at, self.variable: x}, x.shape))
        return parts[: self.components], parts[self.components :]

    def affordable(self, points: int, order: int, share: float) -> int:
        """The number of points, at most `points`, that a share of one call's budget pays for."""
        cost = self.cost if order else self.line.cost
        return points_within_budget(int(cost / share) + 1, points, order)

    def calls(self, most: int, order: int) -> int:
        """The number of further calls, at most `most`, that are affordable however few points they have."""
        return min(most, self.affordable(most * CALL, order, 0.5) // CALL)


def sampler(expression: Expression, variable: str, at: Mapping[str, float]) -> Sampler:
    """The sampler of f. Raises ValueError when another letter has no value."""
    line = straight_line(expression, {**at, variable: 0.0})
    return Sampler(expression, variable, at, switches(line, variable), line.cost)
