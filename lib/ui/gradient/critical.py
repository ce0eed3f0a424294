"""Critical points in the window, with what is proved of them."""

from collections.abc import Sequence

from lib.calculus import CriticalPoints
from lib.calculus.critical import Certificate, Search
from lib.calculus.critical.critical_points import conclude, unprovable
from lib.calculus.critical.slices import advanced, request_slice
from lib.locale import _, translate
from lib.ui.gradient.searching import searching
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import table
from lib.ui.slices import Running, show_progress
from lib.ui.typed import Typed

SHOWN = 100  # rows

Windows = tuple[tuple[float, float], ...]


def search_critical(it: Typed, windows: Windows) -> Running:
    """The search in the windows."""
    f, variables, at = it.function, it.variables, it.at

    def known(state: Search, guess: bool) -> CriticalPoints:
        return conclude(f, state, variables=variables, at=at, guess=guess)

    return searching(
        (f, windows, variables, tuple(sorted(at.items()))),
        "_critical",
        windows,
        unprovable(f),
        lambda state, budget: advanced(f, state, budget, variables, at),
        lambda state, owner: request_slice(f, state, variables, at, owner),
        known,
    )


def show_critical(it: Typed, search: Running) -> None:
    """The points as a table, and whether there are others."""
    show_progress(search)
    if search.task.reason:
        hint(search.task.reason)
    found: CriticalPoints = search.found
    _say_whether_all(found, search)
    names = [label_of(name) for name in it.variables]
    if found.points:
        rows: list[Sequence[float | str]] = [
            [translate(p.kind.value), *p.point, translate(p.certificate.value)] for p in found.points[:SHOWN]
        ]
        table([_("kind"), *names, _("certainty")], rows, _("Critical points in the window"), named_rows=True)
    if len(found.points) > SHOWN:
        hint(_("The first {n} of {all} are listed.", n=SHOWN, all=len(found.points)))


def _say_whether_all(found: CriticalPoints, search: Running) -> None:
    proved = sum(p.certificate is Certificate.PROVED for p in found.points)
    if found.complete and not proved:
        say(_("Proved: f has no critical point in the window."), "good")
    elif found.complete:
        say(_("Proved: these {n} and none elsewhere in the window.", n=proved), "good")
    elif search.state.flat:
        say(_("The gradient is 0 on whole regions: every point there is critical."))
    elif search.state.curve:
        say(_("{n} are proved; what is left looks like a whole curve of critical points.", n=proved), "warn")
    elif search.over:
        say(_("{n} are proved; elsewhere there may be others.", n=proved), "warn")
