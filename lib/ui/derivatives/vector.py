"""A vector of components on the Derivatives page: all of them over one axis, or two as a curve in the plane."""

import torch
from streamlit.delta_generator import DeltaGenerator

from lib.calculus import curve
from lib.calculus.at_points import at_points
from lib.calculus.local_geometry import parametric_geometry
from lib.figures.vector import component_name, family_figure, plane_figure
from lib.locale import _
from lib.ui import results
from lib.ui.derivatives.tangents import plane_table
from lib.ui.inputs import CurveInput, DerivativesInput
from lib.ui.letters import label_of
from lib.ui.typed import Typed


def show_vector(
    it: Typed, chosen: DerivativesInput, draw: CurveInput, plot: DeltaGenerator, numbers: DeltaGenerator
) -> None:
    """The plot and the table."""
    window = draw.view[0] if draw.view else chosen.window
    order = max(draw.drawn, default=0) if chosen.vector == "family" else 0
    drawn = curve(it.function, window, order=order, variable=it.variable, at=it.at)
    points = torch.tensor(chosen.points, dtype=torch.float64)
    if chosen.vector == "plane":
        local = parametric_geometry(it.function, points, variable=it.variable, at=it.at)
        with plot:
            alt = _("The curve in the plane with the velocity at the points; the table holds the numbers.")
            results.plot(plane_figure(drawn, local, circles="circle" in draw.beside), "plane", alt)
        with numbers:
            plane_table(it, chosen)
        return
    values = at_points(it.function, points, chosen.order, variable=it.variable, at=it.at)
    with plot:
        alt = _("Plot of all components over the window; the table holds the numbers.")
        results.plot(family_figure(drawn, points, values, drawn=draw.drawn, view=draw.view), "family", alt)
    with numbers:
        head, columns = [label_of(it.variable)], [list(chosen.points)]
        for component in range(values.shape[1]):
            head += [component_name(component, k) for k in range(len(values))]
            columns += values[:, component].tolist()
        results.table(head, zip(*columns, strict=True), _("Values and derivatives at the points"))
        results.take_away(head, zip(*columns, strict=True), "derivatives.csv")
