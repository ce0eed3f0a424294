"""How high a plot has to be: the range of values worth seeing."""

import numpy as np

from lib.figures.theme import Array


def finite(*values: Array) -> Array:
    """All the finite numbers among the values, flat."""
    flat = np.concatenate([np.ravel(value) for value in values]) if values else np.empty(0)
    return np.asarray(flat[np.isfinite(flat)])


def robust(values: Array) -> tuple[float, float] | None:
    """The range of the values; where a few of them tower over the rest (a pole), the range of the rest, widened."""
    values = finite(values)
    if not values.size:
        return None
    low, high = float(values.min()), float(values.max())
    core_low, core_high = (float(q) for q in np.quantile(values, (0.1, 0.9)))
    core = core_high - core_low
    if core > 0 and high - low > 8 * core:
        low, high = max(low, core_low - core), min(high, core_high + core)
    return low, high


NOTHING: Array = np.empty(0)
FAR = 100.0  # heights of the curve: a point so far out is at a pole


def span(main: Array, others: Array, must_show: Array, beside: Array = NOTHING) -> tuple[float, float]:
    """The range for the vertical axis: all of `main` and of what stands beside it, all points that must be seen but for
    those at poles, and `others` as far as they stay within three quarters of that height above and below. With 5 % of
    room. Never empty."""
    curve = robust(main)
    if curve and curve[1] > curve[0]:
        reach = FAR * (curve[1] - curve[0])
        must_show = must_show[(must_show >= curve[0] - reach) & (must_show <= curve[1] + reach)]
    ranges = [r for r in (curve, robust(must_show), robust(beside)) if r]
    if not ranges:
        return -1.0, 1.0
    low, high = min(r[0] for r in ranges), max(r[1] for r in ranges)
    reach = 0.75 * (high - low) if high > low else np.inf
    extra = robust(others)
    if extra:
        low, high = min(low, max(extra[0], low - reach)), max(high, min(extra[1], high + reach))
    room = 0.05 * (high - low) or max(1.0, abs(high))
    return low - room, high + room
