"""Sentences on the page. Whatever a visitor typed is escaped here, so that it stays text."""

from html import escape
from re import sub
from unicodedata import category

import streamlit as st

from lib.expression import ExpressionError
from lib.locale import translate

AROUND = 40  # characters shown either side of the place


def inert(text: str) -> str:
    """The text as HTML that shows it and does nothing: invisible and direction-changing characters become boxes."""
    if text.isprintable():  # mostly
        return escape(text)
    return escape("".join("�" if category(c)[0] == "C" and c != "\n" else c for c in text))


def inline(text: str) -> str:
    """A sentence as HTML, its parts between backticks set as code, no number broken at its exponent's sign."""
    html = sub(r"`([^`]*)`", r"<code>\1</code>", inert(text))
    return sub(r"\d[\d.]*e[-+]\d+", r'<span class="nabla-number">\g<0></span>', html)


def say(text: str, kind: str = "info") -> None:
    """Show a sentence; kind is info (quiet), good, warn or bad."""
    role = "alert" if kind == "bad" else "status"
    st.html(f'<div class="nabla-notice nabla-{kind}" role="{role}">{inline(translate(text))}</div>')


def hint(text: str) -> None:
    """Show a sentence in small print."""
    st.html(f'<p class="nabla-hint">{inline(translate(text))}</p>')


def say_error(error: ExpressionError, text: str) -> None:
    """Show what is wrong with the text, where, and the way out."""
    parts = [f"<p>{inline(translate(error.message))}</p>", f"<pre>{place(text, error.span)}</pre>"]
    if error.hint:
        parts.append(f"<p>{inline(translate(error.hint))}</p>")
    st.html(f'<div class="nabla-notice nabla-bad" role="alert">{"".join(parts)}</div>')


def place(text: str, span: tuple[int, int]) -> str:
    """The text around the span as HTML, the span underlined; between two characters, a caret."""
    start = min(max(span[0], 0), len(text))
    end = min(max(span[1], start), len(text))
    before, inside, after = text[:start], text[start:end], text[end:]
    if len(before) > AROUND:
        before = "…" + before[-AROUND:]
    if len(after) > AROUND:
        after = after[:AROUND] + "…"
    if len(inside) > 2 * AROUND:
        inside = inside[:AROUND] + "…" + inside[-AROUND:]
    return f"{inert(before)}<mark>{inert(inside) or '‸'}</mark>{inert(after)}"
