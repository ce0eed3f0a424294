"""Tangent, normal and curvature at the points, as equations and numbers."""

from math import isfinite

import torch

from lib.calculus.local_geometry import graph_geometry, parametric_geometry
from lib.locale import _
from lib.ui.inputs import DerivativesInput
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import UNDEFINED, number, table, take_away
from lib.ui.typed import Typed


def show_tangents(it: Typed, chosen: DerivativesInput) -> None:
    """A row a point of the graph."""
    name = label_of(it.variable)
    points = torch.tensor(chosen.points, dtype=torch.float64)
    local = graph_geometry(it.function, points, variable=it.variable, at=it.at, component=chosen.component)
    head = [name, _("tangent line"), _("normal"), _("curvature κ"), _("radius 1/|κ|")]
    rows: list[list[float | str]] = []
    for k, x in enumerate(chosen.points):
        f, slope = float(local.point[k, 1]), float(local.velocity[k, 1])
        normal = f"{name} = {number(x)}" if slope == 0 else line(name, -1 / slope, f + x / slope if slope else f)
        radius = float(local.radius[k])
        shown: float | str = "∞" if radius == float("inf") else radius
        rows.append([x, line(name, slope, f - slope * x), normal if isfinite(slope) else UNDEFINED,
                     float(local.curvature[k]), shown])  # fmt: skip
    table(head, rows, _("Tangent, normal and curvature at the points"))
    hint(
        _("κ = f″/(1 + f′²)^(3/2) is positive where the curve bends to the left; the osculating circle has its radius.")
    )


def line(name: str, slope: float, height: float) -> str:
    """The equation of a line, the terms that are 0 left out."""
    if not (isfinite(slope) and isfinite(height)):
        return UNDEFINED
    factor = {1.0: "", -1.0: "−"}.get(slope, f"{_signed(slope)} ")
    first = f"{factor}{name}" if slope else ""
    if not first:
        return f"y = {_signed(height)}"
    rest = f" {'+' if height > 0 else '−'} {number(abs(height))}" if height else ""
    return f"y = {first}{rest}"


def _signed(value: float) -> str:
    return number(value).replace("-", "−", 1) if value < 0 else number(value)


def plane_table(it: Typed, chosen: DerivativesInput) -> None:
    """Place, velocity, speed and curvature of a parametric curve at the points."""
    name = label_of(it.variable)
    local = parametric_geometry(
        it.function, torch.tensor(chosen.points, dtype=torch.float64), variable=it.variable, at=it.at
    )
    head = [name, "f₁", "f₂", "f₁ ′", "f₂ ′", _("speed"), _("curvature κ"), _("radius 1/|κ|")]
    columns = [
        list(chosen.points), *local.point.T.tolist(), *local.velocity.T.tolist(), local.speed.tolist(),
        local.curvature.tolist(), local.radius.tolist(),
    ]  # fmt: skip
    table(head, zip(*columns, strict=True), _("The parametric curve at the points"))
    take_away(head, zip(*columns, strict=True), "curve.csv")
