"""The one look of all figures: what each colour and dash means, and the frame around a plot."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.figures.figure import Drawing

F = "#3A5BD9"
FIRST = "#D9663A"
SECOND = "#2E9E6B"
TANGENT = "#9099AD"
LEVEL = "#B8479A"
THIRD = "#A0459B"
TAYLOR = "#0F8CA8"
CIRCLE = "#B0861B"
# f and its derivatives by order; from the fourth on the colours come again with other dashes.
ORDERS = (F, FIRST, SECOND, THIRD)
DASHES = ("solid", "dash", "dot", "dashdot")
# White and black at some strength read on both the light and the dark page.
HALO = "rgba(255,255,255,0.9)"
FAINT = "#8B91A3"

# From deep to light blue, so that the lines and the arrow of other colours stand out on it.
BLUES = ("#26357D", "#2F47AE", "#3A5BD9", "#6480EC", "#8DA4FF", "#BAC8FF", "#E6EBFF")

# Below 0 blue, 0 grey, above 0 orange: all three stand out from the light and the dark page, and carry white text.
DIVERGING = [[0.0, "#2F47AE"], [0.25, "#5672E0"], [0.5, "#7F8598"], [0.75, "#CC6B3E"], [1.0, "#A83E14"]]

CONFIG = {"displaylogo": False, "showTips": False, "displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}
# A plot that can be zoomed and panned, by buttons: a drag across it scrolls a phone's page.
ZOOMING = CONFIG | {
    "displayModeBar": True,
    "modeBarButtons": [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
}
MARGIN = {"l": 4, "r": 4, "t": 28, "b": 4}
BESIDE_BUTTONS = MARGIN | {"r": 34}  # the column of buttons stands beside the plot and its legend

HOVER = "%{x:.6~g}, %{y:.6~g}"
SILENT = {"hoverinfo": "skip", "hovertemplate": None}  # of a line that a mouse passes over
XAXIS = {"zeroline": True, "showgrid": False, "automargin": True}
YAXIS = {"zeroline": False, "automargin": True}

Array = NDArray[np.float64]
Axis = dict[str, Any]


def line(x: Array, y: Array, name: str, color: str, dash: str = "solid", width: float = 2.5) -> Drawing:
    """A curve that breaks where y is NaN, and is drawn through every one of its points."""
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": name,
        "mode": "lines",
        "line": {"color": color, "dash": dash, "width": width, "simplify": False},
        "connectgaps": False,
        "hovertemplate": HOVER,
    }


def order_style(order: int) -> tuple[str, str]:
    """The colour and dash of f (order 0) or one of its derivatives."""
    return ORDERS[order % 4], DASHES[(order + order // 4) % 4]


def marks(x: Array, y: Array, name: str, symbol: str) -> Drawing:
    """Features of a curve, one symbol for each kind."""
    marker = {"symbol": symbol, "size": 9, "color": FAINT, "line": {"color": HALO, "width": 1.5}}
    return _markers(x, y, name, marker)


def dots(x: Array, y: Array, name: str, color: str = F, size: float = 10) -> Drawing:
    """Points with a halo, so that they show on a curve of their own colour."""
    return _markers(x, y, name, {"color": color, "size": size, "line": {"color": HALO, "width": 2}})


def _markers(x: Array, y: Array, name: str, marker: dict[str, Any]) -> Drawing:
    return {
        "type": "scatter",
        "x": x,
        "y": y,
        "name": name,
        "mode": "markers",
        "marker": marker,
        "hovertemplate": HOVER,
    }


def title(text: str, standoff: int = 4) -> dict[str, Any]:
    """The title of an axis, so many pixels from its numbers."""
    return {"text": text, "standoff": standoff}


def framed(height: int = 460, *, x: Axis | None = None, y: Axis | None = None) -> dict[str, Any]:
    """A layout with thin margins, a legend along its top, and gestures that suit a finger and a mouse; x and y say
    more of the axes."""
    return {
        "height": height,
        "margin": MARGIN,
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 1.0,
            "yanchor": "bottom",
            "title": {"text": ""},
            "font": {"size": 12},
            "bgcolor": "rgba(0,0,0,0)",  # it would hide half of the topmost number beside it
        },
        "modebar": {"orientation": "v"},
        "hovermode": "closest",
        "dragmode": False,
        "xaxis": XAXIS | (x or {}),
        "yaxis": YAXIS | (y or {}),
    }
