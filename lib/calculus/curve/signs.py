"""The signs of f, f' and f'' at samples, as far as rounding errors leave them."""

from typing import NamedTuple

import torch
from torch import Tensor

from lib.calculus.curve.bracketing import signs
from lib.calculus.curve.noise import rounding_errors
from lib.calculus.curve.sampler import Sampler

ORDER = 2  # f'' for inflections
ROUNDING = 1e-9  # of f's variation over the window's width to the order: a lower wave of a derivative is rounding error
CONSTANT = 1e-13  # of its size: if f varies less, that is rounding error


class Sampled(NamedTuple):
    """Samples of one component of f, and what rounding errors leave of their signs."""

    x: Tensor  # (n,)
    rows: Tensor  # (4, n): f and its first three derivatives
    signs: Tensor  # (3, n), of f, f', f'': NaN where undefined or noisy
    noisy: Tensor  # (3, n) bool: no further from 0 than rounding errors, though not 0
    floors: Tensor  # (3, n): what rounding errors hardly exceed


def sampled(f: Sampler, component: int, x: Tensor, rows: Tensor) -> Sampled:
    """The samples x (n,) of f and its first three derivatives in rows (4, n)."""
    width = float(x[-1] - x[0])
    floor = ROUNDING * _size(rows[0]) / width ** torch.arange(ORDER + 1, dtype=torch.float64)
    floor[0] = 0.0
    floors = torch.maximum(rounding_errors(f, component, x, ORDER), floor[:, None])
    noisy = (rows[:-1].abs() <= floors) & (rows[:-1] != 0)
    return Sampled(x, rows, signs(rows[:-1]).masked_fill(noisy, torch.nan), noisy, floors)


def _size(f: Tensor) -> float:
    """How much f (n,) varies, poles and peaks aside; of a constant, its size."""
    known = f[torch.isfinite(f)]
    if not len(known):
        return 0.0
    low, middle, high = known.sort().values[[len(known) // 10, len(known) // 2, -1 - len(known) // 10]].tolist()
    return float(high - low if high - low > CONSTANT * abs(middle) else abs(middle))
