"""All solutions of f(x) = y on the level y, each kind with a look of its own, and the breaks where f passes y."""

from collections.abc import Sequence

import numpy as np

from lib.figures import theme
from lib.figures.figure import Drawing
from lib.inverse import Break, Root, Solutions
from lib.inverse.proof.label import Label
from lib.locale import _

SYMBOLS = {Label.UNIQUE: "circle", Label.TOUCHING: "diamond", Label.UNDECIDED: "circle-open-dot"}
BREAKS = {
    Label.POLE: "x-thin-open",
    Label.JUMP: "triangle-ne",
    Label.LIMIT: "triangle-ne-open",
    Label.HOLE: "circle-open",
}


def solution_marks(found: Solutions, y: float) -> list[Drawing]:
    """The marks of the roots and breaks, one trace for each kind that there is."""
    drawn = [_stretch(root, y) for root in found.roots if root.status is Label.STRETCH or root.everywhere]
    for kind, symbol in SYMBOLS.items():
        roots = [root for root in found.roots if root.status is kind and not root.everywhere]
        drawn += [_at(roots, y, _name(kind), symbol, theme.LEVEL, 12)] if roots else []
    for kind, symbol in BREAKS.items():
        breaks = [place for place in found.breaks if place.kind is kind]
        drawn += [_at(breaks, y, _name(kind), symbol, theme.FAINT, 10)] if breaks else []
    return drawn


def _name(kind: Label) -> str:
    names = {
        Label.UNIQUE: _("solution"),
        Label.TOUCHING: _("touching"),
        Label.UNDECIDED: _("undecided"),
        Label.POLE: _("pole"),
        Label.JUMP: _("jump"),
        Label.LIMIT: _("only a limit"),
        Label.HOLE: _("hole"),
    }
    return names[kind]


def _at(places: Sequence[Root | Break], y: float, name: str, symbol: str, color: str, size: float) -> Drawing:
    x = np.array([place.x for place in places])
    marks = theme.dots(x, np.full_like(x, y), name, color, size)
    rim = color if "open" in symbol else theme.HALO
    marker = marks["marker"] | {"symbol": symbol, "line": {"color": rim, "width": 2}}
    return marks | {"marker": marker, "hovertemplate": "%{x:.15~g}"}


def _stretch(root: Root, y: float) -> Drawing:
    ends = np.array([root.low, root.high])
    name, dash = (_("likely every x a solution"), "dot") if root.everywhere else (_("every x a solution"), "solid")
    return theme.line(ends, np.array([y, y]), name, theme.LEVEL, dash, 6)
