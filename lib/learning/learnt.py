"""What a network has learnt: its errors, its derivatives beside those of f."""

from dataclasses import dataclass
from math import nan

import torch
from torch import Tensor, nn

from lib.learning.learner import Learner

Three = tuple[float, float, float]


@dataclass(frozen=True)
class Errors:
    """The root mean square, the mean and the worst of what the answers miss, on both kinds of rows."""

    training: Three
    validation: Three


@torch.no_grad()
def errors(learner: Learner) -> Errors:
    """Those of the network with its present weights, in the units of y; NaN where there are no rows."""
    task = learner.task
    wrong = task.wrong(learner.network, task.inputs, task.targets)
    return Errors(_three(wrong[learner.data.training]), _three(wrong[learner.data.validation]))


def _three(wrong: Tensor) -> Three:
    wrong = wrong[wrong.isfinite()]
    if not len(wrong):
        return nan, nan, nan
    return float(wrong.square().mean().sqrt()), float(wrong.mean()), float(wrong.max())


def derivatives_of(learner: Learner, x: Tensor, order: int = 2) -> Tensor:
    """The network's value and derivatives at x (n,), for one input and one answer: (order + 1, n), by autograd."""
    at = x.detach().clone().requires_grad_()
    rows = [learner.task.answers(learner.network, at[:, None])[:, 0]]
    for _ in range(order):
        (slope,) = torch.autograd.grad(rows[-1].sum(), at, create_graph=True, materialize_grads=True)
        rows.append(slope)
    return torch.stack([row.detach() + 0.0 for row in rows])


def breakpoints(learner: Learner) -> Tensor:
    """The inputs at which units of the first layer switch on or off, ascending: with ReLU, corners of its curve."""
    first = next(layer for layer in learner.network.modules() if isinstance(layer, nn.Linear))
    weights, biases = first.weight.detach()[:, 0], first.bias.detach()
    places = learner.task.scale_inputs.back((-biases / weights)[weights != 0][:, None])[:, 0]
    return places.sort().values


def layers(learner: Learner) -> list[list[tuple[Tensor, Tensor]]]:
    """Of each network, weights (outputs, inputs) and biases (outputs,) from layer to layer."""
    networks = [part for part in learner.network.modules() if isinstance(part, nn.Sequential)]
    return [
        [(layer.weight.detach(), layer.bias.detach()) for layer in network if isinstance(layer, nn.Linear)]
        for network in networks
    ]


def gradients(learner: Learner, points: Tensor) -> tuple[Tensor, Tensor]:
    """The network's value (m,) and gradient (m, d) at points (m, d), by autograd."""
    at = points.detach().clone().requires_grad_()
    value = learner.task.answers(learner.network, at)[:, 0]
    (gradient,) = torch.autograd.grad(value.sum(), at)
    return value.detach(), gradient
