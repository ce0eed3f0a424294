"""A click on a plot, as a hidden box of the browser reports it: see page.js."""

from collections.abc import Callable
from functools import partial
from math import isfinite

import streamlit as st

from lib.ui.inputs import Window
from lib.ui.points import rounded

PICKED = "picked"

Place = tuple[float, float]


def input_pick(move: Callable[[Place], None]) -> None:
    """The box. A click calls `move`: on a plot in a container "zoomable" with the point of a curve that is nearest, or
    with the parameter that it carries as `customdata` in the place of x; on a plot in a container whose key begins with
    "clickable" with the place itself."""
    st.text_input("picked", key=PICKED, live="10ms", on_change=_picked, args=(move,), max_chars=60)


def within(windows: tuple[Window, Window], move: Callable[[Place], None]) -> Callable[[Place], None]:
    """The same for a place in the windows, to as many digits as a pixel tells."""
    return partial(_within, windows, move)


def _picked(move: Callable[[Place], None]) -> None:
    text, st.session_state[PICKED] = str(st.session_state[PICKED]), ""
    try:
        x, y = map(float, text.split(";"))
    except ValueError:
        return
    if isfinite(x) and isfinite(y):
        move((x, y))


def _within(windows: tuple[Window, Window], move: Callable[[Place], None], place: Place) -> None:
    move((_inside(place[0], windows[0]), _inside(place[1], windows[1])))


def _inside(x: float, window: Window) -> float:
    low, high = window
    return float(rounded(min(max(x, low), high), window))
