"""The formula and its graph, which light each other up."""

from collections.abc import Iterable

import streamlit as st

from lib.calculus.tape import Tape
from lib.calculus.tape.steps import Steps
from lib.expression.tree import Span
from lib.figures.tape import graph
from lib.locale import _
from lib.ui.notice import hint, inert


def show_graph(source: str, tape: Tape, of: Steps) -> None:
    """The typed text with its parts marked, above the graph."""
    spans = {node.span for node in tape.nodes if node.span}
    st.html(f'<div class="nabla-source"><code>{marked(source, spans)}</code></div>')
    dot = graph(tape, of)
    if not dot:
        hint(_("The graph has {n} nodes, too many to draw: the table below has them all.", n=len(tape.nodes)))
        return
    alt = _("The graph of the operations, with values and gradients; the table below holds the same.")
    with st.container(key="tape"):
        st.graphviz_chart(dot, alt=alt)


def marked(source: str, spans: Iterable[Span]) -> str:
    """The text as HTML in which every part of the formula is an element, the inner ones within the outer ones."""
    inside: list[Span] = []
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for span in sorted(spans, key=lambda s: (s[0], -s[1])):
        while inside and inside[-1][1] <= span[0]:
            inside.pop()
        if (inside and inside[-1][1] < span[1]) or span[0] >= span[1]:
            continue  # a < b < c has b twice
        inside.append(span)
        opening[span[0]] = opening.get(span[0], "") + f'<span class="part-{span[0]}-{span[1]}">'
        closing[span[1]] = closing.get(span[1], "") + "</span>"
    letters = (closing.get(k, "") + opening.get(k, "") + inert(letter) for k, letter in enumerate(source))
    return "".join(letters) + closing.get(len(source), "")
