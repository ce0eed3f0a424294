"""Where a plot answers a click."""

import numpy as np

from lib.figures import theme
from lib.figures.figure import Drawing
from lib.figures.theme import Array

PLACES = 400  # along a curve


def clickable(x: Array, y: Array, name: str = "f", parameter: Array | None = None, letter: str = "") -> Drawing:
    """Invisible markers along a curve: plotly reports clicks on markers only. A parametric curve's tell its letter."""
    seen = np.flatnonzero(np.isfinite(x) & np.isfinite(y))
    some = seen[:: max(1, len(seen) // PLACES)]
    told = {} if parameter is None else {"customdata": parameter[some]}
    where = "" if parameter is None else f"{letter} = %{{customdata:.6~g}}: "
    return told | {
        "type": "scatter",
        "x": x[some],
        "y": y[some],
        "mode": "markers",
        "marker": {"size": 2, "opacity": 0},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "hovertemplate": f"{where}{theme.HOVER}<extra>{name}</extra>",
        "showlegend": False,
        "name": "click",
    }
