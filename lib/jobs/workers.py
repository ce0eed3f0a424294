"""The worker processes and the queue in front of them."""

import logging
import time
from collections import deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from threading import RLock, Thread
from typing import Any

from loky.backend import get_context
from pebble import ProcessPool

from lib.jobs.job import Job, Status
from lib.jobs.worker import prepare, work
from lib.message import Message

# While one is killed and replaced, another works: 330 MB each with torch, its optimisers and SymPy imported.
WORKERS = 2
# Jobs that may wait for a worker, in all and of one owner: with 2 s a job the last one waits for some 10 s.
MAX_WAITING = 10
MAX_WAITING_OF_OWNER = 2
# Seconds of a core that a new worker's imports take: a cancelled job that ends sooner by itself is left to its worker.
REPLACEMENT = 3.0

Function = Callable[..., Any]


class Workers:
    """A few warm workers and the jobs that wait for one, first come, first served."""

    def __init__(self, count: int = WORKERS, warm_up: Function | None = None) -> None:
        self._warm_up = warm_up
        self._lock = RLock()
        self._waiting: deque[Job] = deque()
        self._running: dict[Job, ProcessPool] = {}
        self._idle = [self._start() for _ in range(count)]  # pools of one, so that a kill hits the right job

    def submit(self, function: Function, *args: Any, limit: float, owner: Hashable = None) -> Job:
        """The job, which is busy from the start where too many wait, of all owners or of this one."""
        job = Job((function, *args), limit, owner, self.cancel)
        with self._lock:
            for late in [running for running in self._running if running.overdue]:
                self._give_up(late, Status.TOO_LONG)
            of_owner = sum(1 for waiting in self._waiting if owner is not None and waiting.owner == owner)
            if len(self._waiting) >= MAX_WAITING or of_owner >= MAX_WAITING_OF_OWNER:
                job.end(Status.BUSY)
            else:
                self._waiting.append(job)
                self._dispatch()
        return job

    def cancel(self, job: Job) -> None:
        with self._lock:
            if job in self._waiting:
                self._waiting.remove(job)
                job.end(Status.CANCELLED)
            elif job in self._running and job.seconds_left < REPLACEMENT:
                job.end(Status.CANCELLED)
            elif job in self._running:
                self._give_up(job, Status.CANCELLED)

    def close(self) -> None:
        """Cancel all jobs and stop all workers."""
        with self._lock:
            for job in self._waiting:
                job.end(Status.CANCELLED)
            for job in self._running:
                job.end(Status.CANCELLED)
            pools = [*self._idle, *self._running.values()]
            self._waiting.clear()
            self._running.clear()
            self._idle.clear()
        for pool in pools:
            _stop(pool)

    def _start(self) -> ProcessPool:
        pool = ProcessPool(max_workers=1, initializer=prepare, initargs=(self._warm_up,), context=get_context("loky"))
        _ = pool.active  # starts its worker
        return pool

    def _dispatch(self) -> None:
        while self._waiting and self._idle:
            job, pool = self._waiting.popleft(), self._idle.pop()
            job.status, job.message, job.started = Status.RUNNING, Status.RUNNING.value, time.monotonic()
            if not pool.active:
                pool = self._replaced(pool)
            job.future = pool.schedule(work, args=(job.call, job.limit), timeout=job.limit)
            self._running[job] = pool
            job.future.add_done_callback(partial(self._ended, job, pool))

    def _ended(self, job: Job, pool: ProcessPool, future: "Future[Any]") -> None:
        with self._lock:
            if self._running.get(job) is not pool or future.cancelled():
                return
            del self._running[job]
            if isinstance(future.exception(), BrokenProcessPool) and not job.restarted and not job.done:
                job.restarted = True  # its worker had died before it began
                self._waiting.appendleft(job)
            else:
                job.end(*_outcome(job, future))
            self._free(pool, warm=future.exception() is None)
            self._dispatch()

    def _give_up(self, job: Job, status: Status) -> None:
        """End a running job; a new pool takes the place of its own, so that no later job is hit."""
        pool = self._running.pop(job)
        job.end(status)
        self._free(self._replaced(pool), warm=False)
        self._dispatch()

    def _free(self, pool: ProcessPool, *, warm: bool) -> None:
        """The pool may have another job; one whose worker starts anew comes after the others."""
        self._idle.insert(len(self._idle) if warm else 0, pool)

    def _replaced(self, pool: ProcessPool) -> ProcessPool:
        Thread(target=_stop, args=(pool,), daemon=True).start()
        return self._start()


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()


def _outcome(job: Job, future: "Future[Any]") -> tuple[Any, ...]:
    """The arguments of `end` for a job whose worker returned, was killed at the limit, or died."""
    error = future.exception()
    if error is None:
        return tuple(future.result())
    if isinstance(error, TimeoutError):
        return Status.TOO_LONG, Message("No result within {limit:g} s: stopped.", limit=job.limit)
    logging.getLogger(__name__).warning("a worker failed: %s", error)
    return Status.FAILED, Message("The computation broke off. Try again.")
