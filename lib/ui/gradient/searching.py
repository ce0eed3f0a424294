"""A search for proved points: a first look at once, the rest by a worker, with progress and a button to stop it."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import streamlit as st

from lib.calculus.critical import Search
from lib.calculus.critical.critical_points import BUDGET
from lib.jobs import Job, Status
from lib.locale import _
from lib.ui.formulas import POLL

AT_ONCE = 80  # boxes: some 50 ms
_OWNER = "_owner"


@dataclass(frozen=True)
class Task:
    """What is sought. asked: what tells it from others. key: where its state is kept. reason: why nothing is provable.

    advance: the search after so many boxes. request: the job of one slice more. conclude: what is known, with guesses
    where the search is over.
    """

    asked: object
    key: str
    window: tuple[tuple[float, float], ...]
    reason: str | None
    advance: Callable[[Search, int], Search]
    request: Callable[[Search, Hashable], Job]
    conclude: Callable[[Search, bool], Any]


@dataclass
class Running:
    """A search under way: how far it is, its next slice, and what it has found."""

    task: Task
    state: Search
    job: Job | None = None
    stopped: bool = False
    concluded: tuple[tuple[int, bool], Any] | None = None

    @property
    def over(self) -> bool:
        return self.stopped or self.state.done or self.state.curve or self.state.boxes >= BUDGET

    @property
    def found(self) -> Any:
        """What is known so far."""
        reached = (self.state.boxes, self.over)
        if self.concluded is None or self.concluded[0] != reached:
            self.concluded = (reached, self.task.conclude(self.state.copy(), self.over))
        return self.concluded[1]


def running(task: Task) -> Running:
    """The search, begun if it is a new one."""
    held: Running | None = st.session_state.get(task.key)
    if held is None or held.task.asked != task.asked:
        if held is not None and held.job is not None:
            held.job.cancel()
        held = Running(task, Search.of(task.window), stopped=task.reason is not None)
        if not held.stopped:
            task.advance(held.state, AT_ONCE)
        st.session_state[task.key] = held
    return held


def show_progress(search: Running) -> None:
    """How far it is, until it is over."""
    if not search.over:
        _waiting(search)


@st.fragment(run_every=POLL)
def _waiting(search: Running) -> None:
    job = search.job
    if job is not None and job.done:
        search.job = None
        if job.status is Status.FINISHED:
            search.state = job.result()
        elif job.status is not Status.BUSY:
            search.stopped = True
    if search.over:
        st.rerun()
    if search.job is None:
        search.job = search.task.request(search.state, st.session_state.setdefault(_OWNER, uuid4().hex))
    done = search.state.progress
    percent = int(100 * done)
    st.progress(done, _("{percent} % of the window decided, {n} boxes", percent=percent, n=search.state.boxes))
    st.button(_("Stop"), key=f"stop{search.task.key}", on_click=_stop, args=(search,))


def _stop(search: Running) -> None:
    if search.job is not None:
        search.job.cancel()
    search.job, search.stopped = None, True
