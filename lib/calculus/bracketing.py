"""Many changes of sign at once, each narrowed to two neighbouring numbers."""

from collections.abc import Callable

import torch
from torch import Tensor

# x (c, p), which of the functions each row is for (c,) -> values (c, p).
Functions = Callable[[Tensor, Tensor], Tensor]

PARTS = (64, 8)  # that a round cuts any bracket into, for few brackets (few points cost next to nothing) and for many
FEW = 16
NEAR = (1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10)  # of its width: how near to the secant's zero to look as well
ROUNDS = 17  # a smooth function takes 3 to 4, a jump 8 to 15
ULP = 2.0**-52
FLOOR = 1e-16  # of the first width, around x = 0, where numbers grow ever denser


def signs(f: Tensor) -> Tensor:
    """−1, 0 or 1, and NaN where undefined, for which torch.sign has 0."""
    return f.sign().where(f == f, torch.nan)


def narrow(functions: Functions, low: Tensor, high: Tensor) -> tuple[Tensor, Tensor]:
    """The brackets [low, high] (c,) with a change of sign, narrowed as far as double precision goes.

    Ends with low = high where the value is exactly 0, else when the ends are neighbours (within 2 units in the last
    place). Undefined counts as a change of sign. Each round looks at 8 to 64 evenly spaced points and 15 around the
    zero of the secant, so smooth functions converge faster than linearly, no others slower than by 1/8 a round.
    """
    low, high = low.clone(), high.clone()
    floor = FLOOR * (high - low)
    uniform = torch.linspace(0, 1, PARTS[len(low) > FEW] + 1, dtype=torch.float64)
    near = torch.tensor([-n for n in NEAR] + [0.0] + list(reversed(NEAR)), dtype=torch.float64)
    ends = functions(torch.stack([low, high], 1), torch.arange(len(low))) if len(low) else torch.empty(0, 2)
    for _ in range(ROUNDS):
        which = (high - low > torch.maximum(floor, 2 * ULP * torch.maximum(low.abs(), high.abs()))).nonzero()[:, 0]
        if not len(which):
            break
        a, b = low[which, None], high[which, None]
        fa, fb = ends[which, :1], ends[which, 1:]
        zero = (a - (b - a) * fa / (fb - fa)).nan_to_num()
        x = torch.cat([a + (b - a) * uniform[:-1], b, zero + (b - a) * near, torch.zeros_like(a)], 1)
        x = x.clamp(a, b).sort(1).values
        f = functions(x, which)
        side = signs(f)
        change = (side != side[:, :1]).to(torch.int8).argmax(1).clamp(min=1)
        each = torch.arange(len(which))
        exact = side[each, change] == 0
        high[which] = x[each, change]
        low[which] = torch.where(exact, x[each, change], x[each, change - 1])
        ends[which] = torch.stack([f[each, change - 1], f[each, change]], 1)
    return low, high
