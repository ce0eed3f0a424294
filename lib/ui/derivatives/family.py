"""All components of a vector over one axis."""

from functools import partial

import torch
from streamlit.delta_generator import DeltaGenerator

from lib.calculus import curve, sketch
from lib.calculus.at_points import at_points
from lib.calculus.audit import raw_autograd
from lib.expression.components import component
from lib.figures.vector import family_figure
from lib.locale import _
from lib.ui import results, tables
from lib.ui.derivatives import details
from lib.ui.derivatives.code import show_code
from lib.ui.derivatives.features import show_features
from lib.ui.derivatives.hints import curve_hints
from lib.ui.derivatives.tangents import show_tangents
from lib.ui.inputs import CurveInput, DerivativesInput
from lib.ui.points import add_point
from lib.ui.typed import Typed


def show_family(
    it: Typed,
    chosen: DerivativesInput,
    draw: CurveInput,
    plot: DeltaGenerator,
    numbers: DeltaGenerator,
    below: DeltaGenerator,
) -> None:
    """The plot, the table and the open detail."""
    with below:
        detail = details.input_detail(it, chosen).name
    window, order = draw.view[0] if draw.view else chosen.window, max(draw.drawn, default=0)
    if detail == "features":
        count = it.function.shape or 1
        seen = [
            sketch(it.function, window, order=order, variable=it.variable, at=it.at, component=k) for k in range(count)
        ]
        drawn, features = seen[0].curve, [each.features for each in seen]
    else:
        drawn, features = curve(it.function, window, order=order, variable=it.variable, at=it.at), []
    points = torch.tensor(chosen.points, dtype=torch.float64)
    values = at_points(it.function, points, chosen.order, variable=it.variable, at=it.at)
    with plot:
        marks = details.marks([feature for each in features for feature in each.found])
        single = [
            raw_autograd(component(it.function, k), drawn.x, it.variable, it.at, torch.float32)
            for k in range(values.shape[1] if chosen.single else 0)
        ]
        figure = family_figure(drawn, points, values, drawn=draw.drawn, view=draw.view, marks=marks, single=single)
        alt = _("Plot of all components over the window; the table holds the numbers.")
        results.live_plot(figure, "family", alt, partial(add_point, window=window))
        curve_hints(drawn)
    with numbers:
        tables.family_table(it, chosen, values)
    with below.container(key="result_detail"):
        match detail:
            case "features":
                show_features(it, features)
            case "tangents":
                show_tangents(it, chosen)
            case "code":
                show_code(it, chosen)
