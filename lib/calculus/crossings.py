"""Where f, f' and f'' change sign between samples: roots, extrema and inflections."""

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor

from lib.calculus.bracketing import narrow, signs
from lib.calculus.feature import MOST, Feature, Kind
from lib.calculus.sampler import Sampler

ORDER = 2  # f'' for inflections
KINDS = ((Kind.ROOT,), (Kind.MINIMUM, Kind.MAXIMUM), (Kind.INFLECTION,))  # of the zeros of f, f', f''
EFFORT = 100  # points that narrowing and checking one change of sign takes
CHECKS = 0.5 ** torch.arange(8, dtype=torch.float64)  # of the way to the next sample: there a side keeps its sign
CLOSE = 1e-6  # of the distance of samples: a sample so close to a change of sign is check enough itself
ULPS = torch.arange(-8, 9, dtype=torch.float64) * 2.0**-52
ROUNDING = 1e-9  # of f's variation over the window's width to the order: a lower wave of a derivative is rounding error
CONSTANT = 1e-13  # of its size: if f varies less, that is rounding error
TINY = 1e-20  # of the window: what stands for the size of x at 0


class _Brackets(NamedTuple):
    """Changes of sign between samples; fields (c,). low = high for a zero sample between two that aren't."""

    low: Tensor
    high: Tensor
    before: Tensor  # the samples around
    after: Tensor


class _Zeros(NamedTuple):
    """Zeros of f, f' or f''; fields (c,)."""

    at: Tensor
    low: Tensor
    high: Tensor
    before: Tensor  # the signs on both sides
    after: Tensor
    value: Tensor  # of f
    rounding: Tensor  # how much f changes within 8 units in the last place of x


def crossings(f: Sampler, component: int, x: Tensor, rows: Tensor) -> tuple[list[Feature], frozenset[Kind]]:
    """The roots, extrema and inflections of f's component that samples x (n,) of f, f', f'' in rows (3, n) show, away
    from breaks; and the kinds of which there are more than are looked at.

    From f'' down, as an inflection is one more sample of f', and an extremum one more of f: between two samples there
    may be two roots, with an extremum in between.
    """
    features: list[Feature] = []
    more: set[Kind] = set()
    width = float(x[-1] - x[0])
    rounding = ROUNDING * _size(rows[0])
    for k in reversed(range(ORDER + 1)):
        brackets = _brackets(x, rows[k], rounding / width**k if k else 0.0)
        most = f.affordable((MOST * len(KINDS[k]) + 1) * EFFORT, k, 0.2) // EFFORT
        more.update(KINDS[k] if len(brackets.low) > most else ())
        zeros = _zeros(f, component, k, _Brackets(*(column[:most] for column in brackets)), TINY * width)
        for place in zip(*(column.tolist() for column in zeros), strict=True):
            features += _features(k, *place)
        if k and len(zeros.at):
            rows = torch.cat([rows[:k], f.rows(zeros.at, k - 1)[:, component]], 1)
            x, by_x = torch.cat([x, zeros.at]).sort(stable=True)
            rows = rows[:, by_x]
    return features, frozenset(more)


def _size(f: Tensor) -> float:
    """How much f (n,) varies, poles and peaks aside; of a constant, its size."""
    known = f[torch.isfinite(f)]
    if not len(known):
        return 0.0
    low, middle, high = known.sort().values[[len(known) // 10, len(known) // 2, -1 - len(known) // 10]].tolist()
    return float(high - low if high - low > CONSTANT * abs(middle) else abs(middle))


def _brackets(x: Tensor, f: Tensor, rounding: float) -> _Brackets:
    """By x, of a row f (n,); without waves of which a side is no higher than rounding errors."""
    # At a break of a higher derivative the same sample comes more than once.
    single = torch.ones(len(x), dtype=torch.bool)
    single[1:] = (x[1:] != x[:-1]) | (f[1:] != f[:-1])
    x, s = x[single], signs(f[single])
    wave = torch.cat([torch.zeros(1), (s[1:] != s[:-1]).cumsum(0)]).long()
    heights = torch.zeros(int(wave[-1]) + 1, dtype=torch.float64)
    heights = heights.scatter_reduce(0, wave, f[single].abs().nan_to_num(torch.inf), "amax")
    high_enough = heights[wave] > rounding
    s = s.where(high_enough | (s == 0), torch.nan)
    index = (s[:-1] * s[1:] == -1).nonzero()[:, 0]
    zero = ((s[1:-1] == 0) & ((s[:-2] * s[2:]).abs() == 1)).nonzero()[:, 0] + 1
    low, high = torch.cat([x[index], x[zero]]), torch.cat([x[index + 1], x[zero]])
    before, after = torch.cat([x[index], x[zero - 1]]), torch.cat([x[index + 1], x[zero + 1]])
    by_x = low.argsort()
    return _Brackets(low[by_x], high[by_x], before[by_x], after[by_x])


def _zeros(f: Sampler, component: int, order: int, brackets: _Brackets, tiny: float) -> _Zeros:
    """The zeros in the brackets, without changes of sign that aren't the same from near and far: rounding errors."""

    def values(points: Tensor, _: Tensor) -> Tensor:
        return f.rows(points.flatten(), order)[order, component].reshape(points.shape)

    low, high = narrow(values, brackets.low, brackets.high)
    reach = torch.stack([brackets.before - low, brackets.after - high], 1)
    close = reach.abs() < CLOSE * (brackets.after - brackets.before)[:, None]
    points = torch.stack([low, high], 1)[..., None] + torch.where(close[..., None], 1.0, CHECKS) * reach[..., None]
    sides = signs(values(points, low))
    before, after = sides[..., 0].unbind(1)
    at = torch.where((low <= 0) & (high >= 0), 0.0, low + (high - low) / 2)
    step = torch.where(at == 0, tiny, at.abs())[:, None]
    around = f.probe((at[:, None] + step * ULPS).flatten())[0][component].reshape(len(at), len(ULPS))
    value = around[:, len(ULPS) // 2]
    rounding = (around - value[:, None]).abs().amax(1)
    kept = (sides == sides[..., :1]).flatten(1).all(1) & (before * after != 0) & torch.isfinite(value)
    return _Zeros(*(column[kept] for column in (at, low, high, before, after, value + 0.0, rounding)))  # + 0.0: no −0


def _features(
    order: int, at: float, low: float, high: float, before: float, after: float, value: float, rounding: float
) -> Iterator[Feature]:
    """What it is that f, f' or f'' has these signs before and after a place."""
    if order == 0:
        yield Feature(Kind.ROOT if before != after else Kind.TOUCHING_ROOT, at, 0.0, low, high)
    elif before != after:
        kind = Kind.INFLECTION if order == 2 else Kind.MINIMUM if before < 0 else Kind.MAXIMUM
        yield Feature(kind, at, value, low, high)
        # A computed value of 0 is a sample of f, and found as such.
        if order == 1 and 0 < abs(value) <= 4 * rounding:
            yield Feature(Kind.TOUCHING_ROOT, at, 0.0, low, high)
