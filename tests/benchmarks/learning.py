"""A training through the workers beside a plain PyTorch loop of the same network, and how soon it has first epochs."""

import time
from statistics import median

import torch
from timing import bar, title
from torch import nn

from lib import jobs
from lib.expression import parse
from lib.learning.experiment import Experiment, Training
from lib.learning.learner import Learner
from lib.learning.run import Phase, Run
from lib.learning.training import warm_up

ROUNDS = 5
EPOCHS = 200


def run() -> None:
    title(f"{EPOCHS} epochs of x^2 + x^3 + x^4, 1-64-64-1")
    torch.set_num_threads(1)  # as the workers have
    jobs.start(warm_up)
    experiment = Experiment(parse("x^2 + x^3 + x^4"), training=Training(epochs=EPOCHS, schedule="constant"))
    _watched(experiment)
    times: dict[str, list[float]] = {"Nabla": [], "plain loop": []}
    first = []
    for _ in range(ROUNDS):
        whole, soon = _watched(experiment)
        first.append(soon)
        times["Nabla"].append(whole)
        times["plain loop"].append(_plain(experiment))
    rates = {name: EPOCHS / median(seconds) for name, seconds in times.items()}
    print("  epochs a second: " + ", ".join(f"{name} {rate:.0f}" for name, rate in rates.items()))
    ratio = rates["Nabla"] / rates["plain loop"]
    bar(ratio >= 0.9, f"at least 0.9 times the plain loop's ({ratio:.2f})")
    bar(max(first) < 1, f"first epochs within 1 s of the start ({max(first):.2f} s)")
    jobs.shutdown()


def _watched(experiment: Experiment) -> tuple[float, float]:
    """Seconds from the start to the last epoch, and to the first that can be shown."""
    training = Run(experiment)
    began = time.perf_counter()
    training.start()
    first = 0.0
    while training.phase is Phase.RUNNING:
        training.looked()
        if training.epoch and not first:
            first = time.perf_counter() - began
        time.sleep(0.005)
    assert training.phase is Phase.FINISHED
    return time.perf_counter() - began, first or time.perf_counter() - began


def _plain(experiment: Experiment) -> float:
    """Seconds of the loop that anybody would write, on the same rows."""
    learner = Learner(experiment)
    rows = learner.data.training
    inputs, targets = learner.task.scaled_inputs, learner.task.scaled_targets
    held_out = learner.data.validation
    began = time.perf_counter()
    model = nn.Sequential(nn.Linear(1, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1)).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    criterion = nn.MSELoss()
    for _ in range(EPOCHS):
        for batch in rows[torch.randperm(len(rows))].split(32):
            optimizer.zero_grad()
            loss = criterion(model(inputs[batch]), targets[batch])
            loss.backward()
            optimizer.step()
        with torch.no_grad():
            criterion(model(inputs[held_out]), targets[held_out]).item()
    return time.perf_counter() - began
