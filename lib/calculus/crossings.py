"""Where f, f' and f'' change sign between samples: roots, extrema and inflections."""

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import pad

from lib.calculus.bracketing import narrow, signs
from lib.calculus.feature import MOST, Feature, Kind
from lib.calculus.sampler import Sampler

ORDER = 2  # f'' for inflections
KINDS = ((Kind.ROOT,), (Kind.MINIMUM, Kind.MAXIMUM), (Kind.INFLECTION,))  # of the zeros of f, f', f''
EFFORT = 100  # points that narrowing and checking one change of sign takes
PARTS = 8  # that a round of narrowing cuts a bracket into: f is smooth there
CHECKS = 0.5 ** torch.arange(8, dtype=torch.float64)  # of the way to the next sample: there a side keeps its sign
CLOSE = 1e-6  # of the distance of samples: a sample so close to a change of sign is check enough itself
ULPS = torch.arange(-8, 9, dtype=torch.float64) * 2.0**-52
ROUNDING = 1e-9  # of f's variation over the window's width to the order: a lower wave of a derivative is rounding error
CONSTANT = 1e-13  # of its size: if f varies less, that is rounding error
TINY = 1e-20  # of the window: what stands for the size of x at 0


class _Brackets(NamedTuple):
    """Changes of sign of f^(order) between samples; fields (c,). low = high for a zero sample between two others."""

    order: Tensor
    low: Tensor
    high: Tensor
    before: Tensor  # the samples around
    after: Tensor
    guess: Tensor  # of the zero


class _Zeros(NamedTuple):
    """Zeros of f^(order); fields (c,)."""

    order: Tensor
    at: Tensor
    low: Tensor
    high: Tensor
    before: Tensor  # the signs on both sides
    after: Tensor
    rows: Tensor  # (c, 3): f, f', f''


def crossings(f: Sampler, component: int, x: Tensor, rows: Tensor) -> tuple[list[Feature], frozenset[Kind]]:
    """The roots, extrema and inflections of f's component that samples x (n,) of f, f', f'', f''' in rows (4, n) show,
    away from breaks; and the kinds of which there are more than are looked at.

    An inflection found is one more sample of f', and an extremum one more of f: between two samples there may be two
    roots, with an extremum in between.
    """
    width = float(x[-1] - x[0])
    floor = ROUNDING * _size(rows[0]) / width ** torch.arange(ORDER + 1, dtype=torch.float64)
    floor[0] = 0.0
    sides = _sides(rows[: ORDER + 1], floor)
    brackets = _brackets(x, rows, sides)
    features: list[Feature] = []
    more: set[Kind] = set()
    for _ in range(ORDER + 1):
        brackets, left_out = _first(f, brackets)
        more |= left_out
        if not len(brackets.low):
            break
        zeros = _zeros(f, component, brackets)
        features += _features(f, component, zeros, TINY * width)
        brackets = _beside(x, sides, zeros)
    return features, frozenset(more)


