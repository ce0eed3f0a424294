"""What the visitor chose: the value of a keyed widget, mirrored in the address. Nothing else is remembered but the
last text of each box that could be read, so that a slip of the keyboard does not blank the page."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from math import isfinite, nan
from typing import Any, TypeVar

import streamlit as st

from lib.expression import ExpressionError
from lib.expression.limits import MAX_CHARACTERS
from lib.ui.address import hold, read_as
from lib.ui.notice import say_error

T = TypeVar("T")

TOO_MANY = MAX_CHARACTERS + 1  # what a box takes: enough to be told that it is too much

# Few entries of the session's state, since Streamlit goes through all of them for each box of text.
_GOOD = "_good"
_DEFAULTS = "_defaults"
_STALE = "_stale"
_APART = "_apart"
_PAGE, _LEAVE = "_page", "_leave"


def start_run(page: str) -> None:
    """Forget that the last run had an error; where it was of another page, do what is due as that one is left."""
    st.session_state[_STALE] = False
    if st.session_state.get(_PAGE) != page:
        st.session_state[_PAGE] = page
        st.session_state.pop(_LEAVE, lambda: None)()


def when_left(action: Callable[[], None]) -> None:
    """What to do once the visitor goes from this page to another."""
    st.session_state[_LEAVE] = action


def stale() -> bool:
    """Whether some box holds text that can't be read, so that what is shown answers earlier input."""
    return bool(st.session_state.get(_STALE))


def follow_default(key: str, default: str | int) -> None:
    """Let a box that nobody has touched follow its default, which depends on the page or on other boxes."""
    defaults = _kept(_DEFAULTS)
    before = defaults.get(key)
    if before is not None and before != default and st.session_state.get(key) == before:
        st.session_state[key] = default
    defaults[key] = default


def _kept(name: str) -> dict[str, Any]:
    """What is remembered of each box under that name."""
    kept: dict[str, Any] = st.session_state.setdefault(name, {})
    return kept


def slider(label: str, key: str, low: float, high: float, first: float, step: float) -> float:
    """The value of a slider that keeps it in the address; within its range, whatever the browser sent.

    A value outside a range that has changed, or in the address, becomes the nearest one within.
    """
    held = st.session_state.get(key)
    near = _nearest_end(st.query_params.get(key) if held is None else held, low, high)
    if near is not None:  # Streamlit would fall back to the first value
        st.session_state[key] = near
        if key in st.query_params:
            read_as(key, f"{near:.12g}")
    value = st.slider(label, low, high, first, step, key=key, bind="query-params")
    return min(max(value, low), high) if value == value else first


def _nearest_end(held: object, low: float, high: float) -> float | None:
    """The end of the range that what is held lies beyond; None if it is within, or no number."""
    try:
        value = float(str(held))
    except ValueError:
        return None
    return None if value != value or low <= value <= high else low if value < low else high


def position(label: str, key: str, last: int) -> int:
    """One of 0, …, last by a slider that stands at the last one until it is moved; the address holds it."""
    there, defaults = st.session_state.get(key), _kept(_DEFAULTS)
    held = there
    if held is None and (typed := st.query_params.get(key, "")).isdecimal():
        held = int(typed[:9])
    if held is not None:
        near = last if held == defaults.get(key) else min(max(int(held), 0), last)
        if near != there:  # what is written goes to the address once more
            st.session_state[key] = near
    defaults[key] = last
    return int(min(max(st.slider(label, 0, last, last, 1, key=key, bind="query-params"), 0), last))


def text(label: str, key: str, default: str, *, meaning: Hashable = None, **options: Any) -> str:
    """The text in a box that answers while it is typed into and keeps its text in the address.

    meaning: what the text is read with, such as the number of variables; the box holds a text of its own for each.
    """
    texts = _exchange(key, default, meaning)
    follow_default(key, default)
    typed = st.text_input(
        label,
        value=default,
        key=key,
        bind="query-params",
        live=True,
        max_chars=TOO_MANY,
        autocomplete="off",
        **options,
    )
    typed = typed if isinstance(typed, str) else default
    _kept(_APART)[key] = (meaning, typed, texts)
    hold(key, typed, default)
    return typed


