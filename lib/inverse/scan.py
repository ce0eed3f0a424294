"""A bracket to offer to a visitor whose own has no sign change."""

import torch

from lib.inverse.iteration import iterate
from lib.inverse.methods.method import Method
from lib.inverse.problem import Point, Problem

SAMPLES = 1024  # parts of the window, a power of 2
TRIES = 8


def find_bracket(problem: Problem, method: Method, window: tuple[float, float]) -> tuple[float, float] | None:
    """A part of the window in which the method finds a solution, or None if a scan meets none.

    Halves of the window are tried first, then quarters, and so on: a wide bracket with round ends is the best offer.
    """
    x = torch.linspace(*window, SAMPLES + 1, dtype=torch.float64)
    f = problem.values(x)
    side = (f > problem.y).int() - (f < problem.y).int()
    tries = 0
    for level in range(1, SAMPLES.bit_length()):
        part = SAMPLES >> level
        for start in ((side[:-part:part] * side[part::part]) < 0).nonzero().flatten().tolist():
            low, high = (Point(float(x[i]), float(f[i])) for i in (start * part, (start + 1) * part))
            if iterate(problem, method, low, high).status.found:
                return low.x, high.x
            tries += 1
            if tries == TRIES:
                return None
    return None
