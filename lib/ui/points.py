"""The points: typed as text, clicked on the curve, moved by a slider, or edited as rows. The text is what is kept."""

from collections.abc import Sequence
from math import floor, log10

import streamlit as st

from lib.expression.limits import MAX_POINTS
from lib.locale import _
from lib.readings.numbers import read_points
from lib.ui import state
from lib.ui.drag import dragged
from lib.ui.editor import edit_as_rows

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
        edit_points(points, name)


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


def edit_points(points: tuple[float, ...], name: str, box: str = POINTS, key: str = "edit") -> None:
    """A menu with the numbers of a text box as a table to edit."""
    edit_as_rows([(x,) for x in points], [name], box, lambda rows: write([x for (x,) in rows], box), key)
