"""Two equations in two unknowns as two curves on a map, and Newton's path to where they cross."""

from collections.abc import Sequence

import numpy as np

from lib.calculus import Grid
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.theme import Array
from lib.inverse.system import SystemStep
from lib.locale import _

HEIGHT = 460
LOOKS = ((theme.F, "solid"), (theme.SECOND, "dash"))
AROUND = 14  # level lines of each component
ANSWERS = {"hoverinfo": "all", "hovertemplate": "%{x:.4~g}, %{y:.4~g}<extra></extra>"}  # plotly clicks where it hovers
ALIKE = 3  # windows whose widths differ by more keep scales of their own


def system_figure(
    lands: Sequence[Grid], target: tuple[float, float], names: tuple[str, str], steps: Sequence[SystemStep]
) -> Figure:
    """Level lines of both components, thick at the target, and the path with a dot a step."""
    traces: list[Drawing] = []
    for k, (land, level) in enumerate(zip(lands, target, strict=True)):
        color, dash = LOOKS[k]
        x, y, z = (np.asarray(part) for part in (land.x, land.y, land.z))
        title = f"f{'₁₂'[k]} = {level:.6g}"
        faint = {"color": color, "dash": dash, "width": 0.6}
        around = _level_lines(x, y, z, faint) | {"ncontours": AROUND, "opacity": 0.45, "showlegend": False}
        traces.append(around | (ANSWERS if k == 0 else {}))
        thick = {"color": color, "dash": dash, "width": 3}
        one = {"coloring": "none", "start": level, "end": level, "size": 1}
        traces.append(_level_lines(x, y, z, thick) | {"contours": one, "showlegend": True, "name": title})
    way = np.array([step.point for step in steps])
    path = theme.line(way[:, 0], way[:, 1], _("path"), theme.FIRST, width=2)
    traces.append(path | {"mode": "lines+markers", "marker": {"size": 7}})
    traces.append(theme.dots(way[-1:, 0], way[-1:, 1], _("this step"), theme.FIRST, 12))
    ranges = _ends(lands[0].x), _ends(lands[0].y)
    across: theme.Axis = {"title": {"text": names[0]}, "range": ranges[0], "showgrid": False}
    up: theme.Axis = {"title": {"text": names[1]}, "range": ranges[1], "showgrid": False}
    widths = [end - start for start, end in ranges]
    if max(widths) <= ALIKE * min(widths):  # a circle is drawn as one
        across["constrain"] = "domain"
        up |= {"constrain": "domain", "scaleanchor": "x"}
    return Figure(traces, theme.framed(HEIGHT, x=across, y=up))


def _level_lines(x: Array, y: Array, z: Array, line: dict[str, object]) -> Drawing:
    return {
        "type": "contour",
        "x": x,
        "y": y,
        "z": z,
        "contours": {"coloring": "none"},
        "line": line,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _ends(values: object) -> list[float]:
    ends = np.asarray(values)
    return [float(ends[0]), float(ends[-1])]
