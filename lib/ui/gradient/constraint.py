"""Critical points of f on a curve g(x, y) = 0, by Lagrange multipliers."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from lib.calculus import Grid, grid
from lib.calculus.critical import Certificate, Constrained, Search
from lib.calculus.critical.constrained import conclude_on_curve
from lib.calculus.critical.critical_points import unprovable
from lib.calculus.critical.slices import advanced_on_curve, request_slice_on_curve
from lib.calculus.definiteness import SecondDerivativeTest
from lib.expression import Expression
from lib.figures.figure import Drawing
from lib.figures.landmarks import critical_traces
from lib.figures.layers import level_curve
from lib.locale import _, translate
from lib.readings.constraint import read_constraint
from lib.ui import state
from lib.ui.gradient.critical import SHOWN, Windows, how_many_proved, say_certainty
from lib.ui.gradient.plane import Plane
from lib.ui.gradient.searching import searching
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import table
from lib.ui.slices import Running, show_progress
from lib.ui.typed import Typed


@dataclass(frozen=True)
class ConstraintInput:
    """The function whose zeros are the curve."""

    g: Expression


def input_constraint(it: Typed) -> ConstraintInput:
    """The box of g."""
    x, y = it.variables
    default = f"{x}^2 + {y}^2 = 4"
    known = (*it.variables, *it.at)
    box, _rest = st.columns([1, 1])
    with box:
        typed = state.text(_("Constraint g = 0"), "g", default, meaning=it.variables, placeholder=default)
        return ConstraintInput(state.read(typed, lambda text: read_constraint(text, known), default, f"g_{known}"))


def search_on_curve(it: Typed, windows: Windows, chosen: ConstraintInput) -> Running:
    """The search on the curve in the windows."""
    f, g, variables, at = it.function, chosen.g, it.variables, it.at

    def known(state: Search, guess: bool) -> Constrained:
        return conclude_on_curve(f, g, state, variables=variables, at=at, guess=guess)

    return searching(
        (f, g, windows, variables, tuple(sorted(at.items()))),
        "_constrained",
        windows,
        unprovable(f) or unprovable(g),
        lambda state, budget: advanced_on_curve(f, g, state, budget, variables, at),
        lambda state, owner: request_slice_on_curve(f, g, state, variables, at, owner),
        known,
    )


def curve_traces(plane: Plane, chosen: ConstraintInput, search: Running) -> list[Drawing]:
    """The curve, and the points on it."""
    found: Constrained = search.found
    land = grid(chosen.g, *plane.windows, variables=plane.pair, at=plane.at)
    seen = [level_curve(land, "g = 0")] if is_seen(land) else []
    return [*seen, *critical_traces(found.points)]


def is_seen(land: Grid) -> bool:
    """Whether samples of g aren't all on one side of 0."""
    return bool((land.z >= 0).any() and (land.z <= 0).any())


def show_constraint(it: Typed, search: Running, chosen: ConstraintInput) -> None:
    """The points as a table, and whether there are others."""
    show_progress(search)
    if search.task.reason:
        hint(search.task.reason)
    found: Constrained = search.found
    _say_whether_all(found, search)
    x, y = it.variables
    if not found.points and not is_seen(grid(chosen.g, *search.state.window, variables=(x, y), at=it.at)):
        hint(_("The curve g = 0 is nowhere seen in the window: check the constraint, or widen the window."))
    if found.points:
        last = not search.state.curve  # what isn't proved comes first, unless it is a whole curve
        listed = sorted(found.points, key=lambda p: (p.certificate is Certificate.PROVED) == last)
        rows: list[Sequence[float | str]] = [
            [translate(p.kind.value), *p.point, p.value, p.multiplier, p.determinant, translate(p.certificate.value)]
            for p in listed[:SHOWN]
        ]
        head = [_("kind on the curve"), *map(label_of, it.variables), "f", "λ", _("bordered det"), _("certainty")]
        table(head, rows, _("Critical points on the curve"), named_rows=True)
        hint(_("∇f = λ∇g; the determinant of the bordered Hessian is below 0 at a minimum, above 0 at a maximum."))
    say_certainty([p.certificate for p in found.points])
    if any(p.kind is SecondDerivativeTest.UNKNOWN for p in found.points):
        hint(_("Not known: ∇g is 0 there, or f or g has no derivative, and the rule of multipliers says nothing."))
    if len(found.points) > SHOWN:
        hint(_("The first {n} of {all} are listed.", n=SHOWN, all=len(found.points)))


def _say_whether_all(found: Constrained, search: Running) -> None:
    certificates = [p.certificate for p in found.points]
    proved, start = certificates.count(Certificate.PROVED), how_many_proved(certificates)
    if found.complete and not proved:
        say(_("Proved: f has no critical point on the curve in the window."), "good")
    elif found.complete and proved == 1:
        say(_("Proved: this one and none elsewhere on the curve in the window."), "good")
    elif found.complete:
        say(_("Proved: these {n} and none elsewhere on the curve in the window.", n=proved), "good")
    elif found.rough and not found.flat:
        say(_("{proved}; elsewhere on the curve there may be others, above all where f or g has no derivatives: at an "
              "edge of a domain, a pole or a kink.", proved=start), "warn")  # fmt: skip
    elif found.flat or search.state.curve:
        say(_("f seems constant along a piece of the curve: every point there is critical."))
    elif search.over:
        say(_("{proved}; elsewhere on the curve there may be others.", proved=start), "warn")
