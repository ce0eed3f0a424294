"""Descent from the chosen point: which methods, at what rate, and how each ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st

from lib.calculus.descent import METHODS, Path, descend
from lib.export.descent_script import descent_script
from lib.expression import Expression
from lib.figures.fall import fall_figure
from lib.locale import _, translate
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import plot, table
from lib.ui.typed import Typed

FIRST = ("gradient", "safeguarded")
RATES = ("0.0001", "0.0002", "0.0005", "0.001", "0.002", "0.005", "0.01", "0.02", "0.05", "0.1", "0.2", "0.5", "1")
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
        rate = state.stepped(_("Rate"), RATES, "rate", RATE)
    with right:
        steps = int(state.slider(_("Steps at most"), "steps", 10, 200, 100, 10))
    return DescentInput(methods, rate, steps)


@lru_cache(maxsize=128)
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


def show_code(it: Typed, start: tuple[float, ...], chosen: DescentInput) -> None:
    """The script that goes the same ways."""
    if chosen.methods:
        script = descent_script(
            it.function,
            start,
            chosen.methods,
            rate=chosen.rate,
            steps=chosen.steps,
            variables=it.variables,
            at=it.at,
        )
        with st.expander(_("PyTorch code")):
            st.code(script, language="python")


def show_paths(it: Typed, paths: Sequence[Path]) -> None:
    """Where each path ended, in words and numbers, how |∇f| fell, and all steps side by side."""
    names = [label_of(name) for name in it.variables]
    titles = [translate(METHODS[path.method].title) for path in paths]
    for title, path in zip(titles, paths, strict=True):
        said = _("{method}: {ending}", method=title, ending=path.message)
        say(said, "good" if path.ending.name == "MINIMUM" else "warn")
    if not paths:
        return
    rows: list[Sequence[float | str]] = []
    for title, path in zip(titles, paths, strict=True):
        end = path.steps[-1]
        rows.append([title, float(len(path.steps) - 1), float(path.calls), *end.point, end.value, end.norm])
    head = [_("method"), _("steps"), _("calls"), *names, "f", "|∇f|"]
    table(head, rows, _("Where each path ended"), named_rows=True)
    if not all(_rated(path) for path in paths):
        hint(_("The rate is for gradient descent, momentum and Adam; the others choose their own steps."))
    plot(fall_figure(paths), "fall", _("The size of the gradient after each step of each method."))
    _steps_table(paths, titles, names)


def _rated(path: Path) -> bool:
    return METHODS[path.method].rated


def _steps_table(paths: Sequence[Path], titles: Sequence[str], names: Sequence[str]) -> None:
    """The steps of all methods, one row for the k-th of each."""
    columns = [*names, "f", "|∇f|"]
    longest = max(len(path.steps) for path in paths)
    rows: list[Sequence[float | str]] = []
    for k in range(min(longest, ROWS)):
        row: list[float | str] = [str(k)]
        for path in paths:
            step = path.steps[k] if k < len(path.steps) else None
            row += [*step.point, step.value, step.norm] if step else [""] * len(columns)
        rows.append(row)
    groups = [("", 1), *((title, len(columns)) for title in titles)]
    table(["k", *columns * len(paths)], rows, _("The steps of the methods, side by side"), groups=groups)
    if longest > ROWS:
        hint(_("The first {n} of {all} are listed.", n=ROWS, all=longest))
