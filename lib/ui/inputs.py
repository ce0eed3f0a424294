"""Groups of input boxes: each function draws its group and returns what was chosen, as one frozen value."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import streamlit as st

from lib.calculus import automatic_window
from lib.calculus.derivatives import orders_within_effort
from lib.expression.limits import MAX_MAGNITUDE, MAX_ORDER
from lib.figures.curve import order_name
from lib.locale import _
from lib.readings.numbers import read_number, read_window
from lib.readings.tensor import straight_line
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.points import input_points, on_the_move
from lib.ui.typed import Typed

Window = tuple[float, float]
VIEW = "view"
_ZOOMED = "_zoomed"


@dataclass(frozen=True)
class DerivativesInput:
    """Where to differentiate f and how often, where to plot it, and how y would be reduced before backward()."""

    points: tuple[float, ...]
    rest: tuple[float, ...]  # the same before one of them is dragged
    window: Window
    order: int
    reduction: str
    component: int | None = None  # of a vector; None for a scalar, and where all components are looked at:
    single: bool = False  # show what float32 gives, too
    vector: str = ""  # "family", all components over one axis, or "plane", two as a curve; else ""


@dataclass(frozen=True)
class CurveInput:
    """What to draw: the orders, what stands beside each point, in one plot or stacked, and where it is zoomed in."""

    drawn: tuple[int, ...]
    beside: tuple[str, ...]
    stacked: bool
    view: tuple[Window, Window] | None


def input_derivatives(typed: Typed) -> DerivativesInput:
    """Points, window, order, and reduction or component."""
    left, right = st.columns(2)
    with left:
        points = input_points(first_point(typed))
    with right:
        window = input_window(_("Window"), "window", first_window(typed, points))
    rest, points = points, on_the_move(points, window)
    if typed.function.shape is not None:
        component = _input_component(typed.function.shape)
        order = 1 if component == "plane" else _input_order(typed)
        if component == "plane":
            return DerivativesInput(points, rest, window, order, "each", vector=component)
        single = _input_single()
        if component.isdigit():
            return DerivativesInput(points, rest, window, order, "each", int(component) - 1, single)
        return DerivativesInput(points, rest, window, order, "each", single=single, vector=component)
    left, right = st.columns(2)
    with right:
        order = _input_order(typed)
        single = _input_single()
    with left:
        label = _("Reduction: what {name}.grad holds", name=label_of(typed.variable))
        names = {"each": _("each"), "sum": _("sum"), "mean": _("mean")}
        return DerivativesInput(
            points, rest, window, order, state.choice(label, names, "reduction", "each"), single=single
        )


def _input_single() -> bool:
    return st.toggle(_("float32 too"), key="single", bind="query-params")


def _input_order(typed: Typed) -> int:
    """The order; the slider keeps its range and what was chosen, for a shorter formula to come back to."""
    highest = highest_order(typed)
    order = int(state.slider(_("Highest order"), "order", 0, MAX_ORDER, 2, 1))
    if highest < MAX_ORDER:
        hint(_("Orders up to {n}, as the formula is long.", n=highest))
    return min(order, highest)


def highest_order(typed: Typed) -> int:
    """The order to which the formula's derivatives are known to take little time."""
    try:
        line = straight_line(typed.function, {**typed.at, **dict.fromkeys(typed.variables, 0.0)})
    except ValueError:  # the page says why where it computes
        return MAX_ORDER
    return orders_within_effort(line.effort)


def _input_component(count: int) -> str:
    """The number of one component, from 1; "family", all over one axis; or "plane", two of them as a curve."""
    names = {"all": _("all"), **{str(k): label_of(f"f_{k}") for k in range(1, count + 1)}}
    names |= {"plane": _("curve in the plane")} if count == 2 else {}
    component = state.choice(_("Components"), names, "component", "all")
    return "family" if component == "all" else component


