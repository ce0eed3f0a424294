"""Where the tape is recorded: the values of the leaves, and the call of backward()."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import streamlit as st
import torch
from torch import Tensor

from lib.calculus.tape import CALLS, Tape, tape
from lib.calculus.tape.names import output_name
from lib.expression import Expression
from lib.locale import _
from lib.message import Message
from lib.readings.numbers import read_points
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.points import input_points
from lib.ui.typed import Typed

FIRST = ("2", "3")  # values of the first leaves; the others have 1


@dataclass(frozen=True)
class TapeInput:
    """The values of the leaves, one row each; those of letters with a box that are no leaves; the call of backward(),
    and g where that takes one."""

    leaves: tuple[tuple[str, tuple[float, ...]], ...]
    still: tuple[tuple[str, tuple[float, ...]], ...]
    reduction: str
    upstream: tuple[float, ...] | None = None

    @property
    def rows(self) -> tuple[tuple[str, tuple[float, ...]], ...]:
        """The values of all these letters, leaves first."""
        return (*self.leaves, *self.still)

    @property
    def points(self) -> int:
        """How many numbers each letter holds."""
        return len(self.rows[0][1])

    @property
    def first(self) -> tuple[str, tuple[float, ...]]:
        """The first leaf, for what has one variable; the first letter where none is a leaf."""
        return self.rows[0]

    def beside(self, it: Typed) -> dict[str, float]:
        """The values of all letters but the first one, at the first point."""
        return it.at | {name: row[0] for name, row in self.rows[1:]}


def input_tape(it: Typed) -> TapeInput:
    """The boxes."""
    if len(it.variables) == 1:
        rows = {it.variable: input_points()}
    else:
        with st.grid(2, min_column_width=110):
            rows = {name: _input_leaf(name, k) for k, name in enumerate(it.variables)}
    most = max(map(len, rows.values()))
    rows |= {name: (it.at[name],) for name in it.at if name in it.function.names and name not in it.function.bounds}
    asked: Sequence[str] = it.variables
    if len(rows) > 1:
        names = {name: label_of(name) for name in rows}
        asked = state.choices("requires_grad", names, "leaves", it.variables)
    rows = {name: row * most if len(row) == 1 else row for name, row in rows.items()}
    calls = {code: call.format(y=output_name(it.function)) for code, call in CALLS.items()}
    reduction = state.selected(_("Call"), calls, "call", "none")
    upstream = None
    if reduction == "given":
        count = most * (it.function.shape or 1)
        upstream = state.read(state.text("g", "g", ", ".join(["1"] * count)), read_points, "1", f"g_{count}")
    leaves = tuple((name, rows[name]) for name in asked)
    still = tuple((name, row) for name, row in rows.items() if name in it.variables and name not in asked)
    return TapeInput(leaves, still, reduction, upstream)


def _input_leaf(name: str, k: int) -> tuple[float, ...]:
    default = FIRST[k] if k < len(FIRST) else "1"
    return state.read(state.text(label_of(name), f"leaf_{name}", default), read_points, default, f"leaf_{name}")


def upstream_of(function: Expression, chosen: TapeInput) -> Tensor | None:
    """What `gradient=` is given, in the shape of y where the count fits."""
    if chosen.upstream is None:
        return None
    g = torch.tensor(chosen.upstream, dtype=torch.float64)
    count = function.shape or 1
    return g.reshape(count, chosen.points) if function.shape and g.numel() == count * chosen.points else g


@lru_cache(maxsize=64)
def _recorded(expression: Expression, source: str, chosen: TapeInput, at: tuple[tuple[str, float], ...]) -> Tape:
    """By its text too: equal formulas that are typed otherwise have their parts elsewhere."""
    (variable, x), *others = [(name, torch.tensor(row, dtype=torch.float64)) for name, row in chosen.rows]
    return tape(
        expression,
        x,
        variable=variable,
        leaves=dict(others),
        requires_grad=[name for name, _ in chosen.leaves],
        at=dict(at),
        reduction=chosen.reduction,
        upstream=upstream_of(expression, chosen),
    )


def recorded(it: Typed, chosen: TapeInput) -> Tape:
    """The tape of what was chosen."""
    most = max(len(row) for _name, row in chosen.rows)
    for name, row in chosen.rows:
        if len(row) != most:
            raise ValueError(
                Message(
                    "{name} has {n} numbers, another letter has {most}. "
                    "Give every letter as many as the others, or one.",
                    name=label_of(name),
                    n=len(row),
                    most=most,
                )
            )
    at = tuple(sorted(it.at.items()))
    return _recorded(it.function, it.function.source, chosen, at)
