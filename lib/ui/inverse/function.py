"""The inverse as a function: the branches of f, the inverse of each as a plot, and many targets solved at once."""

from collections.abc import Sequence
from functools import lru_cache

import streamlit as st
import torch

from lib.calculus import curve
from lib.expression import Expression
from lib.figures.branches import branch_pieces, inverse_function_figure, mirror_figure
from lib.inverse import Branches, Solutions, branches, inverse_values
from lib.inverse.inverse_table import inverse_table
from lib.inverse.proof.zeros import roundest
from lib.locale import _
from lib.readings.numbers import read_points
from lib.ui import state
from lib.ui.inputs import Window
from lib.ui.inverse.inputs import TargetInput
from lib.ui.inverse.run import REMEMBERED, Letters
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.points import edit_points
from lib.ui.results import number, plot, table, take_away
from lib.ui.typed import Typed

TARGETS = "targets"
DRAWN = 12  # branches
NAMED = 6  # places at which one value is reached
NEAR = 1e-9  # of the window: how closely the end of a level stretch is known
ROWS = 100  # of the table of targets
ROUNDING = 2.0**-52  # of a branch's height: an end so near to 0 is 0, which is left out at a jump


@lru_cache(REMEMBERED)
def _branches(expression: Expression, window: Window, variable: str, at: Letters) -> Branches:
    return branches(expression, window, variable=variable, at=dict(at))


def show_inverse_function(it: Typed, target: TargetInput, found: Solutions) -> None:
    """Whether f is invertible, its branches, the two plots, and the table of targets."""
    cut = _branches(it.function, target.window, it.variable, tuple(sorted(it.at.items())))
    say_invertible(it, target, cut, found)
    if not cut.branches:
        return
    drawn = curve(it.function, target.window, order=0, variable=it.variable, at=it.at)
    pieces = branch_pieces(drawn, cut.branches[:DRAWN])
    name = label_of(it.variable)
    left, right = st.columns(2, gap="medium")
    with left:
        figure = inverse_function_figure(pieces, (name, "y"))
        plot(figure, "inverse_function", _("The inverse: {name} over y, a line for each branch.", name=name))
    with right:
        plot(mirror_figure(pieces, target.window), "mirror", _("f and its branches mirrored in the line y = x."))
    _branch_table(name, cut)
    show_targets(it, target, cut, found)


def say_invertible(it: Typed, target: TargetInput, cut: Branches, found: Solutions) -> None:
    """The sentence on invertibility, with a value that is reached twice."""
    name = label_of(it.variable)
    low, high = map(number, target.window)
    room = NEAR * (target.window[1] - target.window[0])
    for ends in cut.constant:
        a, b = (number(roundest(max(end - room, target.window[0]), min(end + room, target.window[1]))) for end in ends)
        say(_("f is constant from {name} = {a} to {b}: there it has no inverse.", name=name, a=a, b=b))
    if cut.invertible and not cut.more:
        if cut.branches:
            say(_("f is invertible on [{low}, {high}]: it takes no value twice.", low=low, high=high), "good")
        return
    y, xs = _twice(it, target, cut, found)
    if len(xs) > 1:
        places = f"{name} = {', '.join(map(number, xs[:NAMED]))}" + (", …" if len(xs) > NAMED else "")
        sentence = _(
            "f is not invertible on [{low}, {high}]: y = {y} is reached at {places}.",
            low=low,
            high=high,
            y=number(y),
            places=places,
        )
        say(sentence, "warn")
    if cut.more:
        hint(_("The search for branches stopped before its end: there may be more."))


def _twice(it: Typed, target: TargetInput, cut: Branches, found: Solutions) -> tuple[float, list[float]]:
    """A value reached twice, the target if it is, with the places."""
    certain = _certain(found)
    if len(certain) > 1:
        return target.y, certain
    y = cut.doubled()
    if y is None:
        return target.y, []
    wanted = torch.tensor([y], dtype=torch.float64)
    reaching = [branch for branch in cut.branches if branch.reaches(y)]
    return y, [
        float(inverse_values(it.function, wanted, branch, variable=it.variable, at=it.at)[0]) for branch in reaching
    ]


def _certain(found: Solutions) -> list[float]:
    """The solutions that are surely ones."""
    return [root.x for root in found.roots if root.certain]


def _branch_table(name: str, cut: Branches) -> None:
    rows: list[Sequence[float | str]] = []
    for k, b in enumerate(cut.branches, 1):
        down, up = b.unbounded
        bottom, top = (y if abs(y) > ROUNDING * (b.top - b.bottom) else 0.0 for y in (b.bottom, b.top))
        ends = ("−∞" if down else bottom, "∞" if up else top)
        rows.append([str(k), b.low, b.high, *ends, _("rising") if b.rising else _("falling")])
    head = [_("branch"), _("{name} from", name=name), _("to"), _("y from"), _("to"), _("direction")]
    table(head, rows, _("The monotone branches of f, with domain and range"), named_rows=True)


def show_targets(it: Typed, target: TargetInput, cut: Branches, found: Solutions) -> None:
    """The targets, typed or edited as rows, and f⁻¹ with its derivatives at each."""
    default = f"{target.y:.12g}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="many"):
        ways = _("Type a list, `1, 2, pi/2`, or a range, `-2:2:0.5` or `linspace(0, 1, 5)`.")
        typed = state.text(_("Targets y"), TARGETS, default, help=ways, placeholder=default)
        targets = state.read(typed if typed.strip() else default, read_points, default, TARGETS)
        edit_points(targets, "y", TARGETS, "edit_targets")
    name = label_of(it.variable)
    head = [
        "y",
        _("branch"),
        f"{name} = f⁻¹(y)",
        "f(f⁻¹(y)) − y",
        "(f⁻¹)′",
        _("differences"),
        "(f⁻¹)″",
        _("differences"),
    ]
    rows: list[Sequence[float | str]] = []
    y = torch.tensor(targets, dtype=torch.float64)
    for k, branch in enumerate(cut.branches[:DRAWN], 1):
        values = inverse_table(it.function, y, branch, variable=it.variable, at=it.at)
        derivatives = torch.stack([values.derivatives, values.differences], 1).flatten(0, 1)
        columns = [values.y, values.x, values.residual, *derivatives]
        rows += [[row[0], str(k), *row[1:]] for row in zip(*(c.tolist() for c in columns), strict=True)]
    rows.sort(key=lambda row: float(row[0]))
    table(head, rows[:ROWS], _("The inverse at the targets"), in_full=(2,))
    take_away(head, rows, "inverse.csv")
    reached = [target.y] if _certain(found) else []  # by a turn between two branches too
    missed = [v for v in targets if v not in reached and not any(branch.reaches(v) for branch in cut.branches)]
    if missed:
        hint(_("Not reached in the window: {values}", values=", ".join(map(number, missed[:8]))))
    if len(rows) > ROWS:
        hint(_("The first {n} of {all} are listed.", n=ROWS, all=len(rows)))