def input_curve(typed: Typed, chosen: DerivativesInput) -> CurveInput:
    """What to draw; the boxes stand below the plot."""
    orders = {str(k): order_name(k) for k in range(chosen.order + 1)}
    first = ["0"] if chosen.vector else [k for k in ("0", "1", "2") if k in orders]
    names = {"tangent": _("tangent line"), "normal": _("normal"), "circle": _("circle")}
    drawn: tuple[str, ...] = tuple(first)
    beside: tuple[str, ...] = ()
    stacked = False
    with st.container(horizontal=True, key="drawing", gap="medium"):
        if chosen.vector != "plane":
            drawn = state.choices(_("Draw"), orders, "draw", first)
        if chosen.vector == "plane":
            beside = state.choices(_("At the points"), {"circle": names["circle"]}, "circles", [])
        elif not chosen.vector:
            beside = state.choices(_("At the points"), names, "beside", ["tangent"])
            layout = {"together": _("together"), "stacked": _("stacked")}
            stacked = state.choice(_("Plots"), layout, "plots", "together") == "stacked"
    return CurveInput(tuple(map(int, drawn)), beside, stacked, zoomed(f"{typed.function.source}|{chosen.window}"))


def zoomed(of: str) -> tuple[Window, Window] | None:
    """The part of the plot that is zoomed in on, as a hidden box of the browser has it, while the plot is `of` this."""
    if st.session_state.get(_ZOOMED, of) != of:
        st.session_state[VIEW] = ""
    st.session_state[_ZOOMED] = of
    text = state.text("view", VIEW, "", label_visibility="collapsed")
    try:
        x, y = (read_window(part) for part in text.split(";"))
    except ValueError:
        return None
    return x, y


def input_number(label: str, key: str, default: str) -> float:
    """One number."""
    return state.read(state.text(label, key, default), read_number, default, key)


def input_window(label: str, key: str, default: str, **options: Any) -> Window:
    """The ends of a window; left empty, the default's."""
    typed = state.text(label, key, default, placeholder=default, **options)
    return state.read(typed if typed.strip() else default, read_window, default, key)


FIRST = "2"
NEAR = 3.0  # points farther from 0 say themselves where to look
PLAIN = (-3.0, 3.0)  # what automatic_window answers where nothing speaks for another window


def first_point(typed: Typed) -> str:
    """The point that a function opens with: 2, or one as far to the right in its window where 2 is none of that."""
    seen = _seen(typed)
    if seen is None:
        return FIRST
    low, high = seen
    room = (high - low) / 10
    if low + room <= float(FIRST) <= high - room:
        return FIRST
    return f"{round(low + 7 * room, 1 - floor(log10(high - low))) + 0.0:.12g}"


def first_window(typed: Typed, points: tuple[float, ...]) -> str:
    """The window that a function opens with: where it is defined and has features; else around the points."""
    seen = _seen(typed)
    if seen is None or seen == PLAIN:
        return automatic(points)
    inside = all(seen[0] <= x <= seen[1] for x in points)
    if not inside and max(map(abs, points)) > NEAR:
        return automatic(points)
    low, high = automatic_window(typed.function, points, variable=typed.variable, at=typed.at)
    return f"{low:.12g}:{high:.12g}"


def _seen(typed: Typed) -> Window | None:
    """Where the function has something to see, whatever the points; None where the page says why there is nothing."""
    try:
        low, high = automatic_window(typed.function, variable=typed.variable, at=typed.at)
    except ValueError:
        return None
    return None if max(-low, high) > MAX_MAGNITUDE else (low, high)


def automatic(points: Sequence[float], room: float = 1.3) -> str:
    """A window around the points: about 0 if they are near it, and at least -3:3; else about them."""
    low, high = min(points), max(points)
    if max(-low, high) <= 10:
        end = max(3, ceil(room * max(-low, high)))
        return f"{-end}:{end}"
    side = max(3.0, 0.25 * (high - low), 1e-9 * max(-low, high))  # wide enough for its numbers to differ
    limit = int(MAX_MAGNITUDE)
    return f"{max(floor(low - side), -limit)}:{min(ceil(high + side), limit)}"
