"""The target, the method with its start or bracket, and the tolerances; a click on the plot moves a start or an end."""

from dataclasses import dataclass

import streamlit as st

from lib.expression import parse
from lib.inverse import METHODS, TO_THE_LAST_DIGIT, Accuracy, automatic_bracket, automatic_start
from lib.locale import _, translate
from lib.readings.ball import rounded
from lib.readings.numbers import read_number
from lib.ui import state
from lib.ui.inputs import Window, input_number, input_window
from lib.ui.notice import hint
from lib.ui.points import rounded as shortened
from lib.ui.typed import Typed

START, BRACKET = "start", "bracket"
MOST_STEPS = 200
WORK = 8000  # steps × operations of one run: some 50 ms


@dataclass(frozen=True)
class TargetInput:
    """The level y, and where to look for x."""

    y: float
    window: Window


@dataclass(frozen=True)
class MethodInput:
    """The method, the start or bracket that it begins with, and when it stops."""

    method: str
    start: float | None = None
    bracket: Window | None = None
    accuracy: Accuracy = TO_THE_LAST_DIGIT

    @property
    def brackets(self) -> bool:
        return METHODS[self.method].brackets


def input_target() -> TargetInput:
    """The level and the window."""
    left, right = st.columns(2)
    with left:
        y = input_number(_("Target y"), "y", "1")
    with right:
        target = TargetInput(y, input_window(_("Window"), "interval", "-2:2"))
    _say_rounded(str(st.session_state.get("y", "")).strip(), y)
    return target


def _say_rounded(typed: str, y: float) -> None:
    """A target is a double; of a formula, which may hold the same number, the proofs take the number itself."""
    try:
        number = parse(typed)
        off = not number.names and number.shape is None and rounded(number, y)
    except ValueError:  # the box says why
        return
    if off:
        hint(_("y is {y:.17g}, the double nearest to {typed}. In a formula, {typed} is exact.", y=y, typed=typed))


def input_method(it: Typed, target: TargetInput) -> MethodInput:
    """The method with its start or bracket, and the tolerances."""
    left, right = st.columns(2)
    with left:
        methods = {name: translate(method.title) for name, method in METHODS.items()}
        method = state.selected(_("Method"), methods, "method", "newton")
    with right:
        if METHODS[method].brackets:
            found = MethodInput(method, bracket=input_bracket(it, target))
        else:
            found = MethodInput(method, start=input_start(it, target))
    return found


def input_start(it: Typed, target: TargetInput) -> float:
    """The start; left empty, the automatic one."""
    try:
        start = automatic_start(it.function, target.y, target.window, variable=it.variable, at=it.at)
        default = shortened(start, target.window)
    except ValueError:  # the page says why where it computes
        default = "1"
    ways = _("Type it, or click on the plot. Left empty, it is chosen for you.")
    typed = state.text(_("Start"), START, default, placeholder=default, help=ways)
    return state.read(typed if typed.strip() else default, read_number, default, START)


def input_bracket(it: Typed, target: TargetInput) -> Window:
    """The bracket; left empty, the automatic one."""
    try:
        bracket = automatic_bracket(it.function, target.y, target.window, variable=it.variable, at=it.at)
    except ValueError:
        bracket = None
    low, high = bracket or target.window
    ways = _("Type both ends, or click on the plot: the nearer end moves. Left empty, it is chosen for you.")
    return input_window(_("Bracket"), BRACKET, f"{low:.12g}:{high:.12g}", help=ways)


def input_accuracy(it: Typed) -> Accuracy:
    """The tolerances, in a menu of their own."""
    with st.popover(_("Accuracy"), icon=":material/tune:", key="accuracy"):
        text = state.text(_("Relative tolerance"), "rtol", "2^-52")
        relative = state.read(text, read_number, "2^-52", "rtol")
        text = state.text(_("Absolute tolerance"), "atol", "", placeholder="1e-18 · max |x|")
        absolute = state.read(text, _optional, "", "atol")
        steps = int(state.slider(_("Steps at most"), "limit", 1, MOST_STEPS, 100, 1))
    affordable = max(20, WORK // max(1, len(it.function.program)))
    return Accuracy(relative, absolute, min(steps, affordable))


def _optional(text: str) -> float | None:
    return read_number(text) if text.strip() else None


def begin_at(x: float, chosen: MethodInput, window: Window) -> None:
    """Write the x of a click into the start, or into the nearer end of the bracket."""
    if chosen.bracket is None:
        st.session_state[START] = shortened(x, window)
        return
    low, high = chosen.bracket
    ends = (
        (shortened(x, window), f"{high:.12g}")
        if abs(x - low) < abs(x - high)
        else (f"{low:.12g}", shortened(x, window))
    )
    if float(ends[0]) < float(ends[1]):
        st.session_state[BRACKET] = ":".join(ends)
