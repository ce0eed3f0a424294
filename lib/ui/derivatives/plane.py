"""Two components as a curve in the plane: its plot, and where it crosses the axes, turns and breaks."""

from functools import partial

import torch
from streamlit.delta_generator import DeltaGenerator

from lib.calculus.audit.conventions import first_missing, missing_by_component
from lib.calculus.curve.plane import plane_curve
from lib.calculus.curve.plane_features import plane_features
from lib.calculus.local_geometry import parametric_geometry, without
from lib.figures.vector import plane_figure
from lib.locale import _, translate
from lib.ui import results
from lib.ui.derivatives import details
from lib.ui.derivatives.code import show_code
from lib.ui.derivatives.hints import curve_hints
from lib.ui.derivatives.tangents import plane_table, show_plane_tangents
from lib.ui.inputs import CurveInput, DerivativesInput
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.points import add_point
from lib.ui.results import table
from lib.ui.typed import Typed


def show_plane(
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
    drawn = plane_curve(it.function, chosen.window, draw.view, variable=it.variable, at=it.at)
    points = torch.tensor(chosen.points, dtype=torch.float64)
    computed = parametric_geometry(it.function, points, variable=it.variable, at=it.at)
    missing = first_missing(missing_by_component(it.function, points, variable=it.variable, at=it.at))
    local = without(computed, {i: order for i, (order, _why) in missing.items()})
    with plot:
        name = label_of(it.variable)
        figure = plane_figure(drawn, points, local, letter=name, circles="circle" in draw.beside, view=draw.view)
        alt = _("The curve in the plane with the velocity at the points; the table holds the numbers.")
        results.live_plot(figure, "plane", alt, partial(add_point, window=chosen.window))
        curve_hints(drawn)
    with numbers:
        plane_table(it, chosen, computed.velocity, local, missing)
    with below.container(key="result_detail"):
        match detail:
            case "features":
                _show_features(it, chosen)
            case "tangents":
                show_plane_tangents(it, chosen, local)
            case "code":
                show_code(it, chosen)


def _show_features(it: Typed, chosen: DerivativesInput) -> None:
    found, complete = plane_features(it.function, chosen.window, variable=it.variable, at=it.at)
    if found:
        head = [_("kind"), label_of(it.variable), "f₁", "f₂"]
        rows: list[list[float | str]] = [[translate(feature.kind), feature.t, *feature.place] for feature in found]
        table(head, rows, _("Features of the curve in the window"), named_rows=True)
    else:
        hint(_("No features found in this window."))
    if not complete:
        hint(_("The curve has finer detail than its samples: some features may be missing."))
    hint(_("Found numerically, not proved."))
