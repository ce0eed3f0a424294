"""The data, the training cut into slices, and how well it learns the functions of published questions."""

from dataclasses import replace

import pytest
import torch

from lib.expression import parse
from lib.learning.data import Sampling, sample
from lib.learning.experiment import Experiment, Training
from lib.learning.learner import Learner
from lib.learning.learnt import errors
from lib.learning.limits import MAX_EPOCH_SECONDS, MAX_SNAPSHOTS
from lib.learning.network import ACTIVATIONS, INITIALISATIONS, Architecture, build
from lib.learning.optimisers import LOSSES, OPTIMISERS, SCHEDULES
from lib.learning.training import Trainer, check, epoch_seconds, snapshot_epochs, train_slice

torch.set_num_threads(1)  # as the workers have
SMALL = Experiment(
    parse("x^2 + x^3 + x^4"), sampling=Sampling(count=60), network=Architecture((8, 8)), training=Training(epochs=6)
)


def trained(experiment: Experiment) -> Learner:
    learner = Learner(experiment)
    found = train_slice(experiment)
    assert found.epoch == experiment.training.epochs
    learner.put(found.snapshots[-1][1])
    return learner


def drawn(text="x", **options):
    return sample(parse(text), ("x",), {}, Sampling(**options))


def test_the_data_are_those_of_the_function_and_the_same_each_time():
    data, again = drawn("x^2"), drawn("x^2")
    assert torch.equal(data.y, data.x[:, 0] ** 2) and torch.equal(data.x, again.x)
    assert len(data.training) == 320 and len(data.validation) == 80
    assert sorted([*data.training.tolist(), *data.validation.tolist()]) == list(range(400))
    assert not torch.equal(drawn(seed=1).x, data.x)


def test_noise_has_its_size_and_its_kind():
    uniform = drawn("0x", noise="uniform", size=0.2).y
    assert 0 <= uniform.min() < 0.01 and 0.19 < uniform.max() < 0.2
    normal = drawn("0x", noise="normal", size=0.2, count=2000).y
    assert float(normal.std()) == pytest.approx(0.2, rel=0.05) and abs(float(normal.mean())) < 0.02


def test_the_noise_of_f_does_not_depend_on_x():
    data = drawn("rand()", count=2000)
    assert abs(float(torch.corrcoef(torch.stack([data.x[:, 0], data.y]))[0, 1])) < 0.1


def test_even_places_in_one_and_two_dimensions():
    assert drawn(spacing="even", count=5).x[:, 0].tolist() == [-2, -1, 0, 1, 2]
    plane = sample(parse("x + y"), ("x", "y"), {}, Sampling(((0.0, 1.0), (2.0, 3.0)), 10, "even"))
    assert len(plane.x) == 9 and torch.equal(plane.y, plane.x.sum(1))


def test_where_f_is_undefined_rows_are_dropped():
    data = drawn("log(x)", spacing="even", count=101)
    assert data.dropped == 51 and data.x.min() > 0
    with pytest.raises(ValueError, match=r"rows of data \(0\)"):
        drawn("log(x)", ranges=((-2.0, -1.0),))


def test_where_f_is_huge_rows_are_dropped():
    data = drawn("exp(100x)", ranges=((0.0, 4.0),), spacing="even", count=401)
    assert data.dropped == 401 - 231 and data.y.max() < 1e100  # exp(230) is below it, exp(231) above


def test_a_vector_is_refused():
    with pytest.raises(ValueError, match="vector"):
        drawn("[x, x]")


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_slices_end_with_the_weights_of_an_unbroken_run(optimiser, schedule):
    training = Training(optimiser, float(OPTIMISERS[optimiser].rate), schedule, 16, 6, decay=0.01)
    experiment = replace(SMALL, training=training)
    whole, checkpoint, losses, snapshots = train_slice(experiment), None, [], []
    for epochs in (1, 3, 9):
        piece = train_slice(experiment, checkpoint, epochs=epochs)
        checkpoint = piece.checkpoint
        losses += piece.losses
        snapshots += piece.snapshots
    assert losses == list(whole.losses) and snapshots == list(whole.snapshots)
    assert snapshots[-1][0] == piece.epoch == 6


def test_a_slice_ends_at_its_time_and_does_at_least_an_epoch():
    piece = train_slice(replace(SMALL, training=Training(epochs=5000)), seconds=0.05)
    assert 1 <= piece.epoch < 5000
    assert train_slice(SMALL, seconds=0.0).epoch == 1


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("initialisation", INITIALISATIONS)
def test_a_network_is_the_same_for_the_same_seed(activation, initialisation):
    architecture = Architecture((5, 3), activation, initialisation)
    one, two = (torch.cat([p.flatten() for p in build(architecture, 1, 1, 4).parameters()]) for _ in range(2))
    assert torch.equal(one, two) and len(one) == 10 + 18 + 4


def test_building_a_network_leaves_torchs_own_generator_alone():
    torch.manual_seed(0)
    expected = torch.rand(3)
    torch.manual_seed(0)
    build(Architecture(), 1, 1, 7)
    assert torch.equal(torch.rand(3), expected)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_falls(loss):
    losses = train_slice(replace(SMALL, training=replace(SMALL.training, loss=loss, epochs=60))).losses
    assert losses[-1] < losses[0] / 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "text, sampling, rms",
    [
        ("x**2+x**3+x**4", Sampling(), 0.06),  # of values from 0 to 28
        ("y=x.pow(2)+0.2*torch.rand(x.size())", Sampling(((-1.0, 2.0),)), 0.07),  # the noise itself has 0.058
        ("np.exp(-x)*np.sin(2*np.pi*x)", Sampling(((0.0, 5.0),), 1000), 0.06),
        ("3*x**2 + 5*x + 6*torch.exp(x)", Sampling(), 0.1),  # of values from 3 to 66
    ],
)
def test_the_functions_of_the_questions_are_learnt(text, sampling, rms):
    found = errors(trained(Experiment(parse(text), sampling=sampling)))
    assert found.training[0] < rms and found.validation[0] < rms
    assert (found.validation[0] > 0.05) == ("rand" in text)  # noise can't be learnt


def test_a_rate_that_is_too_high_ends_the_training():
    wild = replace(SMALL, training=Training("sgd", 1e6, "constant", 8, 100))
    piece = train_slice(wild)
    assert piece.diverged and piece.epoch < 100


def test_snapshots_are_few_and_hold_the_first_and_the_last_epoch():
    for epochs in (1, 7, 100, 5000):
        kept = snapshot_epochs(epochs, MAX_SNAPSHOTS)
        assert {0, epochs} <= kept and len(kept) <= MAX_SNAPSHOTS


def test_a_snapshot_gives_the_answers_of_its_epoch():
    trainer = Trainer(SMALL)
    for _ in range(2):
        trainer.train_epoch()
    learner = Learner(SMALL)
    learner.put(dict(train_slice(SMALL).snapshots)[2])
    x = torch.linspace(-3, 3, 7, dtype=torch.float64)[:, None]
    assert torch.equal(learner.answers(x), trainer.answers(x))


def test_a_costly_epoch_is_refused_with_what_to_change():
    with pytest.raises(ValueError, match="larger batches"):
        check(Learner(replace(SMALL, sampling=Sampling(count=2000), training=Training(batch=1))))
    check(Learner(Experiment(parse("x"))))
    assert epoch_seconds(Learner(Experiment(parse("x")))) < MAX_EPOCH_SECONDS
