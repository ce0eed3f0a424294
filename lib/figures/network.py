"""Inside a network: its slope, what its answers miss, its weights, and the loss around them."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.landscape import WALL, blues
from lib.figures.learning import NETWORK, joined
from lib.figures.span import robust, span
from lib.figures.theme import Array
from lib.locale import _

HEIGHT = 320
# Blue below 0, orange above: the neutral middle is seen on light and dark ground.
SIGNED = [[0.0, theme.F], [0.5, "rgba(139,145,163,0.15)"], [1.0, theme.FIRST]]


def slopes_figure(curve: tuple[Array, Array], x: Array, slope: Array, corners: Array, name: str) -> Figure:
    """f' as a curve, the network's derivative (n,) at x (n,), and the places where units of its first layer switch."""
    traces = [
        theme.line(*curve, "f ′", theme.F, width=2),
        theme.line(x, slope, _("derivative of the network"), NETWORK, width=2.5),
    ]
    low, high = span(curve[1], slope, np.empty(0))
    if corners.size:
        height = np.full(corners.size, low)
        traces.append(theme.marks(corners, height, _("corners: a first-layer unit switches"), "triangle-up"))
    across = {"range": [float(x[0]), float(x[-1])], "title": {"text": name, "standoff": 4}}
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
    across = {"range": list(data), "title": {"text": "y", "standoff": 4}}
    up = {"type": "log", "exponentformat": "power", "title": {"text": "|f(x) − y|", "standoff": 4}}
    return Figure(traces, theme.framed(HEIGHT, x=across, y=up))


def weights_figure(layers: Sequence[tuple[Array, Array]]) -> Figure:
    """The weights (outputs, inputs) of each layer as a heat map, its biases as one more column on the right."""
    largest = max(float(np.abs(values).max()) for layer in layers for values in layer) or 1.0
    traces: list[Drawing] = []
    layout: dict[str, Any] = theme.framed(HEIGHT)
    shares = np.array([max(4.0, layer[0].shape[1] + 1) ** 0.5 for layer in layers])
    ends = np.concatenate([[0.0], np.cumsum(shares / shares.sum())])
    for k, (weights, biases) in enumerate(layers, 1):
        number = "" if k == 1 else str(k)
        traces.append(
            {
                "type": "heatmap",
                "z": np.column_stack([weights, biases]),
                "colorscale": SIGNED,
                "zmin": -largest,
                "zmax": largest,
                "showscale": k == len(layers),
                "colorbar": {"thickness": 10, "outlinewidth": 0},
                "xaxis": f"x{number}",
                "yaxis": f"y{number}",
                "hovertemplate": _("from unit {x} to unit {y}: {z}", x="%{x}", y="%{y}", z="%{z:.4~g}")
                + "<extra></extra>",
            }
        )
        domain = [float(ends[k - 1]) + 0.025 * (k > 1), float(ends[k]) - 0.025 * (k < len(layers))]
        title = {"text": _("layer {k}", k=k), "standoff": 4}
        plain = {"showticklabels": False, "zeroline": False, "showgrid": False}
        layout[f"xaxis{number}"] = plain | {"domain": domain, "title": title, "anchor": f"y{number}"}
        layout[f"yaxis{number}"] = plain | {"anchor": f"x{number}", "autorange": "reversed"}
    return Figure(traces, layout)


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
            "opacity": 0.92,
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
    }
    return Figure(traces, theme.framed(430) | {"dragmode": "turntable", "showlegend": False, "scene": scene})
