"""A click on a map, as a hidden box of the browser reports it: see page.js."""

from collections.abc import Callable
from math import isfinite

import streamlit as st

from lib.ui.inputs import Window
from lib.ui.points import rounded

PICKED = "picked"

Place = tuple[float, float]


def input_pick(windows: tuple[Window, Window], move: Callable[[Place], None]) -> None:
    """The box. A click on a plot inside a container whose key begins with "clickable" calls `move` with the place, in
    the windows and to as many digits as a pixel tells."""
    with st.container(key="picking"):
        st.text_input("picked", key=PICKED, live="10ms", on_change=_picked, args=(windows, move), max_chars=60)


def _picked(windows: tuple[Window, Window], move: Callable[[Place], None]) -> None:
    text, st.session_state[PICKED] = str(st.session_state[PICKED]), ""
    try:
        x, y = map(float, text.split(";"))
    except ValueError:
        return
    if isfinite(x) and isfinite(y):
        move((_within(x, windows[0]), _within(y, windows[1])))


def _within(x: float, window: Window) -> float:
    low, high = window
    return float(rounded(min(max(x, low), high), window))
