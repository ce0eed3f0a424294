"""What lies on the surface of f: pieces of the tangent plane and of the quadratic model, and ways along it."""

from collections.abc import Sequence

import numpy as np

from lib.calculus import Grid
from lib.calculus.descent import METHODS, Path
from lib.figures import theme
from lib.figures.figure import Drawing
from lib.figures.landmarks import WAYS, within
from lib.figures.theme import Array
from lib.locale import _, translate

PLANE = 0.18  # half the side of the piece of tangent plane over the width of the window
PATCH, SAMPLES = 0.3, 25  # the same of the quadratic model, and its samples a side


def plane_patch(at: Array, value: float, slope: Array, size: tuple[float, float]) -> Drawing:
    """A piece of the tangent plane at the point (2,); size: the window's width and height."""
    x, y = (at[k] + PLANE * extent * np.array([-1.0, 1.0]) for k, extent in enumerate(size))
    z = value + slope[0] * (x[None, :] - at[0]) + slope[1] * (y[:, None] - at[1])
    return _piece(x, y, z, _("tangent plane"), theme.TANGENT, 0.9)


def quadratic_patch(
    at: Array, value: float, slope: Array, bend: Array, size: tuple[float, float], heights: tuple[float, float]
) -> Drawing:
    """A piece of the quadratic model at the point, from the gradient (2,) and the Hessian (2, 2), as far as it lies
    within the heights shown."""
    x, y = (at[k] + PATCH * extent * np.linspace(-1.0, 1.0, SAMPLES) for k, extent in enumerate(size))
    h, k = x[None, :] - at[0], y[:, None] - at[1]
    z = value + slope[0] * h + slope[1] * k + bend[0, 0] * h**2 / 2 + bend[0, 1] * h * k + bend[1, 1] * k**2 / 2
    z[(z < heights[0]) | (z > heights[1])] = np.nan
    return _piece(x, y, z, _("quadratic model"), theme.SECOND, 0.75)


def _piece(x: Array, y: Array, z: Array, name: str, color: str, opacity: float) -> Drawing:
    return {
        "type": "surface",
        "x": x,
        "y": y,
        "z": z,
        "colorscale": [[0.0, color], [1.0, color]],
        "showscale": False,
        "opacity": opacity,
        "hoverinfo": "skip",
        "name": name,
    }


def ways(paths: Sequence[Path], land: Grid) -> list[Drawing]:
    """Each path of a method of descent along the surface, as far as it stays in the window."""
    traces: list[Drawing] = []
    for path in paths:
        way = np.array([[*step.point, step.value] for step in path.steps])
        way = within(way, [(float(axis[0]), float(axis[-1])) for axis in (land.x, land.y)])
        color = WAYS[list(METHODS).index(path.method)]
        traces.append(
            {
                "type": "scatter3d",
                "x": way[:, 0],
                "y": way[:, 1],
                "z": way[:, 2],
                "mode": "lines+markers",
                "line": {"color": color, "width": 5},
                "marker": {"color": color, "size": 3},
                "name": translate(METHODS[path.method].title),
                "hovertemplate": "f = %{z:.6~g}",
            }
        )
    return traces
