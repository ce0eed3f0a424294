"""A function of two variables and the network that learns it, each as a surface over the same ground."""

import numpy as np

from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.landscape import WALL, blues
from lib.figures.span import robust
from lib.figures.theme import Array
from lib.locale import _

HEIGHT = 385
EYE = {"x": -1.45, "y": -1.75, "z": 1.0}


def height_range(height: Array, data: Array) -> tuple[float, float]:
    """The range that both surfaces are drawn with: that of the function, and of the data."""
    low, high = robust(np.append(height.ravel(), data)) or (-1.0, 1.0)
    room = 0.05 * (high - low) or 1.0
    return low - room, high + room


def fitted_surface_figure(
    x: Array, y: Array, height: Array, ends: tuple[float, float], names: tuple[str, str, str], data: Array | None = None
) -> Figure:
    """height[j, i] at (x[i], y[j]) within the ends, with data rows (n, 3) as dots; the last name is the surface's."""
    low, high = ends
    hover = f"{names[0]} = %{{x:.4~g}}<br>{names[1]} = %{{y:.4~g}}<br>%{{z:.6~g}}<extra></extra>"
    traces: list[Drawing] = [
        {
            "type": "surface",
            "x": x,
            "y": y,
            "z": np.where((height >= low) & (height <= high), height, np.nan),
            "colorscale": blues(height, low, high),
            "cmin": low,
            "cmax": high,
            "showscale": False,
            "opacity": 0.9,
            "name": names[2],
            "hovertemplate": hover,
            "lighting": {"ambient": 0.75, "diffuse": 0.5, "specular": 0.05},
        }
    ]
    if data is not None:
        dots = {"color": theme.FIRST, "size": 2, "opacity": 0.7}
        traces.append(
            {
                "type": "scatter3d",
                "x": data[:, 0],
                "y": data[:, 1],
                "z": data[:, 2],
                "mode": "markers",
                "name": _("training data"),
                "marker": dots,
                "hovertemplate": hover,
            }
        )
    scene = {
        "xaxis": {"title": {"text": names[0]}, **WALL},
        "yaxis": {"title": {"text": names[1]}, **WALL},
        "zaxis": {"title": {"text": ""}, "range": [low, high], **WALL},
        "aspectmode": "manual",
        "aspectratio": {"x": 1.0, "y": 1.0, "z": 0.7},
        "camera": {"eye": EYE, "center": {"x": 0, "y": 0, "z": -0.12}},
    }
    title = {"text": names[2], "x": 0.5, "y": 0.97, "font": {"size": 14}}
    kept = {"dragmode": "turntable", "showlegend": False, "uirevision": "kept", "scene": scene, "title": title}
    return Figure(traces, theme.framed(HEIGHT) | kept)
