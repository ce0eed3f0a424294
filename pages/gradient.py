"""Gradient, Hessian, eigenvalues and verdict at a point; for two variables level lines and surface."""

import streamlit as st
import torch

from lib.calculus import grid, local_model
from lib.figures.landscape import contour_figure, surface_figure
from lib.locale import _
from lib.ui import inputs, results, tables
from lib.ui.notice import say
from lib.ui.typed import typed

it = typed()
level, relief, right = st.columns([4, 4, 3], gap="medium")
with right:
    chosen = inputs.input_gradient(it)

with results.result():
    point = torch.tensor([chosen.point], dtype=torch.float64)
    model = local_model(it.function, point, variables=it.variables, at=it.at)
    with right, st.container(key="result_numbers"):
        tables.model_table(it.variables, chosen.point, model)
    if chosen.windows:
        pair = (it.variables[0], it.variables[1])
        land = grid(it.function, *chosen.windows, variables=pair, at=it.at)
        with level, st.container(key="result_level"):
            alt = _("Level lines of f with the point and the direction of the gradient.")
            results.plot(contour_figure(land, point[0], model.gradient[0], pair), "level", alt)
        with relief, st.container(key="result_surface"):
            alt = _("The surface of f with the point and a piece of the tangent plane.")
            results.plot(surface_figure(land, point[0], model.value[0], model.gradient[0], pair), "surface", alt)
    else:
        with level, st.container(key="result_level"):
            say(_("Level lines and surface need two variables; this function has {n}.", n=len(it.variables)))
