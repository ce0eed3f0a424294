"""The points: typed, clicked on the map, moved by sliders or edited as a table; and the windows of the plots."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import floor, log10

import streamlit as st

from lib.expression.limits import MAX_POINTS
from lib.locale import _
from lib.readings.rows import read_rows, read_windows
from lib.ui import state
from lib.ui.editor import edit_as_rows
from lib.ui.gradient.first_place import first_place
from lib.ui.inputs import Window, automatic, first_window, input_window
from lib.ui.letters import IN_A_ROW, NARROWEST, label_of
from lib.ui.picking import Place, input_pick, within
from lib.ui.points import STEPS, rounded
from lib.ui.results import number
from lib.ui.typed import Typed

POINT, ROW = "point", "row"

Rows = tuple[tuple[float, ...], ...]


@dataclass(frozen=True)
class GradientInput:
    """The points and which of them is looked at; a window for each variable, and the two that maps show."""

    points: Rows
    row: int
    windows: tuple[Window, ...]
    pair: tuple[int, int] = (0, 1)

    @property
    def point(self) -> tuple[float, ...]:
        """The one that is looked at."""
        return self.points[self.row]


def input_gradient(it: Typed) -> GradientInput:
    """The points, and windows for the plots."""
    names = [label_of(name) for name in it.variables]
    count = len(names)
    default = first_place(it)
    zeros = ", ".join(["0"] * count)
    ways = _("Several points are separated by semicolons: `{points}`.", points=f"{default}; {zeros}")
    ways += " " + (
        _("A click on the map moves the point there.")
        if count > 1
        else _("A click on the curve moves the point there.")
    )
    text = state.text(_("Point ({names})", names=", ".join(names)), POINT, default, meaning=count, help=ways)
    points = state.read(text, lambda typed: read_rows(typed, count), default, f"{POINT}_{count}")
    row = _input_row(points) if len(points) > 1 else 0
    if count == 1:
        at = tuple(x for (x,) in points)
        return GradientInput(points, row, (input_window(_("Window"), "xwindow", first_window(it, at)),))
    window = automatic([x for point in points for x in point], room=1.6)  # the gradient's arrow fits in
    left, right = st.columns(2)
    if count == 2:
        with left:
            across = input_window(_("Window in {name}", name=names[0]), "xwindow", window)
        with right:
            up = input_window(_("Window in {name}", name=names[1]), "ywindow", window)
        return GradientInput(points, row, (across, up))
    labels = dict(zip(it.variables, names, strict=True))
    with left:
        first = state.selected(_("Across"), labels, "across", it.variables[0])
    others = {name: label for name, label in labels.items() if name != first}
    with right:
        second = state.selected(_("Up"), others, "up", next(iter(others)))
    pair = (it.variables.index(first), it.variables.index(second))
    return GradientInput(points, row, _input_windows(names, window), pair)


def _input_windows(names: Sequence[str], default: str) -> tuple[Window, ...]:
    """A window for each of more than two variables; the box holds one for all, or one for each."""
    each = ", ".join(f"-{k}:{k}" for k in range(1, len(names) + 1))
    ways = _("One window for all variables, or one for each: `{each}`.", each=each)
    typed = state.text(
        _("Windows ({names})", names=", ".join(names)),
        "windows",
        default,
        meaning=len(names),
        placeholder=default,
        help=ways,
    )
    return state.read(
        typed.strip() or default, lambda text: read_windows(text, len(names)), default, f"windows_{len(names)}"
    )


def _input_row(points: Rows) -> int:
    labels = {str(k): f"{k}: {', '.join(map(number, point))}" for k, point in enumerate(points, 1)}
    return int(state.selected(_("Looked at"), labels, ROW, "1")) - 1


def input_moves(it: Typed, chosen: GradientInput) -> None:
    """A slider for each coordinate of the point, a table of all points to edit, and what takes a click on the map."""
    windows = chosen.windows
    with st.container(horizontal=True, vertical_alignment="bottom", key="moving"):
        with st.grid(min(IN_A_ROW, len(windows)), min_column_width=NARROWEST):
            for k, name in enumerate(it.variables):
                _slider(chosen, k, label_of(name), windows[k])
        edit_as_rows(chosen.points, [label_of(name) for name in it.variables], POINT, _write, "edit_rows")
    if len(windows) == 1:
        input_pick(partial(_picked_on_curve, chosen))
    else:
        i, j = chosen.pair
        input_pick(within((windows[i], windows[j]), partial(_picked, chosen)))


def _slider(chosen: GradientInput, k: int, name: str, window: Window) -> None:
    window = low, high = min(window[0], chosen.point[k]), max(window[1], chosen.point[k])
    key = f"move_{k}"
    st.session_state[key] = chosen.point[k]
    digits = max(0, 3 - floor(log10(high - low)))
    step = (high - low) / STEPS
    args = (chosen, k, window)
    st.slider(name, low, high, step=step, format=f"%.{digits}f", key=key, on_change=_moved, args=args)


def _moved(chosen: GradientInput, k: int, window: Window) -> None:
    value = float(st.session_state[f"move_{k}"])
    if value == value:
        _write_point(chosen, {k: float(rounded(min(max(value, window[0]), window[1]), window))})


def _picked(chosen: GradientInput, place: Place) -> None:
    _write_point(chosen, dict(zip(chosen.pair, place, strict=True)))


def _picked_on_curve(chosen: GradientInput, place: Place) -> None:
    _write_point(chosen, {0: float(rounded(place[0], chosen.windows[0]))})


def _write_point(chosen: GradientInput, new: dict[int, float]) -> None:
    rows = list(chosen.points)
    rows[chosen.row] = tuple(new.get(k, x) for k, x in enumerate(chosen.point))
    _write(rows)


def _write(rows: Sequence[Sequence[float]]) -> None:
    """Keep the points as text."""
    st.session_state[POINT] = "; ".join(", ".join(f"{x:.15g}" for x in row) for row in rows[:MAX_POINTS])
