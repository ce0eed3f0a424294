"""A vector of components: as a family of curves over one axis, or two of them as a curve in the plane."""

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from lib.calculus import Curve
from lib.calculus.local_geometry import LocalGeometry
from lib.figures import theme
from lib.figures.curve import Marks, Range, in_float32, order_name, strayed
from lib.figures.figure import Drawing, Figure
from lib.figures.span import NOTHING, span
from lib.figures.theme import Array
from lib.locale import _

REACH = 0.25  # of the larger side of the plot: the longest velocity drawn
SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


def component_name(component: int, order: int = 0) -> str:
    """f₁, f₁ ′, …"""
    return order_name(order).replace("f", f"f{component + 1}".translate(SMALL), 1)


def family_figure(
    curve: Curve,
    points: Tensor,
    at_points: Tensor,
    *,
    drawn: Sequence[int] = (0,),
    view: tuple[Range, Range] | None = None,
    marks: Sequence[Marks] = (),
    single: Sequence[Tensor] = (),
) -> Figure:
    """Every component over the window: curve.values (orders, k, n), at_points (orders, k, m); single: of each
    component (orders, n), what float32 gives at the curve's x, to be seen where it strays.

    Components differ by colour and dash, their derivatives by being thinner. view: the ranges that are zoomed in on.
    """
    x, values = np.asarray(curve.x), np.asarray(curve.values)
    at, f = np.asarray(points), np.asarray(at_points[0])
    shown = [order for order in drawn if order < len(values)]
    lowest, others = (values[shown[0]], values[shown[1:]]) if shown else (values[:0], values[:0])
    low, high = span(lowest, others, f.ravel() if 0 in shown else NOTHING, x=x)
    traces: list[Drawing] = [
        in_float32(x, row, component_name(component, order), component)
        for component, rows in enumerate(single)
        for order, row in strayed(rows, values[:, component], shown, dict.fromkeys(shown, (low, high)))
    ]
    for order in reversed(shown):
        for component in range(values.shape[1]):
            color, dash = theme.order_style(component)
            name = component_name(component, order)
            trace = theme.line(x, values[order, component], name, color, dash, 2.5 if order == 0 else 1.25)
            traces.append(trace | {"legendrank": 10 * order + component} | ({} if order else theme.SILENT))
    if 0 in shown:
        traces += [theme.marks(mark.x, mark.y, mark.name, mark.symbol) for mark in marks]
        for component, row in enumerate(f):
            seen = np.isfinite(row)
            dots = theme.dots(at[seen], row[seen], _("point"), theme.order_style(component)[0])
            traces.append(dots | {"showlegend": component == 0})
    across = list(view[0]) if view else [float(x[0]), float(x[-1])]
    layout = theme.framed(x={"range": across}, y={"range": list(view[1]) if view else [low, high]})
    return Figure(traces, layout | {"margin": theme.BESIDE_BUTTONS})


def plane_figure(
    curve: Curve,
    points: Tensor,
    local: LocalGeometry,
    *,
    letter: str = "t",
    circles: bool = False,
    view: tuple[Range, Range] | None = None,
) -> Figure:
    """The curve (f₁, f₂) with the velocity at each point (m,), and the osculating circles if wanted; equal scales."""
    across, up = np.asarray(curve.values)[0]
    t = np.asarray(curve.x)
    place, velocity = np.asarray(local.point), np.asarray(local.velocity)
    size = view[0][1] - view[0][0] if view else _size(across, up)
    ok = np.isfinite(place).all(1)
    told = f"{letter} = %{{customdata:.6~g}}: {theme.HOVER}"
    traces = [
        *([_circles(local, ok)] if circles else []),
        theme.line(across, up, _("curve"), theme.F) | {"customdata": t, "hovertemplate": told},
        _arrows(place[ok], velocity[ok], size),
        theme.dots(place[ok, 0], place[ok, 1], _("point"))
        | {"customdata": np.asarray(points)[ok], "hovertemplate": told},
    ]
    x: theme.Axis = {"title": theme.title("f₁"), "showgrid": True}
    y: theme.Axis = {"title": theme.title("f₂"), "scaleanchor": "x", "scaleratio": 1}
    if view:
        x, y = x | {"range": list(view[0])}, y | {"range": list(view[1])}
    return Figure(traces, theme.framed(x=x, y=y) | {"margin": theme.BESIDE_BUTTONS})


def _size(across: Array, up: Array) -> float:
    seen = np.isfinite(across) & np.isfinite(up)
    return max(float(np.ptp(across[seen])), float(np.ptp(up[seen]))) if seen.any() else 1.0


def _arrows(place: Array, velocity: Array, size: float) -> Drawing:
    """The velocities from their points, scaled alike so that the longest fits."""
    ok = np.isfinite(velocity).all(1)
    place, velocity = place[ok], velocity[ok]
    longest = float(np.hypot(*velocity.T).max(initial=0.0))
    tip = place + velocity * (REACH * size / longest if longest > 0 else 0.0)
    gap = np.full_like(place, np.nan)
    path = np.stack([place, tip, gap], 1).reshape(-1, 2)
    trace = theme.line(path[:, 0], path[:, 1], _("velocity"), theme.TANGENT, width=2)
    marker = {"symbol": "arrow", "size": 11, "angleref": "previous", "color": theme.TANGENT}
    return trace | {"mode": "lines+markers", "marker": marker}


def _circles(local: LocalGeometry, ok: Array) -> Drawing:
    centre, radius = np.asarray(local.centre)[ok], np.asarray(local.radius)[ok]
    ok = np.isfinite(centre).all(1) & np.isfinite(radius)
    turn = np.append(np.linspace(0, 2 * np.pi, 121), np.nan)
    x = (centre[ok, :1] + radius[ok, None] * np.cos(turn)).ravel()
    y = (centre[ok, 1:] + radius[ok, None] * np.sin(turn)).ravel()
    return theme.line(x, y, _("osculating circle"), theme.CIRCLE, "dashdot", width=1.5)
