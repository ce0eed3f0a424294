"""Gradient, Hessian and what they say at a point; map and surface for two variables; the Jacobian of a vector."""

import streamlit as st
import torch

from lib.calculus import grid, jacobian, local_model
from lib.figures.landscape import contour_figure, surface_figure
from lib.locale import _
from lib.ui import inputs, results, tables
from lib.ui.gradient import details
from lib.ui.gradient.layers import input_layers, layers
from lib.ui.gradient.model import jacobian_table
from lib.ui.notice import say
from lib.ui.typed import typed

it = typed()
level, relief, right = st.columns([4, 4, 3], gap="medium")
with right:
    chosen = inputs.input_gradient(it)
point = torch.tensor([chosen.point], dtype=torch.float64)

if it.function.shape is not None:
    with results.result(), level, st.container(key="result_numbers"):
        jacobian_table(it.variables, jacobian(it.function, point, variables=it.variables, at=it.at))
else:
    over = st.container(key="over")
    below = st.container(key="details")
    with below:
        detail = details.input_detail(chosen)

    with results.result():
        model = local_model(it.function, point, variables=it.variables, at=it.at)
        found = details.find(it, chosen, detail)
        with right, st.container(key="result_numbers"):
            tables.model_table(it.variables, chosen.point, model)
        if chosen.windows:
            pair = (it.variables[0], it.variables[1])
            land = grid(it.function, *chosen.windows, variables=pair, at=it.at)
            with over:
                extras = layers(it, input_layers(it), land, point[0], model)
            with level, st.container(key="result_level"):
                alt = _("Level lines of f with the point and the direction of the gradient.")
                figure = contour_figure(land, point[0], model.gradient[0], pair, extras=[*extras, *found.traces()])
                results.plot(figure, "level", alt)
            with relief, st.container(key="result_surface"):
                alt = _("The surface of f with the point and a piece of the tangent plane.")
                results.plot(surface_figure(land, point[0], model.value[0], model.gradient[0], pair), "surface", alt)
        else:
            with level, st.container(key="result_level"):
                say(_("Level lines and surface need two variables; this function has {n}.", n=len(it.variables)))
        with below, st.container(key="result_detail"):
            details.show(it, chosen, detail, found, model)
