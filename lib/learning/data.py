"""The rows that a network learns from: drawn from the function, or the visitor's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.expression import Expression
from lib.learning.limits import MAX_VALUE
from lib.message import Message
from lib.readings.tensor import evaluate

Window = tuple[float, float]

NOISES = {"none": Message("none"), "uniform": Message("uniform"), "normal": Message("Gaussian")}
SPACINGS = {"random": Message("random"), "even": Message("even")}
FEWEST = 4  # rows
MOST_VARIABLES = 2  # a surface can be seen
# Added to the seed: rand() in f has a small one too, and x drawn from the same numbers would tell its noise.
FIRST_SEED = 1000


@dataclass(frozen=True)
class Sampling:
    """Where and how often to sample, what noise to add (size times a uniform number in [0, 1), or a normal one), and
    which share of the rows is kept for validation. rows: own data in place of samples, each row x, …, y."""

    ranges: tuple[Window, ...] = ((-2.0, 2.0),)
    count: int = 400
    spacing: str = "random"
    noise: str = "none"
    size: float = 0.2
    seed: int = 0
    validation: float = 0.2
    rows: tuple[tuple[float, ...], ...] = ()

    @property
    def side(self) -> int:
        """How many places along each axis, if they are even."""
        return max(2, int(self.count ** (1 / len(self.ranges)) + 1e-9))


@dataclass(frozen=True, eq=False)
class Data:
    """x (n, d) and y (n,), the places of the rows for training and for validation, and how many rows were dropped as f
    is undefined or beyond MAX_VALUE there."""

    x: Tensor
    y: Tensor
    training: Tensor
    validation: Tensor
    dropped: int = 0


def sample(expression: Expression, variables: Sequence[str], at: Mapping[str, float], sampling: Sampling) -> Data:
    """The data, float64: the same for the same arguments. Too few rows are a ValueError."""
    if expression.shape is not None:
        raise ValueError(Message("The function is a vector: a network here learns one number. Type one component."))
    if len(variables) > MOST_VARIABLES:
        raise ValueError(
            Message(
                "The function has {n} variables: a network here learns one or two. Use a, b, c for constants.",
                n=len(variables),
            )
        )
    generator = torch.Generator().manual_seed(FIRST_SEED + sampling.seed)
    if sampling.rows:
        table = torch.tensor(sampling.rows, dtype=torch.float64)
        x, y = table[:, :-1], table[:, -1]
    else:
        x = _places(sampling, generator)
        y = evaluate(expression, {**at, **dict(zip(variables, x.unbind(1), strict=True))}).expand(len(x))
        if sampling.noise == "uniform":
            y = y + sampling.size * torch.rand(len(x), generator=generator, dtype=torch.float64)
        elif sampling.noise == "normal":
            y = y + sampling.size * torch.randn(len(x), generator=generator, dtype=torch.float64)
    known = y.abs() <= MAX_VALUE
    x, y = x[known], y[known]
    dropped = int((~known).sum())
    if len(y) < FEWEST:
        message = Message("Too few rows of data ({n}): a network needs {least}.", n=len(y), least=FEWEST)
        if dropped:
            message = Message(
                "Too few rows of data ({n}), as f is undefined or beyond ±{limit:g} at {dropped} samples: choose "
                "another range.",
                n=len(y),
                limit=MAX_VALUE,
                dropped=dropped,
            )
        raise ValueError(message)
    order = torch.randperm(len(y), generator=generator)
    kept = int(sampling.validation * len(y))
    return Data(x, y, order[kept:], order[:kept], dropped)


def _places(sampling: Sampling, generator: torch.Generator) -> Tensor:
    """x (n, d), n at the most `count`: random in the ranges, or evenly spread, for two variables on a grid."""
    count, dimensions = sampling.count, len(sampling.ranges)
    if sampling.spacing == "even":
        axes = [torch.linspace(low, high, sampling.side, dtype=torch.float64) for low, high in sampling.ranges]
        return torch.cartesian_prod(*axes).reshape(-1, dimensions)
    low, high = torch.tensor(sampling.ranges, dtype=torch.float64).T
    places: Tensor = low + (high - low) * torch.rand(count, dimensions, generator=generator, dtype=torch.float64)
    return places
