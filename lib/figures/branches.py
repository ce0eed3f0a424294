"""The inverse of f: each branch as x over y, and as the mirror image of f in the line y = x."""

from collections.abc import Sequence

import numpy as np

from lib.calculus import Curve
from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.span import span
from lib.figures.theme import Array
from lib.inverse import Branch
from lib.locale import _

HEIGHT = 340


def branch_pieces(curve: Curve, branches: Sequence[Branch]) -> list[tuple[Array, Array]]:
    """x and f on each branch, from end to end."""
    x, f = np.asarray(curve.x), np.asarray(curve.values)[0]
    pieces = []
    for branch in branches:
        ends = (branch.bottom, branch.top) if branch.rising else (branch.top, branch.bottom)
        inside = (x > branch.low) & (x < branch.high) & np.isfinite(f)
        pieces.append(
            (
                np.concatenate([[branch.low], x[inside], [branch.high]]),
                np.concatenate([ends[:1], f[inside], ends[1:]]),
            )
        )
    return pieces


def inverse_function_figure(pieces: Sequence[tuple[Array, Array]], names: tuple[str, str]) -> Figure:
    """x = f⁻¹(y), a line for each branch."""
    traces: list[Drawing] = []
    for k, (x, f) in enumerate(pieces):
        color, dash = theme.order_style(k)
        traces.append(theme.line(f, x, f"{names[0]}{_small(k + 1)}", color, dash))
    low, high = span(np.concatenate([f for _x, f in pieces]), np.empty(0), np.empty(0)) if pieces else (-1.0, 1.0)
    across = {"title": {"text": names[1]}, "range": [low, high]}
    return Figure(traces, theme.framed(HEIGHT, x=across, y={"title": {"text": names[0]}}))


def mirror_figure(pieces: Sequence[tuple[Array, Array]], window: tuple[float, float]) -> Figure:
    """f, the line y = x, and the branches of the inverse mirrored in it; equal scales."""
    ends = np.array(window)
    traces = [theme.line(ends, ends, "y = x", theme.TANGENT, "dot", 1.5)]
    for k, (x, f) in enumerate(pieces):
        traces.append(theme.line(x, f, "f", theme.TANGENT, "solid", 2) | {"showlegend": k == 0})
    for k, (x, f) in enumerate(pieces):
        color, dash = theme.order_style(k)
        traces.append(theme.line(f, x, _("mirrored") + f" {_small(k + 1)}", color, dash) | {"showlegend": False})
    x_axis = {"range": list(window), "constrain": "domain"}
    y_axis = {"range": list(window), "scaleanchor": "x", "constrain": "domain"}
    return Figure(traces, theme.framed(HEIGHT, x=x_axis, y=y_axis))


def _small(number: int) -> str:
    return str(number).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
