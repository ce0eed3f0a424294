"""Which detail is open below the plots, what it adds to the map, and its words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
import torch

from lib.calculus import LocalModel
from lib.calculus.audit.partials import missing_partials
from lib.calculus.descent import Path
from lib.export.gradient_script import gradient_script
from lib.figures.figure import Drawing
from lib.figures.landmarks import critical_traces, path_traces, shadow_traces
from lib.figures.layers import direction_arrow
from lib.figures.relief import ways
from lib.locale import _
from lib.ui import state
from lib.ui.gradient.check import show_check
from lib.ui.gradient.constraint import (
    ConstraintInput,
    curve_traces,
    input_constraint,
    search_on_curve,
    show_constraint,
)
from lib.ui.gradient.critical import search_critical, show_critical
from lib.ui.gradient.descent import DescentInput, find_paths, input_descent, show_code, show_paths
from lib.ui.gradient.maps import input_maps, show_maps
from lib.ui.gradient.model import input_direction, show_direction, show_model
from lib.ui.gradient.place import GradientInput
from lib.ui.gradient.plane import Plane
from lib.ui.gradient.table import show_table
from lib.ui.slices import Running
from lib.ui.typed import Typed

MOST_PROVED = 3  # variables of a search for critical points


@dataclass(frozen=True)
class Detail:
    """What is open, and its inputs."""

    name: str
    descent: DescentInput | None = None
    direction: tuple[float, ...] | None = None
    maps: tuple[str, ...] = ()
    constraint: ConstraintInput | None = None


@dataclass(frozen=True)
class Found:
    """What the open detail found before the plots are drawn."""

    search: Running | None = None
    constraint: ConstraintInput | None = None
    paths: tuple[Path, ...] = ()
    direction: tuple[float, ...] | None = None

    def over(self, plane: Plane) -> Sequence[Drawing]:
        """What to mark on the map; on a slice, projected onto it."""
        if self.direction:
            width = plane.windows[0][1] - plane.windows[0][0]
            seen = [self.direction[k] for k in plane.axes]
            return direction_arrow(plane.place, torch.tensor(seen, dtype=torch.float64), width) if any(seen) else []
        if self.search and self.constraint:
            return curve_traces(plane, self.constraint, self.search)
        if self.search:
            points = self.search.found.points
            beside = [p for p in points if not plane.holds(p.point)]
            inside = [p for p in points if plane.holds(p.point)]
            return [*shadow_traces(beside, plane.axes), *critical_traces(inside, plane.axes)]
        return path_traces(self.paths, plane.windows, plane.axes)

    def upon(self, plane: Plane) -> Sequence[Drawing]:
        """What to draw along the surface."""
        return [] if plane.held else ways(self.paths, plane.land)


def input_detail(it: Typed, chosen: GradientInput, plane: Plane | None) -> Detail:
    """Which detail is open."""
    names = {"model": _("Local model"), "points": _("All points")}
    if plane:
        names["maps"] = _("Maps")
    if len(chosen.windows) <= MOST_PROVED:
        names["critical"] = _("Critical points")
    if len(it.variables) == 2:
        names["constraint"] = _("Constraint")
    names |= {"descent": _("Descent"), "check": _("Check"), "code": _("PyTorch code")}
    opened = state.choice(_("Details"), names, "about", "model", label_visibility="collapsed")
    if opened in ("model", "code"):
        return Detail(opened, direction=input_direction(len(it.variables)))
    if opened == "maps" and plane:
        return Detail(opened, maps=input_maps(plane))
    if opened == "constraint":
        return Detail(opened, constraint=input_constraint(it))
    return Detail(opened, input_descent() if opened == "descent" else None)


def find(it: Typed, chosen: GradientInput, detail: Detail) -> Found:
    """What the open detail needs before the plots are drawn."""
    if detail.name == "critical":
        return Found(search_critical(it, chosen.windows))
    if detail.constraint:
        return Found(search_on_curve(it, chosen.windows, detail.constraint), detail.constraint)
    if detail.descent:
        return Found(paths=tuple(find_paths(it, chosen.point, detail.descent)))
    return Found(direction=detail.direction)


def show(
    it: Typed, chosen: GradientInput, detail: Detail, found: Found, model: LocalModel, plane: Plane | None
) -> None:
    """The open detail."""
    match detail.name:
        case "critical" if found.search:
            show_critical(it, found.search)
        case "constraint" if found.search and found.constraint:
            show_constraint(it, found.search, found.constraint)
        case "descent" if detail.descent:
            show_paths(it, found.paths)
            show_code(it, chosen.point, detail.descent)
        case "maps" if plane:
            show_maps(plane, detail.maps)
        case "points":
            show_table(it, chosen.points)
        case "check":
            show_check(it, chosen.point)
        case "code":
            st.code(_code(it, chosen, detail.direction), language="python")
        case _:
            if detail.direction:
                show_direction(detail.direction, model)
            show_model(it, torch.tensor(chosen.point, dtype=torch.float64), model)


def _code(it: Typed, chosen: GradientInput, direction: tuple[float, ...] | None) -> str:
    """The script that prints the numbers at all points."""
    points = torch.tensor(chosen.points, dtype=torch.float64)
    missing = missing_partials(it.function, points, variables=it.variables, at=it.at)
    kinks = [chosen.points[i] for i in sorted({i for i, _variable in missing})]
    return gradient_script(
        it.function, chosen.points, variables=it.variables, at=it.at, direction=direction, kinks=kinks
    )
