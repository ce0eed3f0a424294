"""The solutions of f(x) = y, and how a method walked to one, up to one of its steps."""

import numpy as np

from lib.calculus import Curve
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.solutions import solution_marks
from lib.figures.span import span
from lib.figures.steps import STRIP, brackets, drawn_at, strip, way
from lib.inverse import Solutions, Trace
from lib.locale import _

Range = tuple[float, float]


def inverse_figure(
    curve: Curve,
    y: float,
    trace: Trace | None,
    found: Solutions,
    *,
    shown: int | None = None,
    view: tuple[Range, Range] | None = None,
) -> Figure:
    """The curve, the level y, all solutions, and the trace up to its step `shown`, or to its end; what the method drew
    at that step stands out. Then the x that the trace ended at, if that is none of the solutions: outside the window,
    or where there is no proof. view: the ranges of x and f that are zoomed in on."""
    x, f = np.asarray(curve.x), np.asarray(curve.values)[0]
    every = trace.steps if trace else ()
    last = len(every) - 1 if shown is None else min(shown, len(every) - 1)
    steps = every[: last + 1]
    walked = np.array([step.f for step in every if x[0] <= step.x <= x[-1]], dtype=float)
    low, high = span(f, walked, np.array([y]))
    across = np.linspace(x[0], x[-1], 401)
    level = np.full_like(across, y)
    traces: list[Drawing] = []
    layout = {}
    bracketed = bool(every) and every[0].bracket is not None
    if bracketed:
        low -= STRIP * (high - low)
        traces.append(brackets(steps))
        layout = strip(steps[-1], len(every))
    elif steps:
        traces += way(steps, y)
    traces += [theme.line(x, f, "f", theme.F)]
    traces.append(theme.line(across, level, f"y = {y:.6g}", theme.LEVEL, "dash", 1.5))
    if steps:
        following = every[last + 1] if last + 1 < len(every) else None
        traces += drawn_at(steps[-1], following, y, across)
        past = np.array([[step.x, step.f] for step in steps])
        traces.append(theme.dots(past[:, 0], past[:, 1], _("iterates"), theme.TANGENT, 8))
        traces.append(theme.dots(past[-1:, 0], past[-1:, 1], _("this step"), theme.FIRST, 11) | {"showlegend": False})
    traces += solution_marks(found, y)
    if trace and trace.status.found and not (found.roots and x[0] <= trace.x <= x[-1]):
        reached = theme.dots(np.array([trace.x]), np.array([y]), _("solution"), theme.LEVEL, 12)
        traces.append(reached | {"showlegend": not found.roots})
    across_range, up = view or ((float(x[0]), float(x[-1])), (low, high))
    frame = theme.framed(x={"range": list(across_range)}, y={"range": list(up)})
    frame["margin"] = theme.BESIDE_BUTTONS
    return Figure(traces, frame | layout)
