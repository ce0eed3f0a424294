"""A plotly figure as plain dicts: plotly's own objects check every property, which takes longer than the maths."""

from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import plotly.io
from plotly.basedatatypes import BaseFigure

Drawing = dict[str, Any]


class Figure(BaseFigure):  # type: ignore[misc]
    """Traces and a layout, sent as they are; the tests check them against plotly's schema.

    Whoever draws it asks a BaseFigure for nothing but `to_dict`; `plotly.graph_objects.Figure(figure.to_dict())` is the
    checked figure with all its methods.
    """

    def __init__(self, data: list[Drawing], layout: Mapping[str, Any]) -> None:
        self._traces = data
        self._arranged = layout

    def to_dict(self) -> dict[str, Any]:
        """What plotly.js draws: every array as base64, the layout with the template in use."""
        layout = {"template": _template(plotly.io.templates.default), **self._arranged}
        return {"data": [_packed(trace) for trace in self._traces], "layout": layout}


@lru_cache(maxsize=4)
def _template(name: str) -> dict[str, Any]:
    template: dict[str, Any] = plotly.io.templates[name].to_plotly_json()
    return template


def _packed(trace: Drawing) -> Drawing:
    return {key: _array(value) if isinstance(value, np.ndarray) else value for key, value in trace.items()}


def _array(values: np.ndarray[Any, np.dtype[Any]]) -> object:
    """The array as plotly.js reads it, float64, in rows where it has two dimensions."""
    if not values.size:
        return []
    packed = {
        "dtype": "f8",
        "bdata": b64encode(np.ascontiguousarray(values, dtype=np.float64).tobytes()).decode("ascii"),
    }
    return packed if values.ndim == 1 else packed | {"shape": ", ".join(map(str, values.shape))}
