"""Every x with f(x) = y in the window: in large print, what is proved of the whole, and the table."""

from collections.abc import Sequence

import torch

from lib.calculus.at_points import at_points
from lib.inverse import Root, Solutions
from lib.inverse.proof.label import Label
from lib.locale import _, translate
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import headline, number, table
from lib.ui.typed import Typed

LISTED = 100  # rows of the table
NAMED = 4  # solutions in the headline
BREAKS = 8  # poles, jumps and holes below the table


def show_solutions(it: Typed, y: float, found: Solutions) -> None:
    """The solutions, the sentence about others, and the breaks of f that look like solutions."""
    name = label_of(it.variable)
    xs = [number(root.x) for root in found.roots if root.certain and root.status is not Label.STRETCH]
    answers = [f"{name} = " + ", ".join(xs[:NAMED]) + (", …" if len(xs) > NAMED else "")] if xs else []
    answers += [_stretch(root, name) for root in found.roots if root.status is Label.STRETCH][:NAMED]
    if answers:
        headline("; ".join(answers))
    say(found.message, "good" if found.complete else "warn")
    if found.roots:
        _table(it, y, found, name)
    for place in found.breaks[:BREAKS]:
        hint(place.message)
    if len(found.breaks) > BREAKS:
        count = len(found.breaks)
        hint(_("{count} poles, jumps and holes; the first {listed} are listed.", count=count, listed=BREAKS))
    if found.more_breaks:
        hint(_("The search for poles and holes stopped before its end: there may be more."))


def _stretch(root: Root, name: str) -> str:
    """As an inequality."""
    left, right = ("≤" if closed else "<" for closed in root.closed)
    return f"{number(root.low)} {left} {name} {right} {number(root.high)}"


def _table(it: Typed, y: float, found: Solutions, name: str) -> None:
    roots = found.roots[:LISTED]
    points = torch.tensor([root.x for root in roots], dtype=torch.float64)
    residuals = (at_points(it.function, points, 0, variable=it.variable, at=it.at)[0] - y).tolist()
    rows: list[Sequence[float | str]] = [
        [root.x, residual, _known(root)] for root, residual in zip(roots, residuals, strict=True)
    ]
    table([name, f"f({name}) − y", _("What is known")], rows, _("All solutions in the window"), in_full=(0,))
    if len(found.roots) > LISTED:
        count = len(found.roots)
        hint(_("{count} solutions; the first {listed} are listed.", count=count, listed=LISTED))


def _known(root: Root) -> str:
    """What is proved of a solution; one alone in its interval in few words, as nearly all are."""
    if root.status is not Label.UNIQUE:
        return translate(root.message)
    if root.exact:
        return _("proved, exact")
    return _("proved, ±{error:.1g}", error=max(root.high - root.x, root.x - root.low))
