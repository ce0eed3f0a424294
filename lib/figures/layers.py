"""Layers that can be laid over a map of f: zero curves of the gradient's components, its field, and at the point the
Hessian's axes, Newton's step and a direction."""

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from lib.calculus import Field, Grid
from lib.figures import theme
from lib.figures.figure import Drawing
from lib.figures.theme import Array
from lib.locale import _

HALF = 0.15  # length of half an axis over the width of the map
ARROWS = 15  # of the field, a side
STREAM_HEAD = 8  # pixels
FILLED = 0.9  # of its cell that the longest arrow takes
EDGE = 0.98  # of the way to the map's edge that an arrow out of it is drawn


def level_zero(field: Field, names: Sequence[str], f: str = "f") -> list[Drawing]:
    """The curves on which a component of the gradient is 0; they cross where f is critical."""
    looks = ((theme.FIRST, "solid"), (theme.SECOND, "dash"))
    across, up = np.asarray(field.x), np.asarray(field.y)
    return [
        zero_curve(across, up, without_poles(np.asarray(field.gradient[:, :, k])), f"∂{f}/∂{names[k]} = 0", color, dash)
        for k, (color, dash) in enumerate(looks)
    ]


def zero_curve(across: Array, up: Array, values: Array, name: str, color: str, dash: str) -> Drawing:
    """The curve on which the samples (up, across) are 0."""
    return {
        "type": "contour",
        "x": across,
        "y": up,
        "z": values,
        "contours": {"coloring": "none", "start": 0, "end": 0, "size": 1},
        "line": {"color": color, "dash": dash, "width": 2},
        "showscale": False,
        "showlegend": True,
        "name": name,
        "hoverinfo": "skip",
    }


def level_curve(land: Grid, name: str) -> Drawing:
    """The curve on which a function's samples are 0."""
    z = without_poles(np.asarray(land.z))
    return zero_curve(np.asarray(land.x), np.asarray(land.y), z, name, theme.LEVEL, "solid")


def without_poles(values: Array) -> Array:
    """The samples with NaN beside each change of sign towards which their size grows from both sides: a pole, no 0."""
    poles = np.zeros(values.shape, dtype=bool)
    for z, found in ((values, poles), (values.T, poles.T)):
        size = np.abs(z)
        turns = z[:, 1:-2] * z[:, 2:-1] < 0
        grows = (size[:, 1:-2] > size[:, :-3]) & (size[:, 2:-1] > size[:, 3:])
        found[:, 1:-2] |= turns & grows
        found[:, 2:-1] |= turns & grows
    return np.where(poles, np.nan, values)


def gradient_arrows(field: Field) -> list[Drawing]:
    """The gradient's direction on a coarse grid; lengths grow with the root of |∇f|."""
    count = len(field.x)
    middles = np.linspace(0, count - 1, 2 * ARROWS + 1)[1::2].round().astype(int)
    across, up = np.asarray(field.x), np.asarray(field.y)
    slope = np.asarray(field.gradient)[np.ix_(middles, middles)].reshape(-1, 2)
    at = np.stack([*map(np.ravel, np.meshgrid(across[middles], up[middles]))], 1)
    ok = np.isfinite(slope).all(1) & (slope != 0).any(1)
    at, slope = at[ok], slope[ok]
    if not len(at):
        return []
    cell = np.array([across[-1] - across[0], up[-1] - up[0]]) / ARROWS
    length = np.hypot(*slope.T)
    size = np.sqrt(np.minimum(length / np.quantile(length, 0.95), 1.0))
    step = slope / np.abs(slope / cell).max(1, keepdims=True) * (FILLED * size)[:, None]
    return [_arrows(at - step / 2, at + step / 2, _("gradient field"), theme.FIRST, 1.2, 6)]


def stream_traces(lines: Sequence[Array]) -> list[Drawing]:
    """Lines (n, 2), each with an arrow's head in the middle that points onwards."""
    if not lines:
        return []
    gap = np.full((1, 2), np.nan)
    way = np.concatenate([part for line in lines for part in (line, gap)])
    heads = np.concatenate([np.eye(1, len(line) + 1, len(line) // 2)[0] for line in lines])
    marker = {"symbol": "arrow", "size": STREAM_HEAD * heads, "angleref": "previous", "color": theme.FIRST}
    trace = theme.line(way[:, 0], way[:, 1], _("streamlines"), theme.FIRST, width=1.2)
    return [trace | {"mode": "lines+markers", "marker": marker} | theme.SILENT]


def axes_cross(point: Tensor, vectors: Tensor, width: float) -> list[Drawing]:
    """The directions of the Hessian's eigenvectors (2, 2), which are its columns, through the point (2,)."""
    at, columns = np.asarray(point), np.asarray(vectors).T
    if not np.isfinite(columns).all():
        return []
    ends = [at + side * HALF * width * vector for vector in columns for side in (-1.0, 1.0)]
    gap = np.array([np.nan, np.nan])
    way = np.stack([ends[0], ends[1], gap, ends[2], ends[3]])
    return [theme.line(way[:, 0], way[:, 1], _("eigenvectors"), theme.LEVEL, "solid", 2)]


def newton_arrow(point: Tensor, target: Tensor, windows: Sequence[tuple[float, float]]) -> list[Drawing]:
    """From the point (2,) to the critical point of the quadratic model (2,), or to the map's edge on the way there."""
    at, step = np.asarray(point), np.asarray(target) - np.asarray(point)
    if not np.isfinite(step).all() or not step.any():
        return []
    room = [((high if d > 0 else low) - x) / d for x, d, (low, high) in zip(at, step, windows, strict=True) if d]
    tip = at + step * min(1.0, EDGE * max(0.0, min(room)))
    return [_arrows(at[None], tip[None], _("Newton's step"), theme.CIRCLE, 3, 14)]


def direction_arrow(point: Tensor, direction: Tensor, width: float) -> list[Drawing]:
    """The direction (2,) from the point (2,)."""
    at, vector = np.asarray(point), np.asarray(direction)
    tip = at + HALF * width * vector / np.hypot(*vector)
    return [_arrows(at[None], tip[None], _("direction u"), theme.SECOND, 3, 14)]


def _arrows(tails: Array, tips: Array, name: str, color: str, width: float, head: float) -> Drawing:
    """Arrows (n, 2) to (n, 2)."""
    way = np.stack([tails, tips, np.full_like(tails, np.nan)], 1).reshape(-1, 2)
    marker = {"symbol": "arrow", "size": [0, head, 0] * len(tails), "angleref": "previous", "color": color}
    trace = theme.line(way[:, 0], way[:, 1], name, color, width=width)
    return trace | {"mode": "lines+markers", "marker": marker} | theme.SILENT
