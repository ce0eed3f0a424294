"""What runs in a worker process."""

import logging
import os
import signal
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from math import ceil
from typing import Any

from lib.jobs.job import Status
from lib.message import Message

try:
    import resource
except ImportError:  # Windows has no such limits
    resource = None  # type: ignore[assignment]

# Address space of a worker: SymPy takes 80 MB, torch 640 MB before its first number.
MEMORY = 2 * 2**30
NICENESS = 19  # the server has priority


def prepare(warm_up: Callable[[], object] | None) -> None:
    """Limits for the worker, and what every job needs, ready."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ends loops in C too
    os.environ["OMP_NUM_THREADS"] = "1"  # for a torch that is imported later
    if resource is not None:
        with suppress(ValueError, OSError):  # macOS refuses
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if warm_up is not None:
        warm_up()
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(1)
    if hasattr(os, "nice"):  # now that it is ready
        os.nice(NICENESS)


def each(functions: Iterable[Callable[[], object]]) -> None:
    """Call one after the other."""
    for function in functions:
        function()


def work(call: tuple[Any, ...], limit: float) -> tuple[Any, ...]:
    """The arguments of `Job.end`."""
    if resource is not None:  # should the server die, so that no one stops the job
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = ceil(used.ru_utime + used.ru_stime + limit) + 1
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.RLIM_INFINITY))
    function, *args = call
    try:
        return Status.FINISHED, None, function(*args)
    except MemoryError:
        return Status.FAILED, Message("This needs too much memory: stopped.")
    except Exception as error:
        reason = error.args[0] if error.args else None
        if isinstance(reason, Message):
            return Status.FAILED, reason
        logging.getLogger(__name__).exception("a job failed")
        return Status.FAILED, Message("The computation broke off. Try again.")
