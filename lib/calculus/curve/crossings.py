"""Where f, f' and f'' change sign between samples: roots, extrema and inflections."""

from collections.abc import Iterator

import torch
from torch import Tensor

from lib.calculus.curve.bracketing import narrow, signs
from lib.calculus.curve.brackets import Brackets, Zeros, beside, find_brackets
from lib.calculus.curve.feature import MOST, Feature, Kind, widest
from lib.calculus.curve.sampler import Sampler
from lib.calculus.curve.signs import ORDER, Sampled

KINDS = ((Kind.ROOT,), (Kind.MINIMUM, Kind.MAXIMUM), (Kind.INFLECTION,))  # of the zeros of f, f', f''
EFFORT = 100  # points that narrowing and checking one change of sign takes
PARTS = 8  # that a round of narrowing cuts a bracket into: f is smooth there
CHECKS = 0.5 ** torch.arange(8, dtype=torch.float64)  # of the way to the next sample: there a side keeps its sign
CLOSE = 1e-6  # of the distance of samples: a sample so close to a change of sign is check enough itself
ULPS = torch.arange(-8, 9, dtype=torch.float64) * 2.0**-52
SUNK = 0.5  # of its size at the samples around: no more is left at a zero
BLUR = 0.25  # of the window: where f is 0 but for rounding errors over more, that is no root
OUT = (2.0, 4.0)  # times the width of what is blurred: from so far a zero in it is seen clearly
STRAIGHT = 1e-3  # of that width: how far apart it is seen from there at the most
TINY = 1e-20  # of the window: what stands for the size of x at 0


def crossings(f: Sampler, component: int, samples: Sampled) -> tuple[list[Feature], frozenset[Kind], bool]:
    """The roots, extrema and inflections of f's component that the samples show, away from breaks; the kinds of which
    there are more than are looked at; and whether all changes of sign are the same from near and far.

    An inflection found is one more sample of f', and an extremum one more of f: between two samples there may be two
    roots, with an extremum in between.
    """
    tiny = TINY * float(samples.x[-1] - samples.x[0])
    features: list[Feature] = []
    more: set[Kind] = set()
    resolved = not _alone(samples)
    brackets = find_brackets(samples)
    for _ in range(ORDER + 1):
        brackets, left_out = _first(f, brackets)
        more |= left_out
        if not len(brackets.low):
            break
        zeros, hides = _zeros(f, component, samples, brackets)
        resolved &= not hides
        features += _features(f, component, zeros, tiny)
        brackets = beside(samples, zeros)
    return features, frozenset(more), resolved


def _alone(samples: Sampled) -> bool:
    """Whether f is lost in rounding errors at a single sample between two where it has one sign: it may be 0 there."""
    s, noisy = samples.signs[0], samples.noisy[0]
    return bool((noisy[1:-1] & (s[:-2] * s[2:] == 1)).any())


def _first(f: Sampler, brackets: Brackets) -> tuple[Brackets, set[Kind]]:
    """As many brackets of each order as are listed and affordable, and the kinds of those left out."""
    more: set[Kind] = set()
    kept = torch.ones(len(brackets.low), dtype=torch.bool)
    affordable = f.affordable((MOST * 2 + 1) * EFFORT, ORDER, 0.2) // EFFORT
    if len(kept) <= min(affordable, MOST):
        return brackets, more
    for k, kinds in enumerate(KINDS):
        mine = brackets.order == k
        place = mine.nonzero()[:, 0]
        beyond = mine.clone()
        beyond[place[widest(brackets.low[place], min(affordable, MOST * len(kinds) + 1))]] = False
        more.update(kinds if beyond.any() else ())
        kept &= ~beyond
    return Brackets(*(column[kept] for column in brackets)), more


