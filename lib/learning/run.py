"""A training as the visitor who started it sees it: workers take it on slice by slice, in turn with all others."""

import time
from collections.abc import Callable, Hashable
from enum import Enum
from math import inf
from threading import RLock, Thread

from lib import jobs
from lib.jobs import Job, Status
from lib.learning.causes import why_diverged
from lib.learning.experiment import Experiment
from lib.learning.learner import Learner
from lib.learning.limits import GRACE, LEASE, MAX_SECONDS, SLICE, SLICE_LIMIT
from lib.learning.training import Slice, check, train_slice
from lib.message import Message

TRIES = 3  # of a slice whose worker dies
PATIENCE = 0.3  # seconds until a slice that found the queue full is offered again

_underway: set[tuple[int, int]] = set()  # trainings that the workers take in turn: which run, and which start of it


def underway() -> int:
    """How many trainings run on this server."""
    return len(_underway)


class Phase(Enum):
    """Where a training is."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    FINISHED = "finished"
    DIVERGED = "diverged"
    BROKEN = "broken"

    @property
    def over(self) -> bool:
        return self not in (Phase.READY, Phase.RUNNING, Phase.PAUSED)


class Run:
    """One training. Its methods answer at once; a thread of its own hands slices to the workers.

    What can't be trained is a ValueError. It goes on while somebody looks: `looked` has to be called every few seconds,
    and more often where `connected` answers that the visitor is gone.
    """

    def __init__(
        self, experiment: Experiment, owner: Hashable = None, connected: Callable[[], bool] = lambda: True
    ) -> None:
        self.experiment = experiment
        self.learner = Learner(experiment)  # to put weights in and ask
        check(self.learner)
        self._first = self.learner.weights()
        self.owner = owner
        self._connected = connected
        self._lock = RLock()
        self._turn = 0  # of the thread that may add to this run
        self._looked = 0.0
        self._clear()

    def _clear(self) -> None:
        self.phase = Phase.READY
        self.message: Message | None = None
        self.losses: list[float] = []
        self.validation: list[float] = []
        self.snapshots = {0: self._first}
        self.seconds = 0.0
        self._checkpoint: bytes | None = None
        self._began = (0.0, 0)  # when, and at which epoch, a worker took it on
        self._pausing = False

    @property
    def epoch(self) -> int:
        """How many epochs it has been trained for."""
        return len(self.losses)

    @property
    def progress(self) -> float:
        return self.epoch / self.experiment.training.epochs

    @property
    def seconds_left(self) -> float | None:
        """An estimate from the epochs since a worker took it on; None before there are any."""
        began, first = self._began
        done = self.epoch - first
        return (time.monotonic() - began) / done * (self.experiment.training.epochs - self.epoch) if done else None

    def looked(self) -> None:
        """Somebody looks at it."""
        self._looked = time.monotonic()

    def left(self) -> None:
        """Nobody looks at it any more."""
        self._looked = -inf

    def start(self, epochs: int | None = None) -> None:
        """Train, on from where it was paused, for so many epochs or to the last. Once it has ended, anew."""
        with self._lock:
            self._pausing = False
            if self.phase is Phase.RUNNING:
                return
            if self.phase.over:
                self._clear()
            self._turn += 1
            self.phase, self.message = Phase.RUNNING, None
            self._began = (time.monotonic(), self.epoch)
            self.looked()
            _underway.add((id(self), self._turn))
            Thread(target=self._drive, args=(self._turn, epochs), daemon=True).start()

    def pause(self) -> None:
        """Train to the end of this slice."""
        with self._lock:
            self._pausing = True

    def stop(self) -> None:
        """End it now; what was reached stays."""
        with self._lock:
            self._turn += 1
            if not self.phase.over:
                self.phase = Phase.STOPPED

    def reset(self) -> None:
        """As it was before it was started."""
        with self._lock:
            self._turn += 1
            self._clear()

    def _drive(self, turn: int, epochs: int | None) -> None:
        try:
            self._hand_out(turn, epochs)
        finally:
            _underway.discard((id(self), turn))

    def _hand_out(self, turn: int, epochs: int | None) -> None:
        """Slice by slice to the workers, until it ends or is paused."""
        tries = 0
        while True:
            with self._lock:
                if self._turn != turn or self.phase is not Phase.RUNNING:
                    return
                checkpoint = self._checkpoint
            job = self._request(checkpoint, epochs)
            job.wait()
            if job.status is Status.BUSY:
                time.sleep(PATIENCE)
            with self._lock:
                if self._turn != turn:
                    return
                if job.status is Status.FINISHED:
                    self._take(job.result(), last=epochs is not None)
                    tries = 0
                elif job.status is not Status.BUSY:
                    tries += 1
                    self._lost(job, tries)
                self._look_around()

    def _request(self, checkpoint: bytes | None, epochs: int | None) -> Job:
        return jobs.submit(
            train_slice, self.experiment, checkpoint, SLICE, epochs, limit=SLICE_LIMIT, owner=("training", self.owner)
        )

    def _take(self, piece: Slice, *, last: bool) -> None:
        if self.epoch == self._began[1]:  # the first one, which may have waited for a worker
            self._began = (time.monotonic() - piece.seconds, self.epoch)
        self._checkpoint = piece.checkpoint
        self.losses += piece.losses
        self.validation += piece.validation
        self.snapshots.update(piece.snapshots)
        self.seconds += piece.seconds
        if piece.diverged:
            self.phase, self.message = Phase.DIVERGED, why_diverged(self.experiment, self.epoch)
        elif self.epoch >= self.experiment.training.epochs:
            self.phase = Phase.FINISHED
        elif last:
            self.phase = Phase.PAUSED
        elif self.seconds > MAX_SECONDS:
            self.phase = Phase.STOPPED
            self.message = Message("Stopped after {limit:g} s of training, the most for one run.", limit=MAX_SECONDS)

    def _lost(self, job: Job, tries: int) -> None:
        if tries >= TRIES:
            self.phase, self.message = Phase.BROKEN, job.message
            return
        self.message = Message(
            "A worker was lost after epoch {epoch}: training went on from there. That cost one slice of {seconds} s.",
            epoch=self.epoch,
            seconds=SLICE,
        )

    def _look_around(self) -> None:
        if self.phase is not Phase.RUNNING:
            return
        away = time.monotonic() - self._looked
        if self._pausing:
            self.phase = Phase.PAUSED
        elif away > LEASE or (away > GRACE and not self._connected()):
            self.phase = Phase.PAUSED
            self.message = Message(
                "Paused after epoch {epoch}, as nobody looked at the page: it can go on from there.", epoch=self.epoch
            )
