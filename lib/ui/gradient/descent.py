"""Descent from the chosen point: which methods, at what rate, and how each ended."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from lib.calculus.descent import METHODS, Path, descend
from lib.expression import Expression
from lib.locale import _, translate
from lib.readings.numbers import read_number
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.notice import say
from lib.ui.results import table
from lib.ui.typed import Typed

FIRST = ("gradient", "safeguarded")
RATE = "0.01"
ROWS = 60  # of the table of steps


@dataclass(frozen=True)
class DescentInput:
    """The methods and their rate."""

    methods: tuple[str, ...]
    rate: float
    steps: int


def input_descent() -> DescentInput:
    """The boxes."""
    names = {name: translate(method.title) for name, method in METHODS.items()}
    methods = state.choices(_("Methods"), names, "methods", FIRST)
    left, right = st.columns(2)
    with left:
        rate = state.read(state.text(_("Rate"), "rate", RATE), read_number, RATE, "rate")
    with right:
        steps = int(state.slider(_("Steps at most"), "steps", 10, 200, 100, 10))
    return DescentInput(methods, max(rate, 0.0), steps)


@st.cache_resource(max_entries=128, ttl=3600)
def _path(
    expression: Expression,
    start: tuple[float, ...],
    method: str,
    rate: float,
    steps: int,
    variables: tuple[str, ...],
    at: tuple[tuple[str, float], ...],
) -> Path:
    return descend(expression, start, method, rate=rate, steps=steps, variables=variables, at=dict(at))


def find_paths(it: Typed, start: tuple[float, ...], chosen: DescentInput) -> list[Path]:
    """The path of each method."""
    at = tuple(sorted(it.at.items()))
    return [_path(it.function, start, name, chosen.rate, chosen.steps, it.variables, at) for name in chosen.methods]


def show_paths(it: Typed, paths: Sequence[Path]) -> None:
    """Where each path ended, in words and numbers, and the steps of the first."""
    names = [label_of(name) for name in it.variables]
    for path in paths:
        title = translate(METHODS[path.method].title)
        say(f"{title}: {translate(path.message)}", "good" if path.ending.name == "MINIMUM" else "warn")
    if not paths:
        return
    rows: list[Sequence[float | str]] = []
    for path in paths:
        end = path.steps[-1]
        title = translate(METHODS[path.method].title)
        rows.append([title, float(len(path.steps) - 1), float(path.calls), *end.point, end.value, end.norm])
    head = [_("method"), _("steps"), _("calls"), *names, "f", "|∇f|"]
    table(head, rows, _("Where each path ended"), named_rows=True)
    with st.expander(_("Steps of {method}", method=translate(METHODS[paths[0].method].title))):
        steps: list[Sequence[float | str]] = [
            [str(k), *s.point, s.value, s.norm] for k, s in enumerate(paths[0].steps[:ROWS])
        ]
        table(["k", *names, "f", "|∇f|"], steps, _("The steps of the method"))
