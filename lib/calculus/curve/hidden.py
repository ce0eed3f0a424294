"""Peaks between samples: narrow features that evenly spaced samples miss."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lib.calculus.curve.sampler import Sampler

BETWEEN = 3  # probes between two samples
GOLDEN = 0.6180339887498949  # shifts the probes from interval to interval, so that no wave hides between them
SURPRISE = 2e-3  # of the height: a probe so far off the cubic through the samples shows something hidden
ROUNDING = 1e-13  # of its values: if f varies less, nothing is hidden
MOST = 40  # peaks that are climbed
ROUNDS = 7  # each narrows the top to a quarter: 6e-5 of an interval in the end


def between(x: Tensor) -> Tensor:
    """Probes (n - 1, BETWEEN) between the samples x (n,)."""
    shift = (GOLDEN * torch.arange(len(x) - 1, dtype=torch.float64)).frac()
    parts = (torch.arange(BETWEEN, dtype=torch.float64) + 0.15 + 0.7 * shift[:, None]) / BETWEEN
    probes: Tensor = x[:-1, None] + x.diff()[:, None] * parts
    return probes


def hidden_peaks(sampler: Sampler, x: Tensor, rows: Tensor, probes: Tensor, f: Tensor, free: Tensor) -> Tensor:
    """More samples (h,) about peaks that the samples x (n,), with f and f' in rows (>= 2, components, n), don't show.

    probes (n - 1, p) and f (components, n - 1, p), the values there; free (n - 1,): intervals without a break. A probe
    that is off the cubic through the samples and slopes starts a climb to the top nearby, whose steps are the samples.
    """
    off = f - _cubic(x, rows, probes)
    known = f.flatten(1).nan_to_num(0.0, 0.0, 0.0)
    size = (known.amax(-1) - known.amin(-1))[:, None]
    size = torch.where(size > ROUNDING * known.abs().amax(-1)[:, None], size, torch.inf)
    most, place = off.abs().max(-1)
    component, index = ((most > SURPRISE * size) & free).nonzero(as_tuple=True)
    worst = most[component, index].argsort(descending=True)[:MOST]
    component, index = component[worst], index[worst]
    if not len(index):
        return x[:0]
    nodes = torch.cat([x[:-1, None], probes, x[1:, None]], 1)[index]
    ends = torch.stack([rows[:2, component, index], rows[:2, component, index + 1]], -1)  # (2, c, 2)
    known = torch.cat([ends[0, :, :1], f[component, index], ends[0, :, 1:]], 1)
    place = place[component, index, None]
    # Where the slopes at both ends point up (or down) to a top, it is what counts, else the probe that is farthest off.
    turn = (ends[1].sign().diff(dim=-1) / -2).where(ends[1, :, :1].sign() == -ends[1, :, 1:].sign(), 0.0)
    up = turn.where(turn != 0, off[component, index].gather(1, place).sign())
    top = (up * known).nan_to_num(-torch.inf).argmax(1, keepdim=True).clamp(1, probes.shape[1])
    top = top.where(turn != 0, place + 1)
    low, high = torch.cat([nodes.gather(1, top - 1), nodes.gather(1, top + 1)], 1)[..., None].unbind(1)
    seen = [probes[index], *_climb(sampler, component, up, low, high)]
    samples: Tensor = torch.unique(torch.cat([points.flatten() for points in seen]))
    return samples


def _climb(sampler: Sampler, component: Tensor, up: Tensor, low: Tensor, high: Tensor) -> Iterator[Tensor]:
    """The points (c, 9) of each round, ever closer about the highest (up 1) or lowest (up −1) in [low, high] (c, 1)."""
    parts, each = torch.linspace(0, 1, 9, dtype=torch.float64), torch.arange(len(component))
    for _ in range(ROUNDS):
        points = low + (high - low) * parts
        values = sampler.probe(points.flatten())[0].reshape(-1, *points.shape)[component, each]
        top = (up * values).nan_to_num(-torch.inf).argmax(1, keepdim=True).clamp(1, 7)
        low, high = points.gather(1, top - 1), points.gather(1, top + 1)
        yield points


def _cubic(x: Tensor, rows: Tensor, probes: Tensor) -> Tensor:
    """The cubic through the neighbouring samples with their slopes, at the probes: (components, n - 1, p)."""
    h = x.diff()[:, None]
    t = (probes - x[:-1, None]) / h
    f0, f1 = rows[0, :, :-1, None], rows[0, :, 1:, None]
    m0, m1 = h * rows[1, :, :-1, None], h * rows[1, :, 1:, None]
    u = 1 - t
    value: Tensor = u * u * ((1 + 2 * t) * f0 + t * m0) + t * t * ((1 + 2 * u) * f1 - u * m1)
    return value
