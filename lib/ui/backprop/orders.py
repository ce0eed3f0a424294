"""The graph of the gradient itself, and how it grows."""

from collections.abc import Sequence

import streamlit as st
import torch

from lib.calculus.tape.names import output_name
from lib.calculus.tape.orders import ENOUGH, ORDERS, Recorded, recorded_orders
from lib.figures.curve import order_name
from lib.figures.tape import orders_figure, recorded_graph, value_text
from lib.locale import _
from lib.ui import state
from lib.ui.backprop.inputs import TapeInput
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import plot, table
from lib.ui.typed import Typed


def show_orders(it: Typed, chosen: TapeInput) -> None:
    """The number of nodes by order, and the graph of one of them."""
    variable, points = chosen.first
    x = torch.tensor(points[:1], dtype=torch.float64)
    found = recorded_orders(it.function, x, variable=variable, at=chosen.beside(it))
    name = label_of(variable)
    hint(
        _(
            "`torch.autograd.grad({y}, {x}, create_graph=True)` records the backward pass, too, so that the gradient "
            "can be differentiated again. Without it the gradient is a number without a past.",
            y=output_name(it.function) + ".sum()" * (it.function.shape is not None),
            x=name,
        )
    )
    others = ", ".join(f"{label_of(letter)} = {value_text(row[0])}" for letter, row in chosen.rows[1:])
    if others:
        hint(_("f′, f″, … are those by {x}, with {others}.", x=name, others=others))
    left, right = st.columns([2, 1], gap="medium")
    with left:
        plot(orders_figure(found), "orders", _("The number of nodes behind f and each of its derivatives."))
    with right:
        rows: list[Sequence[float | str]] = [
            [order_name(r.order), float(r.value[0]), str(len(r.functions)), str(r.made.count(r.order))] for r in found
        ]
        at_point = f"{name} = {value_text(points[0])}"
        table([at_point, _("value"), _("nodes"), _("new")], rows, _("Nodes by order"), named_rows=True)
    if len(found) <= ORDERS and found[-1].functions:
        hint(_("The next order is left out: over {n} nodes grow up to four times an order.", n=ENOUGH))
    elif len(found) <= ORDERS:
        last = order_name(found[-1].order)
        hint(_("{f} depends on no leaf any more: all further derivatives are 0, without a graph.", f=last))
    _show_graph([each for each in found if each.functions], variable)


def _show_graph(found: Sequence[Recorded], variable: str) -> None:
    """torch's nodes behind one of the derivatives."""
    if not found:
        return
    names = {str(each.order): order_name(each.order) for each in found}
    order = state.choice(_("Graph of"), names, "graph", "1" if "1" in names else "0")
    drawn = found[int(order)]
    dot = recorded_graph(drawn, variable)
    if not dot:
        hint(_("The graph has {n} nodes, too many to draw.", n=len(drawn.functions)))
        return
    with st.container(key="recorded"):
        st.graphviz_chart(
            dot, alt=_("The nodes behind {f}, those of its own pass in its colour.", f=order_name(drawn.order))
        )
