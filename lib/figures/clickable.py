"""Where a plot answers a click."""

import numpy as np

from lib.figures.figure import Drawing
from lib.figures.theme import Array

PLACES = 400  # along a curve


def clickable(x: Array, f: Array, name: str = "f") -> Drawing:
    """Invisible markers along f: plotly reports clicks on markers only."""
    seen = np.flatnonzero(np.isfinite(f))
    some = seen[:: max(1, len(seen) // PLACES)]
    return {
        "type": "scatter",
        "x": x[some],
        "y": f[some],
        "mode": "markers",
        "marker": {"size": 2, "opacity": 0},
        "selected": {"marker": {"opacity": 0}},
        "unselected": {"marker": {"opacity": 0}},
        "hovertemplate": f"%{{x:.6~g}}, %{{y:.6~g}}<extra>{name}</extra>",
        "showlegend": False,
        "name": "click",
    }
