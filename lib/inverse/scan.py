"""Where a method may begin, for a visitor who has not said it or whose own bracket has no sign change."""

from math import isfinite

import torch

from lib.inverse.iteration import iterate
from lib.inverse.methods.method import Method
from lib.inverse.problem import Point, Problem

SAMPLES = 1024  # parts of the window, a power of 2
TRIES = 8
PLACES = (0.75, 0.9, 0.25, 0.1, 0.5)  # of the window, for a start: its middle last, where many functions are flat
CLOSE = 1e-3  # of the window: a start so near to a solution leaves no steps to watch


def find_start(problem: Problem, window: tuple[float, float]) -> float:
    """A place in the window where f has a value, not next to a solution nor where f is flat if that can be helped; the
    window's middle if none of a few has a value."""
    low, high = window
    places = [low + part * (high - low) for part in PLACES]
    f, slopes = (values.tolist() for values in problem.slopes(torch.tensor(places, dtype=torch.float64)))
    defined = [k for k in range(len(places)) if isfinite(f[k])]
    good = [k for k in defined if slopes[k] and abs(f[k] - problem.y) >= CLOSE * (high - low) * abs(slopes[k])]
    best = good or [k for k in defined if f[k] != problem.y] or defined
    return places[best[0]] if best else (low + high) / 2


def find_bracket(
    problem: Problem, method: Method, window: tuple[float, float], near: float | None = None
) -> tuple[float, float] | None:
    """A part of the window in which the method finds a solution, or None if a scan meets none.

    Halves of the window are tried first, then quarters, and so on: a wide bracket with round ends is the best offer.
    Of parts of one size those nearer to `near` come first.
    """
    x = torch.linspace(*window, SAMPLES + 1, dtype=torch.float64)
    f = problem.values(x)
    side = (f > problem.y).int() - (f < problem.y).int()
    tries = 0
    for level in range(1, SAMPLES.bit_length()):
        part = SAMPLES >> level
        starts = ((side[:-part:part] * side[part::part]) < 0).nonzero().flatten().tolist()
        if near is not None:
            starts.sort(key=lambda start: abs(float(x[start * part] + x[(start + 1) * part]) / 2 - near))
        for start in starts:
            low, high = (Point(float(x[i]), float(f[i])) for i in (start * part, (start + 1) * part))
            if iterate(problem, method, low, high).status.found:
                return low.x, high.x
            tries += 1
            if tries == TRIES:
                return None
    return None
