"""What a network that learnt f says at typed points, and its derivatives beside those of f."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
import torch

from lib.calculus import curve, derivatives
from lib.figures.curve import order_name
from lib.figures.network import slopes_figure
from lib.learning.learner import Learner
from lib.learning.learnt import breakpoints, derivatives_of
from lib.locale import _
from lib.readings.expected import expected
from lib.readings.numbers import read_points
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import plot, table
from lib.ui.typed import Typed

ASKED = "0, 0.5, 1, 1.5"
MARGIN = 0.25
SLOPES = 401
SHOWN = 12  # points in the table


def show_predictions(it: Typed, learner: Learner) -> None:
    """The table and the plot of the slopes."""
    name, function = label_of(it.variable), expected(it.function)
    inputs = learner.task.inputs[:, 0]
    low, high = float(inputs.min()), float(inputs.max())
    left, right = st.columns(2, gap="medium")
    with left:
        asked = state.read(state.text(_("Ask at {name}", name=name), "ask", ASKED), read_points, ASKED, "ask")[:SHOWN]
        x = torch.tensor(asked, dtype=torch.float64)
        truth = derivatives(function, x, order=2, variable=it.variable, at=it.at)
        said = derivatives_of(learner, x)
        columns = [x, *(row for pair in zip(truth, said, strict=True) for row in pair)]
        head = [name, "f", _("network N"), order_name(1), "N ′", order_name(2), "N ″"]
        rows: list[Sequence[float | str]] = list(zip(*(column.tolist() for column in columns), strict=True))
        table(head, rows, _("f and the network with their derivatives"))
        if any(not low <= point <= high for point in asked):
            hint(_("Outside [{low}, {high}] there were no data.", low=f"{low:.3g}", high=f"{high:.3g}"))
        if learner.experiment.network.activation == "relu":
            hint(_("With ReLU the network is a polygon: its first derivative is made of steps, its second is 0."))
    with right:
        names = {"1": order_name(1), "2": order_name(2)}
        order = int(state.choice(_("Derivative"), names, "derivative", "1", label_visibility="collapsed"))
        room = MARGIN * (high - low)
        places = torch.linspace(low - room, high + room, SLOPES, dtype=torch.float64)
        drawn = curve(function, (float(places[0]), float(places[-1])), order=order, variable=it.variable, at=it.at)
        corners = np.empty(0)
        if learner.experiment.network.activation == "relu":
            found = breakpoints(learner)
            corners = found[(found >= places[0]) & (found <= places[-1])].numpy()
        slope = derivatives_of(learner, places, order)[order].numpy()
        pair = (drawn.x.numpy(), drawn.values[order].numpy())
        figure = slopes_figure(pair, places.numpy(), slope, corners, name, order)
        plot(figure, "slopes", _("The chosen derivative of f and that of the network."))