def _zeros(f: Sampler, component: int, samples: Sampled, brackets: Brackets) -> tuple[Zeros, bool]:
    """The zeros in the brackets. A change of sign that isn't the same from near and far is left out, unless no more
    than rounding errors blur it: then the zero lies between the samples around. So is one at which the values don't
    sink to 0, as at a pole. And whether any was left out that isn't rounding error, or the slope at one has the wrong
    sign: there is more between the samples."""

    def rows(points: Tensor) -> Tensor:
        return f.rows(points.flatten(), ORDER)[:, component].reshape(-1, *points.shape)

    def values(points: Tensor, of: Tensor) -> Tensor:
        return rows(points)[order[of], torch.arange(len(of))]

    order, each = brackets.order, torch.arange(len(brackets.order))
    low, high = narrow(values, brackets.low, brackets.high, brackets.guess, PARTS)
    reach = torch.stack([brackets.before - low, brackets.after - high], 1)
    close = reach.abs() < CLOSE * (brackets.after - brackets.before)[:, None]
    points = torch.stack([low, high], 1)[..., None] + torch.where(close[..., None], 1.0, CHECKS) * reach[..., None]
    at = torch.where((low <= 0) & (high >= 0), 0.0, low + (high - low) / 2)
    found = rows(torch.cat([points.flatten(1), at[:, None]], 1))
    checks, own = found[order, each, :-1].reshape(points.shape), found[..., -1]
    wrong = signs(checks) != signs(checks[..., :1])
    before, after = signs(checks[..., 0]).unbind(1)
    floor = samples.floors[order, torch.searchsorted(samples.x, low).clamp(max=len(samples.x) - 1)]
    noise = ~(wrong & (checks.abs() > floor[:, None, None])).flatten(1).any(1) & (before * after == -1)
    blurred = noise & wrong.flatten(1).any(1) & (brackets.after - brackets.before < BLUR * samples.x.diff().sum())
    if blurred.any():
        low, high = brackets.before.where(blurred, low), brackets.after.where(blurred, high)
        at = _seen_from_afar(samples, order, low, high).where(blurred, at)
        own = rows(at)
    own = own.T + 0.0  # no −0
    sunk = own[each, order].abs() <= SUNK * checks[..., 0].abs().amax(1)
    known = (before * after != 0) & torch.isfinite(own[:, 0])
    kept = (blurred | ~wrong.flatten(1).any(1) & sunk) & known
    slope = own[each, (order + 1).clamp(max=ORDER)]
    against = (order < ORDER) & (before != after) & (slope * after < 0)
    hides = known & (~noise & ~kept | kept & against)
    return Zeros(*(column[kept] for column in (order, at, low, high, before, after, own))), bool(hides.any())


def _seen_from_afar(samples: Sampled, order: Tensor, low: Tensor, high: Tensor) -> Tensor:
    """Where f^(k)/f^(k+1), which is straight near a zero of any multiplicity, comes to 0 between low and high; NaN
    where it isn't straight."""
    seen = []
    for out in OUT:
        reach = out * (high - low)
        i = torch.searchsorted(samples.x, torch.stack([low - reach, high + reach], 1)).clamp(0, len(samples.x) - 1)
        a, b = samples.x[i].unbind(1)
        u, v = (samples.rows[order[:, None], i] / samples.rows[order[:, None] + 1, i]).unbind(1)
        seen.append(a - (b - a) * u / (v - u))
    at = seen[-1]
    straight = (at - seen[0]).abs() < STRAIGHT * (high - low)
    return at.where(straight & (at > low) & (at < high), torch.nan)


def _features(f: Sampler, component: int, zeros: Zeros, tiny: float) -> Iterator[Feature]:
    """What it is that f, f' or f'' has these signs before and after a place."""
    touches = _touches(f, component, zeros, tiny).tolist() if (zeros.order == 1).any() else [False] * len(zeros.at)
    columns = (column.tolist() for column in (*zeros[:-1], zeros.rows[:, 0]))
    for order, at, low, high, before, after, value, touch in zip(*columns, touches, strict=True):
        if order == 0:
            yield Feature(Kind.ROOT if before != after else Kind.TOUCHING_ROOT, at, 0.0, low, high)
        elif before != after:
            kind = Kind.INFLECTION if order == 2 else Kind.MINIMUM if before < 0 else Kind.MAXIMUM
            yield Feature(kind, at, value, low, high)
            if touch:
                yield Feature(Kind.TOUCHING_ROOT, at, 0.0, low, high)


def _touches(f: Sampler, component: int, zeros: Zeros, tiny: float) -> Tensor:
    """Where f' is 0 and f no further from 0 than rounding errors."""
    value, near = zeros.rows[:, 0], zeros.order == 1
    at = zeros.at[near]
    step = torch.where(at == 0, tiny, at.abs())[:, None]
    around = f.probe((at[:, None] + step * ULPS).flatten())[0][component].reshape(len(at), len(ULPS))
    rounding = (around - around[:, len(ULPS) // 2, None]).abs().amax(1)
    near[near.clone()] = value[near].abs() <= 4 * rounding
    return near
