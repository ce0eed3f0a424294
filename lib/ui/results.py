"""Tables and sentences for results. Numbers are shown to 6 significant digits and copied in full."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from html import escape
from math import isfinite
from types import MappingProxyType
from typing import Any

import streamlit as st

from lib.export.table import csv_text
from lib.expression import ExpressionError
from lib.figures import CONFIG, ZOOMING, Figure
from lib.locale import _
from lib.message import Message
from lib.ui.notice import hint, say
from lib.ui.picking import input_pick

UNDEFINED = "—"
SENTENCE = 24  # characters from which on a cell may break into lines
NO_REASONS: Mapping[tuple[int, int], str] = MappingProxyType({})


def number(value: float) -> str:
    """To 6 significant digits; undefined and infinite as a dash."""
    return f"{value + 0.0:.6g}" if isfinite(value) else UNDEFINED


def cell(value: float | str, why: str = "", *, in_full: bool = False, words: bool = False, note: str = "") -> str:
    """A table cell: text as it is, a number short to the eye with its full digits kept for copying and hovering.

    why: the reason for a dash, shown on hovering and read aloud. in_full: all digits to the eye, too. words: one of a
    column of words. note: what is to be known of a number, told in the same way by a star beside it.
    """
    if isinstance(value, str) and (value != UNDEFINED or not why):
        sentence = len(value) > SENTENCE and not value.startswith("[")  # a tensor's numbers stay in line with others
        looks = " ".join(["nabla-words"] * words + ["nabla-sentence"] * sentence)
        return f'<td class="{looks}">{escape(value)}</td>' if looks else f"<td>{escape(value)}</td>"
    if isinstance(value, str) or not isfinite(value):
        told = f' title="{escape(why)}" aria-label="{escape(why)}"' if why else ""
        looks = " ".join(["nabla-none"] + ["nabla-words"] * words)
        return f'<td class="{looks}"{told}>{UNDEFINED}</td>'
    full = repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(float(value))
    star = f'<abbr title="{escape(note)}" aria-label="{escape(note)}">*</abbr>' if note else ""
    return f'<td data-full="{full}" title="{full}">{full if in_full else number(value)}{star}</td>'


def _is_word(value: float | str) -> bool:
    """Whether a cell holds words and no number, dash or gap, nor PyTorch's None where a number is missing."""
    if not isinstance(value, str) or value in ("", UNDEFINED, "None"):
        return False
    try:
        complex(value)
    except ValueError:
        return any(character.isalpha() for character in value)
    return False


def columns_of_words(rows: Sequence[Sequence[float | str]]) -> set[int]:
    """The columns that hold words and no numbers: they start at the left, as numbers end at the right."""
    words, numbers = set(), set()
    for row in rows:
        for i, value in enumerate(row):
            if _is_word(value):
                words.add(i)
            elif not isinstance(value, str):
                numbers.add(i)
    return words - numbers


def table(head: Sequence[str], rows: Iterable[Sequence[float | str]], alt: str, **looks: Any) -> None:
    """Show a table; what it can look like `table_html` says."""
    st.html(table_html(head, rows, alt, **looks))


def table_html(
    head: Sequence[str],
    rows: Iterable[Sequence[float | str]],
    alt: str,
    *,
    named_rows: bool = False,
    reasons: Mapping[tuple[int, int], str] = NO_REASONS,
    notes: Mapping[tuple[int, int], str] = NO_REASONS,
    in_full: Collection[int] = (),
    from_the_end: bool = False,
    groups: Sequence[tuple[str, int]] = (),
) -> str:
    """A table as HTML; with named_rows the first cell of each row is its name. alt says what the table holds.

    reasons: why there is a dash at (row, column). notes: of the number there. in_full: the columns whose numbers
    show all their digits. from_the_end: a long table shows its last rows, and scrolls up. groups: names that stand
    above so many columns each.
    """
    rows = list(rows)
    words = columns_of_words(rows)
    left = [' class="nabla-words"' if i in words else "" for i in range(len(head))]
    top = "".join(f'<th scope="col"{side}>{escape(name)}</th>' for side, name in zip(left, head, strict=True))
    body = []
    for k, row in enumerate(rows):
        cells = [
            cell(value, reasons.get((k, i), ""), in_full=i in in_full, words=i in words, note=notes.get((k, i), ""))
            for i, value in enumerate(row)
        ]
        if named_rows:
            cells[0] = f'<th scope="row"{left[0]}>{escape(str(row[0]))}</th>'
        body.append(f"<tr>{''.join(cells)}</tr>")
    looks = "nabla-table nabla-end" if from_the_end else "nabla-table"
    parts, above = "", ""
    if groups:
        parts = "".join(f'<colgroup span="{count}"></colgroup>' for _name, count in groups)
        names = "".join(f'<th scope="colgroup" colspan="{count}">{escape(name)}</th>' for name, count in groups)
        above = f'<tr class="nabla-groups">{names}</tr>'
    return (
        f'<div class="{looks}" role="region" tabindex="0" aria-label="{escape(alt)}">'
        f"<table>{parts}<thead>{above}<tr>{top}</tr></thead><tbody>{''.join(body)}</tbody></table></div>"
    )


def take_away(head: Sequence[str], rows: Iterable[Sequence[float | str]], file: str) -> None:
    """Buttons that copy the table above, with all digits, and save it as a file."""
    with st.container(horizontal=True, key="take_away", gap="small"):
        label = _("Copy")
        st.html(f'<button type="button" class="nabla-copy">{escape(label)}</button>', width="content")
        st.download_button(
            "CSV",
            csv_text(head, rows),
            file,
            "text/csv",
            icon=":material/download:",
            type="tertiary",
            on_click="ignore",
        )


def headline(text: str) -> None:
    """Show the answer in large print."""
    st.html(f'<p class="nabla-headline">{escape(text)}</p>')


@contextmanager
def result() -> Iterator[None]:
    """Where a page computes: a refusal by the core becomes its sentence, anything else is a failure."""
    try:
        yield
    except ExpressionError as error:  # a cost known only with the values of the letters
        say(error.message, "bad")
        if error.hint:
            hint(error.hint)
    except ValueError as error:
        if not (error.args and isinstance(error.args[0], Message)):
            raise
        say(error.args[0], "bad")


def plot(figure: Figure, key: str, alt: str) -> None:
    """Show a figure; alt says what it shows to someone who can't see it."""
    st.plotly_chart(figure, key=key, alt=alt, config=CONFIG)


def zoom_plot(figure: Figure, key: str, alt: str) -> None:
    """Show a figure that can be zoomed and panned."""
    st.plotly_chart(figure, key=key, alt=alt, config=ZOOMING)


def live_plot(figure: Figure, key: str, alt: str, on_click: Callable[[float], None]) -> None:
    """Show a figure that can be zoomed and panned; a click on a curve calls back with its nearest x or parameter."""
    zoom_plot(figure, key, alt)
    input_pick(lambda place: on_click(place[0]))
