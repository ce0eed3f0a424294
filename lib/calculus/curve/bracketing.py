"""Many changes of sign at once, each narrowed to two neighbouring numbers."""

from collections.abc import Callable

import torch
from torch import Tensor

# x (c, p), which of the functions each row is for (c,) -> values (c, p).
Functions = Callable[[Tensor, Tensor], Tensor]

PARTS = (64, 8)  # that a round cuts any bracket into, for few brackets (few points cost next to nothing) and for many
FEW = 16
_DECADES = (1e-1, 1e-2, 1e-3, 1e-4, 1e-6, 1e-8, 1e-10)
# Of its width: how near to the secant's zero to look as well.
NEAR = torch.tensor([*(-n for n in _DECADES), 0.0, *reversed(_DECADES)], dtype=torch.float64)
ROUNDS = 17  # a smooth function takes 3 to 4, a jump 8 to 15
ULP = 2.0**-52
# In units in the last place: as near to that zero, which is right but for rounding in the second round.
NEAREST = torch.tensor([*range(-8, 0), *range(1, 9)], dtype=torch.float64) * ULP
FLOOR = 1e-16  # of the first width, around x = 0, where numbers grow ever denser


def signs(f: Tensor) -> Tensor:
    """−1, 0 or 1, and NaN where undefined, for which torch.sign has 0."""
    return f.sign().where(f == f, torch.nan)


def narrow(
    functions: Functions, low: Tensor, high: Tensor, guess: Tensor | None = None, parts: int = 0
) -> tuple[Tensor, Tensor]:
    """The brackets [low, high] (c,) with a change of sign, narrowed as far as double precision goes.

    Ends with low = high where the value is exactly 0, else when the ends are neighbours (within 2 units in the last
    place). Undefined counts as a change of sign. Each round looks at 8 to 64 evenly spaced points (or `parts`) and 31
    around the zero of the secant, at first of the guess (c,), so smooth functions converge faster than linearly, no
    others slower than by 1/8 a round.
    """
    low, high = low.clone(), high.clone()
    if not len(low):
        return low, high
    floor = FLOOR * (high - low)
    uniform = torch.linspace(0, 1, (parts or PARTS[len(low) > FEW]) + 1, dtype=torch.float64)
    if guess is None:
        guess = _secant(low, high, *functions(torch.stack([low, high], 1), torch.arange(len(low))).unbind(1))
    for _ in range(ROUNDS):
        which = (high - low > torch.maximum(floor, 2 * ULP * torch.maximum(low.abs(), high.abs()))).nonzero()[:, 0]
        if not len(which):
            break
        a, b = low[which, None], high[which, None]
        zero = guess[which, None]
        near = [zero + (b - a) * NEAR, zero + zero * NEAREST]
        x = torch.cat([a + (b - a) * uniform[:-1], b, *near, torch.zeros_like(a)], 1)
        x = x.clamp(a, b).sort(1).values
        f = functions(x, which)
        side = signs(f)
        change = (side != side[:, :1]).to(torch.int8).argmax(1, keepdim=True).clamp(min=1)
        ends = torch.cat([change - 1, change], 1)
        exact = side.gather(1, change) == 0
        low[which], high[which] = x.gather(1, torch.where(exact, change, ends)).unbind(1)
        guess[which] = _secant(*x.gather(1, ends).unbind(1), *f.gather(1, ends).unbind(1))
    return low, high


def _secant(a: Tensor, b: Tensor, fa: Tensor, fb: Tensor) -> Tensor:
    return (a - (b - a) * fa / (fb - fa)).nan_to_num()
