"""All that a training depends on: whoever has it can repeat the training to the last bit."""

from dataclasses import dataclass, field

from lib.expression import Expression
from lib.inverse import Branch
from lib.learning.data import Sampling
from lib.learning.network import Architecture


@dataclass(frozen=True)
class Training:
    """Optimiser, schedule and loss by name; batch 0 is all rows at once; the seed of weights and batches."""

    optimiser: str = "adam"
    rate: float = 0.01
    schedule: str = "cosine"
    batch: int = 32
    epochs: int = 100
    decay: float = 0.0
    loss: str = "mse"
    seed: int = 0


@dataclass(frozen=True)
class Experiment:
    """The function with its variables and the values of its other letters, and what is done with it.

    branches: those of f in the range, where x is learnt from y.
    """

    expression: Expression
    variables: tuple[str, ...] = ("x",)
    at: tuple[tuple[str, float], ...] = ()
    sampling: Sampling = field(default_factory=Sampling)
    task: str = "function"
    branches: tuple[Branch, ...] = ()
    network: Architecture = field(default_factory=Architecture)
    training: Training = field(default_factory=Training)
