"""Long work in slices: a first look at once, the rest by a worker, with progress, and buttons to stop and to go on."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol

import streamlit as st

from lib.jobs import Job, Status
from lib.locale import _
from lib.ui.asking import owner
from lib.ui.formulas import POLL


class State(Protocol):
    """How far the work is. over: nothing is left to do; boxes: how much was done, in units of its own."""

    @property
    def over(self) -> bool: ...
    @property
    def progress(self) -> float: ...
    @property
    def boxes(self) -> int: ...
    def copy(self) -> "State": ...


@dataclass(frozen=True)
class Task:
    """What is to be done. asked: what tells it from others. key: where its state is kept. begin: the first look.

    request: the job of one slice more. conclude: what is known, and whether the work has ended. limit: boxes after
    which it goes on only if the visitor wants it to. say: how far it is, of percent and boxes. reason: why there is
    nothing to be done, else None.
    """

    asked: object
    key: str
    begin: Callable[[], State]
    request: Callable[[Any, Hashable], Job]
    conclude: Callable[[Any, bool], Any]
    limit: float
    say: Callable[[int, int], str]
    reason: str | None = None


@dataclass
class Running:
    """Work under way: how far it is, its next slice, and what it has found."""

    task: Task
    state: Any
    limit: float
    job: Job | None = None
    stopped: bool = False
    concluded: tuple[tuple[int, bool], Any] | None = None

    @property
    def over(self) -> bool:
        return self.stopped or self.state.over or self.state.boxes >= self.limit

    @property
    def found(self) -> Any:
        """What is known so far."""
        reached = (self.state.boxes, self.over)
        if self.concluded is None or self.concluded[0] != reached:
            self.concluded = (reached, self.task.conclude(self.state.copy(), self.over))
        return self.concluded[1]


def running(task: Task) -> Running:
    """The work, begun if it is new."""
    held: Running | None = st.session_state.get(task.key)
    if held is None or held.task.asked != task.asked:
        if held is not None and held.job is not None:
            held.job.cancel()
        held = Running(task, task.begin(), task.limit, stopped=task.reason is not None)
        st.session_state[task.key] = held
    return held


def show_progress(work: Running) -> None:
    """How far it is, until it is over; then the way to go on, if something is left to do."""
    if not work.over:
        _waiting(work)
    elif not work.state.over and work.task.reason is None:
        st.button(
            _("Continue"),
            icon=":material/play_arrow:",
            key=f"continue{work.task.key}",
            help=_("Some of it was left undone: go on with it."),
            on_click=_go_on,
            args=(work,),
        )


@st.fragment(run_every=POLL)
def _waiting(work: Running) -> None:
    job = work.job
    if job is not None and job.done:
        work.job = None
        if job.status is Status.FINISHED:
            work.state = job.result()
        elif job.status is not Status.BUSY:
            work.stopped = True
    if work.over:
        st.rerun()
    if work.job is None:
        work.job = work.task.request(work.state, owner())
    done = percent(work.state.progress)
    st.progress(done, work.task.say(done, work.state.boxes))
    st.button(_("Stop"), key=f"stop{work.task.key}", on_click=_stop, args=(work,))


def percent(progress: float) -> int:
    """How much of unfinished work is done: never all, though boxes that are left may be too thin to count."""
    return min(99, int(100 * progress))


def _stop(work: Running) -> None:
    if work.job is not None:
        work.job.cancel()
    work.job, work.stopped = None, True


def _go_on(work: Running) -> None:
    work.stopped = False
    work.limit = work.state.boxes + work.task.limit


def say_boxes(percent: int, boxes: int) -> str:
    """How far a search is."""
    return _("{percent} % of the window decided, {n} boxes", percent=percent, n=boxes)
