"""Sliders for the letters of a formula that are not the page's variables: their ranges, and one of them played."""

from collections.abc import Collection, Iterable
from time import monotonic

import streamlit as st

from lib.expression.letters import symbol
from lib.locale import _
from lib.readings.numbers import read_window
from lib.ui import state
from lib.ui.drag import dragged
from lib.ui.notice import inert

REAL = "-5:5"
WHOLE = "1:10"  # the ends of sums: 10 terms show where a series goes
FIRST = {False: 1.0, True: 4.0}  # at first: a real letter, a whole one
STEPS = 100  # of a slider across its range
SEEDS = (0, 99, 0, 1)
IN_A_ROW = 6
NARROWEST = 140  # pixels: two in a row on a phone
FRAME = 0.25  # seconds a step of the play takes
FRAMES = 40  # steps from end to end
_PLAYED = "_played"


def label_of(name: str) -> str:
    """The letter as a reader writes it, fit for HTML."""
    return inert(symbol(name))


def input_letters(names: Iterable[str], whole: Collection[str], *, random: bool) -> dict[str, float]:
    """The value of each letter from a slider, in steps of 1 for the whole numbers among them, and the seed of noise."""
    names = list(names)
    ranges = {name: _range_of(name, whole=name in whole) for name in names}
    with st.grid(IN_A_ROW, min_column_width=NARROWEST):
        at = {name: _slider(name, *ranges[name], whole=name in whole) for name in names}
        if random:
            at["seed"] = float(state.slider(_("Seed of the noise"), "seed", *SEEDS))
        if names:
            _controls(names, ranges, whole)
    return at


def _key(name: str, *, whole: bool) -> str:
    return f"{'k' if whole else 'p'}_{name}"


def _range_text(name: str) -> str:
    """What the box holds, or the address for it."""
    return str(st.session_state.get(f"range_{name}") or st.query_params.get(f"range_{name}") or "")


def _range_of(name: str, *, whole: bool) -> tuple[float, float]:
    """The ends of the letter's slider: what the box in the menu of ranges holds, as far as it can be read."""
    try:
        low, high = read_window(_range_text(name))
    except ValueError:
        low, high = read_window(WHOLE if whole else REAL)
    return (round(low), max(round(high), round(low) + 1)) if whole else (low, high)


def _slider(name: str, low: float, high: float, *, whole: bool) -> float:
    step = 1.0 if whole else (high - low) / STEPS
    first = min(max(FIRST[whole], low), high)
    key = _key(name, whole=whole)
    if whole:
        rests = float(state.slider(label_of(name), key, int(low), int(high), int(first), 1))
    else:
        rests = state.slider(label_of(name), key, low, high, first, step)
    goes = dragged(key, low, high)
    return rests if goes is None else round(goes) if whole else goes


def _controls(names: list[str], ranges: dict[str, tuple[float, float]], whole: Collection[str]) -> None:
    """The menu where the ranges are typed and a letter is set going."""
    playing = str(st.session_state.get("play") or "")
    menu = st.popover(_("Ranges, play"), icon=":material/tune:", key="ranges", on_change="rerun")
    own = any(_range_text(name) not in ("", WHOLE if name in whole else REAL) for name in names)
    if menu.open or playing or own:  # closed and untouched it need not be made
        with menu:
            _menu(names, whole, playing)
    if playing in names:
        _play(playing, *ranges[playing], whole=playing in whole)


def _menu(names: list[str], whole: Collection[str], playing: str) -> None:
    for name in names:
        default = WHOLE if name in whole else REAL
        text = state.text(_("Range of {name}", name=label_of(name)), f"range_{name}", default)
        state.read(text, read_window, default, f"range_{name}")
    labels = {"": _("none"), **{name: label_of(name) for name in names}}
    st.session_state["play"] = playing if playing in labels else ""
    st.segmented_control(_("Play"), list(labels), format_func=labels.__getitem__, key="play", required=True)


@st.fragment(run_every=FRAME)
def _play(name: str, low: float, high: float, *, whole: bool) -> None:
    """Move the letter's slider one step further, from its end back to its start."""
    now = monotonic()
    if now - st.session_state.get(_PLAYED, 0.0) < 0.8 * FRAME:  # the page has just been drawn with the last step
        return
    st.session_state[_PLAYED] = now
    key = _key(name, whole=whole)
    step = 1 if whole else (high - low) / FRAMES
    value = st.session_state.get(key, low) + step
    if value > high + step / 2:
        value = low
    st.session_state[key] = int(value) if whole else min(max(value, low), high)
    st.rerun()
