"""Heat maps over the window: |∇f|, det H, and the entries of gradient and Hessian."""

from collections.abc import Sequence

import streamlit as st

from lib.figures.maps import Map, columns_of, maps_figure
from lib.locale import _
from lib.ui import state
from lib.ui.gradient.check import entry_name
from lib.ui.gradient.plane import Plane
from lib.ui.results import zoom_plot

ENTRIES = {"x": (0,), "y": (1,), "xx": (0, 0), "xy": (0, 1), "yy": (1, 1)}
ALL_VARIABLES = {"norm": "|∇{f}|", "det": "det H"}  # of what a slice shows only a part of


def input_maps(plane: Plane) -> tuple[str, ...]:
    """Which maps are shown."""
    names = names_of(plane)
    return state.choices(_("Maps"), names, "maps", list(names)[:2], label_visibility="collapsed")


def names_of(plane: Plane) -> dict[str, str]:
    """The maps there are, by code."""
    names = {} if plane.held else {code: name.format(f=plane.f) for code, name in ALL_VARIABLES.items()}
    return names | {code: entry_name(place, plane.names, plane.f) for code, place in ENTRIES.items()}


def show_maps(plane: Plane, chosen: Sequence[str]) -> None:
    """The chosen maps in one figure."""
    if not chosen:
        return
    field = plane.field
    maps, names = [], names_of(plane)
    for code in chosen:
        if code == "norm":
            maps.append(Map(names[code], field.norm, signed=False))
        elif code == "det":
            maps.append(Map(names[code], field.determinant))
        else:
            place = ENTRIES[code]
            values = field.gradient[..., place[0]] if len(place) == 1 else field.hessian[..., place[0], place[1]]
            maps.append(Map(names[code], values))
    alt = _("Heat maps over the window: {names}.", names=", ".join(shown.name for shown in maps))
    with st.container(key=f"maps_{columns_of(len(maps))}"), st.container(key="clickable_maps"):
        zoom_plot(maps_figure(maps, field.x, field.y, plane.place, plane.names), "maps_plot", alt)
