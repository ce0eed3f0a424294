"""The loss of each task as Python source: what lib/learning/task.py and inverse.py compute."""

from lib.learning.experiment import Experiment
from lib.learning.inverse import NARROWEST

_PLAIN = """

def loss_on(rows):
    return criterion(model(inputs[rows]), targets[rows])

"""

_BRANCHES = """
# Which branch of f a row belongs to: the others begin here
branch = torch.bucketize(x[:, 0], torch.tensor({lows}), right=True)[:, None]


def loss_on(rows):
    answers = torch.cat([network(inputs[rows]) for network in model], 1)
    return criterion(answers.gather(1, branch[rows]), targets[rows])

"""

_MIXTURE = """
torch.distributions.Distribution.set_default_validate_args(False)  # a loss may become NaN


def loss_on(rows):
    logits, means, deviations = model(inputs[rows]).chunk(3, 1)
    normal = torch.distributions.Normal(means, {narrowest} + nn.functional.softplus(deviations))
    mixture = torch.distributions.Categorical(logits=logits)
    density = torch.distributions.MixtureSameFamily(mixture, normal)
    return -density.log_prob(targets[rows, 0]).mean()

"""

_THROUGH = """

def loss_on(rows):
    x = model(inputs[rows]){back}
    return criterion({values}, inputs[rows])

"""


def loss_source(experiment: Experiment) -> str:
    """A function loss_on(rows), to stand after the model and the criterion."""
    match experiment.task:
        case "branches":
            return _BRANCHES.format(lows=[branch.low for branch in experiment.branches[1:]])
        case "mixture":
            return _MIXTURE.format(narrowest=NARROWEST)
        case "through":
            values = f"{'mean_f' if experiment.expression.random else 'f'}(x)"
            if not experiment.network.standardised:
                return _THROUGH.format(back="", values=values)
            back = " * target_deviation + target_mean"
            return _THROUGH.format(back=back, values=f"({values} - input_mean) / input_deviation")
    return _PLAIN
