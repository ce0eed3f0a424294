"""The weights of a network as heat maps."""

from lib.figures.network import weights_figure
from lib.learning.learner import Learner
from lib.learning.learnt import layers
from lib.locale import _
from lib.ui.notice import hint
from lib.ui.results import plot


def show_inside(learner: Learner) -> None:
    """Layer by layer; of networks side by side, the layers of each follow those of the one before."""
    found = [(weights.numpy(), biases.numpy()) for weights, biases in layers(learner)]
    hint(_("Each row is a unit: its weights from left to right, its bias last. {n} numbers in all.", n=learner.size))
    plot(weights_figure(found), "weights", _("The weights and biases of each layer as a heat map."))
