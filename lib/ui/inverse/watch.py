"""Which step of the method is looked at: a slider, and a button that plays them one after the other."""

from time import monotonic

import streamlit as st

from lib.locale import _
from lib.ui import state

STEP = "iteration"
PACE = 0.8  # seconds a step
_PLAYING, _MOVED = "_playing_steps", "_step_moved"


def input_step(last: int) -> int:
    """The step, from 0 to the last; the last one until somebody moves the slider."""
    if last < 1:
        st.session_state[_PLAYING] = False
        return last
    with st.container(horizontal=True, vertical_alignment="bottom", key="stepping"):
        k = state.position(_("Step"), STEP, last)
        playing = bool(st.session_state.get(_PLAYING))
        icon = ":material/pause:" if playing else ":material/play_arrow:"
        st.button(
            _("Pause") if playing else _("Play"), icon=icon, key="play_steps", on_click=_toggle, args=(k == last,)
        )
    if playing:
        _advance(last)
    return k


def _toggle(at_the_end: bool) -> None:
    """Begin to play, from the first step if the last one is shown, or stop."""
    st.session_state[_PLAYING] = not st.session_state.get(_PLAYING)
    if st.session_state[_PLAYING] and at_the_end:
        st.session_state[STEP] = 0
    st.session_state[_MOVED] = monotonic()


@st.fragment(run_every=PACE)
def _advance(last: int) -> None:
    now = monotonic()
    if now - st.session_state.get(_MOVED, 0.0) < 0.8 * PACE:  # the page has just been drawn with this step
        return
    st.session_state[_MOVED] = now
    k = min(int(st.session_state.get(STEP, 0)) + 1, last)
    st.session_state[STEP] = k
    st.session_state[_PLAYING] = k < last
    st.rerun()
