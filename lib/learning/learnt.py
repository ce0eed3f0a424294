"""What a network has learnt: its errors, its derivatives beside those of f."""

from dataclasses import dataclass
from math import nan

from torch import Tensor

from lib.learning.learner import Learner

Three = tuple[float, float, float]


@dataclass(frozen=True)
class Errors:
    """The root mean square, the mean and the worst of |network − target| on the rows for training and validation."""

    training: Three
    validation: Three


def errors(learner: Learner) -> Errors:
    """Those of the network with its present weights, in the units of the targets; NaN where there are no rows."""
    wrong = (learner.answers(learner.task.inputs)[:, 0] - learner.task.targets).abs()
    return Errors(_three(wrong[learner.data.training]), _three(wrong[learner.data.validation]))


def _three(wrong: Tensor) -> Three:
    if not len(wrong):
        return nan, nan, nan
    return float(wrong.square().mean().sqrt()), float(wrong.mean()), float(wrong.max())
