"""Gradient, Hessian and what they say at a point; map and surface for two variables; the Jacobian of a vector."""

import streamlit as st
import torch

from lib.calculus import local_model
from lib.figures.landscape import contour_figure, surface_figure
from lib.locale import _
from lib.ui import results, tables
from lib.ui.gradient import details, vector
from lib.ui.gradient.layers import input_layers, layers
from lib.ui.gradient.place import input_gradient, input_moves
from lib.ui.gradient.plane import Plane, plane_of
from lib.ui.notice import hint, say
from lib.ui.typed import typed

level, relief, right = st.columns([4, 4, 3], gap="medium")
with right:
    it = vector.input_component(typed())
    chosen = input_gradient(it)
    numbers = st.container(key="result_numbers")
over = st.container(key="over")
below = st.container(key="details")
with over:
    input_moves(it, chosen)


def show_plots(plane: Plane, found: details.Found) -> None:
    """The map and the surface, with what is chosen to lie on them."""
    with over:
        draw = input_layers(plane)
    with level, st.container(key="result_level"), st.container(key="clickable"):
        alt = _("Level lines of f with the point and the direction of the gradient.")
        extras = [*layers(plane, draw.over), *found.over(plane)]
        figure = contour_figure(plane.land, plane.place, plane.model.gradient[0], plane.names, extras=extras)
        results.plot(figure, "level", alt)
    with relief, st.container(key="result_surface"):
        alt = _("The surface of f with the point and a piece of the tangent plane.")
        shown = {"pieces": draw.pieces, "extras": found.upon(plane)}
        results.plot(surface_figure(plane.land, plane.place, plane.model, plane.names, **shown), "surface", alt)
    if plane.held:
        with level:
            hint(_("A slice of f at {place}; what lies off it is drawn where it projects.", place=plane.held))


def show_scalar() -> None:
    """One value: local model, plots, and the open detail."""
    plane = plane_of(it, chosen)
    with below:
        detail = details.input_detail(it, chosen, plane)
    point = torch.tensor([chosen.point], dtype=torch.float64)
    model = local_model(it.function, point, variables=it.variables, at=it.at)
    found = details.find(it, chosen, detail)
    with numbers:
        tables.model_table(it, chosen.point, model)
    if plane:
        show_plots(plane, found)
    else:
        with level:
            say(_("Level lines and surface need two variables; this function has {n}.", n=len(it.variables)))
    with below, st.container(key="result_detail"):
        details.show(it, chosen, detail, found, model, plane)


def show_vector() -> None:
    """Several values: the Jacobian, and the open detail."""
    found = vector.jacobian_at(it, (chosen.point,))
    with level, st.container(key="result_jacobian"):
        vector.show_jacobian(it, found)
    with relief:
        vector.show_what_it_says(found)
    with below, st.container(key="result_detail"):
        vector.show_vector(it, chosen, plane_of(it, chosen))


with results.result():
    if it.function.shape is None:
        show_scalar()
    else:
        show_vector()
