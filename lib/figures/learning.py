"""A network's curve over the data and the function, and its losses epoch by epoch."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lib.calculus import Curve
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.span import span
from lib.figures.theme import Array
from lib.locale import _

NETWORK = theme.FIRST
OUTSIDE = "rgba(139,145,163,0.13)"  # where there were no data
HEIGHT = 400


def fit_figure(
    curve: Curve | None, x: Array, network: Array, data: tuple[Array, Array], held_out: tuple[Array, Array]
) -> Figure:
    """f, the network's values (n,) at x, ascending, and the data for training and for validation.

    Where x goes beyond the data the ground is shaded and the network's curve dashed.
    """
    all_x, all_y = (np.concatenate(pair) for pair in zip(data, held_out, strict=True))
    low, high = float(all_x.min()), float(all_x.max())
    inside = (x >= low) & (x <= high)
    traces: list[Drawing] = [
        _dots(*data, _("training data"), theme.FAINT, "circle"),
        *([_dots(*held_out, _("validation data"), theme.SECOND, "diamond")] if len(held_out[0]) else []),
    ]
    near = np.empty(0)
    if curve is not None:
        at, f = np.asarray(curve.x), np.asarray(curve.values)[0]
        near = f[(at >= low) & (at <= high)]
        traces.append(theme.line(at, f, "f", theme.F, width=2))
    traces.append(theme.line(x, np.where(inside, network, np.nan), _("network"), NETWORK, width=3))
    beyond = theme.line(x, _beyond(network, inside), _("extrapolated"), NETWORK, "dot", 2)
    traces.append(beyond)
    bottom, top = span(np.concatenate([near, all_y]), network[inside], np.empty(0))
    layout = theme.framed(HEIGHT, x={"range": [float(x[0]), float(x[-1])]}, y={"range": [bottom, top]})
    layout["shapes"] = [_shade(float(x[0]), low), _shade(high, float(x[-1]))]
    return Figure(traces, layout)


def _beyond(values: Array, inside: NDArray[np.bool_]) -> Array:
    """The values outside, each piece joined to the curve inside."""
    edge = inside.copy()
    edge[1:-1] &= inside[:-2] & inside[2:]
    return np.where(edge, np.nan, values)


def _dots(x: Array, y: Array, name: str, color: str, symbol: str) -> Drawing:
    marker = {"color": color, "size": 5, "opacity": 0.65, "symbol": symbol}
    return theme.dots(x, y, name, color, 5) | {"marker": marker}


def _shade(low: float, high: float) -> Drawing:
    line = {"width": 0}
    return {
        "type": "rect", "x0": low, "x1": high, "y0": 0, "y1": 1, "yref": "paper",
        "fillcolor": OUTSIDE, "line": line, "layer": "below",
    }  # fmt: skip


def loss_figure(losses: Sequence[float], validation: Sequence[float], epochs: int, shown: int | None) -> Figure:
    """The losses after each epoch on a logarithmic scale, with the epoch that is shown marked."""
    epoch = np.arange(1, len(losses) + 1, dtype=float)
    traces = [theme.line(epoch, np.array(losses), _("training"), NETWORK, width=2)]
    held_out = np.array(validation)
    if np.isfinite(held_out).any():
        traces.append(theme.line(epoch, held_out, _("validation"), theme.SECOND, "dash", 2))
    layout = theme.framed(
        230,
        x={"range": [0, max(epochs, 1)], "title": {"text": _("epoch"), "standoff": 4}},
        y={"type": "log", "exponentformat": "power", "dtick": 1, "title": {"text": _("loss"), "standoff": 4}},
    )
    if shown:
        layout["shapes"] = [
            {"type": "line", "x0": shown, "x1": shown, "y0": 0, "y1": 1, "yref": "paper",
             "line": {"color": theme.FAINT, "width": 1.5, "dash": "dot"}}
        ]  # fmt: skip
    return Figure(traces, layout)
