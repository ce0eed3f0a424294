"""The curve of f with its derivatives, and what stands at the points: tangents, normals, circles."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from torch import Tensor

from lib.calculus import Curve
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.span import NOTHING, span
from lib.figures.theme import Array
from lib.locale import _

TANGENT_LENGTH = 0.3  # of the plot's width; shared out when there are many points
MANY = 12
SHAPE = 0.6  # height of the plot over its width, about
SPACING = 0.04  # between plots that are stacked
UPRIGHT = 10  # heights of the plot that a vertical asymptote goes on above and below
STRAYED = 0.005  # of the plot's height: what float32 gives shows beside the curve from there on

Range = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Marks:
    """Points to mark on f: their name, places and values."""

    name: str
    x: Array
    y: Array
    symbol: str


@dataclass(frozen=True, eq=False)
class Extra:
    """A further line in the plot of f: a Taylor polynomial, an asymptote."""

    name: str
    x: Array
    y: Array
    color: str
    dash: str


def order_name(order: int) -> str:
    """f, f ′, f ″, f ‴, f⁽⁴⁾, …"""
    raised = str(order).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return ("f", "f ′", "f ″", "f ‴")[order] if order < 4 else f"f⁽{raised}⁾"


def curve_figure(
    curve: Curve,
    points: Tensor,
    at_points: Tensor,
    *,
    drawn: Sequence[int] = (0, 1, 2),
    beside: Collection[str] = ("tangent",),
    stacked: bool = False,
    noisy: bool = False,
    view: tuple[Range, Range] | None = None,
    marks: Sequence[Marks] = (),
    extras: Sequence[Extra] = (),
    poles: Sequence[float] = (),
    single: Tensor | None = None,
) -> Figure:
    """The chosen orders over the window, in one plot or one below the other, with what stands beside each point.

    points (m,) and at_points (orders, m), the values and derivatives there. beside: of tangent, normal, circle. A point
    where f or f' is undefined gets no tangent, and one where f is undefined no dot. The samples of a noisy f are dots,
    as nothing joins them. poles: where a vertical line shows an asymptote. view: the ranges of x and f that are
    zoomed in on. single (orders, n): what float32 gives at the curve's x, to be seen where it strays from under the
    curves.
    """
    x, values = np.asarray(curve.x), np.asarray(curve.values)
    at, f = np.asarray(points), np.asarray(at_points[0])
    width = float(x[-1] - x[0])
    shown = [order for order in drawn if order < len(values)]
    inside = f[(at >= x[0]) & (at <= x[-1])]  # a point out of sight doesn't scale the plot
    single_f = NOTHING if single is None else np.asarray(single[0])
    ranges = _ranges(x, values, shown, inside, single_f, stacked=stacked)
    rows = {order: shown.index(order) + 1 for order in shown} if stacked else {}
    traces: list[Drawing] = []
    for order, row in strayed(single, values, shown, ranges):
        traces.append(in_float32(x, row, order_name(order), order) | _place(rows.get(order, 1)))
    for order in reversed(shown):  # f comes last, on top; the legend names it first
        color, dash = theme.order_style(order)
        trace = theme.line(x, values[order], order_name(order), color, dash) | {"legendrank": order}
        if noisy and order == 0:
            trace |= {"mode": "markers", "marker": {"color": color, "size": 3.5}}
        traces.append(trace | _place(rows.get(order, 1)))
    if 0 in shown:
        height = ranges[0][1] - ranges[0][0]
        seen = np.isfinite(f)
        on_f = [theme.line(extra.x, extra.y, extra.name, extra.color, extra.dash, 2) for extra in extras]
        on_f += _upright(poles, view[1] if view and not stacked else ranges[0], named=not extras)
        on_f += _beside(at, np.asarray(at_points), width, height, beside)
        on_f += [theme.marks(mark.x, mark.y, mark.name, mark.symbol) for mark in marks]
        on_f += [theme.dots(at[seen], f[seen], _("point")) | {"showlegend": False}]
        traces += [trace | _place(rows.get(0, 1)) for trace in on_f]
    across = list(view[0]) if view else [float(x[0]), float(x[-1])]
    up = [list(view[1] if view and not stacked else ranges[order]) for order in (shown if stacked else shown[:1])]
    return Figure(traces, _layout(across, up))


def strayed(
    single: Tensor | None, values: Array, shown: Sequence[int], ranges: Mapping[int, Range]
) -> Iterator[tuple[int, Array]]:
    """The orders that are drawn with what float32 gives: NaN where the eye could not tell it from the curve."""
    for order in shown:
        if single is not None and order < len(single):
            row, seen = np.asarray(single[order]), STRAYED * (ranges[order][1] - ranges[order][0])
            with np.errstate(invalid="ignore"):
                yield order, np.where(np.abs(row - values[order]) > seen, row, np.nan)


def in_float32(x: Array, y: Array, name: str, style: int) -> Drawing:
    """What float32 gives, as dots: nothing joins rounding errors."""
    seen = np.isfinite(y)
    marker = {"color": theme.order_style(style)[0], "size": 3.5}
    return {
        "type": "scatter",
        "x": x[seen],
        "y": y[seen],
        "name": f"{name} (float32)",
        "mode": "markers",
        "marker": marker,
        "hovertemplate": theme.HOVER,
        "legendrank": 100 + style,
        "showlegend": bool(seen.any()),
    }


def _place(row: int) -> dict[str, str]:
    """The axes of a plot, counted from the top."""
    return {} if row == 1 else {"xaxis": f"x{row}", "yaxis": f"y{row}"}


def _layout(across: list[float], up: list[list[float]]) -> dict[str, Any]:
    """One plot below the other, a range `up` each; all move together, and the lowest has the numbers."""
    count = max(1, len(up))
    layout = theme.framed(520 if count > 2 else 460)
    layout["margin"] = theme.BESIDE_BUTTONS
    height = (1 - SPACING * (count - 1)) / count
    for row in range(1, count + 1):
        k = "" if row == 1 else str(row)
        low = (count - row) * (height + SPACING)
        x: theme.Axis = {"range": across, "anchor": f"y{k}"}
        if row < count:
            x |= {"matches": f"x{count}", "showticklabels": False}
        layout[f"xaxis{k}"] = theme.XAXIS | x
        layout[f"yaxis{k}"] = theme.YAXIS | {"anchor": f"x{k}", "domain": [low, low + height]}
    for row, ends in enumerate(up, 1):
        layout[f"yaxis{'' if row == 1 else row}"]["range"] = ends
    return layout


def _ranges(
    x: Array, values: Array, shown: Sequence[int], f: Array, single: Array, *, stacked: bool
) -> dict[int, Range]:
    """The vertical range of each drawn order: its own when stacked, else one that suits them all."""
    own = {k: (f, single) if k == 0 else (NOTHING, NOTHING) for k in range(len(values))}
    if stacked:
        return {k: span(values[k], NOTHING, *own[k], x=x) for k in shown}
    first = shown[0] if shown else 0
    common = span(values[first], values[list(shown[1:])], *own[first], x=x)
    return dict.fromkeys(shown, common)


def _upright(poles: Sequence[float], seen: Range, *, named: bool) -> list[Drawing]:
    """The vertical asymptotes in one trace, high enough to be panned; in the legend if named."""
    if not poles:
        return []
    height = UPRIGHT * (seen[1] - seen[0])
    x, gap = np.repeat(np.array(poles), 3), np.nan
    y = np.tile([seen[0] - height, seen[1] + height, gap], len(poles))
    trace = theme.line(x, y, _("asymptote"), theme.FAINT, "dot", 1.5)
    return [trace | theme.SILENT | {"showlegend": named}]


def _beside(at: Array, values: Array, width: float, height: float, wanted: Collection[str]) -> list[Drawing]:
    """Tangents, normals and osculating circles, a trace each."""
    if len(values) < 2:
        return []
    ok = np.isfinite(values[:2]).all(0)
    at, f, slope = at[ok], values[0][ok], values[1][ok]
    traces = []
    if "tangent" in wanted:
        traces.append(_segments(at, f, np.ones_like(slope), slope, width, height, _("tangent line"), "solid"))
    if "normal" in wanted:
        traces.append(_segments(at, f, -slope, np.ones_like(slope), width, height, _("normal"), "dot"))
    if "circle" in wanted and len(values) > 2:
        traces.append(_circles(at, f, slope, values[2][ok]))
    return traces


def _segments(at: Array, f: Array, dx: Array, dy: Array, width: float, height: float, name: str, dash: str) -> Drawing:
    """One trace with a segment through each point along (dx, dy), equally long to the eye, a gap between each two."""
    length = TANGENT_LENGTH * (MANY / len(at) if len(at) > MANY else 1.0)
    half = 0.5 * length / np.hypot(dx / width, SHAPE * dy / height)
    gap = np.full_like(at, np.nan)
    x = np.stack([at - half * dx, at + half * dx, gap], 1).ravel()
    y = np.stack([f - half * dy, f + half * dy, gap], 1).ravel()
    trace = theme.line(x, y, name, theme.TANGENT, dash, width=2)
    return trace | {"mode": "lines+markers", "marker": {"size": 5, "color": theme.TANGENT}}


def _circles(at: Array, f: Array, slope: Array, bend: Array) -> Drawing:
    """The osculating circle at each point where f'' is not 0: centre and radius from f' and f''."""
    ok = np.isfinite(bend) & (bend != 0)
    at, f, slope, bend = at[ok], f[ok], slope[ok], bend[ok]
    reach = (1 + slope**2) / bend
    turn = np.append(np.linspace(0, 2 * np.pi, 121), np.nan)
    radius = np.abs(reach) * np.hypot(1, slope)
    x = ((at - slope * reach)[:, None] + radius[:, None] * np.cos(turn)).ravel()
    y = ((f + reach)[:, None] + radius[:, None] * np.sin(turn)).ravel()
    return theme.line(x, y, _("osculating circle"), theme.CIRCLE, "dashdot", width=1.5)
