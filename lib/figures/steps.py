"""What a method drew at one step: the way so far, and the tangent, chord or curve that leads on, with its bracket."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from lib.figures import theme
from lib.figures.figure import Drawing
from lib.figures.theme import Array
from lib.inverse import Step
from lib.inverse.problem import Point
from lib.locale import _

SAMPLES = 400  # of a curve that a method drew
BARS = 14  # brackets drawn: later ones are narrower than a pixel
STRIP = 0.35  # height of the strip below the curve that holds the brackets
SHADE = "rgba(217,102,58,0.10)"


def way(steps: Sequence[Step], y: float) -> list[Drawing]:
    """From the level up or down to the curve, then along the tangent or chord back to the level, step after step."""
    xs = np.array([step.x for step in steps])
    fs = np.array([step.f for step in steps])
    across, up = np.repeat(xs, 2), np.stack([np.full_like(fs, y), fs], 1).ravel()
    if steps[-1].parallel:
        name = _("parallel to the first tangent")
    else:
        name = _("chord") if steps[-1].derivative is None else _("tangent line")
    return [theme.line(across, up, name, theme.TANGENT, width=1.5)]


def drawn_at(step: Step, following: Step | None, y: float, across: Array) -> list[Drawing]:
    """What led to the x of a step in a bracket, or leads on from another one, over the x of the plot."""
    led = step if step.ends is not None else following
    traces: list[Drawing] = []
    curve = _model(step, across)
    if curve is not None:
        traces.append(theme.line(*curve, theme.FIRST, width=2) | {"hoverinfo": "skip", "hovertemplate": None})
    if step.ends is not None:
        ends = np.array([[point.x, point.f] for point in step.ends])
        traces.append(theme.dots(ends[:, 0], ends[:, 1], _("ends of the bracket"), theme.FIRST, 9))
    if led is not None:
        x, f = np.array([led.x, led.x]), np.array([y, led.f])
        traces.append(theme.line(x, f, "", theme.FIRST, "dot", 1.5) | {"showlegend": False, "hoverinfo": "skip"})
    return traces


def _model(step: Step, across: Array) -> tuple[Array, Array, str] | None:
    """The line or curve that the method put through f, and its name."""
    if len(step.through) > 2:
        return *_inverse_interpolant(step.through), _("inverse interpolation")
    if len(step.through) == 2:
        (a, b) = step.through
        if a.x == b.x:  # the last step of a secant may be 0
            return None
        return across, a.f + (across - a.x) * ((b.f - a.f) / (b.x - a.x)), _("chord of this step")
    slope = step.derivative
    if slope is None or not np.isfinite([slope, step.f]).all():
        return None
    d = across - step.x
    if not step.second or not slope:
        return across, step.f + d * slope, _("line of this step") if step.parallel else _("tangent of this step")
    below = 1 - d * step.second / (2 * slope)
    with np.errstate(divide="ignore", invalid="ignore"):
        f = np.where(below > 0, step.f + d * slope / below, np.nan)  # the branch through the point
    return across, f, _("osculating hyperbola")


def _inverse_interpolant(points: Sequence[Point]) -> tuple[Array, Array]:
    """The polynomial x(f) through the points, by Lagrange's formula."""
    fs = np.array([point.f for point in points])
    u = np.linspace(fs.min(), fs.max(), SAMPLES)
    x = np.zeros_like(u)
    for k, point in enumerate(points):
        others = np.delete(fs, k)
        x += point.x * np.prod((u[:, None] - others) / (fs[k] - others), axis=1)
    return x, u


def brackets(steps: Sequence[Step]) -> Drawing:
    """One bar a step, the first on top."""
    rows = [(k, step.bracket) for k, step in enumerate(steps[:BARS]) if step.bracket is not None]
    x = [end for _k, (a, b) in rows for end in (a, b, np.nan)]
    rank = [height for k, _bracket in rows for height in (-k, -k, np.nan)]
    trace = theme.line(np.array(x), np.array(rank, dtype=float), _("brackets"), theme.FIRST, width=3)
    return trace | {"yaxis": "y2", "hovertemplate": "%{x:.8~g}"}


def strip(step: Step, count: int) -> dict[str, Any]:
    """The layout that puts `count` bars into the strip at the foot of the plot, and shades the bracket of the step."""
    rows = max(8, min(count, BARS))
    share = STRIP / (1 + STRIP)
    axis = {
        "overlaying": "y",
        "visible": False,
        "fixedrange": True,
        "range": [-rows, rows * (1 - share) / share],
    }
    if step.bracket is None:
        return {"yaxis2": axis}
    low, high = step.bracket
    shade = {"type": "rect", "x0": low, "x1": high, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    return {"yaxis2": axis, "shapes": [shade | {"fillcolor": SHADE, "line": {"width": 0}}]}
