"""The solutions of f(x) = y, and how a method walked to one: tangents or brackets."""

from collections.abc import Sequence

import numpy as np

from lib.calculus import Curve
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.solutions import solution_marks
from lib.figures.span import span
from lib.inverse import Solutions, Step, Trace
from lib.locale import _

SHOWN = 60  # steps drawn: later ones lie within a pixel of each other
BARS = 14  # brackets drawn: later ones are narrower than a pixel
STRIP = 0.35  # height of the strip below the curve that holds the brackets


def inverse_figure(curve: Curve, y: float, trace: Trace, found: Solutions) -> Figure:
    """The curve, the level y, the steps of the trace, all solutions, and the x that the trace ended at if it is none of
    them: outside the window, or where there is no proof."""
    x, f = np.asarray(curve.x), np.asarray(curve.values)[0]
    steps = trace.steps[:SHOWN]
    walked = np.array([step.f for step in steps], dtype=float)
    inside = np.array([x[0] <= step.x <= x[-1] for step in steps], dtype=bool)
    low, high = span(f, np.empty(0), np.append(walked[inside], y))
    traces: list[Drawing] = []
    bracketed = bool(steps) and steps[0].bracket is not None
    if not bracketed and steps:
        traces.append(_tangents(steps, y))
    traces.append(theme.line(x, f, "f", theme.F))
    traces.append(_level(float(x[0]), float(x[-1]), y))
    traces.append(theme.dots(np.array([s.x for s in steps]), walked, _("steps"), theme.TANGENT, 8))
    traces += solution_marks(found, y)
    if trace.status.found and not (found.roots and x[0] <= trace.x <= x[-1]):
        traces.append(theme.dots(np.array([trace.x]), np.array([y]), _("solution"), theme.LEVEL, 12))
    strip = {}
    if bracketed:
        low -= STRIP * (high - low)
        traces.append(_brackets(steps[:BARS]))
        bars = _strip(len(steps[:BARS]))
        strip = {"yaxis2": {"overlaying": "y", "visible": False, "fixedrange": True, "range": bars}}
    layout = theme.framed(x={"range": [float(x[0]), float(x[-1])]}, y={"range": [low, high]})
    return Figure(traces, layout | strip)


def _level(left: float, right: float, y: float) -> Drawing:
    return theme.line(np.array([left, right]), np.array([y, y]), f"y = {y:.6g}", theme.LEVEL, "dash", 1.5)


def _tangents(steps: Sequence[Step], y: float) -> Drawing:
    """From the level up or down to the curve, then along the tangent back to the level, step after step."""
    xs = np.array([step.x for step in steps])
    fs = np.array([step.f for step in steps])
    across, up = np.repeat(xs, 2), np.stack([np.full_like(fs, y), fs], 1).ravel()
    return theme.line(across, up, _("tangent line"), theme.TANGENT, width=1.5)


def _brackets(steps: Sequence[Step]) -> Drawing:
    """One bar a step, the first on top."""
    rows = [(k, step.bracket) for k, step in enumerate(steps) if step.bracket is not None]
    x = [end for _k, (a, b) in rows for end in (a, b, np.nan)]
    rank = [height for k, _bracket in rows for height in (-k, -k, np.nan)]
    trace = theme.line(np.array(x), np.array(rank, dtype=float), _("brackets"), theme.FIRST, width=3)
    return trace | {"yaxis": "y2", "hovertemplate": "%{x:.8~g}"}


def _strip(count: int) -> list[float]:
    """The range of the second axis that puts `count` bars into the strip at the foot of the plot."""
    rows = max(8, count)
    share = STRIP / (1 + STRIP)
    return [-rows, rows * (1 - share) / share]
