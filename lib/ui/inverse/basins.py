"""Which start leads Newton's method to which solution."""

from collections.abc import Sequence
from functools import lru_cache
from math import inf, nan

import streamlit as st

from lib.expression import Expression
from lib.figures.basins import plane_figure, strip_figure
from lib.inverse.basins import Basins, Plane, check_plane, newton_strip, request_slice
from lib.locale import _
from lib.readings.analytic import not_analytic
from lib.ui.inputs import Window
from lib.ui.inverse.inputs import TargetInput
from lib.ui.inverse.run import REMEMBERED, Letters
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import number, plot, table
from lib.ui.slices import Running, Task, running, show_progress
from lib.ui.typed import Typed


@lru_cache(REMEMBERED)
def _strip(expression: Expression, y: float, window: Window, variable: str, at: Letters) -> Basins:
    return newton_strip(expression, y, window, variable=variable, at=dict(at))


def _square(window: Window) -> Window:
    """Imaginary parts about 0, as many as there are real ones."""
    half = (window[1] - window[0]) / 2
    return -half, half


def show_basins(it: Typed, target: TargetInput) -> None:
    """The strip with its numbers, and the picture where f extends to complex numbers."""
    letters = tuple(sorted(it.at.items()))
    found = _strip(it.function, target.y, target.window, it.variable, letters)
    name = label_of(it.variable)
    left, right = st.columns(2, gap="medium")
    with left:
        hint(_("Newton's method from {n} starts: the colour is the solution reached, the height the steps.",
               n=len(found.root)))  # fmt: skip
        figure = strip_figure(target.window, found, lambda root: f"{name} = {number(root.real)}")
        plot(figure, "strip", _("Which start leads Newton's method to which solution, and in how many steps."))
        _shares(name, found)
    with right:
        reason = not_analytic(it.function)
        if reason:
            hint(reason)
            return
        hint(_("The same in the complex plane; darker is slower."))
        search = _picture(it, target)
        show_progress(search)
        if not search.over:
            return
        drawn: Basins = search.found
        plot(
            plane_figure((target.window, _square(target.window)), drawn, found.roots),
            "plane",
            _("Which complex start leads Newton's method to which solution."),
        )


def _shares(name: str, found: Basins) -> None:
    rows: list[Sequence[float | str]] = []
    for place in [*range(len(found.roots) + 1), -1]:
        here = found.root == place
        if here.any():
            root: float | str = found.roots[place].real if 0 <= place < len(found.roots) else _("another solution")
            title = number(root) if isinstance(root, float) else root
            steps = nan if place < 0 else round(float(found.steps[here].mean()), 1)
            rows.append([_("none") if place < 0 else title, round(100 * float(here.mean()), 1), steps])
    head = [_("solution {name}", name=name), _("% of the starts"), _("steps on average")]
    table(head, rows, _("How many starts lead to each solution"), named_rows=True)


def _picture(it: Typed, target: TargetInput) -> Running:
    """The picture, drawn by a worker row by row."""
    letters = tuple(sorted(it.at.items()))
    box = (target.window, _square(target.window))
    check_plane(it.function, target.y, box, it.variable, it.at)
    return running(
        Task(
            (it.function, target.y, target.window, it.variable, letters),
            "_plane",
            lambda: Plane.of(box),
            lambda plane, owner: request_slice(it.function, plane, target.y, it.variable, it.at, owner),
            lambda plane, _over: plane.basins,
            inf,
            lambda percent, _starts: _("{percent} % of the picture", percent=percent),
        )
    )