def _size(f: Tensor) -> float:
    """How much f (n,) varies, poles and peaks aside; of a constant, its size."""
    known = f[torch.isfinite(f)]
    if not len(known):
        return 0.0
    low, middle, high = known.sort().values[[len(known) // 10, len(known) // 2, -1 - len(known) // 10]].tolist()
    return float(high - low if high - low > CONSTANT * abs(middle) else abs(middle))


def _sides(rows: Tensor, floor: Tensor) -> Tensor:
    """The signs of f, f', f'' (3, n), NaN in waves no higher than their row's floor (3,): rounding errors."""
    s = signs(rows)
    start = pad(s[:, 1:] != s[:, :-1], (1, 0), value=True)
    wave = start.flatten().cumsum(0) - 1
    heights = torch.zeros(len(wave), dtype=torch.float64)
    heights = heights.scatter_reduce(0, wave, rows.flatten().abs().nan_to_num(torch.inf), "amax")
    return s.where((heights[wave].reshape(s.shape) > floor[:, None]) | (s == 0), torch.nan)


def _brackets(x: Tensor, rows: Tensor, sides: Tensor) -> _Brackets:
    """By x."""
    n = len(x) + 1  # each row ends with NaN, where none goes on into the next
    s = pad(sides, (0, 1), value=torch.nan).flatten()
    zero = pad((s == 0).to(torch.int8), (1, 1)).diff()
    # At a break of a higher derivative the same sample comes more than once.
    start, end = (zero == 1).nonzero()[:, 0], (zero == -1).nonzero()[:, 0] - 1
    ok = (x[start % n] == x[end % n]) & (start % n > 0) & ((s[start - 1] * s[end + 1]).abs() == 1)
    start, end = start[ok], end[ok]
    change = (s[:-1] * s[1:] == -1).nonzero()[:, 0]
    low, high = torch.cat([change, start]), torch.cat([change + 1, end])
    before, after = torch.cat([change, start - 1]), torch.cat([change + 1, end + 1])
    order = low // n
    ends = [column for i in (low % n, high % n) for column in (x[i], rows[order, i], rows[order + 1, i])]
    found = _Brackets(order, ends[0], ends[3], x[before % n], x[after % n], _guess(*ends))
    by_x = found.low.argsort()
    return _Brackets(*(column[by_x] for column in found))


def _guess(a: Tensor, fa: Tensor, ma: Tensor, b: Tensor, fb: Tensor, mb: Tensor) -> Tensor:
    """The zero of a function with those values and slopes at a and b, by the cubic through its inverse."""
    d = fb - fa
    t = -fa / d
    u = 1 - t
    secant = a * u + b * t
    zero = u * u * ((1 + 2 * t) * a + t * d / ma) + t * t * ((1 + 2 * u) * b - u * d / mb)
    return torch.where((zero > a) & (zero < b), zero, secant).nan_to_num()


def _first(f: Sampler, brackets: _Brackets) -> tuple[_Brackets, set[Kind]]:
    """As many brackets of each order as are listed and affordable, and the kinds of those left out."""
    more: set[Kind] = set()
    kept = torch.ones(len(brackets.low), dtype=torch.bool)
    affordable = f.affordable((MOST * 2 + 1) * EFFORT, ORDER, 0.2) // EFFORT
    if len(kept) <= min(affordable, MOST):
        return brackets, more
    for k, kinds in enumerate(KINDS):
        mine = brackets.order == k
        beyond = mine & (mine.cumsum(0) > min(affordable, MOST * len(kinds) + 1))
        more.update(kinds if beyond.any() else ())
        kept &= ~beyond
    return _Brackets(*(column[kept] for column in brackets)), more


def _zeros(f: Sampler, component: int, brackets: _Brackets) -> _Zeros:
    """The zeros in the brackets, without changes of sign that aren't the same from near and far: rounding errors."""

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
    around = rows(torch.cat([points.flatten(1), at[:, None]], 1))
    sides = signs(around[order, each, :-1]).reshape(points.shape)
    before, after = sides[..., 0].unbind(1)
    kept = (sides == sides[..., :1]).flatten(1).all(1) & (before * after != 0) & torch.isfinite(around[0, :, -1])
    found = _Zeros(order, at, low, high, before, after, around[..., -1].T + 0.0)  # + 0.0: no −0
    return _Zeros(*(column[kept] for column in found))


def _beside(x: Tensor, sides: Tensor, zeros: _Zeros) -> _Brackets:
    """The brackets that zeros of f'' and f' make, as samples of f' and f, where those have signs (3, n) at x."""
    right = torch.searchsorted(x, zeros.at).clamp(1, len(x) - 1)
    a, b, at = x[right - 1], x[right], zeros.at
    inside = (a < at) & (at < b)
    found = []
    for k in range(ORDER):
        s, own = sides[k, right - 1], signs(zeros.rows[:, k])
        new = inside & (zeros.order > k) & (s == sides[k, right]) & (s.abs() == 1)
        touching, crossing = new & (own == 0), new & (own == -s)
        for chosen, low, high, after, before in (
            (touching, at, at, a, b),
            (crossing, a, at, a, at),
            (crossing, at, b, at, b),
        ):
            columns = (torch.full_like(zeros.order, k), low, high, after, before, low + (high - low) / 2)
            found.append([column[chosen] for column in columns])
    return _Brackets(*(torch.cat(column) for column in zip(*found, strict=True)))


def _features(f: Sampler, component: int, zeros: _Zeros, tiny: float) -> Iterator[Feature]:
    """What it is that f, f' or f'' has these signs before and after a place."""
    touches = _touches(f, component, zeros, tiny).tolist()
    columns = (column.tolist() for column in (*zeros[:-1], zeros.rows[:, 0]))
    for order, at, low, high, before, after, value, touch in zip(*columns, touches, strict=True):
        if order == 0:
            yield Feature(Kind.ROOT if before != after else Kind.TOUCHING_ROOT, at, 0.0, low, high)
        elif before != after:
            kind = Kind.INFLECTION if order == 2 else Kind.MINIMUM if before < 0 else Kind.MAXIMUM
            yield Feature(kind, at, value, low, high)
            if touch:
                yield Feature(Kind.TOUCHING_ROOT, at, 0.0, low, high)


def _touches(f: Sampler, component: int, zeros: _Zeros, tiny: float) -> Tensor:
    """Where f' is 0 and f no further from 0 than rounding errors; if it is computed as 0, that is a sample of f."""
    value = zeros.rows[:, 0]
    near = (zeros.order == 1) & (value != 0)
    at = zeros.at[near]
    step = torch.where(at == 0, tiny, at.abs())[:, None]
    around = f.probe((at[:, None] + step * ULPS).flatten())[0][component].reshape(len(at), len(ULPS))
    rounding = (around - around[:, len(ULPS) // 2, None]).abs().amax(1)
    near[near.clone()] = value[near].abs() <= 4 * rounding
    return near
