"""A slider that is dragged: Streamlit hears of it when it rests, so page.js tells of the way there in a hidden box."""

from math import isfinite

import streamlit as st

DRAG = "drag"
LONGEST = 60  # characters of a key and a number


def drag_box() -> None:
    """The hidden box, on pages that are quick enough to follow."""
    st.text_input("drag", key=DRAG, live="1ms", max_chars=LONGEST, label_visibility="collapsed")


def dragged(key: str, low: float, high: float) -> float | None:
    """Where in its range the slider is dragged to at the moment; None when it rests."""
    held, _, text = str(st.session_state.get(DRAG) or "").partition("=")
    if held != key:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return min(max(value, low), high) if isfinite(value) else None
