"""The steps through the two passes: buttons, slider, keys, play, and what happens in the step, in a sentence."""

from functools import lru_cache
from time import monotonic

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from lib.calculus.tape import Tape
from lib.calculus.tape.sentences import backward_line, forward_line
from lib.calculus.tape.steps import Steps
from lib.figures.tape import named
from lib.locale import _, language
from lib.ui import state
from lib.ui.backprop.leaves import leaves_table
from lib.ui.backprop.words import sentence
from lib.ui.notice import inline
from lib.ui.typeset import typeset

STEP = "stage"
FRAME = 1.2  # seconds a step of the play takes
REMEMBERED = 1024  # steps, of 2 kB
_PLAYING, _MOVED = "_tape_playing", "_tape_moved"


def show_stepper(tape: Tape, of: Steps, place: DeltaGenerator, leaves: DeltaGenerator) -> None:
    """The part of the page that runs alone in every step, and the places for it and for what the leaves hold in it.

    It is called where no container is open, since Streamlit copies those that are in each of its runs."""
    if not of.last:
        _show_leaves(leaves, leaves_table(tape, of, 0))
        return
    playing = bool(st.session_state.get(_PLAYING))
    st.fragment(_stepper, run_every=FRAME if playing else None)(tape, of, playing, place, leaves)


def _stepper(tape: Tape, of: Steps, playing: bool, place: DeltaGenerator, leaves: DeltaGenerator) -> None:
    if bool(st.session_state.get(_PLAYING)) != playing:
        st.rerun()
    if playing:
        _play(of)
    with place, st.container(horizontal=True, vertical_alignment="bottom", key="stepper", gap="small"):
        step = state.position(_("Step"), STEP, of.last)
        _button("back", ":material/chevron_left:", _("One step back"), step > 0, -1, "Left")
        _button("on", ":material/chevron_right:", _("One step on"), step < of.last, 1, "Right")
        icon, words = (":material/pause:", _("Pause")) if playing else (":material/play_arrow:", _("Play"))
        st.button(words, icon=icon, key="stage_play", on_click=_toggle, args=(step == of.last,))
    words, line, table = _told(tape, of, step, language())
    place.html(words)
    if line:
        place.latex(line)
    _show_leaves(leaves, table)


def _show_leaves(place: DeltaGenerator, table: str) -> None:
    if table:
        place.html(table)


def _button(key: str, icon: str, words: str, able: bool, by: int, shortcut: str) -> None:
    st.button(words, icon=icon, key=f"stage_{key}", disabled=not able, on_click=_go, args=(by,), shortcut=shortcut)


def _go(by: int) -> None:
    """So many steps on from where it is now: a second press may come before the first is shown."""
    st.session_state[STEP] = max(0, int(st.session_state.get(STEP, 0)) + by)


def _toggle(at_the_end: bool) -> None:
    """Begin to play, from the first step if the last one is shown, or stop."""
    st.session_state[_PLAYING] = not st.session_state.get(_PLAYING)
    st.session_state[_MOVED] = monotonic()
    if st.session_state[_PLAYING] and at_the_end:
        st.session_state[STEP] = 0


def _play(of: Steps) -> None:
    """One step on, when its time has come."""
    now, at = monotonic(), int(st.session_state.get(STEP, 0))
    if now - st.session_state.get(_MOVED, 0.0) < 0.8 * FRAME:  # the visitor has just moved it
        return
    st.session_state[_MOVED] = now
    if at >= of.last:
        st.session_state[_PLAYING] = False
        st.rerun()
    st.session_state[STEP] = at + 1


@lru_cache(REMEMBERED)
def _told(tape: Tape, of: Steps, step: int, _language: str) -> tuple[str, str, str]:
    """The step in words, as a line of mathematics, and what the leaves hold; remembered for who goes to and fro. What
    the words are wrapped in tells the graph where it is."""
    place = of.node(step)
    part = "" if place is None or not tape.nodes[place].span else "part-{}-{}".format(*(tape.nodes[place].span or ()))
    row = "" if place is None else named(tape).index(place)
    data = f'data-step="{step}" data-part="{part}" data-row="{row}"'
    words = f'<p class="nabla-hint" id="nabla-step" role="status" {data}>{inline(sentence(tape, of, step))}</p>'
    line = "" if place is None else typeset((backward_line if of.is_backward(step) else forward_line)(tape, place))
    return words, line, leaves_table(tape, of, step)
