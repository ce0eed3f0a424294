"""Where a curve must not be joined: poles, jumps, kinks, gaps and ends of the domain."""

from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.curve.bracketing import narrow
from lib.calculus.curve.one_sided import LEVELS, NEARER, Limits, limits
from lib.calculus.curve.sampler import Sampler

MOST = 150  # places that are looked at closely: more can't be told apart on a plot
OUTLIER = 10.0  # a switch whose step is so many times its neighbours' jumps itself, at the zero of another switch
VANISHED = 1e-3  # of its size at the bracket's ends: what a switch has sunk to at its zero
DEEP = 4.0  # a switch that touches 0 between samples is so many times as large two samples away
TOUCHED = 1e-9  # of its size at the bracket's ends: what a switch has sunk to where it touches 0
ROOT_OF_ROUNDING = 2.0**-25
NOISE = 4.0  # times its spread about its lowest point: so deep below 0 a switch goes through it
HALVINGS = 13  # rounds, each of them to a quarter, that follow a switch down to where it touches 0
SAME = 1e-12  # of the window: places so close together are one
FEW = 16  # places whose values are looked at for rounding errors
NUDGE = 1e-4  # of the distance from the place: values change by a few times that part of themselves on the way
SIDES = torch.tensor([[-1.0], [1.0]], dtype=torch.float64)
CLOSER = 5  # rounds, each of them closer to a place by 16 to 4 million times
SPARSE = 2.0**-50  # of x: numbers lie no closer together than a quarter of that
EQUAL = 1e-9  # of the values around: one-sided limits that differ by no more, beyond their errors, are the same


@dataclass(frozen=True, eq=False)
class Places:
    """Where f may break: somewhere in [left, right], which may be one number; both (c,), ascending."""

    left: Tensor
    right: Tensor
    overlooked: Tensor  # (u, 2) brackets of further ones that aren't looked at

    def first(self, most: int) -> "Places":
        """At most so many places, evenly chosen; the others are overlooked."""
        if len(self.left) <= most:
            return self
        rest = torch.ones(len(self.left), dtype=torch.bool)
        rest[spread(len(self.left), most)] = False
        more = torch.stack([self.left[rest], self.right[rest]], 1)
        return Places(self.left[~rest], self.right[~rest], torch.cat([self.overlooked, more]))


def spread(count: int, most: int) -> Tensor:
    """At most so many of the indices below `count`, evenly chosen."""
    return torch.linspace(0, count - 1, min(count, most), dtype=torch.float64).round().long()


_NONE = torch.empty(0, dtype=torch.float64)
NO_PLACES = Places(_NONE, _NONE, _NONE.reshape(0, 2))


@dataclass(frozen=True, eq=False)
class Breaks:
    """What f and its derivatives do at c places. Sides: 0 from the left, 1 from the right."""

    left: Tensor  # (c,)
    right: Tensor  # (c,)
    x: Tensor  # (c, 2, LEVELS + 1), approaching the place; the last is the place's own end on that side
    values: Tensor  # (rows, components, c, 2, LEVELS + 1)
    noise: Tensor  # the same: how much the values change where they should hardly do; 0 for many places
    limits: Limits  # of each row, with shape (rows, components, c, 2)
    broken: Tensor  # (rows, components, c) bool: this row or one below it breaks here
    overlooked: Tensor  # (u, 2) brackets of places that weren't looked at


def find_places(sampler: Sampler, x: Tensor, f: Tensor, s: Tensor) -> Places:
    """The places where f (components, n) may break, from its values and those of its switches s (m, n) at x (n,)."""
    defined = torch.isfinite(f)
    if not len(s) and defined.all():
        return NO_PLACES
    which, index = _crossings(s)
    chosen = spread(len(which), MOST)
    rest = torch.ones(len(which), dtype=torch.bool)
    rest[chosen] = False
    overlooked = torch.stack([x[index[rest]], x[index[rest] + 1]], 1)
    low, high = _zeros(sampler, which[chosen], x[index[chosen]], x[index[chosen] + 1])
    touching = _touching(sampler, x, s)
    at_sample = x[((s == 0) & ~_inside_of_zeros(s)).any(0)][:MOST]
    low, high = torch.cat([low, touching[0], at_sample]), torch.cat([high, touching[1], at_sample])
    ends = _ends_of_domain(sampler, x, defined, low, high)
    low, high = torch.cat([low, ends[0]]), torch.cat([high, ends[1]])
    return _merged(low, high, SAME * float(x[-1] - x[0]), overlooked)


def _crossings(s: Tensor) -> tuple[Tensor, Tensor]:
    """(which switch, index of the interval) of each change of sign, unless the switch jumps there."""
    changes = s[:, :-1].sign() * s[:, 1:].sign() == -1
    step = s.diff(dim=-1).abs()
    wide = torch.nn.functional.pad(step, (1, 1), value=torch.inf)
    which, index = (changes & (step <= OUTLIER * torch.maximum(wide[:, :-2], wide[:, 2:]))).nonzero(as_tuple=True)
    return which, index


