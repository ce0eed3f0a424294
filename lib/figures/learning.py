"""A network's curve over the data and the function, and its losses epoch by epoch."""

from collections.abc import Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.span import span
from lib.figures.theme import Array
from lib.locale import _

NETWORK = theme.FIRST
OUTSIDE = "rgba(139,145,163,0.13)"  # where there were no data
HEIGHT = 385
MOST_LOSSES = 600  # points of a curve of losses: two for each pixel across
CLEAR = 12  # pixels from the numbers of an axis to its title, which plotly else sets too near


def fit_figure(
    curve: tuple[Array, Array],
    name: str,
    x: Array,
    answers: Array,
    data: tuple[Array, Array],
    held_out: tuple[Array, Array],
    axes: tuple[str, str],
    corners: tuple[Array, Array] | None = None,
) -> Figure:
    """The curve to be learnt with its name, the network's answers (n, k) at x (n,), ascending, and the data for
    training and for validation. The names of the axes; corners of the network's curve.

    Where x goes beyond the data the ground is shaded and the network's curve dotted.
    """
    all_x, all_y = (np.concatenate(pair) for pair in zip(data, held_out, strict=True))
    low, high = float(all_x.min()), float(all_x.max())
    inside = (x >= low) & (x <= high)
    traces: list[Drawing] = [
        _dots(*data, _("training data"), theme.FAINT, "circle"),
        *([_dots(*held_out, _("validation data"), theme.SECOND, "diamond")] if len(held_out[0]) else []),
    ]
    traces.append(theme.line(*curve, name, theme.F, width=2))
    within = joined(x[inside], answers[inside])
    traces.append(theme.line(*within, _("network"), NETWORK, width=3))
    covered = _edged(inside)
    kept = ~covered | (np.cumsum(covered) == 1)  # and one place for the gap between both sides
    beyond = joined(x[kept], np.where(covered[:, None], np.nan, answers)[kept])
    traces.append(theme.line(*beyond, _("extrapolated"), NETWORK, "dot", 2))
    if corners is not None:
        marked = theme.marks(*corners, _("corners: a first-layer unit switches"), "triangle-up")
        traces.append(marked | {"marker": {"symbol": "triangle-up", "size": 6, "color": theme.FAINT}})  # no halo: many
    near = curve[1][(curve[0] >= low) & (curve[0] <= high)]
    bottom, top = span(np.concatenate([near, all_y]), answers[inside], np.empty(0))
    across, up = ({"title": theme.title(axis, CLEAR)} for axis in axes)
    layout = theme.framed(HEIGHT, x=across | {"range": [float(x[0]), float(x[-1])]}, y=up | {"range": [bottom, top]})
    layout["shapes"] = [_shade(float(x[0]), low), _shade(high, float(x[-1]))]
    return Figure(traces, layout)


def joined(x: Array, columns: Array) -> tuple[Array, Array]:
    """Columns (n, k) over x (n,) as one line with gaps between them."""
    gap = np.full((1, columns.shape[1]), np.nan)
    return np.tile(np.append(x, np.nan), columns.shape[1]), np.concatenate([columns, gap]).T.ravel()


def _edged(inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which are inside and have no neighbour outside, so that a line outside meets the one inside."""
    padded = np.concatenate([[True], inside, [True]])
    return np.asarray(padded[:-2] & inside & padded[2:])


def _dots(x: Array, y: Array, name: str, color: str, symbol: str) -> Drawing:
    marker = {"color": color, "size": 5, "opacity": 0.65, "symbol": symbol}
    return theme.dots(x, y, name, color, 5) | {"marker": marker}


def _shade(low: float, high: float) -> Drawing:
    line = {"width": 0}
    return {
        "type": "rect", "x0": low, "x1": high, "y0": 0, "y1": 1, "yref": "paper",
        "fillcolor": OUTSIDE, "line": line, "layer": "below",
    }  # fmt: skip


def _loss_axis(losses: Array) -> theme.Axis:
    """Logarithmic, with powers of ten where there are several; linear where a loss isn't positive."""
    axis: theme.Axis = {"title": theme.title(_("loss"), CLEAR)}
    known = losses[np.isfinite(losses)]
    if not known.size or known.min() <= 0:
        return axis
    powers = {"dtick": 1} if known.max() > 30 * known.min() else {"nticks": 6}
    return axis | {"type": "log", "exponentformat": "power"} | powers


def _by_epoch(losses: Array) -> tuple[Array, Array]:
    """The losses over their epochs; of many, the lowest and the highest of each stretch, which look the same."""
    width = ceil(2 * len(losses) / MOST_LOSSES)
    kept = np.arange(len(losses))
    if width > 2:
        stretches = np.pad(losses, (0, -len(losses) % width), mode="edge").reshape(-1, width)
        found = [width * np.arange(len(stretches)) + each for each in (stretches.argmin(1), stretches.argmax(1))]
        kept = np.unique(np.minimum(np.concatenate([[0], *found, kept[-1:]]), kept[-1]))
    return (kept + 1).astype(np.float64), losses[kept]


def loss_figure(losses: Sequence[float], validation: Sequence[float], epochs: int, shown: int | None) -> Figure:
    """The losses after each epoch on a logarithmic scale, with the epoch that is shown marked."""
    traces = [theme.line(*_by_epoch(np.array(losses)), _("training"), NETWORK, width=2)]
    held_out = np.array(validation)
    if np.isfinite(held_out).any():
        traces.append(theme.line(*_by_epoch(held_out), _("validation"), theme.SECOND, "dash", 2))
    layout = theme.framed(
        230,
        x={"range": [0, max(epochs, 1)], "title": theme.title(_("epoch"), CLEAR)},
        y=_loss_axis(np.array([*losses, *validation])),
    )
    if shown:
        layout["shapes"] = [
            {"type": "line", "x0": shown, "x1": shown, "y0": 0, "y1": 1, "yref": "paper",
             "line": {"color": theme.FAINT, "width": 1.5, "dash": "dot"}}
        ]  # fmt: skip
    return Figure(traces, layout)
