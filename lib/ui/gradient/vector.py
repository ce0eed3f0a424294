"""A vector function: its Jacobian at the point and what it says, maps over the window, all points, the code; or one
component as a function of its own."""

from collections.abc import Mapping, Sequence
from math import isfinite

import streamlit as st
import torch
from torch import Tensor

from lib.calculus import Jacobian, jacobian
from lib.calculus.audit.partials import missing_partials
from lib.calculus.gradient_field import field_points
from lib.calculus.undefined import why_undefined_at
from lib.export.gradient_script import jacobian_script
from lib.expression.components import component
from lib.figures.maps import Map, columns_of, maps_figure
from lib.figures.vector import component_name
from lib.locale import _, translate
from lib.message import Message
from lib.ui import state
from lib.ui.gradient.check_vector import show_vector_check
from lib.ui.gradient.place import GradientInput, Rows
from lib.ui.gradient.plane import Plane
from lib.ui.letters import label_of
from lib.ui.results import table, take_away, zoom_plot
from lib.ui.tables import convention_hint
from lib.ui.typed import Typed, of_component


def input_component(it: Typed) -> Typed:
    """The function, or one component of a vector, which then is the function."""
    count = it.function.shape
    if count is None:
        return it
    names = {"all": _("all"), **{str(k): component_name(k - 1) for k in range(1, count + 1)}}
    chosen = state.choice(_("Components"), names, "component", "all")
    return of_component(it, int(chosen) - 1 if chosen.isdigit() else None)


def jacobian_at(it: Typed, points: Rows) -> Jacobian:
    """The Jacobian at the points."""
    return jacobian(it.function, torch.tensor(points, dtype=torch.float64), variables=it.variables, at=it.at)


Told = dict[tuple[int, int, int], str]


def _told(it: Typed, points: Rows, found: Jacobian) -> Told:
    """(point, component, column) -> why there is a dash, or a star at autograd's convention; column 0 holds the value,
    then the partial derivatives."""
    told = {(i, k, 1 + j): translate(why) for (i, k, j), why in _missing(it, points).items()}
    nothing = torch.zeros(0, 0)
    for k in range(found.matrix.shape[1]):
        f = component(it.function, k)
        for i in (found.matrix[:, k].isnan().any(1)).nonzero()[:, 0].tolist():
            why = why_undefined_at(f, points[i], found.matrix[i, k], nothing, variables=it.variables, at=it.at)
            told = {(i, k, 1 + j): translate(reason) for (j,), reason in why.items()} | told
            if found.value[i, k].isnan():
                told[i, k, 0] = translate(next(iter(why.values())))
    return told


def _missing(it: Typed, points: Rows) -> dict[tuple[int, int, int], Message]:
    """(point, component, variable) -> why the component has no such partial derivative there."""
    places = torch.tensor(points, dtype=torch.float64)
    return {
        (i, k, j): why
        for k in range(it.function.shape or 0)
        for (i, j), (order, why) in missing_partials(
            component(it.function, k), places, variables=it.variables, at=it.at
        ).items()
        if order < 2
    }


def _existing(it: Typed, points: Rows, found: Jacobian) -> Jacobian:
    """The same, NaN instead of what is autograd's convention."""
    matrix = found.matrix.clone()
    for place in _missing(it, points):
        matrix[place] = torch.nan
    return Jacobian(found.value, matrix)


def show_jacobian(it: Typed, point: tuple[float, ...], found: Jacobian) -> None:
    """Values and Jacobian at the one point."""
    rows: list[Sequence[float | str]] = [
        [component_name(k), value, *row]
        for k, (value, row) in enumerate(zip(found.value[0].tolist(), found.matrix[0].tolist(), strict=True))
    ]
    head = ["", _("value"), *(f"∂/∂{label_of(name)}" for name in it.variables)]
    told = {(k, 1 + column): why for (_i, k, column), why in _told(it, (point,), found).items()}
    _table(head, rows, _("Values and Jacobian"), told, named_rows=True)


def _table(
    head: Sequence[str],
    rows: Sequence[Sequence[float | str]],
    alt: str,
    told: Mapping[tuple[int, int], str],
    *,
    named_rows: bool = False,
) -> None:
    """A table with the reasons of its dashes and stars."""
    stars = {(k, i): why for (k, i), why in told.items() if i and isfinite(float(rows[k][i]))}
    table(head, rows, alt, named_rows=named_rows, reasons=told, notes=stars)
    if stars:
        convention_hint()


