"""A function of two variables beside the network that learns it, and both at typed points."""

from collections.abc import Sequence

import torch
from streamlit.delta_generator import DeltaGenerator

from lib.calculus import grid, local_model
from lib.figures.fitted_surface import fitted_surface_figure, height_range
from lib.learning.learner import Learner
from lib.learning.learnt import gradients
from lib.locale import _
from lib.readings.expected import expected
from lib.readings.rows import read_rows
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.results import plot, table
from lib.ui.typed import Typed

SIDE = 41  # places along each axis
ASKED = "0, 0; 1, 1; -1, 1"
MOST = 12  # points in the table


def show_surfaces(it: Typed, learner: Learner, left: DeltaGenerator, right: DeltaGenerator) -> None:
    """f with the data on the left, the network on the right."""
    x, y = ((float(column.min()), float(column.max())) for column in learner.task.inputs.unbind(1))
    names = (label_of(it.variables[0]), label_of(it.variables[1]))
    pair = (it.variables[0], it.variables[1])
    land = grid(expected(it.function), x, y, variables=pair, at=it.at, count=SIDE)
    up, across = torch.meshgrid(land.y, land.x, indexing="ij")
    said = learner.answers(torch.stack([across.flatten(), up.flatten()], 1))[:, 0].reshape(SIDE, SIDE)
    rows = learner.data.training
    data = torch.column_stack([learner.task.inputs[rows], learner.task.targets[rows]]).numpy()
    ends = height_range(land.z.numpy(), data[:, 2])
    places = (land.x.numpy(), land.y.numpy())
    with left:
        figure = fitted_surface_figure(*places, land.z.numpy(), ends, (*names, "f"), data)
        plot(figure, "fit", _("The surface of f with the training data."))
    with right:
        figure = fitted_surface_figure(*places, said.numpy(), ends, (*names, _("network")))
        plot(figure, "fit_network", _("The surface of the network."))


def show_points(it: Typed, learner: Learner) -> None:
    """f and the network with their gradients at typed points."""
    names = [label_of(name) for name in it.variables]
    text = state.text(_("Ask at ({names})", names=", ".join(names)), "ask2", ASKED)
    points = state.read(text, lambda typed: read_rows(typed, 2), ASKED, "ask2")[:MOST]
    at = torch.tensor(points, dtype=torch.float64)
    truth = local_model(expected(it.function), at, variables=it.variables, at=it.at)
    value, gradient = gradients(learner, at)
    columns = [*at.unbind(1), truth.value, value]
    head = [*names, "f", _("network N")]
    for k, name in enumerate(names):
        columns += [truth.gradient[:, k], gradient[:, k]]
        head += [f"∂f/∂{name}", f"∂N/∂{name}"]
    rows: list[Sequence[float | str]] = list(zip(*(column.tolist() for column in columns), strict=True))
    table(head, rows, _("f and the network with their gradients"))
