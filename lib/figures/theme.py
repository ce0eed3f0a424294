"""The one look of all figures: what each colour and dash means, and the frame around a plot."""

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray

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

CONFIG = {"displaylogo": False, "showTips": False, "displayModeBar": False, "scrollZoom": False, "doubleClick": "reset"}
# A plot that can be zoomed and panned, by buttons: a drag across it scrolls a phone's page.
ZOOMING = CONFIG | {
    "displayModeBar": True,
    "modeBarButtons": [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
}

Array = NDArray[np.float64]


def line(x: Array, y: Array, name: str, color: str, dash: str = "solid", width: float = 2.5) -> go.Scatter:
    """A curve that breaks where y is NaN, and is drawn through every one of its points."""
    return go.Scatter(
        x=x,
        y=y,
        name=name,
        mode="lines",
        line={"color": color, "dash": dash, "width": width, "simplify": False},
        connectgaps=False,
        hovertemplate="%{x:.6~g}, %{y:.6~g}",
    )


def order_style(order: int) -> tuple[str, str]:
    """The colour and dash of f (order 0) or one of its derivatives."""
    return ORDERS[order % 4], DASHES[(order + order // 4) % 4]


def marks(x: Array, y: Array, name: str, symbol: str) -> go.Scatter:
    """Features of a curve, one symbol for each kind."""
    marker = {"symbol": symbol, "size": 9, "color": FAINT, "line": {"color": HALO, "width": 1.5}}
    return go.Scatter(x=x, y=y, name=name, mode="markers", marker=marker, hovertemplate="%{x:.6~g}, %{y:.6~g}")


def dots(x: Array, y: Array, name: str, color: str = F, size: float = 10) -> go.Scatter:
    """Points with a halo, so that they show on a curve of their own colour."""
    return go.Scatter(
        x=x,
        y=y,
        name=name,
        mode="markers",
        marker={"color": color, "size": size, "line": {"color": HALO, "width": 2}},
        hovertemplate="%{x:.6~g}, %{y:.6~g}",
    )


def framed(figure: go.Figure, height: int = 460) -> go.Figure:
    """The figure with thin margins, a legend along its top, and gestures that suit a finger and a mouse."""
    figure.update_layout(
        height=height,
        margin={"l": 4, "r": 4, "t": 28, "b": 4},
        legend={"orientation": "h", "x": 0, "y": 1.0, "yanchor": "bottom", "title": None, "font": {"size": 12}},
        modebar={"orientation": "v"},
        hovermode="closest",
        dragmode=False,
    )
    figure.update_xaxes(zeroline=True, showgrid=False, automargin=True)
    figure.update_yaxes(zeroline=False, automargin=True)
    return figure