def _zeros(sampler: Sampler, which: Tensor, low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
    """The brackets narrowed; those at which the switch doesn't sink to 0 (it has a pole there) are left out."""

    def values(x: Tensor, of: Tensor) -> Tensor:
        return sampler.probe(x.flatten())[1].reshape(-1, *x.shape)[which[of], torch.arange(len(of))]

    if not len(which):
        return low, high
    each = torch.arange(len(which))
    before = values(torch.stack([low, high], 1), each).abs().amin(1)
    low, high = narrow(values, low, high)
    ok = values(torch.stack([low, high], 1), each).abs().amin(1) <= VANISHED * before
    return low[ok], high[ok]


def _ends_of_domain(sampler: Sampler, x: Tensor, defined: Tensor, low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
    """Narrow brackets of the ends of the domain, of each component, that no known place [low, high] explains."""

    def domain(x: Tensor, of: Tensor) -> Tensor:
        finite = torch.isfinite(sampler.probe(x.flatten())[0]).reshape(-1, *x.shape)
        return torch.where(finite[which[of], torch.arange(len(of))], 1.0, -1.0)

    which, index = (defined[:, :-1] != defined[:, 1:]).nonzero(as_tuple=True)
    a, b = x[index], x[index + 1]
    if len(which) and len(low):
        order = low.argsort()
        low, high = low[order], high[order]
        place = torch.searchsorted(low, a).clamp(max=len(low) - 1)  # the first place that doesn't begin before a
        margin = 4 * torch.finfo(torch.float64).eps * torch.maximum(a.abs(), b.abs())
        inner = torch.stack([low[place] - margin, high[place] + margin], 1)
        known = domain(inner, torch.arange(len(which)))
        outer = torch.where(torch.stack([defined[which, index], defined[which, index + 1]], 1), 1.0, -1.0)
        at_end = torch.stack([low[place] <= a, high[place] >= b], 1)
        explained = (low[place] <= b) & ((known == outer) | at_end).all(1)
        which, a, b = which[~explained], a[~explained], b[~explained]
    which, a, b = which[:MOST], a[:MOST], b[:MOST]
    return narrow(domain, a, b) if len(which) else (a, b)


def _touching(sampler: Sampler, x: Tensor, s: Tensor) -> tuple[Tensor, Tensor]:
    """The places where a switch comes to 0 without a change of sign that the samples show: once, or from both sides of
    a lowest point beyond 0."""
    size = s.abs()
    least = (size[:, 2:-2] <= size[:, 1:-3]) & (size[:, 2:-2] <= size[:, 3:-1])
    deep = DEEP * size[:, 2:-2] < torch.minimum(size[:, :-4], size[:, 4:])
    same = (s[:, 1:-3].sign() == s[:, 3:-1].sign()) & (s[:, 1:-3].sign() == s[:, 2:-2].sign())
    which, index = (least & deep & same).nonzero(as_tuple=True)
    which, index = which[:MOST], index[:MOST] + 2
    first, last = x[index - 1], x[index + 1]
    if not len(which):
        return first, last
    parts = torch.linspace(0, 1, 9, dtype=torch.float64)
    each, before = torch.arange(len(which)), s[which, index - 1]
    low, high = first, last
    for _ in range(HALVINGS):
        points = low[:, None] + (high - low)[:, None] * parts
        values = sampler.probe(points.flatten())[1].reshape(-1, *points.shape)[which, each] * before.sign()[:, None]
        at = values.argmin(1).clamp(1, 7)
        low, bottom, high, after = points[each, at - 1], points[each, at], points[each, at + 1], values[each, at]
    through = after < -NOISE * (values.amax(1) - values.amin(1))  # below 0 by more than rounding errors
    pairs = _zeros(
        sampler,
        which[through].repeat(2),
        torch.cat([first[through], bottom[through]]),
        torch.cat([bottom[through], last[through]]),
    )
    ok = ~through & (after.abs() <= TOUCHED * before.abs())
    rounding = ROOT_OF_ROUNDING * torch.maximum(low.abs(), high.abs())  # the bottom of a parabola is flat
    return torch.cat([pairs[0], (low - rounding)[ok]]), torch.cat([pairs[1], (high + rounding)[ok]])


def _inside_of_zeros(s: Tensor) -> Tensor:
    """Where a switch is 0 and both neighbours are too."""
    zero = torch.nn.functional.pad((s == 0).to(torch.int8), (1, 1))
    return (zero[:, :-2] & zero[:, 1:-1] & zero[:, 2:]).bool()


def _merged(low: Tensor, high: Tensor, near: float, overlooked: Tensor) -> Places:
    """Brackets that meet, or nearly, as one."""
    order = low.argsort()
    low, high = low[order], high[order].cummax(0).values if len(low) else high
    first = torch.ones(len(low), dtype=torch.bool)
    first[1:] = low[1:] > high[:-1] + near
    last = torch.cat([first[1:], torch.ones(len(low[:1]), dtype=torch.bool)])
    return Places(low[first], high[last], overlooked)


def apart(sampler: Sampler, places: Places, reach: float) -> tuple[Places, Tensor]:
    """The places, with room (c, 2) on both sides, at most `reach`, that no other place takes and in which a switch that
    is 0 at the place has no other zero. Those that have none in double precision are overlooked."""
    gap = torch.full((len(places.left) + 1,), torch.inf, dtype=torch.float64)
    gap[1:-1] = (places.left[1:] - places.right[:-1]) / 4
    room = torch.stack([gap[:-1], gap[1:]], 1).clamp(max=reach)
    kept = torch.ones(len(room), dtype=torch.bool)
    crowded = torch.arange(len(room))
    for _ in range(CLOSER):
        if not len(crowded):
            break
        x = _approach(Places(places.left[crowded], places.right[crowded], places.overlooked), room[crowded])
        s = sampler.probe(x.flatten())[1].reshape(-1, *x.shape)
        s, at = s[..., :LEVELS], s[..., LEVELS]
        own = at.abs().amin(-1) <= VANISHED * s.abs().nan_to_num().amax((-2, -1))
        other = s.sign() != s[..., -1:].sign()
        other[..., :-1] |= s[..., :-1].abs() < VANISHED * s[..., 1:].abs()
        other = (other & own[..., None, None]).any(0).any(1)
        beyond = (other * torch.arange(1, LEVELS + 1)).amax(-1)  # the number of levels that lie too far out
        crowded, beyond = crowded[beyond > 0], beyond[beyond > 0]
        room[crowded] *= NEARER[1] ** (beyond[:, None] + 1)
        size = torch.maximum(places.left[crowded].abs(), places.right[crowded].abs())
        kept[crowded] = room[crowded].amin(1) * NEARER[-1] > SPARSE * size
        crowded = crowded[kept[crowded]]
    kept[crowded] = False
    rest = torch.stack([places.left[~kept], places.right[~kept]], 1)
    return Places(places.left[kept], places.right[kept], torch.cat([places.overlooked, rest])), room[kept]


def find_breaks(sampler: Sampler, places: Places, room: Tensor, order: int) -> Breaks:
    """What the rows 0 ... order do at the places, from values up to `room` (c, 2) away on both sides.

    A row breaks where its one-sided limits aren't the same number, or f has no value. Found numerically.
    """
    left, right, x = places.left, places.right, _approach(places, room)
    aside = x + NUDGE * (x - x[..., -1:]) if len(left) <= FEW else x[:0]
    values = sampler.rows(torch.cat([x, aside]).flatten(), order)
    values = values.reshape(*values.shape[:2], -1, *x.shape[1:])
    values, nudged = values[:, :, : len(x)], values[:, :, len(x) :]
    noise = (nudged - values).abs() if len(aside) else torch.zeros_like(values)
    found = limits(values[..., :LEVELS])
    a, b = found.value.unbind(-1)
    size = torch.maximum(values[..., 0].abs().amax(-1), torch.maximum(a.abs(), b.abs()))
    tolerance = found.error.sum(-1) + EQUAL * size.nan_to_num() + _across(found, right - left)
    same = ~((a - b).abs() > tolerance)  # limits that aren't known to differ
    broken = ~(found.finite.all(-1) & same)
    own = values[0, ..., LEVELS]
    tolerance = 4 * found.error[0] + 1e-6 * torch.maximum(found.value[0].abs(), (values[0, ..., 0] - own).abs())
    broken[0] |= ~torch.isfinite(own).all(-1) | ((own - found.value[0]).abs() > tolerance).all(-1)
    return Breaks(left, right, x, values, noise, found, broken.cumsum(0).bool(), places.overlooked)


def _approach(places: Places, room: Tensor) -> Tensor:
    """Points (c, 2, LEVELS + 1) on both sides of the places, from so far (c, 2); the last are the places' own ends."""
    ends = torch.stack([places.left, places.right], 1)[..., None]
    return torch.cat([ends + room[..., None] * SIDES * NEARER, ends], -1)


def _across(found: Limits, width: Tensor) -> Tensor:
    """How much each row changes over the width of the bracket, by the limits of the next row (rows, components, c)."""
    slopes = found.value.abs().where(found.finite, 0.0).nan_to_num(0.0, torch.inf).amax(-1)
    return torch.cat([slopes[1:], torch.zeros_like(slopes[:1])]) * width
