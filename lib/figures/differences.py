"""The error of central differences against their step."""

import numpy as np

from lib.calculus.audit.differences import DifferenceCurve
from lib.figures import theme
from lib.figures.figure import Figure

FLOOR = 1e-18  # where errors of 0 are drawn on the logarithmic axis


def difference_figure(seen: DifferenceCurve) -> Figure:
    """The errors of the first and second difference at the first of its points, both axes logarithmic."""
    traces = []
    h = np.asarray(seen.h)
    for row, (name, order) in enumerate((("f ′", 1), ("f ″", 2))):
        color, dash = theme.order_style(order)
        errors = np.asarray(seen.errors[row, :, 0])
        traces.append(
            theme.line(h, np.where(np.isfinite(errors), np.maximum(errors, FLOOR), np.nan), name, color, dash)
        )
    log = {"type": "log", "exponentformat": "power"}
    return Figure(traces, theme.framed(280, x=log | {"title": {"text": "h"}, "zeroline": False}, y=log))
