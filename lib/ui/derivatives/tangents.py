"""Tangent, normal and curvature at the points, as equations and numbers."""

from math import isfinite

import torch
from torch import Tensor

from lib.calculus.audit.conventions import Missing, missing_derivatives
from lib.calculus.local_geometry import LocalGeometry, graph_geometry
from lib.calculus.undefined import why_undefined
from lib.expression.components import component as component_of
from lib.figures.vector import component_name
from lib.locale import _, translate
from lib.message import Message
from lib.ui.inputs import DerivativesInput
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import UNDEFINED, number, table, take_away
from lib.ui.tables import component_notes, component_reasons, convention_hint
from lib.ui.typed import Typed

TOLD = 3  # kinks and jumps that are told of in sentences


def show_tangents(it: Typed, chosen: DerivativesInput) -> None:
    """A row a point of the graph, or of the graph of each component."""
    head = [label_of(it.variable), _("tangent line"), _("normal"), _("curvature κ"), _("radius 1/|κ|")]
    count = it.function.shape
    parts = [_tangent_rows(it, chosen, k) for k in ([None] if count is None else range(count))]
    rows = [row for each, _why in parts for row in each]
    shift = 0 if count is None else 1
    reasons = {
        (k * len(chosen.points) + i, column + shift): why
        for k, (_rows, each) in enumerate(parts)
        for (i, column), why in each.items()
    }
    if count is not None:
        head = ["", *head]
        rows = [[component_name(i // len(chosen.points)), *row] for i, row in enumerate(rows)]
    alt = _("Tangent, normal and curvature at the points")
    table(head, rows, alt, named_rows=count is not None, reasons=reasons)
    missing = dict.fromkeys(why for k in range(count or 1) for _order, why in _missing(it, chosen, k).values())
    for why in list(missing)[:TOLD]:
        hint(why)
    hint(
        _("κ = f″/(1 + f′²)^(3/2) is positive where the curve bends to the left; the osculating circle has its radius.")
    )


def _tangent_rows(
    it: Typed, chosen: DerivativesInput, component: int | None
) -> tuple[list[list[float | str]], dict[tuple[int, int], str]]:
    """The rows, and the reason for the dash at (row, column)."""
    name = label_of(it.variable)
    points = torch.tensor(chosen.points, dtype=torch.float64)
    local = graph_geometry(it.function, points, variable=it.variable, at=it.at, component=component)
    rows: list[list[float | str]] = [
        [x, *lines(("y", name), *place, *way), curvature, infinite(radius)]
        for x, place, way, curvature, radius in zip(
            chosen.points,
            local.point.tolist(),
            local.velocity.tolist(),
            local.curvature.tolist(),
            local.radius.tolist(),
            strict=True,
        )
    ]
    f = it.function if component is None else component_of(it.function, component)
    orders = torch.stack([local.point[:, 1], local.velocity[:, 1], local.curvature])
    undefined = why_undefined(f, points, orders, variable=it.variable, at=it.at)
    reasons = {(i, 2 * order - 1 + k): translate(why) for (order, i), why in undefined.items() if order for k in (0, 1)}
    for i, (order, why) in _missing(it, chosen, component or 0).items():  # no tangent at a kink, no circle at a bend
        first = 2 * order - 1
        rows[i][first:] = [UNDEFINED] * (len(rows[i]) - first)
        reasons |= dict.fromkeys([(i, column) for column in range(first, len(rows[i]))], translate(why))
    return rows, reasons


def _missing(it: Typed, chosen: DerivativesInput, component: int) -> Missing:
    f = it.function if it.function.shape is None else component_of(it.function, component)
    points = torch.tensor(chosen.points, dtype=torch.float64)
    return missing_derivatives(f, points, variable=it.variable, at=it.at)


def infinite(radius: float) -> float | str:
    """The radius of a circle; that of a straight line with its sign."""
    return "∞" if radius == float("inf") else radius


def lines(axes: tuple[str, str], x: float, y: float, dx: float, dy: float) -> tuple[str, str]:
    """The equations of the tangent and the normal of a curve that goes through (x, y) in the direction (dx, dy)."""
    return line(axes, x, y, dx, dy), line(axes, x, y, -dy, dx)


def line(axes: tuple[str, str], x: float, y: float, dx: float, dy: float) -> str:
    """The equation of a line through a point in a direction; axes names the upright axis and the level one."""
    if not (isfinite(dx) and isfinite(dy)) or dx == dy == 0:
        return UNDEFINED
    if dx == 0:
        return f"{axes[1]} = {_signed(x)}" if isfinite(x) else UNDEFINED
    return equation(axes, dy / dx, y - dy / dx * x)


def equation(axes: tuple[str, str], slope: float, height: float) -> str:
    """upright = slope level + height, the terms that are 0 left out."""
    upright, name = axes
    if not (isfinite(slope) and isfinite(height)):
        return UNDEFINED
    factor = {1.0: "", -1.0: "−"}.get(slope, f"{_signed(slope)} ")
    first = f"{factor}{name}" if slope else ""
    if not first:
        return f"{upright} = {_signed(height)}"
    rest = f" {'+' if height > 0 else '−'} {number(abs(height))}" if height else ""
    return f"{upright} = {first}{rest}"


def _signed(value: float) -> str:
    return number(value).replace("-", "−", 1) if value < 0 else number(value)


def plane_table(it: Typed, chosen: DerivativesInput, velocity: Tensor, local: LocalGeometry, missing: Missing) -> None:
    """Place, velocity (m, 2) as computed, speed and curvature of a parametric curve at the points; missing: the
    derivatives that the curve doesn't have."""
    head = [label_of(it.variable), "f₁", "f₂", "f₁ ′", "f₂ ′", _("speed"), _("curvature κ"), _("radius 1/|κ|")]
    columns = [
        list(chosen.points), *local.point.T.tolist(), *velocity.T.tolist(), local.speed.tolist(),
        local.curvature.tolist(), local.radius.tolist(),
    ]  # fmt: skip
    rows = torch.stack([local.point.T, velocity.T])
    reasons, notes = (
        {(i, 1 + 2 * order + k): why for (order, k, i), why in found.items()}
        for found in (component_reasons(it, chosen, rows), component_notes(it, chosen, rows))
    )
    still = translate(Message("The speed is 0 here: there is no direction and no curvature."))
    straight = translate(Message("The curve doesn't bend here."))
    for k, (speed, curvature) in enumerate(zip(local.speed.tolist(), local.curvature.tolist(), strict=True)):
        if speed == 0:
            reasons |= {(k, 6): still, (k, 7): still}
        elif curvature == 0:
            reasons[k, 7] = straight
    for k, (order, why) in missing.items():
        reasons |= dict.fromkeys([(k, column) for column in range(4 + order, 8)], translate(why))
    table(head, zip(*columns, strict=True), _("The parametric curve at the points"), reasons=reasons, notes=notes)
    take_away(head, zip(*columns, strict=True), "curve.csv")
    if notes:
        convention_hint()


def show_plane_tangents(it: Typed, chosen: DerivativesInput, local: LocalGeometry) -> None:
    """The lines and the osculating circle at each point."""
    head = [label_of(it.variable), _("tangent line"), _("normal"), _("centre of the circle"), _("radius 1/|κ|")]
    rows: list[list[float | str]] = []
    for x, place, way, centre, radius in zip(
        chosen.points,
        local.point.tolist(),
        local.velocity.tolist(),
        local.centre.tolist(),
        local.radius.tolist(),
        strict=True,
    ):
        middle = f"({', '.join(map(number, centre))})" if all(map(isfinite, centre)) else UNDEFINED
        rows.append([x, *lines(("f₂", "f₁"), *place, *way), middle, infinite(radius)])
    table(head, rows, _("Tangent, normal and curvature at the points"))
    hint(_("κ is positive where the curve bends to the left; the osculating circle has the radius 1/|κ|."))
