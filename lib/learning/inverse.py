"""x from y in four ways: the first is what everybody tries, and is wrong where f takes a value twice."""

import torch
from torch import Tensor, nn
from torch.distributions import Categorical, MixtureSameFamily, Normal

from lib.learning.data import Data
from lib.learning.experiment import Experiment
from lib.learning.limits import COMPONENTS
from lib.learning.network import build
from lib.learning.task import Side, Task
from lib.message import Message
from lib.readings.expected import expected
from lib.readings.tensor import evaluate

LIKELY = 0.1  # the weight from which on a component is an answer
NARROWEST = 1e-3  # deviation of a component: a mixture that fits exactly would have none


class LearnInverse(Task):
    """x from y by least squares: where several x share a y, their mean."""

    title = Message("least squares")

    def pairs(self, data: Data) -> tuple[Tensor, Tensor]:
        return data.y[:, None], data.x[:, 0]

    def f(self, x: Tensor) -> Tensor:
        """f at x, of any shape."""
        it = self.experiment
        return evaluate(expected(it.expression), {**dict(it.at), it.variables[0]: x}).expand_as(x)

    def wrong(self, network: nn.Module, inputs: Tensor, targets: Tensor) -> Tensor:
        """The residual |f(x) − y| of each answer x to an input y: no target says which x is meant."""
        return (self.f(self.answers(network, inputs)) - inputs).abs()


class LearnBranches(LearnInverse):
    """One network for each branch of f, on which f is monotone and so has one inverse."""

    title = Message("a network for each branch")

    def __init__(self, experiment: Experiment, data: Data) -> None:
        if not experiment.branches or experiment.sampling.rows:
            raise ValueError(Message("The branches of f aren't known here: choose another way."))
        super().__init__(experiment, data)
        lows = torch.tensor([branch.low for branch in experiment.branches[1:]], dtype=torch.float64)
        self.branch = torch.bucketize(self.targets, lows, right=True)[:, None]

    def network(self) -> nn.Module:
        it = self.experiment
        return Side([build(it.network, 1, 1, it.training.seed + k) for k in range(len(it.branches))])

    def loss(self, network: nn.Module, criterion: nn.Module, rows: Tensor) -> Tensor:
        own = network(self.scaled_inputs[rows]).gather(1, self.branch[rows])
        loss: Tensor = criterion(own, self.scaled_targets[rows])
        return loss

    def answers(self, network: nn.Module, inputs: Tensor) -> Tensor:
        reached = [(inputs >= branch.bottom) & (inputs <= branch.top) for branch in self.experiment.branches]
        return torch.where(torch.cat(reached, 1), super().answers(network, inputs), torch.nan)


class LearnMixture(LearnInverse):
    """The density of x for each y, a mixture of normal distributions: each likely component is an answer.

    Source: C. M. Bishop, Mixture density networks, 1994.
    """

    title = Message("mixture density")
    outputs = 3 * COMPONENTS

    def density(self, outputs: Tensor) -> MixtureSameFamily:
        """The density of the scaled x for the network's outputs."""
        logits, means, deviations = outputs.chunk(3, 1)
        normal = Normal(means, NARROWEST + torch.nn.functional.softplus(deviations), validate_args=False)
        return MixtureSameFamily(Categorical(logits=logits, validate_args=False), normal, validate_args=False)

    def loss(self, network: nn.Module, criterion: nn.Module, rows: Tensor) -> Tensor:
        density = self.density(network(self.scaled_inputs[rows]))
        loss: Tensor = -density.log_prob(self.scaled_targets[rows, 0]).mean()  # type: ignore[no-untyped-call]
        return loss

    def answers(self, network: nn.Module, inputs: Tensor) -> Tensor:
        density = self.density(network(self.scale_inputs.into(inputs)))
        likely = density.mixture_distribution.probs > LIKELY
        return torch.where(likely, self.scale_targets.back(density.component_distribution.mean), torch.nan)


class LearnThroughF(LearnInverse):
    """Any x with f(x) = y: the loss is that of f(network(y)) and y, and its gradient passes through f itself."""

    title = Message("through f")

    def __init__(self, experiment: Experiment, data: Data) -> None:
        if experiment.sampling.rows:
            raise ValueError(Message("Training through f needs data that come from f."))
        super().__init__(experiment, data)
        x = self.targets.clone().requires_grad_()
        y = self.f(x).sum()
        if not y.requires_grad or not torch.autograd.grad(y, x)[0].any():
            raise ValueError(
                Message("Nothing can be learnt through f: its derivative is 0 at each sample. Choose another way.")
            )

    def loss(self, network: nn.Module, criterion: nn.Module, rows: Tensor) -> Tensor:
        x = self.scale_targets.back(network(self.scaled_inputs[rows]))
        loss: Tensor = criterion(self.scale_inputs.into(self.f(x)), self.scaled_inputs[rows])
        return loss
