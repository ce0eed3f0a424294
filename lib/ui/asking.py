"""What a visitor asks of the workers: one job for all visitors who ask for the same."""

from collections.abc import Callable, Hashable
from threading import Lock
from uuid import uuid4

import streamlit as st

from lib.jobs import Job, Status

_OWNER = "_owner"


def owner() -> str:
    """Who this visitor is to the workers."""
    return str(st.session_state.setdefault(_OWNER, uuid4().hex))


class Shared:
    """The last jobs of a request, by what was asked. A cache of Streamlit's takes longer to ask than an update has."""

    def __init__(self, request: Callable[..., Job], most: int = 64) -> None:
        self._request = request
        self._most = most
        self._jobs: dict[tuple[Hashable, ...], Job] = {}  # the one asked for last comes last
        self._lock = Lock()

    def __call__(self, *asked: Hashable) -> Job:
        """The job of request(*asked, owner); a new one where it was refused or cancelled."""
        with self._lock:
            job = self._jobs.pop(asked, None)
            if job is None or job.status in (Status.BUSY, Status.CANCELLED):
                job = self._request(*asked, owner())
            self._jobs[asked] = job
            if len(self._jobs) > self._most:
                del self._jobs[next(iter(self._jobs))]
        return job
