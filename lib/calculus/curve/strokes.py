"""Samples at breaks, and what lifts the pen there."""

import torch
from torch import Tensor

from lib.calculus.curve.breaks import Breaks
from lib.calculus.curve.one_sided import LEVELS

AT_BREAKS = 800  # samples close to breaks at the most
UNEXPLAINED = 0.01  # of the height: a change between samples that their slopes don't explain
SEEN = 1e-3  # of the height: noise that shows, as errors may be some times larger than they look
SHAKEN = 0.01  # of a value: more noise makes it mostly noise
NEAR_LIMIT = 1e-6  # relative: an end of a stroke lies so near to the limit, beyond the limit's estimated error


def lifted(
    x: Tensor, rows: Tensor, breaks: Breaks, window: tuple[float, float], height: Tensor
) -> tuple[Tensor, Tensor]:
    """The samples x (n,), rows (orders, components, n) with those on both sides of each break, and between the two
    sides one that is NaN in the rows that break. Where a place has its own value (0 of sign(x) at 0) no line has it.

    height (orders, components): of what a plot shows.
    """
    x, rows = _at_overlooked(x, rows, breaks.overlooked, height)
    chosen = breaks.broken.flatten(0, 1).any(0)
    left, right = breaks.left[chosen], breaks.right[chosen]
    if not len(left):
        return x, rows
    outside = torch.searchsorted(left, x, right=True) == torch.searchsorted(right, x)  # in none of [left, right]
    columns = torch.linspace(0, LEVELS, max(2, min(LEVELS + 1, AT_BREAKS // (2 * len(left))))).round().long()
    close = breaks.x[chosen][:, :, columns]  # (c, 2, levels)
    values = _true_ends(breaks, height)[:, :, chosen][..., columns]
    gaps = values[..., 0, -1].clone()  # (rows, components, c); a kink's value may be known from either side
    gaps = gaps.where(torch.isfinite(gaps), values[..., 1, -1])
    gaps[breaks.broken[..., chosen]] = torch.nan
    ok = torch.isfinite(values[0]).any(0) & (close >= window[0]) & (close <= window[1])
    inside = (right >= window[0]) & (left <= window[1])
    gap = torch.where(right < window[1], left.clamp(min=window[0]), window[1])
    pieces = [
        (x[outside], rows[..., outside]),
        (close[:, 0][ok[:, 0]], values[..., 0, :][..., ok[:, 0]]),
        (gap[inside], gaps[..., inside]),
        (close[:, 1][ok[:, 1]], values[..., 1, :][..., ok[:, 1]]),
    ]
    # The gap has the x of its left end and comes after it, since the sort is stable.
    x, order = torch.cat([piece[0] for piece in pieces]).sort(stable=True)
    return x, torch.cat([piece[1] for piece in pieces], -1)[..., order]


def _true_ends(breaks: Breaks, height: Tensor) -> Tensor:
    """breaks.values without what isn't the function's way to its limit: rounding errors close to the place, and at the
    place itself a value, or a slope by convention, that isn't the limit."""
    found, values = breaks.limits, breaks.values.clone()
    level = torch.arange(LEVELS + 1)
    distance = (values - found.value[..., None]).abs()
    closest = distance.gather(-1, found.best[..., None]) + 4 * found.error[..., None]
    off = distance > closest + NEAR_LIMIT * torch.maximum(found.value.abs()[..., None], distance[..., :1])
    beyond = level > found.best[..., None]
    wrong = found.finite[..., None] & off & beyond
    grown = values[..., -1].abs() >= values[..., -2].abs()
    wrong[..., -1] |= ~found.finite & ~(found.infinite & grown & (values[..., -1].sign() == found.value.sign()))
    wrong |= _noisy(breaks, height).cumsum(-1).bool()
    return values.masked_fill(wrong.cumsum(0).bool(), torch.nan)


def _noisy(breaks: Breaks, height: Tensor) -> Tensor:
    """Which derivatives are mostly rounding errors that would show, as those of sin(x)/x close to 0."""
    height = torch.cat([height, torch.full_like(height[:1], torch.inf)])  # the row of slopes isn't drawn
    visible = breaks.noise > SEEN * height[..., None, None, None]
    noisy: Tensor = visible & (breaks.noise > SHAKEN * breaks.values.abs())
    noisy[0] = False  # f is known by its limit
    return noisy


def _at_overlooked(x: Tensor, rows: Tensor, brackets: Tensor, height: Tensor) -> tuple[Tensor, Tensor]:
    """With a gap in each bracket that wasn't looked at and in which f changes more than its slopes explain."""
    if not len(brackets):
        return x, rows
    f, slope = rows[0], rows[1]
    change = (f.diff(dim=-1) - x.diff() * (slope[:, 1:] + slope[:, :-1]) / 2).abs()
    index = torch.unique((torch.searchsorted(x, brackets.mean(1)) - 1).clamp(0, len(x) - 2))
    index = index[(change[:, index] > UNEXPLAINED * height[0][:, None]).any(0)]
    middle = (x[index] + x[index + 1]) / 2
    gaps = torch.full((*rows.shape[:2], len(middle)), torch.nan, dtype=torch.float64)
    x, order = torch.cat([x, middle]).sort(stable=True)
    return x, torch.cat([rows, gaps], -1)[..., order]
