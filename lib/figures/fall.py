"""How the gradient's size falls along the ways of methods of descent."""

from collections.abc import Sequence

import numpy as np

from lib.calculus.descent import METHODS, Path
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.landmarks import WAYS
from lib.locale import _, translate

HEIGHT = 280


def fall_figure(paths: Sequence[Path]) -> Figure:
    """|∇f| after k steps of each path, on a logarithmic scale; a gradient of 0 is left out."""
    traces: list[Drawing] = []
    for path in paths:
        norms = np.array([step.norm for step in path.steps])
        norms[norms <= 0] = np.nan
        color = WAYS[list(METHODS).index(path.method)]
        steps = np.arange(len(norms), dtype=np.float64)
        trace = theme.line(steps, norms, translate(METHODS[path.method].title), color, width=2)
        traces.append(trace | {"mode": "lines+markers", "marker": {"size": 4}})
    x = {"title": {"text": _("step")}, "zeroline": False}
    y = {"title": {"text": "|∇f|"}, "type": "log", "exponentformat": "power", "showexponent": "all"}
    return Figure(traces, theme.framed(HEIGHT, x=x, y=y))
