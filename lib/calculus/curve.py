"""Samples of f and its derivatives for a line that never crosses a gap."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.breaks import EFFORT, Sampler, Suspects, find_breaks
from lib.calculus.derivatives import NOTHING, derivatives
from lib.calculus.samples import evenly
from lib.expression import Expression
from lib.expression.limits import MAX_ORDER, points_within_budget
from lib.message import Message
from lib.readings.tensor import straight_line

SAMPLES = 1001  # one a pixel of a wide plot; odd, so that the middle of a symmetric window is a sample
CLOSER_LOOKS = 150  # of each kind at intervals that may hold a break: more can't be told apart on a plot
APPROACH = 12  # samples on each side of a break, each twice as near to it as the one before


@dataclass(frozen=True, eq=False)
class Curve:
    """Samples of f, f', ...: join neighbours that are both finite.

    values[k] is NaN where f^(k) is undefined and at its breaks (poles, jumps, ends of the domain).
    """

    x: Tensor  # (n,), ascending; repeated at a break
    values: Tensor  # (order + 1, n), or (order + 1, k, n) for a vector


def curve(
    expression: Expression,
    window: tuple[float, float],
    *,
    order: int = 2,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    count: int = SAMPLES,
) -> Curve:
    """f, ..., f^(order) at `count` evenly spaced points of the window, its ends included, and close to every break.

    A break is a pole, a jump or an end of the domain; a kink of f is a jump of f'. A costly formula gets fewer samples,
    see limits.BUDGET. Noise has no breaks to find: its samples are returned as they are.
    """

    def sample(x: Tensor) -> Tensor:
        """(order + 2, components, n): one derivative more, as a slope tells a steep curve from a jump."""
        rows = derivatives(expression, x, order=min(order + 1, MAX_ORDER), variable=variable, at=at)
        return rows.reshape(len(rows), -1, x.numel())

    if not window[0] < window[1]:
        raise ValueError(Message("Give the window as two numbers, the smaller first."))
    cost = straight_line(expression, {**at, variable: window[0]}).cost
    x = evenly(window, points_within_budget(cost, count, order + 1))
    values = sample(x)
    if not expression.random:
        most = points_within_budget(cost, CLOSER_LOOKS * EFFORT, order + 1) // EFFORT
        x, values = _with_breaks(sample, x, values, find_breaks(sample, x, values, most))
    values = values[: order + 1]
    return Curve(x, values[:, 0] if expression.shape is None else values)


def _with_breaks(sample: Sampler, x: Tensor, values: Tensor, breaks: Suspects) -> tuple[Tensor, Tensor]:
    """The samples, more of them on both sides of each break, and in the break one that has no value."""
    if not len(breaks.row):
        return x, values
    nearness = 0.5 ** torch.arange(1, APPROACH + 1, dtype=torch.float64)
    low = x[breaks.index]
    high = x[breaks.index + 1 + breaks.peak.long()]
    before = breaks.left[:, None] - (breaks.left - low)[:, None] * nearness
    after = breaks.right[:, None] + (high - breaks.right)[:, None] * nearness
    added = torch.unique(torch.cat([before.flatten(), after.flatten(), breaks.left, breaks.right]))
    gaps = sample(breaks.left)
    row, component = torch.arange(len(values))[:, None, None], torch.arange(values.shape[1])[:, None]
    gaps[(row >= breaks.row) & (component == breaks.component)] = torch.nan
    # The gap has the x of its left end and comes after it, since the sort is stable.
    x, order = torch.cat([x, added, breaks.left]).sort(stable=True)
    return x, torch.cat([values, sample(added), gaps], -1)[..., order]
