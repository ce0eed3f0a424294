"""What a network is given, what it is to answer, and how its answers are judged."""

from abc import ABC, abstractmethod
from typing import ClassVar

import torch
from torch import Tensor, nn

from lib.learning.data import Data
from lib.learning.experiment import Experiment
from lib.learning.network import build
from lib.learning.scaling import Scaling
from lib.message import Message


class Task(ABC):
    """inputs (n, d) and targets (n,) in the units of the data; the network sees them scaled, and the loss is that of
    the scaled numbers. Scalings know the rows for training only."""

    title: ClassVar[Message]
    outputs = 1  # of the network

    def __init__(self, experiment: Experiment, data: Data) -> None:
        self.experiment = experiment
        self.data = data
        self.inputs, self.targets = self.pairs(data)
        standardised = experiment.network.standardised
        self.scale_inputs = Scaling.of(self.inputs[data.training], wanted=standardised)
        self.scale_targets = Scaling.of(self.targets[data.training, None], wanted=standardised)
        self.scaled_inputs = self.scale_inputs.into(self.inputs)
        self.scaled_targets = self.scale_targets.into(self.targets[:, None])

    @abstractmethod
    def pairs(self, data: Data) -> tuple[Tensor, Tensor]:
        """The inputs and the targets."""

    def network(self) -> nn.Module:
        """The network before its training."""
        it = self.experiment
        return build(it.network, self.inputs.shape[1], self.outputs, it.training.seed)

    def loss(self, network: nn.Module, criterion: nn.Module, rows: Tensor) -> Tensor:
        """The loss on some of the rows."""
        loss: Tensor = criterion(network(self.scaled_inputs[rows]), self.scaled_targets[rows])
        return loss

    def answers(self, network: nn.Module, inputs: Tensor) -> Tensor:
        """What the network says for inputs (m, d), both in the units of the data: (m, k), NaN where it has fewer than k
        answers."""
        return self.scale_targets.back(network(self.scale_inputs.into(inputs)))

    def wrong(self, network: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """By how much each answer is wrong (m, k)."""
        return (self.answers(network, inputs) - targets[:, None]).abs()


class LearnFunction(Task):
    """f itself."""

    title = Message("learn f")

    def pairs(self, data: Data) -> tuple[Tensor, Tensor]:
        return data.x, data.y


class Side(nn.ModuleList):
    """Networks side by side: each has a column of its own."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([network(x) for network in self], 1)
