"""A table in which the rows of a text box are edited."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import streamlit as st

from lib.expression.limits import MAX_MAGNITUDE, MAX_POINTS
from lib.locale import _
from lib.ui.notice import say

Rows = Sequence[Sequence[float]]
_LEFT_OUT = "left_out"


def edit_as_rows(rows: Rows, names: Sequence[str], box: str, write: Callable[[Rows], None], key: str) -> None:
    """A menu with the rows of a text box as a table to edit; write: puts rows into the box."""
    edit = st.popover(_("Edit"), icon=":material/table_rows:", key=key, on_change="rerun")
    if edit.open:  # a table costs as much as all else in the row
        with edit:
            _editor(rows, tuple(names), box, write)


def _editor(rows: Rows, names: tuple[str, ...], box: str, write: Callable[[Rows], None]) -> None:
    key = f"rows_{box}_{hash(tuple(rows))}"  # a table edited once has answered: the next one starts from the new rows
    st.data_editor(
        {name: [row[k] for row in rows] for k, name in enumerate(names)},
        num_rows="dynamic",
        hide_index=True,
        key=key,
        column_config={name: st.column_config.NumberColumn(name, required=True) for name in names},
        on_change=_edited,
        args=(key, rows, names, box, write),
    )
    of_box, text, left_out = st.session_state.get(_LEFT_OUT, ("", "", ()))
    if left_out and (of_box, text) == (box, st.session_state.get(box)):
        told = {"rows": ", ".join(map(str, left_out)), "most": MAX_POINTS}
        say(_("Left out: row {rows}. A row has a number up to 1e12 in each column, and there are at most {most} rows.",
              **told), "warn")  # fmt: skip


def _edited(key: str, rows: Rows, names: tuple[str, ...], box: str, write: Callable[[Rows], None]) -> None:
    kept, left_out = edited(rows, names, st.session_state[key])
    if kept:
        write(kept)
    st.session_state[_LEFT_OUT] = (box, st.session_state.get(box), left_out)


def edited(rows: Rows, names: Sequence[str], edits: Mapping[str, Any]) -> tuple[list[list[float]], list[int]]:
    """The rows after the edits as Streamlit tells them, and the numbers of those that can't be kept."""
    changed: dict[int, list[Any]] = {k: list(row) for k, row in enumerate(rows)}
    for k, change in edits["edited_rows"].items():
        if int(k) in changed:
            changed[int(k)] = [change.get(name, x) for name, x in zip(names, changed[int(k)], strict=True)]
    for k in edits["deleted_rows"]:
        changed.pop(k, None)
    whole = [*changed.values(), *([row.get(name) for name in names] for row in edits["added_rows"])]
    fine = [k for k, row in enumerate(whole) if all(map(_is_number, row))][:MAX_POINTS]
    return [[float(x) for x in whole[k]] for k in fine], sorted({*range(1, len(whole) + 1)} - {k + 1 for k in fine})


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and abs(value) <= MAX_MAGNITUDE
