"""What is learnt: f itself, or x from y in one of several ways."""

from abc import ABC, abstractmethod
from typing import ClassVar

from torch import Tensor, nn

from lib.learning.data import Data
from lib.learning.scaling import Scaling
from lib.message import Message


class Task(ABC):
    """Made from the data. inputs (n, d) and targets (n,) of the network, their scalings, and its outputs.

    Whether rows are standardised is for the scalings to say; a loss is that of the scaled numbers.
    """

    title: ClassVar[Message]
    outputs = 1

    def __init__(self, data: Data, *, standardised: bool) -> None:
        self.inputs, self.targets = self.pairs(data)
        self.scale_inputs = Scaling.of(self.inputs[data.training], wanted=standardised)
        self.scale_targets = Scaling.of(self.targets[data.training, None], wanted=standardised)
        self.scaled_inputs = self.scale_inputs.into(self.inputs)
        self.scaled_targets = self.scale_targets.into(self.targets[:, None])

    @abstractmethod
    def pairs(self, data: Data) -> tuple[Tensor, Tensor]:
        """What the network is given, and what it is to answer."""

    def loss(self, network: nn.Module, criterion: nn.Module, rows: Tensor) -> Tensor:
        """The loss on some of the rows."""
        loss: Tensor = criterion(network(self.scaled_inputs[rows]), self.scaled_targets[rows])
        return loss

    def answers(self, network: nn.Module, inputs: Tensor) -> Tensor:
        """What the network says for inputs (m, d), both in the units of the data: (m, k), for most tasks k = 1."""
        return self.scale_targets.back(network(self.scale_inputs.into(inputs)))


class LearnFunction(Task):
    title = Message("learn f")

    def pairs(self, data: Data) -> tuple[Tensor, Tensor]:
        return data.x, data.y


TASKS: dict[str, type[Task]] = {"function": LearnFunction}
