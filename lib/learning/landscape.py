"""The loss on a plane through the weights, along two random directions.

Source: H. Li et al., Visualizing the loss landscape of neural nets, 2018: each direction is scaled, unit by unit, to
the length of that unit's weights.
"""

from collections.abc import Hashable

import torch
from torch import Tensor
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from lib import jobs
from lib.learning.experiment import Experiment
from lib.learning.learner import Learner

SIDE = 25  # places along each direction
REACH = 1.0  # how far the plane goes, in lengths of the weights
ROWS = 200  # of the data
LIMIT = 8.0  # seconds

Grid = list[list[float]]


def places() -> Tensor:
    """Where along each direction the loss is taken."""
    return torch.linspace(-REACH, REACH, SIDE, dtype=torch.float64)


@torch.no_grad()
def loss_landscape(experiment: Experiment, weights: bytes, seed: int = 0) -> Grid:
    """The losses at `places` along both directions from the weights: rows go along the second."""
    learner = Learner(experiment)
    learner.put(weights)
    generator = torch.Generator().manual_seed(seed)
    parameters = list(learner.network.parameters())
    centre = parameters_to_vector(parameters).clone()
    first, second = (torch.cat([_direction(p, generator).flatten() for p in parameters]) for _ in range(2))
    rows = learner.data.training[:ROWS]

    def loss(a: Tensor, b: Tensor) -> float:
        vector_to_parameters(centre + a * first + b * second, parameters)
        return learner.loss(rows)

    return [[loss(a, b) for a in places()] for b in places()]


def _direction(weights: Tensor, generator: torch.Generator) -> Tensor:
    """A random direction of the shape of the weights; none for biases."""
    if weights.ndim < 2:
        return torch.zeros_like(weights)
    drawn = torch.randn(weights.shape, generator=generator, dtype=torch.float64)
    direction: Tensor = drawn * weights.norm(dim=1, keepdim=True) / drawn.norm(dim=1, keepdim=True)
    return direction


def request_landscape(experiment: Experiment, weights: bytes, owner: Hashable = None) -> jobs.Job:
    """The job whose result is the landscape."""
    return jobs.submit(loss_landscape, experiment, weights, limit=LIMIT, owner=owner)
