"""The network: layers, activations and initialisations of torch.nn."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from threading import Lock

import torch
from torch import Tensor, nn

from lib.message import Message


class Sine(nn.Module):
    """sin(x), which torch.nn has no module for."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.sin(x)


@dataclass(frozen=True)
class Activation:
    """Its name, and its module."""

    title: Message
    module: type[nn.Module]


ACTIVATIONS = {
    "relu": Activation(Message("ReLU"), nn.ReLU),
    "tanh": Activation(Message("tanh"), nn.Tanh),
    "sigmoid": Activation(Message("sigmoid"), nn.Sigmoid),
    "gelu": Activation(Message("GELU"), nn.GELU),
    "silu": Activation(Message("SiLU"), nn.SiLU),
    "sine": Activation(Message("sine"), Sine),
}


@dataclass(frozen=True)
class Initialisation:
    """Its name, and how it fills the weights; None leaves what torch.nn.Linear does by itself."""

    title: Message
    fill: Callable[..., Tensor] | None
    options: dict[str, float] = field(default_factory=dict)


INITIALISATIONS = {
    "torch": Initialisation(Message("PyTorch's own"), None),
    "xavier": Initialisation(Message("Xavier, uniform"), nn.init.xavier_uniform_),
    "kaiming": Initialisation(Message("Kaiming, normal"), nn.init.kaiming_normal_),
    "small": Initialisation(Message("normal, 0.01"), nn.init.normal_, {"std": 0.01}),
    "zero": Initialisation(Message("all zero"), nn.init.zeros_),
}


@dataclass(frozen=True)
class Architecture:
    """Widths of the hidden layers, activation and initialisation by name, and whether inputs and targets are brought
    to mean 0 and deviation 1 before the network sees them."""

    widths: tuple[int, ...] = (64, 64)
    activation: str = "relu"
    initialisation: str = "torch"
    standardised: bool = True

    def sizes(self, inputs: int, outputs: int) -> list[int]:
        """The number of units from layer to layer."""
        return [inputs, *self.widths, outputs]


_GLOBAL_GENERATOR = Lock()  # torch.nn.Linear draws from it


def build(architecture: Architecture, inputs: int, outputs: int, seed: int) -> nn.Sequential:
    """The network in float64, the same for the same arguments."""
    sizes = architecture.sizes(inputs, outputs)
    initialisation = INITIALISATIONS[architecture.initialisation]
    with _GLOBAL_GENERATOR, torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        layers: list[nn.Module] = []
        for a, b in pairwise(sizes):
            layers += [nn.Linear(a, b, dtype=torch.float64), ACTIVATIONS[architecture.activation].module()]
        network = nn.Sequential(*layers[:-1])
        if initialisation.fill:
            for layer in network:
                if isinstance(layer, nn.Linear):
                    initialisation.fill(layer.weight, **initialisation.options)
                    nn.init.zeros_(layer.bias)
    return network
