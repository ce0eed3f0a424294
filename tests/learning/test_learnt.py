"""What was learnt, checked against sums done by other means."""

from dataclasses import replace
from itertools import pairwise

import pytest
import torch

from lib.expression import parse
from lib.learning.data import Sampling
from lib.learning.experiment import Experiment, Training
from lib.learning.landscape import SIDE, loss_landscape
from lib.learning.learner import Learner
from lib.learning.learnt import breakpoints, derivatives_of, errors, gradients
from lib.learning.network import Architecture
from lib.learning.training import train_slice

SMALL = Experiment(
    parse("x^2"), sampling=Sampling(count=60), network=Architecture((8,), "tanh"), training=Training(epochs=10)
)


def trained(experiment):
    learner = Learner(experiment)
    learner.put(train_slice(experiment).snapshots[-1][1])
    return learner


def test_the_derivatives_are_those_of_differences():
    learner, step = trained(SMALL), 1e-4
    x = torch.linspace(-2, 2, 9, dtype=torch.float64)
    value, slope, bend = derivatives_of(learner, x)
    below, above = (learner.answers((x + d)[:, None])[:, 0] for d in (-step, step))
    assert torch.equal(value, learner.answers(x[:, None])[:, 0])
    torch.testing.assert_close(slope, (above - below) / (2 * step), rtol=1e-6, atol=1e-8)
    torch.testing.assert_close(bend, (above - 2 * value + below) / step**2, rtol=1e-4, atol=1e-5)


def test_a_relu_network_is_straight_between_its_breakpoints():
    learner = trained(replace(SMALL, network=Architecture((8,), "relu")))
    corners = breakpoints(learner)
    assert len(corners) == 8
    ends = torch.cat([corners[:1] - 1, corners, corners[-1:] + 1])
    for low, high in pairwise(ends):
        x = torch.stack([low, (low + high) / 2, high])
        y = learner.answers(x[:, None])[:, 0]
        assert float(y[1]) == pytest.approx(float(y[0] + y[2]) / 2, abs=1e-12)
    slopes = derivatives_of(learner, (ends[:-1] + ends[1:]) / 2, 1)[1]
    assert (slopes.diff().abs() > 1e-9).all()


def test_errors_are_those_of_the_rows():
    learner = trained(SMALL)
    missed = (learner.answers(learner.data.x)[:, 0] - learner.data.y).abs()[learner.data.validation]
    rms, mean, worst = errors(learner).validation
    expected = [float(number) for number in (missed.square().mean() ** 0.5, missed.mean(), missed.max())]
    assert [rms, mean, worst] == pytest.approx(expected)


def test_the_landscape_has_the_loss_of_the_weights_in_its_middle():
    learner = trained(SMALL)
    losses = loss_landscape(SMALL, learner.weights())
    assert len(losses) == len(losses[0]) == SIDE
    assert losses[SIDE // 2][SIDE // 2] == learner.loss(learner.data.training)
    assert min(map(min, losses)) > 0 and len({loss for row in losses for loss in row}) == SIDE**2
    assert loss_landscape(SMALL, learner.weights()) == losses


def test_the_gradient_in_two_variables_is_that_of_differences():
    experiment = replace(
        SMALL, expression=parse("x y"), variables=("x", "y"), sampling=Sampling(((-1.0, 1.0), (0.0, 2.0)), 60)
    )
    learner, step = trained(experiment), 1e-5
    points = torch.tensor([[0.1, 0.2], [-0.5, 1.5]], dtype=torch.float64)
    value, gradient = gradients(learner, points)
    assert torch.equal(value, learner.answers(points)[:, 0])
    for k in (0, 1):
        shift = step * torch.eye(2, dtype=torch.float64)[k]
        slope = (learner.answers(points + shift) - learner.answers(points - shift))[:, 0] / (2 * step)
        torch.testing.assert_close(gradient[:, k], slope, rtol=1e-6, atol=1e-8)
