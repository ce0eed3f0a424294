"""Peaks between samples: narrow features that evenly spaced samples miss."""

import torch
from torch import Tensor

from lib.calculus.sampler import Sampler

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
    each, at = torch.arange(len(index)), place[component, index]
    up = off[component, index, at].sign()[:, None]
    low, high = nodes[each, at], nodes[each, at + 2]
    parts = torch.linspace(0, 1, 9, dtype=torch.float64)
    seen = [probes[index].flatten()]
    for _ in range(ROUNDS):
        points = low[:, None] + (high - low)[:, None] * parts
        values = sampler.probe(points.flatten())[0].reshape(-1, *points.shape)[component, each]
        top = (up * values).nan_to_num(-torch.inf).argmax(1).clamp(1, 7)
        low, high = points[each, top - 1], points[each, top + 1]
        seen.append(points.flatten())
    samples: Tensor = torch.unique(torch.cat(seen))
    return samples


def _cubic(x: Tensor, rows: Tensor, probes: Tensor) -> Tensor:
    """The cubic through the neighbouring samples with their slopes, at the probes: (components, n - 1, p)."""
    h = x.diff()[:, None]
    t = (probes - x[:-1, None]) / h
    f0, f1 = rows[0, :, :-1, None], rows[0, :, 1:, None]
    m0, m1 = h * rows[1, :, :-1, None], h * rows[1, :, 1:, None]
    u = 1 - t
    value: Tensor = u * u * ((1 + 2 * t) * f0 + t * m0) + t * t * ((1 + 2 * u) * f1 - u * m1)
    return value
