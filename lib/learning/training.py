"""Training in slices: each takes up where the one before left off, and all together are one unbroken run."""

import io
import time
from dataclasses import dataclass
from functools import partial
from math import ceil, inf, isfinite
from typing import Any

import torch
from torch import Tensor, nn

from lib.learning.experiment import Experiment, Training
from lib.learning.learner import Learner
from lib.learning.limits import (
    MAX_EPOCH_SECONDS,
    MAX_SNAPSHOTS,
    SECONDS_PER_LAYER,
    SECONDS_PER_PRODUCT,
    SNAPSHOT_BYTES,
    epoch_too_long,
)
from lib.learning.optimisers import OPTIMISERS, SCHEDULES


@dataclass(frozen=True)
class Slice:
    """What a piece of training adds: the losses after each of its epochs, the weights at some of them, and a checkpoint
    to go on from, all plain data."""

    checkpoint: bytes
    epoch: int  # epochs trained so far
    losses: tuple[float, ...]
    validation: tuple[float, ...]
    snapshots: tuple[tuple[int, bytes], ...]
    seconds: float
    diverged: bool = False


class Trainer(Learner):
    """A learner with its optimiser, its schedule and the generator of its batches."""

    def __init__(self, experiment: Experiment) -> None:
        super().__init__(experiment)
        training = experiment.training
        optimiser, schedule = OPTIMISERS[training.optimiser], SCHEDULES[training.schedule]
        decay = {"weight_decay": training.decay} if optimiser.decays else {}
        options: dict[str, Any] = {"lr": training.rate, **decay, **optimiser.options}
        self.optimiser = optimiser.kind(self.network.parameters(), **options)
        self.schedule = schedule.kind(self.optimiser, **schedule.options(training.epochs)) if schedule.kind else None
        self.generator = torch.Generator().manual_seed(training.seed)
        self.batch = len(self.data.training) if optimiser.whole or not training.batch else training.batch
        self.epoch = 0

    def train_epoch(self) -> tuple[float, float]:
        """One epoch: the mean loss of its batches, and the loss on the rows for validation (NaN if there are none)."""
        rows = self.data.training
        total = 0.0
        order = rows[torch.randperm(len(rows), generator=self.generator)]
        for batch in torch.split(order, self.batch):
            total += len(batch) * float(self.optimiser.step(partial(self._gradient, batch)))
        if self.schedule:
            self.schedule.step()
        self.epoch += 1
        return total / len(rows), self.loss(self.data.validation)

    def _gradient(self, batch: Tensor) -> float:
        self.optimiser.zero_grad()
        loss = self.task.loss(self.network, self.criterion, batch)
        loss.backward()  # type: ignore[no-untyped-call]
        return loss.item()

    def checkpoint(self) -> bytes:
        """All that training goes on from."""
        kept: dict[str, Any] = {
            "network": self.network.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "schedule": self.schedule.state_dict() if self.schedule else {},
            "generator": self.generator.get_state(),
            "epoch": self.epoch,
        }
        file = io.BytesIO()
        torch.save(kept, file)
        return file.getvalue()

    def restore(self, checkpoint: bytes) -> None:
        """Go on from a checkpoint of the same experiment."""
        kept = torch.load(io.BytesIO(checkpoint), weights_only=True)
        self.network.load_state_dict(kept["network"])
        self.optimiser.load_state_dict(kept["optimiser"])
        if self.schedule:
            self.schedule.load_state_dict(kept["schedule"])
        self.generator.set_state(kept["generator"])
        self.epoch = kept["epoch"]


def train_slice(
    experiment: Experiment, checkpoint: bytes | None = None, seconds: float = inf, epochs: int | None = None
) -> Slice:
    """Train from the checkpoint, or from the beginning, for about so long or so many epochs, at most to the last one.

    Cut into slices or not, a training ends with the same weights to the last bit. It ends early where the loss is no
    number any more: the slice then says so.
    """
    began = time.perf_counter()
    trainer = Trainer(experiment)
    if checkpoint is not None:
        trainer.restore(checkpoint)
    last = experiment.training.epochs
    last = last if epochs is None else min(last, trainer.epoch + epochs)
    wanted = snapshot_epochs(
        experiment.training.epochs, max(2, min(MAX_SNAPSHOTS, SNAPSHOT_BYTES // (8 * trainer.size)))
    )
    losses: list[float] = []
    validation: list[float] = []
    snapshots = [] if trainer.epoch else [(0, trainer.weights())]
    diverged = False
    while trainer.epoch < last and not diverged and (not losses or time.perf_counter() - began < seconds):
        loss, held_out = trainer.train_epoch()
        diverged = not isfinite(loss)
        losses.append(loss)
        validation.append(held_out)
        if trainer.epoch in wanted and not diverged:
            snapshots.append((trainer.epoch, trainer.weights()))
    return Slice(
        trainer.checkpoint(),
        trainer.epoch,
        tuple(losses),
        tuple(validation),
        tuple(snapshots),
        time.perf_counter() - began,
        diverged,
    )


def snapshot_epochs(epochs: int, count: int) -> frozenset[int]:
    """At most `count` epochs from 0 to the last, closer together at first, where most happens."""
    return frozenset(round(epochs * (k / (count - 1)) ** 2) for k in range(count))


def epoch_seconds(learner: Learner) -> float:
    """About how long an epoch takes."""
    training, optimiser = learner.experiment.training, OPTIMISERS[learner.experiment.training.optimiser]
    rows = len(learner.data.training)
    steps = 1 if optimiser.whole or not training.batch else ceil(rows / training.batch)
    layers = sum(isinstance(layer, nn.Linear) for layer in learner.network.modules())
    products = 3 * rows * learner.size
    return optimiser.calls * (steps * layers * SECONDS_PER_LAYER + products * SECONDS_PER_PRODUCT)


def check(learner: Learner) -> None:
    """Refuse, with a ValueError, what would hold a worker for too long."""
    seconds = epoch_seconds(learner)
    if seconds > MAX_EPOCH_SECONDS:
        raise ValueError(epoch_too_long(seconds))


def warm_up() -> None:
    """Import what a first training needs, by one: torch.optim alone takes 2 s."""
    from lib.expression import parse

    train_slice(Experiment(parse("x"), training=Training(epochs=1)))
