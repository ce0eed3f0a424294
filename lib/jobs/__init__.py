"""Work whose cost can't be bounded in advance, in worker processes: each job has a limit, at which it is killed.

Workers are started by loky's context: `spawn` and `forkserver` would run the app's script again in each of them, since
Streamlit puts it in `__main__`, and `fork` hangs once OpenMP has run. Functions are module-level ones of lib/; what
they take and return is plain data.
"""

import atexit
from collections.abc import Hashable
from functools import partial
from threading import RLock
from typing import Any

from lib.jobs.job import Job, JobError, Status
from lib.jobs.worker import each
from lib.jobs.workers import Function, Workers

__all__ = ["Job", "JobError", "Status", "Workers", "shutdown", "start", "submit"]

_lock = RLock()
_workers: Workers | None = None


def start(*warm_ups: Function) -> None:
    """Start the workers, unless they run. Each calls the `warm_ups` first, for the imports that jobs need."""
    global _workers
    with _lock:
        if _workers is None:
            _workers = Workers(warm_up=partial(each, warm_ups))


def submit(function: Function, *args: Any, limit: float = 2.0, owner: Hashable = None) -> Job:
    """function(*args) in a worker, killed after `limit` seconds. Where an owner has jobs waiting, a few are enough."""
    start()
    assert _workers is not None
    return _workers.submit(function, *args, limit=limit, owner=owner)


@atexit.register
def shutdown() -> None:
    """Stop the workers; a later job starts new ones."""
    global _workers
    with _lock:
        if _workers is not None:
            _workers.close()
        _workers = None