def show_what_it_says(it: Typed, point: tuple[float, ...], found: Jacobian) -> None:
    """Singular values, and what a square matrix has, where f has a Jacobian."""
    found = _existing(it, (point,), found)
    says: list[Sequence[float | str]] = [[_("singular values"), *found.singular_values[0].tolist()]]
    says += [[name, *values[0].tolist()] for name, values in _of_square(found).items()]
    width = max(map(len, says))
    alt = _("Of the Jacobian")
    table([alt, *[""] * (width - 1)], [[*row, *[""] * (width - len(row))] for row in says], alt, named_rows=True)


def _of_square(found: Jacobian) -> Mapping[str, Tensor]:
    """What a square matrix has, by name: (m, 1), or the curl (m, 3) in three dimensions."""
    if found.divergence is None:
        return {}
    named = {_("determinant"): found.determinant[:, None], _("divergence"): found.divergence[:, None]}
    return named if found.curl is None else named | {_("curl"): found.curl}


def show_vector(it: Typed, chosen: GradientInput, plane: Plane | None) -> None:
    """The open detail."""
    names = {"maps": _("Maps")} if plane else {}
    names |= {"points": _("All points"), "check": _("Check"), "code": _("PyTorch code")}
    opened = state.choice(_("Details"), names, "about", next(iter(names)), label_visibility="collapsed")
    if opened == "maps" and plane:
        _show_maps(plane)
    elif opened == "points":
        _show_table(it, chosen.points)
    elif opened == "check":
        show_vector_check(it, chosen.point)
    else:
        kinks = [chosen.points[i] for i in sorted({i for i, _component, _variable in _missing(it, chosen.points)})]
        code = jacobian_script(it.function, chosen.points, variables=it.variables, at=it.at, kinks=kinks)
        st.code(code, language="python")


def _show_maps(plane: Plane) -> None:
    """The components, and of a square Jacobian in the plane its determinant, divergence and curl."""
    count = plane.function.shape or 1
    names = {str(k): component_name(k) for k in range(count)}
    if count == 2 and not plane.held:
        names |= {"det": _("determinant"), "div": _("divergence"), "curl": _("curl")}
    chosen = state.choices(_("Maps"), names, "maps", list(names)[:2], label_visibility="collapsed")
    if not chosen:
        return
    x, y, points = field_points(plane.function, *plane.windows, variables=plane.pair, at=plane.at)
    found = jacobian(plane.function, points, variables=plane.pair, at=plane.at)
    values = {str(k): found.value[:, k] for k in range(count)} | {"det": found.determinant}
    if found.divergence is not None and found.curl is not None:
        values |= {"div": found.divergence, "curl": found.curl[:, 0]}
    maps = [Map(names[code], values[code].reshape(len(y), len(x))) for code in chosen]
    alt = _("Heat maps over the window: {names}.", names=", ".join(shown.name for shown in maps))
    with st.container(key=f"maps_{columns_of(len(maps))}"), st.container(key="clickable_maps"):
        zoom_plot(maps_figure(maps, x, y, plane.place, plane.names), "maps_plot", alt)


def _show_table(it: Typed, points: Rows) -> None:
    """A row a point: the values, the Jacobian's entries and what they say."""
    names = [label_of(name) for name in it.variables]
    found = jacobian_at(it, points)
    count = found.matrix.shape[1]
    head = [*names, *map(component_name, range(count))]
    columns = [*zip(*points, strict=True), *found.value.T.tolist()]
    head += [f"∂{component_name(k)}/∂{name}" for k in range(count) for name in names]
    columns += found.matrix.flatten(1).T.tolist()
    real = _existing(it, points, found)
    says = {_("singular values"): real.singular_values, **_of_square(real)}
    head += [
        name if values.shape[1] == 1 else f"{name} {k}"
        for name, values in says.items()
        for k in range(1, values.shape[1] + 1)
    ]
    columns += [column for values in says.values() for column in values.T.tolist()]
    rows = list(zip(*columns, strict=True))
    d = len(names)
    told = {
        (i, d + k if column == 0 else d + count + k * d + column - 1): why
        for (i, k, column), why in _told(it, points, found).items()
    }
    _table(head, rows, _("Values and Jacobian at all points"), told)
    take_away(head, rows, "jacobian.csv")
