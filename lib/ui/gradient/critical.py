"""Critical points in the window: a first look at once, the rest by a worker, with progress and a button to stop it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

import streamlit as st

from lib.calculus import CriticalPoints
from lib.calculus.critical import Certificate, Search
from lib.calculus.critical.critical_points import BUDGET, conclude, unprovable
from lib.calculus.critical.slices import advanced, request_slice
from lib.jobs import Job, Status
from lib.locale import _, translate
from lib.ui.formulas import POLL
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import table
from lib.ui.typed import Typed

AT_ONCE = 80  # boxes: some 50 ms
SHOWN = 100  # rows
_SEARCH, _OWNER = "_critical", "_owner"

Windows = tuple[tuple[float, float], ...]


@dataclass
class _Running:
    """A search under way: what it is of, how far it is, and its next slice."""

    asked: object
    state: Search
    job: Job | None = None
    stopped: bool = False

    @property
    def over(self) -> bool:
        return self.stopped or self.state.done or self.state.boxes >= BUDGET


def find_critical(it: Typed, windows: Windows) -> CriticalPoints:
    """What is known so far."""
    return conclude(it.function, _running(it, windows).state.copy(), variables=it.variables, at=it.at)


def _running(it: Typed, windows: Windows) -> _Running:
    asked = (it.function, windows, it.variables, tuple(sorted(it.at.items())))
    running: _Running | None = st.session_state.get(_SEARCH)
    if running is None or running.asked != asked:
        if running is not None and running.job is not None:
            running.job.cancel()
        state = Search.of(windows)
        running = _Running(asked, state, stopped=unprovable(it.function) is not None)
        if not running.stopped:
            advanced(it.function, state, AT_ONCE, it.variables, it.at)
        st.session_state[_SEARCH] = running
    return running


def show_critical(it: Typed, windows: Windows, found: CriticalPoints) -> None:
    """The points as a table, and whether there are others."""
    running = _running(it, windows)
    if not running.over:
        _waiting(it, windows)
    reason = unprovable(it.function)
    if reason:
        hint(reason)
    _say_whether_all(found, running)
    names = [label_of(name) for name in it.variables]
    if found.points:
        rows: list[Sequence[float | str]] = [
            [translate(p.kind.value), *p.point, translate(p.certificate.value)] for p in found.points[:SHOWN]
        ]
        table([_("kind"), *names, _("certainty")], rows, _("Critical points in the window"), named_rows=True)
    if len(found.points) > SHOWN:
        hint(_("The first {n} of {all} are listed.", n=SHOWN, all=len(found.points)))


def _say_whether_all(found: CriticalPoints, running: _Running) -> None:
    proved = sum(p.certificate is Certificate.PROVED for p in found.points)
    if found.complete and not proved:
        say(_("Proved: f has no critical point in the window."), "good")
    elif found.complete:
        say(_("Proved: these {n} and none elsewhere in the window.", n=proved), "good")
    elif running.state.flat:
        say(_("The gradient is 0 on whole regions: every point there is critical."))
    elif running.over:
        say(_("{n} are proved; elsewhere there may be others.", n=proved), "warn")


@st.fragment(run_every=POLL)
def _waiting(it: Typed, windows: Windows) -> None:
    running = _running(it, windows)
    job = running.job
    if job is not None and job.done:
        running.job = None
        if job.status is Status.FINISHED:
            running.state = job.result()
        elif job.status is not Status.BUSY:
            running.stopped = True
    if running.over:
        st.rerun()
    if running.job is None:
        owner = st.session_state.setdefault(_OWNER, uuid4().hex)
        running.job = request_slice(it.function, running.state, it.variables, it.at, owner)
    done = running.state.progress
    st.progress(done, _("{percent} % of the window decided, {n} boxes", percent=int(100 * done), n=running.state.boxes))
    st.button(_("Stop"), key="stop_critical", on_click=_stop, args=(running,))


def _stop(running: _Running) -> None:
    if running.job is not None:
        running.job.cancel()
    running.job, running.stopped = None, True
