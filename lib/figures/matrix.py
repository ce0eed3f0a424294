"""A matrix as a labelled heat map."""

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from lib.figures import theme
from lib.figures.figure import Figure
from lib.figures.span import finite

CELL, LEAST, MOST = 54, 220, 480  # pixels of a row, and of the plot
DIGITS = {5: 4, 8: 3}  # significant ones, by the most columns that leave room for them


def matrix_figure(matrix: Tensor, names: Sequence[str]) -> Figure:
    """A symmetric matrix (d, d), every entry written in its cell; blue below 0, orange above."""
    values = np.asarray(matrix)
    size = float(np.abs(finite(values)).max(initial=0.0)) or 1.0
    digits = next((digits for most, digits in DIGITS.items() if len(names) <= most), 2)
    trace = {
        "type": "heatmap",
        "x": list(names),
        "y": list(names),
        "z": values,
        "text": [[f"{x + 0.0:.{digits}g}" if np.isfinite(x) else "—" for x in row] for row in values],
        "texttemplate": "%{text}",
        "textfont": {"color": "#FFFFFF", "size": 14},
        "colorscale": theme.DIVERGING,
        "zmin": -size,
        "zmax": size,
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": "∂²f/∂%{y}∂%{x} = %{z:.6~g}<extra></extra>",
    }
    x = {"side": "top", "type": "category", "zeroline": False, "ticks": "", "tickfont": {"size": 14}}
    y = {"autorange": "reversed", "type": "category", "showgrid": False, "ticks": "", "tickfont": {"size": 14}}
    layout = theme.framed(min(MOST, max(LEAST, 40 + CELL * len(names))), x=x, y=y)
    return Figure([trace], layout)
