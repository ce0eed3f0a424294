"""Layers that can be laid over a map of f: the curves f_x = 0 and f_y = 0, and the Hessian's axes at the point."""

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from lib.figures import theme
from lib.figures.figure import Drawing
from lib.locale import _

HALF = 0.15  # length of half an axis over the width of the map


def level_zero(across: Tensor, up: Tensor, gradient: Tensor, names: Sequence[str]) -> list[Drawing]:
    """The curves on which a component of the gradient (up, across, 2) is 0; they cross where f is critical."""
    looks = ((theme.FIRST, "solid"), (theme.SECOND, "dash"))
    return [
        {
            "type": "contour",
            "x": np.asarray(across),
            "y": np.asarray(up),
            "z": np.asarray(gradient[:, :, k]),
            "contours": {"coloring": "none", "start": 0, "end": 0, "size": 1},
            "line": {"color": color, "dash": dash, "width": 2},
            "showscale": False,
            "showlegend": True,
            "name": f"∂f/∂{names[k]} = 0",
            "hoverinfo": "skip",
        }
        for k, (color, dash) in enumerate(looks)
    ]


def axes_cross(point: Tensor, vectors: Tensor, width: float) -> list[Drawing]:
    """The directions of the Hessian's eigenvectors (2, 2), which are its columns, through the point (2,)."""
    at, columns = np.asarray(point), np.asarray(vectors).T
    if not np.isfinite(columns).all():
        return []
    ends = [at + side * HALF * width * vector for vector in columns for side in (-1.0, 1.0)]
    gap = np.array([np.nan, np.nan])
    way = np.stack([ends[0], ends[1], gap, ends[2], ends[3]])
    return [theme.line(way[:, 0], way[:, 1], _("eigenvectors"), theme.LEVEL, "solid", 2)]
