"""Inside a network: its slope, what its answers miss, its weights, and the loss around them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lib.figures import theme
from lib.figures.curve import order_name
from lib.figures.figure import Drawing, Figure
from lib.figures.landscape import WALL, blues
from lib.figures.learning import CLEAR, NETWORK, joined
from lib.figures.span import robust, span
from lib.figures.theme import Array
from lib.locale import _

HEIGHT = 320
ROW = 220  # of the weights of one of several networks
GAP = 0.28  # of a row, for what stands below it
# Blue below 0, orange above: the neutral middle is seen on light and dark ground.
SIGNED = [[0.0, theme.F], [0.5, "rgba(139,145,163,0.15)"], [1.0, theme.FIRST]]
BLANK = {"showticklabels": False, "ticks": "", "zeroline": False, "showgrid": False}
ABOVE = {"eye": {"x": -1.3, "y": -1.45, "z": 1.35}, "center": {"x": 0, "y": 0, "z": -0.2}}


def slopes_figure(
    curve: tuple[Array, Array], x: Array, slope: Array, corners: Array, name: str, order: int = 1
) -> Figure:
    """f' or f'' as a curve, the same derivative of the network (n,) at x (n,), and the places where units of its first
    layer switch."""
    network = _("derivative of the network") if order == 1 else _("second derivative of the network")
    traces = [
        theme.line(*curve, order_name(order), theme.F, width=2),
        theme.line(x, slope, network, NETWORK, width=2.5),
    ]
    low, high = span(curve[1], slope, np.empty(0))
    if corners.size:
        height = np.full(corners.size, low)
        traces.append(theme.marks(corners, height, _("corners: a first-layer unit switches"), "triangle-up"))
    across = {"range": [float(x[0]), float(x[-1])], "title": theme.title(name)}
    return Figure(traces, theme.framed(HEIGHT, x=across, y={"range": [low - 0.04 * (high - low), high]}))


def residuals_figure(y: Array, residuals: Array, stepped: Array, data: tuple[float, float]) -> Figure:
    """|f(network(y)) − y| (n, k) over y (n,) on a logarithmic scale, and the same after one Newton step."""
    traces = []
    for values, name, color, dash in (
        (residuals, _("network"), NETWORK, "solid"),
        (stepped, _("after one Newton step"), theme.SECOND, "dash"),
    ):
        size = np.abs(values)
        traces.append(theme.line(*joined(y, np.where(size > 0, size, np.nan)), name, color, dash, 2))
    across = {"range": list(data), "title": theme.title("y")}
    up = {"type": "log", "exponentformat": "power", "title": theme.title("|f(x) − y|", CLEAR)}
    return Figure(traces, theme.framed(HEIGHT, x=across, y=up))


def weights_figure(networks: Sequence[Sequence[tuple[Array, Array]]]) -> Figure:
    """A row of heat maps for each network, of the weights (outputs, inputs) of each layer with its biases as one more
    column on the right. Each map has colours of its own: the strongest stands for the largest number of its layer."""
    traces: list[Drawing] = []
    layout: dict[str, Any] = theme.framed(HEIGHT if len(networks) == 1 else ROW * len(networks))
    for row, layers in enumerate(networks):
        high = 1 - row / len(networks)
        up = [high - (1 - GAP * (len(networks) > 1)) / len(networks), high]
        for k, across in enumerate(_widths(layers), 1):
            number = str(len(traces) + 1) if traces else ""
            values = np.column_stack(layers[k - 1])
            traces.append(_heat_map(values, number))
            name = _("layer {k}", k=k) + f"<br>±{np.abs(values).max():.2g}"
            layout[f"xaxis{number}"] = BLANK | {"domain": across, "title": theme.title(name), "anchor": f"y{number}"}
            layout[f"yaxis{number}"] = BLANK | {"domain": up, "anchor": f"x{number}", "autorange": "reversed"}
            if k == 1 and len(networks) > 1:
                layout[f"yaxis{number}"] |= {"title": theme.title(_("network {k}", k=row + 1))}
    return Figure(traces, layout)


def _widths(layers: Sequence[tuple[Array, Array]]) -> list[list[float]]:
    """The part of the figure's width for each layer, the wider the more inputs it has."""
    shares = np.array([max(4.0, weights.shape[1] + 1) ** 0.5 for weights, _biases in layers])
    ends = np.concatenate([[0.0], np.cumsum(shares / shares.sum())])
    last = len(layers) - 1
    return [[float(ends[k]) + 0.02 * (k > 0), float(ends[k + 1]) - 0.02 * (k < last)] for k in range(last + 1)]


def _heat_map(values: Array, number: str) -> Drawing:
    largest = float(np.abs(values).max()) or 1.0
    return {
        "type": "heatmap",
        "z": values,
        "colorscale": SIGNED,
        "zmin": -largest,
        "zmax": largest,
        "showscale": False,
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
        "hovertemplate": _("from unit {x} to unit {y}: {z}", x="%{x}", y="%{y}", z="%{z:.4~g}") + "<extra></extra>",
    }


def loss_surface_figure(places: Array, losses: Array) -> Figure:
    """The loss (m, m) along two directions from the weights, as a surface of its logarithm, the weights marked."""
    height = np.log10(np.where(losses > 0, losses, np.nan))
    low, high = robust(height) or (-1.0, 1.0)
    middle = len(places) // 2
    traces: list[Drawing] = [
        {
            "type": "surface",
            "x": places,
            "y": places,
            "z": np.minimum(height, high),
            "colorscale": blues(height, low, high),
            "showscale": False,
            "opacity": 0.8,
            "hovertemplate": "%{z:.4~g}<extra></extra>",
        },
        {
            "type": "scatter3d",
            "x": np.zeros(1),
            "y": np.zeros(1),
            "z": height[middle, middle : middle + 1],
            "mode": "markers",
            "marker": {"color": theme.FIRST, "size": 5},
            "hovertemplate": "%{z:.4~g}<extra></extra>",
        },
    ]
    axes = {"xaxis": {"title": {"text": "α"}, **WALL}, "yaxis": {"title": {"text": "β"}, **WALL}}
    scene = axes | {
        "zaxis": {"title": {"text": _("log₁₀ loss")}, **WALL},
        "aspectmode": "manual",
        "aspectratio": {"x": 1.0, "y": 1.0, "z": 0.7},
        "camera": ABOVE,
    }
    return Figure(traces, theme.framed(430) | {"dragmode": "turntable", "showlegend": False, "scene": scene})
