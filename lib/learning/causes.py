"""Why a loss is no number any more, and what to change."""

from lib.learning.experiment import Experiment
from lib.learning.optimisers import OPTIMISERS
from lib.message import Message


def why_diverged(experiment: Experiment, epoch: int) -> Message:
    """The likely cause, and the way out."""
    training = experiment.training
    optimiser = OPTIMISERS[training.optimiser]
    advice = Message(
        "The steps are too long: the likely cause is the learning rate of {rate:g}. Try {smaller:g}.",
        rate=training.rate,
        smaller=min(training.rate / 10, float(optimiser.rate)),
    )
    if not experiment.network.standardised:
        advice = Message(
            "The likely cause are targets far from 0, which make gradients large: switch on Standardised, or lower the "
            "learning rate of {rate:g}.",
            rate=training.rate,
        )
    if experiment.task == "through":
        advice = Message(
            "The likely cause is that f is undefined or steep at the network's {name}: lower the learning rate of "
            "{rate:g}, or give each branch a network.",
            name=experiment.variables[0],
            rate=training.rate,
        )
    return Message(
        "In epoch {epoch} the loss was no longer a finite number: stopped. {advice}", epoch=epoch, advice=advice
    )
