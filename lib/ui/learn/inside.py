"""The weights of a network as heat maps."""

import streamlit as st

from lib.figures.network import weights_figure
from lib.learning.learner import Learner
from lib.learning.learnt import layers
from lib.locale import _
from lib.ui.notice import hint
from lib.ui.results import plot

MOST = 4  # layers that a phone is wide enough for


def show_inside(learner: Learner) -> None:
    """Layer by layer, a row for each network; on a phone many layers are scrolled."""
    found = [[(weights.numpy(), biases.numpy()) for weights, biases in network] for network in layers(learner)]
    hint(
        _(
            "Each row is a unit: its weights from left to right, its bias last; orange is above 0, blue below, and the "
            "strongest colour is the number below the layer. {n} numbers in all.",
            n=learner.size,
        )
    )
    with st.container(key="maps_4" if len(found[0]) > MOST else "weights_maps"):
        plot(weights_figure(found), "weights", _("The weights and biases of each layer as a heat map."))
