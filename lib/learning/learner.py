"""A network with its data and its task, without what trains it."""

from io import BytesIO

import torch
from torch import Tensor, nn
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from lib.learning.data import sample
from lib.learning.experiment import Experiment
from lib.learning.optimisers import LOSSES
from lib.learning.tasks import TASKS


class Learner:
    """The untrained network of an experiment, its data and its task."""

    def __init__(self, experiment: Experiment) -> None:
        self.experiment = experiment
        self.data = sample(experiment.expression, experiment.variables, dict(experiment.at), experiment.sampling)
        self.task = TASKS[experiment.task](experiment, self.data)
        self.network = self.task.network()
        self.criterion = LOSSES[experiment.training.loss].kind()

    @property
    def size(self) -> int:
        """How many numbers there are to learn."""
        return sum(weights.numel() for weights in self.network.parameters())

    @torch.no_grad()
    def loss(self, rows: Tensor) -> float:
        """The loss on some rows as the weights are now; NaN for none."""
        return float(self.task.loss(self.network, self.criterion, rows)) if len(rows) else float("nan")

    @torch.no_grad()
    def answers(self, inputs: Tensor) -> Tensor:
        """What the network says for inputs (m, d): (m, k), in the units of the data."""
        return self.task.answers(self.network, inputs)

    def weights(self) -> bytes:
        """All weights, float64."""
        return parameters_to_vector(self.network.parameters()).detach().numpy().tobytes()

    def state_dict(self) -> bytes:
        """The weights by name, as a file that torch.load reads with weights_only."""
        file = BytesIO()
        torch.save(self.network.state_dict(), file)
        return file.getvalue()

    def put(self, weights: bytes) -> nn.Module:
        """The network with these weights."""
        vector_to_parameters(torch.frombuffer(bytearray(weights), dtype=torch.float64), self.network.parameters())
        return self.network
