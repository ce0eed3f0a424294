"""What can be opened below the graph."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from torch import Tensor

from lib.calculus.tape import Kind, Tape
from lib.export.tape_script import tape_script
from lib.figures.tape import local_text, named, short, values
from lib.locale import _
from lib.ui import state
from lib.ui.backprop.forward import show_forward
from lib.ui.backprop.inputs import TapeInput, upstream_of
from lib.ui.backprop.leaves import held
from lib.ui.backprop.mistakes import input_mistake, show_mistake
from lib.ui.backprop.orders import show_orders
from lib.ui.backprop.published import show_published
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import table, take_away
from lib.ui.typed import Typed

LISTED = 6  # numbers of a tensor in the table


@dataclass(frozen=True)
class Detail:
    """What is open, and its own inputs."""

    name: str
    mistake: str = ""


def input_detail() -> Detail:
    """Which detail is open."""
    names = {
        "table": _("Table"),
        "mistakes": _("Error messages"),
        "orders": _("Second order"),
        "forward": _("Forward mode"),
        "code": _("PyTorch code"),
    }
    opened = state.choice(_("Details"), names, "below", "table", label_visibility="collapsed")
    if opened == "mistakes":
        return Detail(opened, mistake=input_mistake())
    return Detail(opened)


def show(it: Typed, chosen: TapeInput, tape: Tape, detail: Detail) -> None:
    """The open detail."""
    if detail.name in ("table", "mistakes", "orders"):
        show_published(it)
    match detail.name:
        case "mistakes":
            show_mistake(it, chosen, detail.mistake)
        case "orders":
            show_orders(it, chosen)
        case "forward":
            show_forward(it, chosen, tape)
        case "code":
            script = tape_script(
                it.function, tape, seed=int(it.at.get("seed", 0)), upstream=upstream_of(it.function, chosen)
            )
            st.code(script, language="python")
        case _:
            show_table(tape)


def _digits(tensor: Tensor | None) -> float | str:
    """With all digits."""
    return "None" if tensor is None else float(tensor) if tensor.numel() == 1 else str(tensor.tolist())


def show_table(tape: Tape) -> None:
    """Every node, then every edge along which a gradient flows."""
    kinds = {Kind.LEAF: _("leaf"), Kind.PARAMETER: _("parameter, no gradient")}
    listed = [tape.nodes[k] for k in named(tape)]
    head = [_("node"), _("computed as"), "grad_fn", _("value"), _("gradient")]
    rows: list[Sequence[float | str]] = [
        [
            label_of(node.name),
            short(node.formula.canonical()) if node.formula else kinds.get(node.kind, ""),
            ", ".join(node.functions) or "None",
            held(node, "value", LISTED),
            held(node, "gradient", LISTED),
        ]
        for node in listed
    ]
    hint(_("The values and gradients at the end of both passes, whichever step is shown."))
    with st.container(key="nodes"):
        table(head, rows, _("The nodes of the graph"), named_rows=True)
    full = [[*row[:3], _digits(n.value), _digits(n.gradient)] for row, n in zip(rows, listed, strict=True)]
    take_away(head, full, "tape.csv")
    head = [_("from"), _("to"), _("local derivative"), _("its value"), _("what came to it"), _("passed back")]
    rows = []
    for edge in sorted((e for e in tape.edges if e.passed is not None), key=lambda e: tape.nodes[e.target].turn or 0):
        source, target = tape.nodes[edge.source], tape.nodes[edge.target]
        if edge.local is not None and edge.passed is not None:
            numbers = [values(edge.local, LISTED), held(target, "gradient", LISTED), values(edge.passed, LISTED)]
            rows.append([label_of(target.name), label_of(source.name), local_text(edge, alone=True), *numbers])
    if rows:
        sent = _("What the backward pass sent along each edge")
        hint(sent)
        table(head, rows, sent, named_rows=True)
