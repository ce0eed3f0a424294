"""x learnt from y: what least squares makes of several inverses, and the ways that do better."""

from dataclasses import replace

import pytest
import torch

from lib.expression import parse
from lib.learning.causes import why_diverged
from lib.learning.comparison import answers_for, compare
from lib.learning.data import Sampling
from lib.learning.experiment import Experiment, Training
from lib.learning.learner import Learner
from lib.learning.learnt import errors
from lib.learning.network import Architecture
from lib.learning.sharing import branches_of, shared
from lib.learning.training import train_slice

torch.set_num_threads(1)  # as the workers have
WINDOW = (-2.0, 2.0)
F = parse("x^2 + x^3 + x^4")
ROOTS = (-1.0, 0.6823278038280193)  # of f(x) = 1
BRANCHES = branches_of(F, WINDOW, "x", ())
INVERSE = Experiment(F, task="inverse")
WAYS = {
    "inverse": INVERSE,
    "branches": replace(INVERSE, task="branches", branches=BRANCHES.branches),
    "mixture": replace(INVERSE, task="mixture"),
    "through": replace(INVERSE, task="through"),
}


@pytest.fixture(scope="module")
def trained():
    """Each way, trained once."""
    known: dict[str, Learner] = {}

    def learner(way):
        if way not in known:
            known[way] = Learner(WAYS[way])
            known[way].put(train_slice(WAYS[way]).snapshots[-1][1])
        return known[way]

    return learner


def at(learner, y):
    return learner.answers(torch.tensor([[y]], dtype=torch.float64))[0]


def test_what_is_shared_is_known_before_training():
    pair = shared(F, BRANCHES, 1.0, "x", ())
    assert pair.xs == pytest.approx(ROOTS) and pair.y == 1.0
    assert pair.mean == pytest.approx(-0.282, abs=1e-3) and pair.value == pytest.approx(0.0635, abs=1e-3)
    other = shared(F, BRANCHES, 20.0, "x", ())  # only one x has this y: another y is told
    assert len(other.xs) == 2 and other.y != 20.0
    assert shared(parse("x^3"), branches_of(parse("x^3"), WINDOW, "x", ()), 1.0, "x", ()) is None


def test_the_mean_is_that_of_many_samples():
    x = torch.linspace(-2, 2, 2_000_001, dtype=torch.float64)
    near = ((x**2 + x**3 + x**4) - 1).abs() < 0.01
    assert float(x[near].mean()) == pytest.approx(shared(F, BRANCHES, 1.0, "x", ()).mean, abs=1e-3)


@pytest.mark.slow
def test_least_squares_learns_the_mean_which_is_no_solution(trained):
    x = at(trained("inverse"), 1.0)
    assert float(x[0]) == pytest.approx(-0.28, abs=0.15)
    assert abs(float(trained("inverse").task.f(x)[0]) - 1) > 0.7


@pytest.mark.slow
def test_each_branch_has_its_answer_where_it_reaches(trained):
    learner = trained("branches")
    assert at(learner, 1.0).tolist() == pytest.approx(ROOTS, abs=0.02)
    assert at(learner, 20.0).isnan().tolist() == [True, False]
    assert errors(learner).validation[0] < 0.2


@pytest.mark.slow
def test_a_mixture_gives_both(trained):
    found = at(trained("mixture"), 1.0)
    assert sorted(found[found.isfinite()].tolist()) == pytest.approx(ROOTS, abs=0.05)


@pytest.mark.slow
def test_training_through_f_settles_for_a_solution(trained):
    learner = trained("through")
    assert errors(learner).validation[0] < 0.3
    assert min(abs(float(at(learner, 5.0)[0]) - root) for root in (-1.5978, 1.1818)) < 0.05


@pytest.mark.slow
def test_a_newton_step_and_the_solvers_do_better(trained):
    learner = trained("branches")
    for answer in answers_for(learner, (1.0, 5.0, 10.0)):
        assert abs(answer.stepped_residual) < abs(answer.residual)
        assert answer.residual == pytest.approx(answer.x**2 + answer.x**3 + answer.x**4 - answer.y)
    network, stepped, newton, bisection = compare(learner, (1.0, 5.0, 10.0), BRANCHES)
    assert newton.worst < 1e-12 and bisection.worst < 1e-12 and stepped.worst < network.worst < 0.5
    assert all(way.seconds > 0 for way in (network, stepped, newton, bisection))


@pytest.mark.parametrize("way", WAYS)
def test_slices_end_with_the_weights_of_an_unbroken_run(way):
    experiment = replace(
        WAYS[way], network=Architecture((6,)), sampling=Sampling(count=40), training=Training(epochs=3)
    )
    whole, first = train_slice(experiment), train_slice(experiment, epochs=1)
    rest = train_slice(experiment, first.checkpoint)
    assert (*first.snapshots, *rest.snapshots) == whole.snapshots


@pytest.mark.parametrize("way", ["branches", "through"])
def test_own_rows_have_no_f_to_go_through(way):
    with pytest.raises(ValueError, match="f"):
        Learner(replace(WAYS[way], sampling=Sampling(rows=((0.0, 0.0),) * 9)))


@pytest.mark.parametrize("text", ["7", "where(x > 0, 1, 0)", "floor(x)"])
def test_without_a_slope_nothing_goes_through_f(text):
    with pytest.raises(ValueError, match="derivative is 0"):
        Learner(replace(INVERSE, expression=parse(text), task="through"))


def test_a_mixture_that_goes_wild_is_told():
    wild = replace(WAYS["mixture"], training=Training("sgd", 1e200, "constant"))
    assert train_slice(wild).diverged


def test_leaving_the_domain_of_f_is_told():
    experiment = replace(INVERSE, expression=parse("log(x)"), task="through", sampling=Sampling(((0.01, 2.0),)))
    experiment = replace(experiment, training=Training("sgd", 10.0, "constant"))
    assert train_slice(experiment).diverged
    assert "f is undefined or steep" in why_diverged(experiment, 1)


def test_noise_counts_as_its_mean():
    experiment = replace(INVERSE, expression=parse("x^3 + rand() + randn()"))
    x = torch.tensor([0.0, 1.0], dtype=torch.float64)
    assert Learner(experiment).task.f(x).tolist() == [0.5, 1.5]
