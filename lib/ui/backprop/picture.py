"""The formula and its graph, which light each other up."""

from collections.abc import Iterable

import streamlit as st

from lib.calculus.tape import Kind, Tape
from lib.calculus.tape.steps import Steps
from lib.expression.tree import Span
from lib.figures.tape import drawn, graph, named
from lib.locale import _
from lib.ui.notice import hint, inert


def show_graph(source: str, tape: Tape, of: Steps) -> None:
    """The typed text with its parts marked, above the graph."""
    spans = {node.span for node in tape.nodes if node.span}
    dot = graph(tape, of)
    st.html(
        f'<div class="nabla-head"><div class="nabla-source"><code>{marked(source, spans)}</code></div>'
        f"{_legend(tape) if dot else ''}</div>"
    )
    if not dot:
        hint(
            _(
                "The graph has {n} nodes, too many to draw: the table below has them all, and marks that of the step.",
                n=len(named(tape)),
            )
        )
        return
    alt = _("The graph of the operations, with values and gradients; the table below holds the same.")
    with st.container(key="tape"):
        st.graphviz_chart(dot, alt=alt)


def _legend(tape: Tape) -> str:
    """What boxes and colours mean, as far as this graph has them."""
    nodes = [tape.nodes[k] for k in drawn(tape)]
    kinds = {node.kind for node in nodes}
    words = {Kind.LEAF: _("leaf"), Kind.PARAMETER: _("no gradient"), Kind.CONSTANT: _("fixed number")}
    signs = [(kind.value, word) for kind, word in words.items() if kind in kinds]
    signs += [("value", _("value"))]
    if any(node.differentiable for node in nodes):
        signs += [("slope", _("gradient")), ("local", _("local derivative"))]
    listed = "".join(f'<span class="nabla-{sign}">{word}</span>' for sign, word in signs)
    return f'<div class="nabla-legend">{listed}</div>'


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
