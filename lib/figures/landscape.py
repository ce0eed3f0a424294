"""A function of two letters as a map with level lines and as a surface."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from math import ceil

import numpy as np
from torch import Tensor

from lib.calculus import Grid, LocalModel
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.relief import plane_patch, quadratic_patch
from lib.figures.span import finite, robust
from lib.figures.theme import Array
from lib.locale import _

ARROW = 0.22  # length of the gradient arrow over the width of the map
HEIGHT = 430
ROW, SIGN, LETTER, LEGEND = 19, 45, 6.5, 320  # of the legend, in pixels: a row, a sign, a letter, the least whole width
REMEMBERED = 16  # grids whose heights and colours are known
LATIN = 0x2E7F  # letters beyond are Chinese
WALL = {
    "gridcolor": theme.FAINT,
    "zerolinecolor": theme.FAINT,
    "showbackground": False,
    "tickfont": {"size": 11},
    "nticks": 6,
    "showspikes": False,
}


def contour_figure(
    land: Grid, point: Tensor, gradient: Tensor, names: tuple[str, str], *, extras: Sequence[Drawing] = ()
) -> Figure:
    """Level lines of f, with the point (2,), the direction of its gradient (2,), and what else is marked."""
    across, up, height = np.asarray(land.x), np.asarray(land.y), np.asarray(land.z)
    at, slope = np.asarray(point), np.asarray(gradient)
    low, high = _heights(land) or (0.0, 1.0)
    traces: list[Drawing] = [
        {
            "type": "contour",
            "x": across,
            "y": up,
            "z": np.clip(height, low, high),
            "colorscale": _colors(land, low, high),
            "contours": {"coloring": "heatmap"},
            "showscale": False,
            "ncontours": 22,
            "line": {"width": 0.8, "color": "rgba(255,255,255,0.65)", "smoothing": 0.9},
            "connectgaps": False,
            "name": "f",
            "hovertemplate": f"{names[0]} = %{{x:.4~g}}<br>{names[1]} = %{{y:.4~g}}<br>f = %{{z:.6~g}}<extra></extra>",
        }
    ]
    traces += extras
    arrow = _arrow(at, slope, _extent(across), _extent(up))
    if arrow is not None:
        traces.append(arrow)
    traces.append(theme.dots(at[:1], at[1:], _("point"), size=11))
    x = {"title": {"text": names[0]}, "range": _ends(across), "showgrid": False, "zeroline": False}
    y = {"title": {"text": names[1]}, "range": _ends(up), "showgrid": False}
    if 0.4 < _extent(across) / _extent(up) < 2.5:  # equal scales, so that the arrow is square to the level line
        x |= {"constrain": "domain"}
        y |= {"scaleanchor": "x", "constrain": "domain"}
    entries = [str(trace["name"]) for trace in traces if trace["type"] != "contour" or trace.get("showlegend", False)]
    return Figure(traces, theme.framed(HEIGHT + ROW * (legend_rows(entries) - 1), x=x, y=y))


def legend_rows(names: Sequence[str]) -> int:
    """How many rows the names take above the map, in columns as wide as the longest; Chinese letters are twice as
    wide."""
    widest = SIGN + LETTER * max(sum(2 if ord(letter) > LATIN else 1 for letter in name) for name in names)
    return ceil(len(names) / max(1, int(LEGEND // widest)))


def surface_figure(
    land: Grid,
    point: Tensor,
    model: LocalModel,
    names: tuple[str, str],
    *,
    pieces: Collection[str] = ("plane",),
    extras: Sequence[Drawing] = (),
) -> Figure:
    """The surface of f with the point (2,), and pieces of its local model there: "plane", the tangent plane, and
    "quadratic"; and what else is drawn in space."""
    across, up, height = np.asarray(land.x), np.asarray(land.y), np.asarray(land.z)
    at, slope, bend = np.asarray(point), np.asarray(model.gradient[0]), np.asarray(model.hessian[0])
    top = float(model.value[0])
    low, high = _heights(land) or (-1.0, 1.0)
    low, high = min([low, *finite(np.array([top]))]), max([high, *finite(np.array([top]))])
    room = 0.02 * (high - low) or 1.0
    traces: list[Drawing] = [
        {
            "type": "surface",
            "x": across,
            "y": up,
            "z": height,
            "colorscale": _colors(land, low, high),
            "opacity": 0.88,  # a convex surface hides its tangent plane
            "cmin": low,
            "cmax": high,
            "showscale": False,
            "name": "f",
            "hovertemplate": f"{names[0]} = %{{x:.4~g}}<br>{names[1]} = %{{y:.4~g}}<br>f = %{{z:.6~g}}<extra></extra>",
            "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
        }
    ]
    if np.isfinite([top, *slope]).all():
        size = (_extent(across), _extent(up))
        if "plane" in pieces:
            traces.append(plane_patch(at, top, slope, size))
        if "quadratic" in pieces and np.isfinite(bend).all():
            traces.append(quadratic_patch(at, top, slope, bend, size, (low - room, high + room)))
        dot = {
            "type": "scatter3d",
            "x": at[:1],
            "y": at[1:],
            "z": np.array([top]),
            "mode": "markers",
            "name": _("point"),
            "marker": {"color": theme.FIRST, "size": 5},
            "hovertemplate": "f = %{z:.6~g}",
        }
        traces.append(dot)
    traces += extras
    layout = {
        "dragmode": "turntable",
        "showlegend": False,
        "uirevision": "kept",  # a view that the visitor turned stays
        "scene": {
            "xaxis": {"title": {"text": names[0]}, "range": _ends(across), **WALL},
            "yaxis": {"title": {"text": names[1]}, "range": _ends(up), **WALL},
            "zaxis": {"title": {"text": "f"}, "range": [low - room, high + room], **WALL},
            "aspectmode": "manual",
            "aspectratio": {"x": 1.0, "y": 1.0, "z": 0.7},
            "camera": {"eye": _eye(slope), "center": {"x": 0, "y": 0, "z": -0.12}},
        },
    }
    return Figure(traces, theme.framed(HEIGHT) | layout)


def _ends(values: Array) -> list[float]:
    return [float(values[0]), float(values[-1])]


def _extent(values: Array) -> float:
    return float(values[-1] - values[0])


@lru_cache(REMEMBERED)
def _heights(land: Grid) -> tuple[float, float] | None:
    """The range worth seeing, the same for the map and the surface, and wherever the point is."""
    return robust(np.asarray(land.z))


@lru_cache(REMEMBERED)
def _colors(land: Grid, low: float, high: float) -> list[list[object]]:
    return blues(np.asarray(land.z), low, high)


def blues(height: Array, low: float, high: float) -> list[list[object]]:
    """A colour scale that spends half of its range on where most of the values are."""
    even = np.linspace(0.0, 1.0, len(theme.BLUES))
    values = finite(np.clip(height, low, high))
    if values.size and high > low:
        even = (even + (np.quantile(values, even) - low) / (high - low)) / 2
    even[0], even[-1] = 0.0, 1.0
    return [[float(stop), color] for stop, color in zip(even, theme.BLUES, strict=True)]


def _eye(slope: Array) -> dict[str, float]:
    """Where to look from: uphill and a little from the right, so that the tangent plane faces the viewer."""
    length = float(np.hypot(*slope))
    up = slope / length if np.isfinite(length) and length else np.array([-0.6, 0.8])
    x, y = -2.05 * (np.cos(0.5) * up + np.sin(0.5) * np.array([up[1], -up[0]]))
    return {"x": float(x), "y": float(y), "z": 1.2}


def _arrow(at: Array, slope: Array, width: float, height: float) -> Drawing | None:
    """The direction of steepest ascent, always of one length; None where there is none."""
    length = float(np.hypot(*slope))
    if not np.isfinite(length) or length == 0.0:
        return None
    tip = at + slope / length * ARROW * min(width, height)
    return {
        "type": "scatter",
        "x": [at[0], tip[0]],
        "y": [at[1], tip[1]],
        "mode": "lines+markers",
        "name": _("gradient"),
        "line": {"color": theme.FIRST, "width": 4},
        "marker": {"symbol": "arrow", "angleref": "previous", "size": [0, 18], "color": theme.FIRST},
        "hoverinfo": "skip",
    }
