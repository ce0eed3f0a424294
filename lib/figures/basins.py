"""Basins of attraction of Newton's method: bars along x, and a picture in the complex plane."""

from collections.abc import Callable, Sequence

import numpy as np

from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.inverse.basins import Basins
from lib.locale import _

# One a solution, most frequent first; the last is for those that do not converge.
COLORS = ("#3A5BD9", "#D9663A", "#2E9E6B", "#B8479A", "#0F8CA8", "#B0861B", "#7A5CC9", "#C94F5B", "#5E8C2A", "#8DA4FF",
          "#E0A36B", "#6BBF9A", "#C9A0D9")  # fmt: skip
NONE = "#5B6173"
NEAR = 1e-6  # two numbers so alike are one solution
DARK = 0.35  # how much of its colour the slowest start keeps
HEIGHT, PLANE = 360, 460


def root_color(place: int) -> str:
    """The colour of a solution; beyond the list, the last one."""
    return COLORS[min(place, len(COLORS) - 1)]


def strip_figure(window: tuple[float, float], found: Basins, name: Callable[[complex], str]) -> Figure:
    """A bar for each start, as high as the number of steps, in the colour of the solution that it leads to."""
    x = np.linspace(*window, len(found.root))
    width = float(x[1] - x[0])
    traces: list[Drawing] = []
    for place in [*range(len(found.roots) + 1), -1]:
        here = found.root == place
        if not here.any():
            continue
        label = name(found.roots[place]) if 0 <= place < len(found.roots) else _("another solution")
        color, steps = (NONE, found.steps) if place < 0 else (root_color(place), found.steps)
        trace = {
            "type": "bar",
            "x": x[here],
            "y": steps[here].astype(float),
            "width": width,
            "marker": {"color": color, "line": {"width": 0}},
            "name": _("none") if place < 0 else label,
            "hovertemplate": "%{x:.6~g}: %{y}",
        }
        traces.append(trace)
    across, up = {"range": list(window), "title": {"text": _("start")}}, {"title": {"text": _("steps")}}
    return Figure(traces, theme.framed(HEIGHT, x=across, y=up) | {"bargap": 0, "barmode": "overlay"})


def plane_figure(
    box: tuple[tuple[float, float], tuple[float, float]], found: Basins, known: Sequence[complex] = ()
) -> Figure:
    """The colour of each complex start is that of its solution, darker where more steps were needed. known: solutions
    that have their colours already."""
    rows, columns = found.root.shape
    most = max(float(np.quantile(found.steps, 0.98)), 1.0)
    shade = np.minimum(found.steps / most, 1.0) * 0.98
    count = len(found.roots) + 1
    z = np.where(found.root < 0, count + shade, found.root + shade)
    colors = _colors(found.roots, known)
    scale: list[list[float | str]] = []
    for place in range(count + 1):
        color = NONE if place == count else root_color(colors[place])
        scale += [[place / (count + 1), color], [(place + 0.999) / (count + 1), _darker(color)]]
    scale.append([1.0, _darker(NONE)])
    heat = {
        "type": "heatmap",
        "x": np.linspace(*box[0], columns),
        "y": np.linspace(*box[1], rows),
        "z": z,
        "zmin": 0,
        "zmax": count + 1,
        "colorscale": scale,
        "showscale": False,
        "hovertemplate": "%{x:.4~g} + %{y:.4~g} i<extra></extra>",
    }
    inside = [r for r in found.roots if box[0][0] <= r.real <= box[0][1] and box[1][0] <= r.imag <= box[1][1]]
    marks = theme.dots(
        np.array([r.real for r in inside]), np.array([r.imag for r in inside]), _("solution"), "#FFFFFF", 7
    )
    marks["marker"] = marks["marker"] | {"line": {"color": "#1B2033", "width": 1.5}}
    across = {"range": list(box[0]), "constrain": "domain", "title": {"text": "Re"}, "zeroline": False}
    up = {"range": list(box[1]), "scaleanchor": "x", "constrain": "domain", "title": {"text": "Im"}, "showgrid": False}
    return Figure([heat, marks], theme.framed(PLANE, x=across, y=up) | {"showlegend": False})


def _colors(roots: Sequence[complex], known: Sequence[complex]) -> list[int]:
    """The place of each solution's colour: its place among the known ones, or the next that is free."""
    places = [next((k for k, r in enumerate(known) if abs(r - z) <= NEAR * (1 + abs(z))), -1) for z in roots]
    free = iter(k for k in range(len(known) + len(roots) + 1) if k not in places)
    return [place if place >= 0 else next(free) for place in [*places, -1]]


def _darker(color: str) -> str:
    parts: Sequence[int] = [round(DARK * int(color[k : k + 2], 16)) for k in (1, 3, 5)]
    return "#" + "".join(f"{part:02X}" for part in parts)
