"""More samples where straight lines between samples would miss the curve."""

import torch
from torch import Tensor

from lib.calculus.curve.sampler import Sampler

MISS = 2e-3  # of the height: about a pixel
ENOUGH = 20  # times that: the samples still follow every wave
FINEST = 1e-4  # of the window, a tenth of a pixel: the shortest interval that is worth cutting
NOTHING = 1e-13  # of its size: if f varies less, that is rounding error
ROUNDING = 1e-9  # of its natural height: a row that varies less is rounding error
PARTS = 8  # that an interval is cut into at the most in one round
ROUNDS = 4
CUBIC = 4 / 27  # the largest value of t(1 - t)²: how far slope differences lift a cubic off its chord


def miss(x: Tensor, rows: Tensor, visible: tuple[Tensor, Tensor]) -> tuple[Tensor, Tensor]:
    """How far the chord between two samples misses the curve, over MISS times the height: the largest of all rows but
    the last (n - 1,). 0 where either end is undefined, the curve is out of sight, or the interval too short to see.
    The same where the curve turns, 0 elsewhere: where the slopes at both ends have the chord's sign."""
    f, slope = rows[:-1], rows[1:]
    low, high = (v[..., None] for v in visible)
    height = (high - low).clamp(min=torch.finfo(torch.float64).tiny)
    h = x.diff()
    chord = f.diff(dim=-1) / h
    bend = [(s - chord).where(torch.isfinite(s), chord).abs() for s in (slope[..., :-1], slope[..., 1:])]
    off = CUBIC * h * (bend[0] + bend[1])
    above, below = f > high + height / 2, f < low - height / 2
    unseen = (above[..., 1:] & above[..., :-1]) | (below[..., 1:] & below[..., :-1])
    off = (off / (MISS * height)).nan_to_num(0.0, torch.inf).masked_fill(unseen | (h < FINEST * (x[-1] - x[0])), 0.0)
    on = (slope[..., :-1] * chord > 0) & (slope[..., 1:] * chord > 0)
    return off.flatten(0, 1).amax(0), off.masked_fill(on, 0.0).flatten(0, 1).amax(0)


def refined(
    sampler: Sampler, x: Tensor, rows: Tensor, visible: tuple[Tensor, Tensor], room: int
) -> tuple[Tensor, Tensor, bool]:
    """The samples x (n,) and rows (orders, components, n) with at most `room` more of them, and whether those suffice
    for straight lines that miss the curve by less than a pixel or two, upwards or sideways."""
    off, turning = miss(x, rows, visible)
    for _ in range(sampler.calls(ROUNDS, len(rows) - 1)):
        parts = off.sqrt().clamp(max=PARTS).ceil().long()
        worst = off.argsort(descending=True)
        worst = worst[: int(((parts[worst] > 1) & ((parts[worst] - 1).cumsum(0) <= room)).sum())]
        if not len(worst):
            break
        added = parts[worst] - 1
        at = worst.repeat_interleave(added)
        step = torch.arange(len(at)) - (added.cumsum(0) - added).repeat_interleave(added) + 1
        more = x[at] + (x[at + 1] - x[at]) * step / parts[at]
        room -= len(more)
        x, order = torch.cat([x, more]).sort(stable=True)
        rows = torch.cat([rows, sampler.rows(more, len(rows) - 1)], -1)[..., order]
        off, turning = miss(x, rows, visible)
    return x, rows, bool((turning <= ENOUGH).all())


def visible(rows: Tensor, width: float) -> tuple[Tensor, Tensor]:
    """The range (orders, components) of each row of evenly spaced samples that a plot shows: all of it, unless a few
    values tower over the rest (see lib/figures/span.py); a row of mere rounding errors gets the height that a
    derivative would have over the window's width."""
    known = torch.isfinite(rows)
    ascending = rows.masked_fill(~known, torch.inf).sort(-1).values
    last = (known.sum(-1) - 1).clamp(min=0)
    low, q10, q90, high = (
        ascending.gather(-1, (part * last).round().long()[..., None])[..., 0] for part in (0.0, 0.1, 0.9, 1.0)
    )
    core = q90 - q10
    towers = (core > 0) & (high - low > 8 * core)
    low = torch.where(towers, torch.maximum(low, q10 - core), low)
    high = torch.where(towers, torch.minimum(high, q90 + core), high)
    size = torch.maximum(low[0].abs(), high[0].abs())
    natural = (
        torch.where(high[0] - low[0] > NOTHING * size, high[0] - low[0], size)
        / width ** torch.arange(len(rows), dtype=torch.float64)[:, None]
    )
    natural = torch.where(natural > 0, natural, 1.0).nan_to_num(1.0, 1.0)
    flat = ~(high - low > ROUNDING * natural)
    flat[0] = ~(high[0] - low[0] > NOTHING * size)
    middle = ((low + high) / 2).nan_to_num(0.0, 0.0, 0.0)
    return torch.where(flat, middle - natural / 2, low), torch.where(flat, middle + natural / 2, high)
