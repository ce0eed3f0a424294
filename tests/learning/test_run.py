"""Trainings driven through the workers: pause, stop, a worker that dies, two visitors at once."""

import time
from dataclasses import replace
from functools import partial

import pytest
import torch

from lib import jobs
from lib.expression import parse
from lib.learning import run as running
from lib.learning.data import Sampling
from lib.learning.experiment import Experiment, Training
from lib.learning.network import Architecture
from lib.learning.run import Phase, Run, underway
from lib.learning.training import train_slice, warm_up
from tests import work

torch.set_num_threads(1)  # as the workers have
pytestmark = pytest.mark.slow
PATIENCE = 150.0
SMALL = Experiment(
    parse("x^2 + x^3 + x^4"), sampling=Sampling(count=60), network=Architecture((8, 8)), training=Training(epochs=100)
)
LONG = replace(SMALL, training=Training(epochs=5000, batch=8))


@pytest.fixture(autouse=True, scope="module")
def warm():
    """Workers as the server starts them."""
    jobs.start(warm_up)


def until(run, condition):
    end = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < end:
        run.looked()
        time.sleep(0.01)
    assert condition()


def finished(run):
    until(run, lambda: run.phase is not Phase.RUNNING)
    return run


def same(run, experiment):
    whole = train_slice(experiment)
    assert run.losses == list(whole.losses)
    assert run.snapshots == dict(whole.snapshots)


def test_a_run_that_was_stepped_and_paused_ends_with_the_weights_of_an_unbroken_one():
    run = Run(SMALL, "a")
    run.start(1)
    assert finished(run).phase is Phase.PAUSED and run.epoch == 1
    run.start()
    run.pause()
    assert finished(run).phase in (Phase.PAUSED, Phase.FINISHED)
    if run.phase is Phase.PAUSED:
        run.start()
    assert finished(run).phase is Phase.FINISHED
    same(run, SMALL)


def test_two_visitors_do_not_touch_each_other():
    other = replace(SMALL, training=replace(SMALL.training, seed=1))
    runs = [Run(SMALL, "a"), Run(other, "b")]
    for run in runs:
        run.start()
    until(runs[0], lambda: runs[1].looked() or all(run.phase is Phase.FINISHED for run in runs))
    same(runs[0], SMALL)
    same(runs[1], other)


def test_a_lost_worker_costs_one_slice_and_is_told_of(monkeypatch, tmp_path):
    monkeypatch.setattr(running, "train_slice", partial(work.leave_at, 20, str(tmp_path / "left")))
    run = Run(LONG, "a")
    run.start(1)
    finished(run)
    run.start()
    until(run, lambda: run.message is not None)
    assert "A worker was lost after epoch" in (run.message or "")
    run.pause()
    assert finished(run).phase is Phase.PAUSED and (tmp_path / "left").exists()
    until(run, lambda: True)
    whole = train_slice(LONG, epochs=run.epoch)
    assert run.losses == list(whole.losses) and run.snapshots == dict(whole.snapshots)


def test_a_slice_that_fails_again_and_again_ends_the_run(monkeypatch):
    monkeypatch.setattr(running, "train_slice", work.leave)
    monkeypatch.setattr(running, "SLICE_LIMIT", PATIENCE)
    run = Run(SMALL, "a")
    run.start()
    assert finished(run).phase is Phase.BROKEN and run.message and not run.epoch


def test_the_server_knows_how_many_trainings_run():
    until(Run(SMALL), lambda: not underway())
    runs = [Run(LONG, "a"), Run(LONG, "b")]
    for run in runs:
        run.start()
    assert underway() == 2
    runs[0].stop()
    runs[1].pause()
    until(runs[1], lambda: not underway())


def test_stop_and_reset():
    run = Run(LONG, "a")
    run.start()
    until(run, lambda: run.epoch > 0)
    run.stop()
    reached = run.epoch
    time.sleep(1.0)
    assert run.phase is Phase.STOPPED and run.epoch == reached
    run.reset()
    assert run.phase is Phase.READY and list(run.snapshots) == [0]


@pytest.mark.parametrize("gone", ["no look", "closed", "left"])
def test_a_run_that_nobody_looks_at_is_paused(monkeypatch, gone):
    monkeypatch.setattr(running, "LEASE", 0.0 if gone == "no look" else PATIENCE)
    monkeypatch.setattr(running, "GRACE", 0.0)
    run = Run(LONG, "a", lambda: gone != "closed")
    run.start()
    if gone == "left":
        run.left()
    end = time.monotonic() + PATIENCE
    while run.phase is Phase.RUNNING and time.monotonic() < end:
        time.sleep(0.01)
    assert run.phase is Phase.PAUSED and "nobody" in (run.message or "")
    assert run.epoch < 5000


def test_divergence_is_explained():
    run = Run(replace(SMALL, training=Training("sgd", 1e6, "constant")), "a")
    run.start()
    assert finished(run).phase is Phase.DIVERGED
    assert "learning rate of 1e+06" in (run.message or "") and "Try 0.01" in (run.message or "")
