"""What is marked on a map of f: critical points by kind, and the ways of methods of descent."""

from collections.abc import Sequence

import numpy as np

from lib.calculus import SecondDerivativeTest
from lib.calculus.critical import ConstrainedPoint, CriticalPoint
from lib.calculus.descent import METHODS, Path
from lib.figures import theme
from lib.figures.figure import Drawing
from lib.figures.theme import Array
from lib.locale import _, translate

Axes = tuple[int, int]  # which coordinates a map shows

SYMBOLS = {
    SecondDerivativeTest.MINIMUM: ("triangle-down", theme.SECOND),
    SecondDerivativeTest.MAXIMUM: ("triangle-up", theme.FIRST),
    SecondDerivativeTest.SADDLE: ("x", theme.CIRCLE),
    SecondDerivativeTest.UNDECIDED: ("circle-open", theme.LEVEL),
    SecondDerivativeTest.FLAT: ("square-open", theme.LEVEL),
    SecondDerivativeTest.UNKNOWN: ("diamond-open", theme.LEVEL),
}
MANY = 100  # points from which on they are small
WAYS = (theme.FIRST, theme.SECOND, theme.CIRCLE, theme.LEVEL, theme.TAYLOR, theme.TANGENT)


def critical_traces(points: Sequence[CriticalPoint | ConstrainedPoint], axes: Axes = (0, 1)) -> list[Drawing]:
    """The points, a trace for each kind."""
    traces: list[Drawing] = []
    for kind, (symbol, color) in SYMBOLS.items():
        some = _seen([p.point for p in points if p.kind is kind], axes)
        if len(some):
            trace = theme.dots(some[:, 0], some[:, 1], translate(kind.value), color, 10 if len(points) <= MANY else 6)
            traces.append(trace | {"marker": trace["marker"] | {"symbol": symbol}})
    return traces


def shadow_traces(points: Sequence[CriticalPoint], axes: Axes) -> list[Drawing]:
    """Where points that don't lie in the plane of the two axes are seen on it."""
    some = _seen([p.point for p in points], axes)
    if not len(some):
        return []
    trace = theme.dots(some[:, 0], some[:, 1], _("critical off the slice"), theme.LEVEL, 8)
    return [trace | {"marker": trace["marker"] | {"symbol": "circle-open-dot"}, "opacity": 0.6}]


def _seen(points: Sequence[Sequence[float]], axes: Axes) -> Array:
    return np.array([[point[k] for k in axes] for point in points], dtype=float).reshape(-1, 2)


def within(way: Array, windows: Sequence[tuple[float, float]]) -> Array:
    """The steps (n, ...), those outside the windows NaN: a path that runs away would stretch the axes."""
    low, high = np.array(windows).T
    place = way[:, : len(windows)]
    inside = ((place >= low) & (place <= high)).all(1)
    return np.where(inside[:, None], way, np.nan)


def path_traces(paths: Sequence[Path], windows: Sequence[tuple[float, float]], axes: Axes = (0, 1)) -> list[Drawing]:
    """Each path with a dot a step, as far as it stays in the windows of the two axes."""
    traces: list[Drawing] = []
    for path in paths:
        way = within(_seen([step.point for step in path.steps], axes), windows)
        order = list(METHODS).index(path.method)
        trace = theme.line(way[:, 0], way[:, 1], translate(METHODS[path.method].title), WAYS[order], width=2)
        traces.append(trace | {"mode": "lines+markers", "marker": {"size": 5}})
    return traces
