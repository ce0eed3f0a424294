"""The error of central differences against their step."""

import numpy as np
import plotly.graph_objects as go

from lib.calculus.differences import DifferenceCurve
from lib.figures import theme

FLOOR = 1e-18  # where errors of 0 are drawn on the logarithmic axis


def difference_figure(seen: DifferenceCurve) -> go.Figure:
    """The errors of the first and second difference at the first of its points, both axes logarithmic."""
    figure = go.Figure()
    h = np.asarray(seen.h)
    for row, (name, order) in enumerate((("f ′", 1), ("f ″", 2))):
        color, dash = theme.order_style(order)
        errors = np.asarray(seen.errors[row, :, 0])
        figure.add_trace(
            theme.line(h, np.where(np.isfinite(errors), np.maximum(errors, FLOOR), np.nan), name, color, dash)
        )
    theme.framed(figure, 280)
    figure.update_xaxes(type="log", title="h", zeroline=False, exponentformat="power")
    figure.update_yaxes(type="log", exponentformat="power")
    return figure
