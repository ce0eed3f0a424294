"""Streamlines of a gradient field: lines of steepest ascent, about evenly spaced.

All are followed at once from a grid of seeds; then one after another, the longest first, is kept as far as no line
kept before has gone through the same cell. As in matplotlib's streamplot, but that follows them one by one.
"""

import numpy as np
from numpy.typing import NDArray

from lib.calculus.gradient_field import Field

Array = NDArray[np.float64]

SEEDS = 20  # a side
CELLS = 26  # a side: the spacing
STEP = 0.01  # of the window
STEPS = 60  # each way
SHORTEST = 8  # steps of a line that is worth drawing


def streamlines(field: Field) -> list[Array]:
    """The lines (n, 2) of f uphill; the windows' ends, what is undefined and critical points end them."""
    x, y = np.asarray(field.x), np.asarray(field.y)
    low, size = np.array([x[0], y[0]]), np.array([x[-1] - x[0], y[-1] - y[0]])
    slope = np.asarray(field.gradient) / size  # in units of the window
    middles = (np.arange(SEEDS) + 0.5) / SEEDS
    seeds = np.stack(np.meshgrid(middles, middles), -1).reshape(-1, 2)
    up, down = (_followed(slope, seeds, way) for way in (1.0, -1.0))
    lengths = np.isfinite(up[:, :, 0]).sum(1) + np.isfinite(down[:, :, 0]).sum(1)
    taken = np.zeros((CELLS, CELLS), dtype=bool)
    kept = []
    for k in np.argsort(-lengths, kind="stable"):
        ahead, behind = _free(up[k], taken), _free(down[k], taken)
        line = np.concatenate([behind[:0:-1], ahead])
        if len(line) > SHORTEST:
            taken[_cells(line)] = True
            kept.append(low + size * line)
    return kept


def _followed(slope: Array, seeds: Array, way: float) -> Array:
    """The lines (m, STEPS + 1, 2) from the seeds in the unit square, by the midpoint rule; NaN from their ends on."""
    lines = np.full((len(seeds), STEPS + 1, 2), np.nan)
    at, before = seeds, np.zeros_like(seeds)
    lines[:, 0] = seeds
    for k in range(1, STEPS + 1):
        direction = _direction(slope, at + 0.5 * STEP * way * _direction(slope, at))
        turned = (direction * before).sum(1) < 0  # past a critical point
        at = np.where(turned[:, None], np.nan, at + STEP * way * direction)
        at[((at < 0) | (at > 1)).any(1)] = np.nan
        lines[:, k] = at
        before = direction
    return lines


def _direction(slope: Array, at: Array) -> Array:
    """The slope's direction (m, 2) at points of the unit square, from the four samples around each."""
    last = np.array([slope.shape[1], slope.shape[0]]) - 1
    place = np.clip(np.nan_to_num(at), 0.0, 1.0) * last
    corner = np.minimum(place.astype(int), last - 1)
    (s, t), (i, j) = (place - corner).T[:, :, None], corner.T
    below = (1 - s) * slope[j, i] + s * slope[j, i + 1]
    above = (1 - s) * slope[j + 1, i] + s * slope[j + 1, i + 1]
    found = (1 - t) * below + t * above
    length = np.hypot(*found.T)[:, None]
    known = np.isfinite(length) & (length > 0) & np.isfinite(at)
    return np.where(known, found / np.where(known, length, 1.0), np.nan)


def _cells(line: Array) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    i, j = np.minimum((line * CELLS).astype(int), CELLS - 1).T
    return i, j


def _free(line: Array, taken: NDArray[np.bool_]) -> Array:
    """The line's beginning, before it ends or comes to a cell that is taken."""
    ends = np.isnan(line[:, 0])
    line = line[: int(ends.argmax())] if ends.any() else line
    met = taken[_cells(line)]
    return line[: int(met.argmax())] if met.any() else line
