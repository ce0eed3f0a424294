"""Gradient, Hessian and what they say at a point; map and surface for two variables; the Jacobian of a vector."""

import streamlit as st
import torch

from lib.calculus import local_model
from lib.calculus.audit.partials import existing_partials, missing_partials
from lib.ui import results, tables
from lib.ui.gradient import details, plots, vector
from lib.ui.gradient.place import input_gradient, input_moves
from lib.ui.gradient.plane import plane_of
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


def show_scalar() -> None:
    """One value: local model, plots, and the open detail."""
    plane = plane_of(it, chosen)
    with below:
        detail = details.input_detail(it, chosen, plane)
    point = torch.tensor([chosen.point], dtype=torch.float64)
    model = local_model(it.function, point, variables=it.variables, at=it.at)
    missing = missing_partials(it.function, point, variables=it.variables, at=it.at)
    found = details.find(it, chosen, detail)
    with numbers:
        tables.model_table(it, model, missing)
    if plane:
        plots.show_plane(plane, found, level, relief, over)
    else:
        plots.show_line(it, chosen, found, level, relief)
    with below, st.container(key="result_detail"):
        details.show(it, chosen, detail, found, existing_partials(model, missing), plane)


def show_vector() -> None:
    """Several values: the Jacobian, and the open detail."""
    found = vector.jacobian_at(it, (chosen.point,))
    with level, st.container(key="result_jacobian"):
        vector.show_jacobian(it, chosen.point, found)
    with relief:
        vector.show_what_it_says(it, chosen.point, found)
    with below, st.container(key="result_detail"):
        vector.show_vector(it, chosen, plane_of(it, chosen))


with results.result():
    if it.function.shape is None:
        show_scalar()
    else:
        show_vector()
