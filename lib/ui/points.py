"""The points: typed as text, clicked on the curve, moved by a slider, or edited as rows. The text is what is kept."""

from collections.abc import Sequence
from math import floor, log10
from typing import Any

import streamlit as st

from lib.expression.limits import MAX_POINTS
from lib.locale import _
from lib.readings.numbers import read_points
from lib.ui import state
from lib.ui.drag import dragged

POINTS = "points"
STEPS = 1000  # of the slider across the window
_MOVE, _WHICH = "move", "which"


def input_points(default: str = "2") -> tuple[float, ...]:
    """The points, as text; the default ones until somebody chooses others."""
    ways = _("Type a list, `1, 2, pi/2`, or a range, `-2:2:0.5` or `linspace(0, 1, 5)`; or click on the curve.")
    return state.read(state.text(_("Points"), POINTS, default, help=ways), read_points, default, POINTS)


def add_point(x: float, window: tuple[float, float]) -> None:
    """Write another point into the box."""
    typed = str(st.session_state.get(POINTS, "2")).strip()
    added = rounded(x, window)
    st.session_state[POINTS] = f"{typed}, {added}" if typed else added


def rounded(x: float, window: tuple[float, float]) -> str:
    """x to about a thousandth of the window's width, as text."""
    digits = max(0, 3 - floor(log10(window[1] - window[0])))
    return f"{round(x, digits):.12g}"


def write(points: Sequence[float], box: str = POINTS) -> None:
    """Keep the points as text."""
    st.session_state[box] = ", ".join(f"{x:.15g}" for x in points[:MAX_POINTS])


def input_move(points: tuple[float, ...], window: tuple[float, float], name: str) -> None:
    """A slider that moves one of the points through the window, and a table of all of them to edit."""
    low, high = window
    with st.container(horizontal=True, vertical_alignment="bottom", key="moving"):
        which = 0
        if len(points) > 1:
            held = st.session_state.get(_WHICH)
            st.session_state[_WHICH] = held if held in range(len(points)) else 0
            which = st.selectbox(
                _("Point"), range(len(points)), format_func=lambda k: f"{points[k]:.6g}", key=_WHICH, width=110
            )
        _rest(min(max(points[which], low), high), window)
        st.slider(
            _("Move {name}", name=name),
            low,
            high,
            step=(high - low) / STEPS,
            format=f"%.{max(0, 3 - floor(log10(high - low)))}f",
            key=_MOVE,
            on_change=_moved,
            args=(points, which, window),
        )
        edit_as_rows(points, name)


def _rest(x: float, window: tuple[float, float]) -> None:
    """Set the slider to x, unless it is in the visitor's hand: left alone, it may fall to the low end."""
    if dragged(_MOVE, *window) is None:
        st.session_state[_MOVE] = x


def on_the_move(points: tuple[float, ...], window: tuple[float, float]) -> tuple[float, ...]:
    """The points, one of them where its slider is dragged to at the moment."""
    x = dragged(_MOVE, *window)
    if x is None:
        return points
    held = st.session_state.get(_WHICH)
    which = held if len(points) > 1 and held in range(len(points)) else 0
    return tuple(float(rounded(x, window)) if k == which else p for k, p in enumerate(points))


def _moved(points: tuple[float, ...], which: int, window: tuple[float, float]) -> None:
    value = float(st.session_state[_MOVE])
    if value == value:
        write([float(rounded(value, window)) if k == which else x for k, x in enumerate(points)])


def edit_as_rows(points: tuple[float, ...], name: str, box: str = POINTS, key: str = "edit") -> None:
    """A menu with the numbers of a text box as a table to edit."""
    edit = st.popover(_("Edit"), icon=":material/table_rows:", key=key, on_change="rerun")
    if edit.open:  # a table costs as much as all else in the row
        with edit:
            _editor(points, name, box)


def _editor(points: tuple[float, ...], name: str, box: str) -> None:
    key = f"rows_{box}_{hash(points)}"  # a table edited once has answered: the next one starts from the new points
    st.data_editor(
        {name: list(points)},
        num_rows="dynamic",
        hide_index=True,
        key=key,
        column_config={name: st.column_config.NumberColumn(name, required=True)},
        on_change=_edited,
        args=(key, points, name, box),
    )


def _edited(key: str, points: tuple[float, ...], name: str, box: str) -> None:
    edits: dict[str, Any] = st.session_state[key]
    rows = dict(enumerate(points))
    rows |= {int(k): row[name] for k, row in edits["edited_rows"].items() if _is_number(row.get(name))}
    for k in edits["deleted_rows"]:
        rows.pop(k, None)
    added = [row[name] for row in edits["added_rows"] if _is_number(row.get(name))]
    if rows or added:
        write([float(x) for x in [*rows.values(), *added]], box)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= 1e12
