"""Horizontal and oblique asymptotes, from values at ever larger |x|."""

from dataclasses import dataclass
from math import floor, inf, isfinite, log10

import torch
from torch import Tensor

from lib.calculus.curve.feature import Feature, Kind
from lib.calculus.curve.sampler import Sampler

# 2^-3 … 2^49; several points a level, at ratios without a common period, so that waves don't pass for constants.
LEVELS = 2.0 ** torch.arange(-3, 50, dtype=torch.float64)
RATIOS = torch.tensor([1.0, 1.2139, 1.4137, 1.7323], dtype=torch.float64)
LAST = 8  # levels that must agree
SETTLED = 1e-6  # of how much they vary on the way: the most they may differ by
SLOPE = slice(40, 48)  # the levels where f' is taken for the slope
LINE = 32  # levels in which the intercept is sought: farther out it is lost in rounding
ROUNDING = 2.0**-50


@dataclass(frozen=True)
class _Limit:
    """What values tend to, and how much they still change."""

    value: float
    change: float

    @property
    def rounded(self) -> float:
        """Without the digits that still change."""
        return round(self.value, -floor(log10(self.change)) - 1) + 0.0 if self.change > 1e-300 else self.value


def asymptotes(sampler: Sampler, component: int) -> list[Feature]:
    """The asymptotes y = slope·x + value of f for x to −inf and +inf.

    Accepted when the values at the last 8 doublings, 4 points each, differ by 1e-6 of all that they vary; the numbers
    are rounded to what has converged. A curve that coincides with the line wherever it is defined, or is made of
    straight pieces, has none. All of it is found numerically.
    """
    ends = torch.stack([-LEVELS, LEVELS])[..., None] * RATIOS
    values = sampler.probe(ends.flatten())[0][component].reshape(ends.shape)
    levels = [_limit(f) for f in values]
    slopes = [None, None] if all(levels) else _slopes(sampler, component, ends)
    found = []
    for end, x, f, level, slope in zip((-inf, inf), ends, values, levels, slopes, strict=True):
        line = (0.0, level.rounded) if level else _line(x, f, slope)
        if line and not _coincide(f[:LINE], line[0] * x[:LINE] + line[1]) and _bends(sampler, component, x[:LINE]):
            kind = Kind.OBLIQUE_ASYMPTOTE if line[0] else Kind.HORIZONTAL_ASYMPTOTE
            found.append(Feature(kind, end, line[1], end, end, slope=line[0]))
    return found


def _slopes(sampler: Sampler, component: int, ends: Tensor) -> list[_Limit | None]:
    """What f' tends to at both ends."""
    x = ends[:, SLOPE]
    return [_limit(s) for s in sampler.rows(x.flatten(), 1)[1, component].reshape(x.shape)]


def _line(x: Tensor, f: Tensor, slope: _Limit | None) -> tuple[float, float] | None:
    """(slope, intercept), the slope not 0."""
    if not slope or not slope.value:
        return None
    line = slope.value * x[:LINE]
    intercept = _limit(f[:LINE] - line, ROUNDING * float(line.abs().max()))
    return (slope.rounded, intercept.rounded) if intercept else None


def _limit(v: Tensor, noise: float = 0.0) -> _Limit | None:
    """What the values (levels, ratios) tend to; None where they don't settle."""
    spread, value = float(v[-LAST:].max() - v[-LAST:].min()), float(v[-1].mean())
    known = v[torch.isfinite(v)]
    noise = max(noise, ROUNDING * abs(value))
    if not isfinite(spread + value) or spread > SETTLED * float(known.max() - known.min()) + noise:
        return None
    # Where they still change, they change by ever less: the last step bounds what remains.
    return _Limit(value, max(float((v[-1] - v[-2]).abs().max()), noise))


def _bends(sampler: Sampler, component: int, x: Tensor) -> bool:
    """Whether f is more than pieces of straight lines."""
    bend = sampler.rows(x.flatten(), 2)[2, component]
    return bool((bend.isfinite() & (bend != 0)).any())


def _coincide(f: Tensor, line: Tensor) -> bool:
    return not bool(((f - line).abs() > 4 * ROUNDING * torch.maximum(f.abs(), line.abs())).any())