def _exchange(key: str, default: str, meaning: Hashable) -> dict[Hashable, str]:
    """The box's texts by meaning. Where the meaning is another than in the last run, its own text takes the place of
    the last one, unless a text came together with it."""
    texts: dict[Hashable, str]
    before, last, texts = _kept(_APART).get(key, (meaning, default, {}))
    if before != meaning and st.session_state.get(key) in (None, last):
        texts[before] = last
        st.session_state[key] = texts.get(meaning, default)
    return texts


def read(typed: str, reader: Callable[[str], T], default: str, memory: str) -> T:
    """What the text means. Where it can't be read, say why and answer with the last meaning, or the default's."""
    good = _kept(_GOOD)
    try:
        value = reader(typed)
    except ExpressionError as error:
        say_error(error, typed)
        st.session_state[_STALE] = True
        if memory in good:
            last: T = good[memory]
            return last
        value = reader(default)
    good[memory] = value
    return value


def choice(label: str, options: Mapping[str, str], key: str, default: str, **layout: Any) -> str:
    """The code that the visitor chose among code -> label.

    The address holds the code: Streamlit's own binding would write the label, which changes with the language.
    """
    held = st.session_state.get(key) or st.query_params.get(key)
    st.session_state[key] = held if held in options else default
    chosen = st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, required=True, persist_state="session", **layout
    )
    return _addressed(key, chosen if isinstance(chosen, str) and chosen in options else default, default)


def selected(label: str, options: Mapping[str, str], key: str, default: str) -> str:
    """The code that the visitor chose among many, from a menu; the address holds it as in `choice`."""
    held = st.session_state.get(key) or st.query_params.get(key)
    st.session_state[key] = held if held in options else default
    chosen = st.selectbox(label, list(options), format_func=options.__getitem__, key=key, persist_state="session")
    return _addressed(key, chosen if isinstance(chosen, str) and chosen in options else default, default)


def stepped(label: str, options: Sequence[str], key: str, default: str) -> float:
    """The number that the visitor chose on a slider with uneven steps; the nearest step to what the address holds."""
    held = str(st.session_state.get(key) or st.query_params.get(key) or default)
    try:
        number = float(held)
    except ValueError:
        number = nan
    near = min(options, key=lambda option: abs(float(option) - number)) if isfinite(number) else default
    st.session_state[key] = near
    chosen = st.select_slider(label, options, key=key, persist_state="session")
    return float(_addressed(key, chosen if chosen in options else default, default))


def _addressed(key: str, code: str, default: str) -> str:
    """The code, once the address holds it, or nothing where it is the default."""
    if code == default:
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != code:
        st.query_params[key] = code
    return code


def choices(label: str, options: Mapping[str, str], key: str, default: Sequence[str], **layout: Any) -> tuple[str, ...]:
    """The codes that the visitor chose among code -> label, none to all; the address holds them with commas between."""
    held = st.session_state.get(key)
    if held is None:
        held = st.query_params[key].split(",") if key in st.query_params else default
    st.session_state[key] = [code for code in held if code in options]
    chosen = st.pills(
        label,
        list(options),
        selection_mode="multi",
        format_func=options.__getitem__,
        key=key,
        persist_state="session",
        **layout,
    )
    codes = tuple(code for code in options if code in (chosen or ()))
    if set(codes) == set(default):
        st.query_params.pop(key, None)
    elif st.query_params.get(key) != ",".join(codes):
        st.query_params[key] = ",".join(codes)
    return codes


def apply(fields: Mapping[str, str | int]) -> None:
    """Fill in boxes by key, from a callback."""
    for key, value in fields.items():
        st.session_state[key] = value
