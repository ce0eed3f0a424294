"""Pairs of samples between which f, f' or f'' changes sign."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor
from torch.nn.functional import pad

from lib.calculus.curve.bracketing import signs
from lib.calculus.curve.signs import ORDER, Sampled


class Brackets(NamedTuple):
    """Changes of sign of f^(order) between samples; fields (c,). low = high for a zero sample between two others."""

    order: Tensor
    low: Tensor
    high: Tensor
    before: Tensor  # the samples around
    after: Tensor
    guess: Tensor  # of the zero


class Zeros(NamedTuple):
    """Zeros of f^(order); fields (c,)."""

    order: Tensor
    at: Tensor
    low: Tensor
    high: Tensor
    before: Tensor  # the signs on both sides
    after: Tensor
    rows: Tensor  # (c, 3): f, f', f''


def find_brackets(samples: Sampled) -> Brackets:
    """By x."""
    n = len(samples.x) + 1  # each row ends with NaN, where none goes on into the next
    index = (~pad(samples.noisy, (0, 1), value=False).flatten()).nonzero()[:, 0]
    s = pad(samples.signs, (0, 1), value=torch.nan).flatten()[index]
    x, order = pad(samples.x, (0, 1), value=torch.nan)[index % n], index // n
    zero = pad((s == 0).to(torch.int8), (1, 1)).diff()
    start, end = (zero == 1).nonzero()[:, 0], (zero == -1).nonzero()[:, 0] - 1
    ok = (start > 0) & ((s[start - 1] * s[end + 1]).abs() == 1)
    start, end = start[ok], end[ok]
    # At a break of a higher derivative the same sample comes more than once. In noise, a 0 is noise.
    one, noise = x[start] == x[end], index[end + 1] - index[start - 1] > end - start + 2
    one &= ~noise
    noise &= s[start - 1] != s[end + 1]
    change = (s[:-1] * s[1:] == -1).nonzero()[:, 0]
    before = torch.cat([change, start[noise] - 1, start[one] - 1])
    after = torch.cat([change + 1, end[noise] + 1, end[one] + 1])
    exact = pad(one[one], (len(before) - int(one.sum()), 0), value=False)
    low, high, k = before + exact.long(), after - exact.long(), order[before]
    ends = [c for i in (low, high) for c in (x[i], samples.rows[k, index[i] % n], samples.rows[k + 1, index[i] % n])]
    found = Brackets(k, ends[0], ends[3], x[before], x[after], _guess(*ends))
    by_x = found.low.argsort()
    return Brackets(*(column[by_x] for column in found))


def _guess(a: Tensor, fa: Tensor, ma: Tensor, b: Tensor, fb: Tensor, mb: Tensor) -> Tensor:
    """The zero of a function with those values and slopes at a and b, by the cubic through its inverse."""
    d = fb - fa
    t = -fa / d
    u = 1 - t
    secant = a * u + b * t
    zero = u * u * ((1 + 2 * t) * a + t * d / ma) + t * t * ((1 + 2 * u) * b - u * d / mb)
    return torch.where((zero > a) & (zero < b), zero, secant).nan_to_num()


def beside(samples: Sampled, zeros: Zeros) -> Brackets:
    """The brackets that zeros of f'' and f' make as samples of f' and f."""
    right = torch.searchsorted(samples.x, zeros.at).clamp(1, len(samples.x) - 1)
    a, b, at = samples.x[right - 1], samples.x[right], zeros.at
    inside = (a < at) & (at < b)
    found: list[Sequence[Tensor]] = []
    for k in range(ORDER):
        s, own = samples.signs[k, right - 1], signs(zeros.rows[:, k])
        new = inside & (zeros.order > k) & (s == samples.signs[k, right]) & (s.abs() == 1) & (own != s)
        if not new.any():  # mostly
            continue
        touching, crossing = new & (own == 0), new & (own == -s)
        for chosen, low, high, before, after in (
            (touching, at, at, a, b),
            (crossing, a, at, a, at),
            (crossing, at, b, at, b),
        ):
            columns = (torch.full_like(zeros.order, k), low, high, before, after, low + (high - low) / 2)
            found.append([column[chosen] for column in columns])
    nothing = Brackets(zeros.order[:0], *[at[:0]] * 5)
    return Brackets(*(torch.cat(column) for column in zip(*found, strict=True))) if found else nothing
