"""Where a function that is level almost everywhere does what it does: a peak or a step, however narrow."""

import torch
from torch import Tensor

from lib.calculus.curve.sampler import Sampler

TAIL = 0.01  # of the total variation that may lie on either side of the place
LEVEL = 0.005  # of it that may lie on the outermost tenth: of what grows, more does
WAVES = 20  # changes of sign from which on f is a wave, however high one of them is
PROBES = 401  # of a closer look
ROUNDS = 6
STEADY = 0.2  # of the width before: a closer look that leaves as much has seen the place as it is
TALLER = 2.0  # times: a closer look that finds such heights sees a pole
FINEST = 1e-9  # of max(1, |x|): what is narrower is a jump


def concentration(f: Sampler, x: Tensor, values: Tensor) -> tuple[float, float] | None:
    """The interval that holds 98 % of the variation of f (components, n), sampled at x (n,) ascending, of each
    component; (x, x) for a jump. None where f is undefined somewhere, grows outwards, is a wave, or has a pole."""
    if not torch.isfinite(values).all() or ((values[:, 1:] * values[:, :-1]) < 0).sum() > WAVES:
        return None
    outer = 0.9 * x[-1]
    change = values.diff(dim=-1).abs()
    outside = (x[1:] > outer) | (x[:-1] < -outer)
    if (change[:, outside].sum(-1) > LEVEL * change.sum(-1)).any():
        return None
    found = _core(x, change)
    height = values.abs().max()
    for _ in range(ROUNDS if f.affordable(ROUNDS * PROBES, 0, 0.1) == ROUNDS * PROBES else 0):
        if found is None:
            return None
        low, high = found
        if high - low <= FINEST * max(1.0, -low, high):
            return low, low
        closer = torch.linspace(low, high, PROBES, dtype=torch.float64)
        values = f.probe(closer)[0]
        if not torch.isfinite(values).all() or values.abs().max() > TALLER * height:
            return None
        found = _core(closer, values.diff(dim=-1).abs())
        if found is not None and found[1] - found[0] > STEADY * (high - low):
            return found
    return found


def _core(x: Tensor, change: Tensor) -> tuple[float, float] | None:
    """The interval between samples x (n,) outside which the changes (components, n - 1) are TAIL each side."""
    moving = change[change.sum(-1) > 0]
    if not len(moving):
        return None
    share = moving.cumsum(-1) / moving.sum(-1, keepdim=True)
    first = int((share < TAIL).sum(-1).min())
    last = int((share < 1 - TAIL).sum(-1).max()) + 1
    return float(x[first]), float(x[min(last, len(x) - 1)])
