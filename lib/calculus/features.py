"""Roots, extrema, inflections, breaks and asymptotes of f in a window."""

from collections.abc import Iterable, Iterator, Mapping

import torch
from torch import Tensor

from lib.calculus.asymptotes import asymptotes
from lib.calculus.crossings import ORDER, crossings
from lib.calculus.derivatives import NOTHING
from lib.calculus.discontinuities import discontinuities
from lib.calculus.feature import MOST, Feature, Features, Kind
from lib.calculus.mesh import Mesh, mesh
from lib.calculus.sampler import Sampler, sampler
from lib.expression import Expression

SAME = 1e-12  # of the window: features of one kind so close together are one


def features(
    expression: Expression,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    component: int = 0,
) -> Features:
    """The features of f, or of one component of a vector, in the window, ends included, and its asymptotes at ±inf.

    Changes of sign of f, f' and f'' between the samples of a curve are narrowed to neighbouring numbers; a change that
    isn't the same from near and far is rounding error and left out. What breaks are is told by one-sided limits. All
    of it is found numerically: features hidden between the samples, or a millionth of the height apart, may be missed.
    Noise has no features.
    """
    f = sampler(expression, variable, at)
    return features_of(f, mesh(f, window, ORDER), component)


def features_of(f: Sampler, found: Mesh, component: int) -> Features:
    """The features of one component of f that a mesh of order 2 or more shows."""
    if f.expression.random:
        return Features((), frozenset(), True)
    window = float(found.x[0]), float(found.x[-1])
    rows = found.rows[: ORDER + 2, component]
    crossed, more = crossings(f, component, found.x, rows)
    broken = discontinuities(found.breaks, component) if found.breaks else ()
    every = [
        *(feature for feature in broken if feature.high >= window[0] and feature.low <= window[1]),
        *crossed,
        *_at_window_ends(found.x, rows[0]),
        *_zero_stretches(found.x, rows[0]),
        *asymptotes(f, component),
    ]
    return _listed(every, more, SAME * (window[1] - window[0]), found.resolved and not found.thinned)


def _listed(every: Iterable[Feature], more: frozenset[Kind], near: float, resolved: bool) -> Features:
    """By x, each once, at most MOST of a kind."""
    found: dict[Kind, list[Feature]] = {}
    for feature in sorted(every, key=lambda feature: feature.x):
        alike = found.setdefault(feature.kind, [])
        if not alike or feature.x - alike[-1].x > near:
            alike.append(feature)
    listed = sorted((feature for alike in found.values() for feature in alike[:MOST]), key=lambda feature: feature.x)
    return Features(tuple(listed), more | {kind for kind, alike in found.items() if len(alike) > MOST}, resolved)


def _at_window_ends(x: Tensor, f: Tensor) -> Iterator[Feature]:
    """Roots at the first and last sample."""
    for end, inner in ((0, 1), (-1, -2)):
        if f[end] == 0 and f[inner] != 0 and bool(torch.isfinite(f[inner])):
            yield Feature(Kind.ROOT, float(x[end]), 0.0, float(x[end]), float(x[end]))


def _zero_stretches(x: Tensor, f: Tensor) -> Iterator[Feature]:
    """Where three or more samples in a row are 0."""
    zero = torch.nn.functional.pad((f == 0).to(torch.int8), (1, 1)).diff()
    for start, end in zip((zero == 1).nonzero()[:, 0].tolist(), (zero == -1).nonzero()[:, 0].tolist(), strict=True):
        low, high = float(x[start]), float(x[end - 1])
        if len(torch.unique(x[start:end])) > 2:
            yield Feature(Kind.ZERO_STRETCH, low, 0.0, low, high)
