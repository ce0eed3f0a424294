"""Errors of runs, step by step, on a logarithmic axis."""

from collections.abc import Mapping, Sequence

import numpy as np

from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.locale import _

LONGEST = 40  # steps drawn of several runs: the slow ones go on
WHOLE = 6  # fewer steps would have marks between them
FLOOR = 1e-17  # where an error of 0 is drawn
COLORS = (theme.F, theme.FIRST, theme.SECOND, theme.THIRD, theme.TAYLOR, theme.CIRCLE, theme.TANGENT)


def error_figure(runs: Mapping[str, Sequence[float]], height: int = 280, title: str = "") -> Figure:
    """Name -> |x_k − x*| for k = 0, 1, …; the runs differ by colour and dash."""
    traces: list[Drawing] = []
    for row, (name, errors) in enumerate(runs.items()):
        values = np.array(errors, dtype=float)
        values = np.where(np.isfinite(values), np.maximum(values, FLOOR), np.nan)
        dash = theme.DASHES[row // len(COLORS) % 4]
        trace = theme.line(np.arange(len(values), dtype=float), values, name, COLORS[row % len(COLORS)], dash, 2)
        traces.append(trace | {"mode": "lines+markers", "marker": {"size": 5}, "hovertemplate": "%{x}: %{y:.3~g}"})
    up = {"type": "log", "exponentformat": "power", "title": {"text": title or _("error")}}
    most = max((len(errors) for errors in runs.values()), default=1) - 1
    right = min(most, LONGEST) if len(runs) > 1 else most
    across: dict[str, object] = {
        "title": {"text": "k"},
        "zeroline": False,
        "tickformat": "d",
        "range": [-0.02 * right, 1.02 * right],
    }
    across |= {"dtick": 1} if right < WHOLE else {}
    layout = theme.framed(height, x=across, y=up) | {"showlegend": len(runs) > 1}
    layout["legend"] |= {"x": -0.1, "entrywidth": 0.5, "entrywidthmode": "fraction"}  # two columns on a phone, too
    return Figure(traces, layout)
