"""Heat maps of quantities over the window, side by side, with linked axes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from torch import Tensor

from lib.figures import theme
from lib.figures.figure import Drawing, Figure
from lib.figures.landscape import blues
from lib.figures.span import robust
from lib.figures.theme import Array
from lib.locale import _

COLUMNS = 4
GAPS = {1: 0.12, 2: 0.13, 3: 0.09, 4: 0.075}  # of the width, after each map, for its scale of colours
HEIGHT, ROW = 400, 260  # pixels: of one or two maps, and of each row of more
ROOM = 0.27  # of a row, for what stands below and above


@dataclass(frozen=True, eq=False)
class Map:
    """A quantity by name, its samples (rows up the y axis), and whether its sign matters."""

    name: str
    values: Tensor
    signed: bool = True


def columns_of(count: int) -> int:
    """How many of so many maps stand side by side."""
    return count if count <= COLUMNS else ceil(count / ceil(count / COLUMNS))


def maps_figure(maps: Sequence[Map], across: Tensor, up: Tensor, point: Tensor, names: tuple[str, str]) -> Figure:
    """The maps over the samples' coordinates, the point (2,) on each: blue below 0, grey at 0, orange above.

    A zoom into one is a zoom into all.
    """
    columns = columns_of(len(maps))
    rows = ceil(len(maps) / columns)
    x, y = np.asarray(across), np.asarray(up)
    layout = theme.framed(HEIGHT if len(maps) < 3 else ROW * rows)
    layout["margin"] = theme.BESIDE_BUTTONS
    layout["annotations"] = []
    layout["showlegend"] = False
    traces: list[Drawing] = []
    for k, shown in enumerate(maps):
        row, column = divmod(k, columns)
        left, right = column / columns, (column + 1) / columns - GAPS[columns]
        top, bottom = 1 - row / rows, 1 - (row + 1) / rows + (ROOM / rows if row < rows - 1 else 0)
        index = str(k + 1) if k else ""
        traces.append(_heat(shown, x, y, names) | {"xaxis": f"x{index}", "yaxis": f"y{index}"})
        traces[-1]["colorbar"] = _scale(right, bottom, top)
        dot = theme.dots(np.asarray(point[:1]), np.asarray(point[1:]), _("point"), size=9)
        traces.append(dot | {"xaxis": f"x{index}", "yaxis": f"y{index}"})
        linked_x, linked_y = ({"matches": "x"}, {"matches": "y"}) if k else ({}, {})
        layout[f"xaxis{index}"] = (
            _axis(x, [left, right], f"y{index}", names[0] if k + columns >= len(maps) else "") | linked_x
        )
        layout[f"yaxis{index}"] = _axis(y, [bottom, top], f"x{index}", names[1] if column == 0 else "") | linked_y
        layout["annotations"].append(_title(shown.name, (left + right) / 2, top))
    return Figure(traces, layout)


def _heat(shown: Map, x: Array, y: Array, names: tuple[str, str]) -> Drawing:
    values = np.asarray(shown.values)
    low, high = robust(values) or (-1.0, 1.0)
    if shown.signed:
        high = max(abs(low), abs(high)) or 1.0
        low = -high
    return {
        "type": "heatmap",
        "x": x,
        "y": y,
        "z": values,
        "colorscale": theme.DIVERGING if shown.signed else blues(values, low, high),
        "zmin": low,
        "zmax": high if high > low else low + 1.0,
        "hoverongaps": False,
        "name": shown.name,
        "hovertemplate": f"{names[0]} = %{{x:.4~g}}<br>{names[1]} = %{{y:.4~g}}<br>{shown.name} = %{{z:.6~g}}"
        "<extra></extra>",
    }


def _scale(right: float, bottom: float, top: float) -> dict[str, object]:
    return {
        "x": right + 0.005,
        "xanchor": "left",
        "y": (bottom + top) / 2,
        "len": top - bottom,
        "thickness": 8,
        "nticks": 5,
        "tickfont": {"size": 10},
        "outlinewidth": 0,
        "exponentformat": "power",
    }


def _axis(values: Array, domain: list[float], anchor: str, name: str) -> theme.Axis:
    ends = [float(values[0]), float(values[-1])]
    title = {"text": name, "standoff": 6}
    return {"domain": domain, "anchor": anchor, "range": ends, "title": title, "nticks": 5} | {
        "showgrid": False,
        "zeroline": False,
        "automargin": True,
    }


def _title(name: str, middle: float, top: float) -> dict[str, object]:
    return {
        "text": name,
        "x": middle,
        "y": top,
        "xref": "paper",
        "yref": "paper",
        "xanchor": "center",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 13},
    }
