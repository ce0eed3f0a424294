"""Critical points in the window, with what is proved of them."""

from collections.abc import Sequence

from lib.calculus import CriticalPoints
from lib.calculus.critical import Certificate, Search
from lib.calculus.critical.critical_points import SHOWN as LISTED
from lib.calculus.critical.critical_points import conclude, unprovable
from lib.calculus.critical.slices import advanced, request_slice
from lib.locale import _, translate
from lib.message import Message
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
        last = not search.state.curve  # what isn't proved comes first, unless it is a whole curve
        listed = sorted(found.points, key=lambda p: (p.certificate is Certificate.PROVED) == last)
        rows: list[Sequence[float | str]] = [
            [translate(p.kind.value), *p.point, translate(p.certificate.value)] for p in listed[:SHOWN]
        ]
        table([_("kind"), *names, _("certainty")], rows, _("Critical points in the window"), named_rows=True)
    if len(found.points) > SHOWN:
        hint(_("The first {n} of {all} are listed.", n=SHOWN, all=len(found.points)))
    say_certainty([p.certificate for p in found.points])
    if found.rough and not search.state.curve:
        hint(_("Where some are undecided, derivatives of f have no bound: at an edge of its domain, a pole or a kink."))


def say_certainty(certificates: Sequence[Certificate]) -> None:
    """What it means that a point isn't proved."""
    if Certificate.LIKELY in certificates:
        hint(_("Likely: Newton's method ends there, but the proof doesn't go through."))
    if Certificate.UNDECIDED in certificates:
        hint(_("Undecided: in a small box there, a critical point is neither proved nor excluded."))


def how_many_proved(certificates: Sequence[Certificate]) -> Message:
    """The number of proved points as the beginning of a sentence."""
    match certificates.count(Certificate.PROVED):
        case 0:
            return Message("None is proved")
        case 1:
            return Message("1 is proved")
        case count:
            return Message("{n} are proved", n=count)


def _say_whether_all(found: CriticalPoints, search: Running) -> None:
    certificates = [p.certificate for p in found.points]
    proved, likely = (certificates.count(one) for one in (Certificate.PROVED, Certificate.LIKELY))
    start = how_many_proved(certificates)
    rough = found.rough and 2 * likely <= len(certificates) - proved
    if found.complete and not proved:
        say(_("Proved: f has no critical point in the window."), "good")
    elif found.complete and proved == 1:
        say(_("Proved: this one and none elsewhere in the window."), "good")
    elif found.complete:
        say(_("Proved: these {n} and none elsewhere in the window.", n=proved), "good")
    elif search.state.flat:
        say(_("The gradient is 0 on whole regions: every point there is critical."))
    elif search.state.curve and rough:
        say(_("{proved}; what is left looks like a curve along which f has no derivatives: an edge of its domain, "
              "poles or a kink.", proved=start), "warn")  # fmt: skip
    elif search.state.spread > 1:
        say(_("{proved}; what is left looks like a whole surface of critical points.", proved=start), "warn")
    elif search.state.curve:
        say(_("{proved}; what is left looks like a whole curve of critical points.", proved=start), "warn")
    elif search.state.done and len(certificates) - proved < LISTED:
        say(_("{proved}; there are no others, but perhaps beside those not proved.", proved=start), "warn")
    elif search.over:
        say(_("{proved}; elsewhere there may be others.", proved=start), "warn")
