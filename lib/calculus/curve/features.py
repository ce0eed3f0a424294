"""Roots, extrema, inflections, breaks and asymptotes of f in a window."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import torch
from torch.nn.functional import pad

from lib.calculus.curve.asymptotes import asymptotes
from lib.calculus.curve.crossings import crossings
from lib.calculus.curve.discontinuities import discontinuities
from lib.calculus.curve.feature import MOST, Feature, Features, Kind, widest
from lib.calculus.curve.mesh import Mesh, mesh
from lib.calculus.curve.noise import LEAST, rounding_errors
from lib.calculus.curve.sampler import Sampler, sampler
from lib.calculus.curve.signs import ORDER, Sampled, sampled
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression

UNDERFLOW = 1e-100  # values so small are on their way to 0 rather than noise
SAME = 1e-12  # of the window: features of one kind so close together are one
MOSTLY = 0.9  # of the samples


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
    samples = sampled(f, component, found.x, found.rows[: ORDER + 2, component])
    crossed, more, clear = crossings(f, component, samples)
    broken = discontinuities(found.breaks, component) if found.breaks else ()
    every = [
        *(feature for feature in broken if feature.high >= window[0] and feature.low <= window[1]),
        *crossed,
        *_at_window_ends(samples),
        *_zero_stretches(f, component, samples),
        *asymptotes(f, component),
    ]
    return _listed(every, more, SAME * (window[1] - window[0]), found.resolved and clear and not found.thinned)


def _listed(every: Iterable[Feature], more: frozenset[Kind], near: float, resolved: bool) -> Features:
    """By x, each once, at most MOST of a kind."""
    found: dict[Kind, list[Feature]] = {}
    for feature in sorted(every, key=lambda feature: feature.x):
        alike = found.setdefault(feature.kind, [])
        if not alike or feature.x - alike[-1].x > near:
            alike.append(feature)
    roots = [root.x for root in found.get(Kind.ROOT, ())]
    if roots and Kind.INFLECTION in found:
        found[Kind.INFLECTION] = [_at_root(each, roots, near) for each in found[Kind.INFLECTION]]
    listed = sorted((alike[i] for alike in found.values() for i in _kept(alike)), key=lambda feature: feature.x)
    return Features(tuple(listed), more | {kind for kind, alike in found.items() if len(alike) > MOST}, resolved)


def _at_root(feature: Feature, roots: Iterable[float], near: float) -> Feature:
    """The feature; where it is a root too, f is 0 there, whatever rounding makes of it."""
    return replace(feature, value=0.0) if any(abs(feature.x - x) <= near for x in roots) else feature


def _kept(alike: list[Feature]) -> list[int]:
    return widest(torch.tensor([feature.x for feature in alike], dtype=torch.float64), MOST).tolist()


def _at_window_ends(samples: Sampled) -> Iterator[Feature]:
    """Roots at the first and last sample."""
    s = samples.signs[0]
    for end, inner in ((0, 1), (-1, -2)):
        if s[end] == 0 and s[inner].abs() == 1:
            x = float(samples.x[end])
            yield Feature(Kind.ROOT, x, 0.0, x, x)


def _zero_stretches(f: Sampler, component: int, samples: Sampled) -> Iterator[Feature]:
    """Where three or more samples in a row are 0 and no noise is beside them; or all are 0 but for rounding errors,
    which neighbouring numbers show as well: a wave finer than the samples is smooth there."""
    x, zero = samples.x, samples.signs[0] == 0
    noisy = samples.noisy[0] & (samples.rows[0].abs() > UNDERFLOW)
    if noisy.any() and not (samples.signs[0].abs() == 1).any() and _only_rounding(f, component, samples):
        zero, noisy = noisy | zero, torch.zeros_like(noisy)
    edges = pad(zero.to(torch.int8), (1, 1)).diff()
    around = pad(noisy, (1, 1), value=False)
    for start, end in zip((edges == 1).nonzero()[:, 0].tolist(), (edges == -1).nonzero()[:, 0].tolist(), strict=True):
        low, high = float(x[start]), float(x[end - 1])
        if len(torch.unique(x[start:end])) > 2 and not around[start] and not around[end + 1]:
            yield Feature(Kind.ZERO_STRETCH, low, 0.0, low, high)


def _only_rounding(f: Sampler, component: int, samples: Sampled) -> bool:
    """Whether samples that all look like noise do so from one number to the next, and f' doesn't tell of a wave."""
    x, (value, slope, *_) = samples.x, samples.rows.abs()
    small = value <= rounding_errors(f, component, x, 0, close=True)[0]
    return int(small.sum()) > MOSTLY * len(x) and bool((LEAST * x.abs() * slope).nanmean() <= value.nanmean())
