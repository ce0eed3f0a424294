"""The curve of f with f', f'', the tangents and the points."""

import numpy as np
import plotly.graph_objects as go
from torch import Tensor

from lib.calculus import Curve
from lib.figures import theme
from lib.figures.span import span
from lib.figures.theme import Array
from lib.locale import _

STYLES = (("f", theme.F, "solid"), ("f ′", theme.FIRST, "dash"), ("f ″", theme.SECOND, "dot"))
TANGENT_LENGTH = 0.3  # of the plot's width; shared out when there are many points
MANY = 12
SHAPE = 0.6  # height of the plot over its width, about


def curve_figure(curve: Curve, points: Tensor, at_points: Tensor, *, noisy: bool = False) -> go.Figure:
    """f, f' dashed and f'' dotted over the window, with the tangent at each point.

    points (m,) and at_points (orders, m), the values and derivatives there. A point where f or f' is undefined gets no
    tangent, and one where f is undefined no dot. The samples of a noisy f are dots, as nothing joins them.
    """
    x, values = np.asarray(curve.x), np.asarray(curve.values)
    at, f, slope = np.asarray(points), np.asarray(at_points[0]), np.asarray(at_points[1])
    low, high = span(values[0], values[1:], f)
    figure = go.Figure()
    for rank in reversed(range(len(values))):  # f comes last, on top; the legend names it first
        name, color, dash = STYLES[rank]
        trace = theme.line(x, values[rank], name, color, dash).update(legendrank=rank)
        if noisy and rank == 0:
            trace.update(mode="markers", marker={"color": color, "size": 3.5})
        figure.add_trace(trace)
    figure.add_trace(_tangents(at, f, slope, float(x[-1] - x[0]), high - low))
    seen = np.isfinite(f)
    figure.add_trace(theme.dots(at[seen], f[seen], _("point")))
    theme.framed(figure)
    figure.update_xaxes(range=[float(x[0]), float(x[-1])])
    figure.update_yaxes(range=[low, high])
    return figure


def _tangents(at: Array, f: Array, slope: Array, width: float, height: float) -> go.Scatter:
    """One trace with all tangents, equally long to the eye, a gap between each two."""
    ok = np.isfinite(f) & np.isfinite(slope)
    at, f, slope = at[ok], f[ok], slope[ok]
    length = TANGENT_LENGTH * (MANY / len(at) if len(at) > MANY else 1.0)
    half = 0.5 * width * length / np.hypot(1.0, SHAPE * slope * width / height)
    gap = np.full_like(at, np.nan)
    x = np.stack([at - half, at + half, gap], 1).ravel()
    y = np.stack([f - slope * half, f + slope * half, gap], 1).ravel()
    trace = theme.line(x, y, _("tangent line"), theme.TANGENT, width=2)
    return trace.update(mode="lines+markers", marker={"size": 5, "color": theme.TANGENT})
