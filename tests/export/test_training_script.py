"""The script gives the losses of the app, to the last bit."""

import subprocess
import sys
from dataclasses import replace

import pytest

from lib.export.training_script import training_script
from lib.expression import parse
from lib.inverse import branches
from lib.learning.data import Sampling
from lib.learning.experiment import Experiment, Training
from lib.learning.learner import Learner
from lib.learning.network import Architecture
from lib.learning.training import train_slice

SMALL = Experiment(
    parse("x^2 + x^3 + x^4"), sampling=Sampling(count=60), network=Architecture((8, 8)), training=Training(epochs=4)
)
CASES = {
    "default": SMALL,
    "noise, letters, even": replace(
        SMALL,
        expression=parse("a sqrt(t) + sum(t^k, k, 1, n) + 0.1*rand()"),
        variables=("t",),
        at=(("a", 0.5), ("n", 2.0), ("seed", 3.0)),
        sampling=Sampling(((-1.0, 2.0),), 60, "even", "normal", 0.1, seed=7),
        training=Training("rmsprop", 0.001, "steps", 16, 4, 0.01, "huber", 5),
    ),
    "own rows, L-BFGS": replace(
        SMALL,
        sampling=Sampling(rows=tuple((k / 4, k * k / 16) for k in range(12))),
        network=Architecture((6,), "sine", "xavier", standardised=False),
        training=Training("lbfgs", 1.0, "constant", 8, 3, loss="mae"),
    ),
    "two variables": replace(
        SMALL,
        expression=parse("x y + a"),
        variables=("x", "y"),
        at=(("a", 2.0),),
        sampling=Sampling(((-1.0, 1.0), (0.0, 2.0)), 60, "even"),
    ),
    "least squares": replace(SMALL, task="inverse"),
    "branches": replace(SMALL, task="branches", branches=branches(SMALL.expression, (-2.0, 2.0)).branches),
    "mixture": replace(SMALL, task="mixture"),
    "through f": replace(SMALL, task="through"),
    "through f with letters": replace(
        SMALL, task="through", expression=parse("sinc(x) + max(x, y)"), at=(("y", 0.25),)
    ),
    "through f with noise, raw": replace(
        SMALL,
        task="through",
        expression=parse("x + x^3/9 + 0.1*rand()"),
        network=Architecture((6,), "sine", "xavier", standardised=False),
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_the_script_prints_the_losses_of_the_app(name):
    experiment = CASES[name]
    run = subprocess.run([sys.executable, "-"], input=training_script(experiment), capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    printed = [tuple(map(float, line.split())) for line in run.stdout.splitlines()]
    trained = train_slice(experiment)
    epochs = range(1, experiment.training.epochs + 1)
    assert printed == list(zip(epochs, trained.losses, trained.validation, strict=True))


_CHECK = """
kept = torch.load({file!r}, weights_only=True)
assert list(kept) == list(model.state_dict())
print(*(torch.equal(weights, kept[name]) for name, weights in model.state_dict().items()))
"""


@pytest.mark.slow
@pytest.mark.parametrize("name", ["default", "branches"])
def test_the_file_of_weights_holds_those_of_the_script(name, tmp_path):
    learner, file = Learner(CASES[name]), tmp_path / "model.pt"
    learner.put(train_slice(CASES[name]).snapshots[-1][1])
    file.write_bytes(learner.state_dict())
    source = training_script(CASES[name]) + _CHECK.format(file=str(file))
    run = subprocess.run([sys.executable, "-"], input=source, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    assert set(run.stdout.splitlines()[-1].split()) == {"True"}
