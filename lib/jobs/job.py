"""A piece of work, as whoever submitted it sees it."""

import time
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from enum import Enum
from threading import Event
from typing import Any

from lib.message import Message

# Seconds after the limit at which a job is given up even if its worker can't be stopped, or never started.
OVERDUE = 20.0


class Status(Enum):
    """Where a job is, in words."""

    WAITING = Message("waiting for its turn")
    RUNNING = Message("being computed")
    FINISHED = Message("finished")
    TOO_LONG = Message("stopped at its time limit")
    CANCELLED = Message("cancelled")
    FAILED = Message("failed")
    BUSY = Message("Many computations are waiting. Try again in a few seconds.")


class JobError(RuntimeError):
    """A job without a result; its text is a Message for the visitor."""


class Job:
    """A piece of work, as whoever submitted it sees it. Any thread may ask."""

    def __init__(self, call: tuple[Any, ...], limit: float, owner: Hashable, cancel: Callable[["Job"], None]) -> None:
        self.call = call  # the function and its arguments
        self.limit = limit
        self.owner = owner
        self.status = Status.WAITING
        self.message: Message = Status.WAITING.value
        self.future: Future[Any] | None = None
        self.started = 0.0
        self.restarted = False
        self._value: Any = None
        self._cancel = cancel
        self._ended = Event()

    @property
    def done(self) -> bool:
        return self._ended.is_set()

    @property
    def seconds_left(self) -> float:
        """Until the limit of a job that was started."""
        return self.started + self.limit - time.monotonic()

    @property
    def overdue(self) -> bool:
        """Whether a job that was started should have ended long ago."""
        return self.seconds_left < -OVERDUE

    def wait(self, seconds: float | None = None) -> bool:
        """Whether the job ended within so many seconds."""
        return self._ended.wait(seconds)

    def result(self) -> Any:
        """What the function returned, once it has; a JobError with the reason where it won't."""
        self.wait()
        if self.status is not Status.FINISHED:
            raise JobError(self.message)
        return self._value

    def cancel(self) -> None:
        """End the job now, unless it has ended. Its worker is killed, unless it soon ends by itself."""
        self._cancel(self)

    def end(self, status: Status, message: Message | None = None, value: Any = None) -> None:
        if not self.done:
            self.status, self.message, self._value = status, message or status.value, value
            self.call = ()
            self._ended.set()
