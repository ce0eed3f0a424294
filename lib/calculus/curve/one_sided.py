"""One-sided limits, from values at points that approach a place."""

from dataclasses import dataclass

import torch
from torch import Tensor

LEVELS = 10
NEARER = 0.25 ** torch.arange(LEVELS, dtype=torch.float64)  # (LEVELS,) distances of the points, as parts of the first
FASTER = 0.95  # increments of one sign that shrink by less a level belong to a logarithm
SHRUNK = 0.02  # increments of any sign converge if they shrink to this part in all
SETTLED = 0.01  # of the first increments: where three in a row are smaller, what follows is rounding error
SMALL = 1e-5  # of the values: so it is where three increments are that small, unless all are alike as a logarithm's
ROUNDING = 1e-13  # relative
SHOWING = 1e-6  # of the value: an error that a reader of six digits meets
LATER = 5  # the last increments, which tell where values go
SLOW = 0.6  # increments that still shrink by less at the last level: a low power, or a logarithm as in 1/log(x)
VAGUE = 0.01  # of all that such values vary by: with a larger error, nothing is known of their limit


@dataclass(frozen=True, eq=False)
class Limits:
    """What values v (..., LEVELS) tend to, found numerically, not proved; all fields have shape (...,)."""

    finite: Tensor  # bool: has one, though its value may be too far off to be known, NaN
    infinite: Tensor  # bool: grows beyond all bounds in one direction
    defined: Tensor  # bool: has values; if neither finite nor infinite, it has no limit
    value: Tensor  # of the limit: a number, ±inf, or NaN
    error: Tensor  # of a finite value, estimated
    best: Tensor  # the last level that the value was taken from


def limits(v: Tensor) -> Limits:
    """The limits of v (..., LEVELS), whose points approach the place by factors of 4.

    Finite: the increments shrink, steadily if only by 5 % a level, or sink to rounding error. Infinite: they don't, and
    have one sign; or the values overflow after growing. The value is extrapolated, from where that changes least; of
    values that approach it too slowly for that it is NaN.
    """
    known = torch.isfinite(v)
    begun = known[..., 0] & known[..., 1]
    overflows = begun & ~known[..., -1]
    growth = v.where(known, 0.0).abs().amax(-1) > 1e3 * v[..., 0].abs()
    d = v.diff(dim=-1)
    size = d.abs().nan_to_num(torch.inf, torch.inf)
    one_sign = (d.sign() == d[..., :1].sign()).all(-1)
    sign, last_sizes = d[..., -LATER:].sign(), size[..., -LATER:]
    monotone = (sign == sign[..., :1]).all(-1) & (sign[..., 0] != 0)
    three = size.unfold(-1, 3, 1).amax(-1)
    first, last = three[..., 0], three[..., -1]
    shrink = (last_sizes[..., 1:] <= FASTER * last_sizes[..., :-1]).all(-1) & monotone
    alike = (last > 0.8 * first) & (last < 1.25 * first) & one_sign
    relative = (three / v[..., 3:].abs()).nan_to_num(torch.inf).amin(-1)
    settled = (three.amin(-1) <= SETTLED * first) | (relative <= ROUNDING) | ((relative <= SMALL) & ~alike)
    finite = known.all(-1) & (shrink | settled | (last <= SHRUNK * first))
    largest = v.abs().where(known, 0.0).amax(-1)
    extrapolated, change = _accelerated(v, d)
    best = change.argmin(-1, keepdim=True)
    better, change = (t.gather(-1, k)[..., 0] for t, k in ((extrapolated, best + 1), (change, best)))
    slow = shrink & (size[..., -1] > SLOW * size[..., -2])
    if slow.any():
        better, change = _slowly(v, slow, better, change)
    error = 2 * change + ROUNDING * largest
    vague = slow & ~(error <= VAGUE * size.sum(-1))
    infinite = ~finite & ((known.all(-1) & monotone) | (overflows & growth))
    value = _known(better, error).where(finite & ~vague, torch.nan)
    latest = v.where(known, 0.0).flip(-1).gather(-1, known.flip(-1).to(torch.int8).argmax(-1, keepdim=True))[..., 0]
    way = torch.where(known.all(-1), sign[..., -1], latest.sign())
    value = torch.where(infinite, torch.inf * way, value)
    return Limits(finite, infinite, begun, value, error, best[..., 0] + 3)


def _slowly(v: Tensor, slow: Tensor, better: Tensor, change: Tensor) -> tuple[Tensor, Tensor]:
    """The extrapolation and its change, by Wynn's rho algorithm where that is slow (...,) and settles better: exact for
    rational functions of the level, as powers of 1/log(x) are.

    Source: P. Wynn, "On a procrustean technique for the numerical transformation of slowly convergent sequences and
    series", Proc. Camb. Phil. Soc. 52 (1956), 663-671.
    """
    before, column = torch.zeros_like(v)[..., 1:], v
    for k in range(1, LEVELS - 3):
        before, column = column[..., 1:], before[..., : column.shape[-1] - 1] + k / column.diff(dim=-1)
        if k % 2 == 0:
            changes = column.diff(dim=-1).abs().nan_to_num(torch.inf, torch.inf)
            least, place = changes.unfold(-1, 3, 1).amax(-1).min(-1, keepdim=True)
            taken = slow & (least[..., 0] < change)
            better = torch.where(taken, column.gather(-1, place + 2)[..., 0], better)
            change = torch.where(taken, least[..., 0], change)
    return better, change


def _known(value: Tensor, error: Tensor) -> Tensor:
    """The value without the digits that are lost in its error, where those would show."""
    step = 10 ** error.log10().floor()
    rounded = (value / step).round() * step
    value = rounded.where((error > SHOWING * value.abs()) & (step > 0) & rounded.isfinite(), value)
    return value.masked_fill(value.abs() <= error, 0.0)


def _accelerated(v: Tensor, d: Tensor) -> tuple[Tensor, Tensor]:
    """Aitken's extrapolation of v (..., LEVELS - 2), exact for powers of the distance, and how much it changes about
    each level (..., LEVELS - 3): the largest of three changes in a row, lest rounding errors agree by chance."""
    rate = d[..., 1:] / d[..., :-1]
    usable = (rate.abs() < FASTER) & (d[..., 1:] != 0)
    better = v[..., 2:] + torch.where(usable, d[..., 1:] * rate / (1 - rate), 0.0)
    better = better.where(torch.isfinite(better), v[..., 2:])
    change = better.diff(dim=-1).abs().nan_to_num(torch.inf, torch.inf)
    padded = torch.cat([change[..., :1], change, change[..., -1:]], -1)
    return better, padded.unfold(-1, 3, 1).amax(-1)
