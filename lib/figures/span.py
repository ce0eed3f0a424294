"""How high a plot has to be: the range of values worth seeing."""

import numpy as np

from lib.figures.theme import Array

PEAK = 0.9  # of its height: what the top of a peak is
THIN = 0.004  # of the width, 2 pixels: a pole is thinner at the top


def finite(*values: Array) -> Array:
    """All the finite numbers among the values, flat."""
    flat = np.concatenate([np.ravel(value) for value in values]) if values else np.empty(0)
    return np.asarray(flat[np.isfinite(flat)])


def robust(values: Array, x: Array | None = None) -> tuple[float, float] | None:
    """The range of the values; where a few of them tower over the rest (a pole), the range of the rest, widened.

    x: the ascending places of the values (…, n), which crowd at poles; without it all values count the same. With it,
    what is wide enough to be seen rising is no pole, as the ends of x^100.
    """
    flat = np.ravel(values).astype(float)  # those of float32 may be too far apart for it
    known = np.isfinite(flat)
    if not known.any():
        return None
    width = np.ones_like(flat) if x is None or len(x) < 2 else np.broadcast_to(np.gradient(x), values.shape).ravel()
    order = np.argsort(flat[known], kind="stable")
    ascending, share = flat[known][order], np.cumsum(width[known][order])
    low, high = float(ascending[0]), float(ascending[-1])
    core_low, core_high = ascending[np.searchsorted(share, np.array([0.1, 0.9]) * share[-1])]
    core = float(core_high - core_low)
    if core > 0 and high - low > 8 * core:
        below, above = low + PEAK * (core_low - low), high - PEAK * (high - core_high)
        if x is None or share[np.searchsorted(ascending, below, "right") - 1] < THIN * share[-1]:
            low = max(low, core_low - core)
        if x is None or share[-1] - share[np.searchsorted(ascending, above) - 1] < THIN * share[-1]:
            high = min(high, core_high + core)
    return low, high


NOTHING: Array = np.empty(0)
FAR = 100.0  # heights of the curve: a point so far out is at a pole


def span(
    main: Array, others: Array, must_show: Array, beside: Array = NOTHING, x: Array | None = None
) -> tuple[float, float]:
    """The range for the vertical axis: all of `main` and of what stands beside it, all points that must be seen but for
    those at poles, and `others` as far as they stay within three quarters of that height above and below. With 5 % of
    room. Never empty. x: the places (n,) of main and others (…, n)."""
    curve = robust(main, x)
    if curve and curve[1] > curve[0]:
        reach = FAR * (curve[1] - curve[0])
        must_show = must_show[(must_show >= curve[0] - reach) & (must_show <= curve[1] + reach)]
    ranges = [r for r in (curve, robust(must_show), robust(beside)) if r]
    if not ranges:
        return -1.0, 1.0
    low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
    reach = 0.75 * (high - low) if high > low else np.inf
    extra = robust(others, x if others.size else None)
    if extra:
        low, high = min(low, max(extra[0], low - reach)), max(high, min(extra[1], high + reach))
    room = 0.05 * (high - low) or max(1.0, abs(high))
    return low - room, high + room
