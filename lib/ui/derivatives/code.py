"""The script that prints the numbers on screen."""

import streamlit as st

from lib.export.script import derivatives_script
from lib.expression.limits import MAX_AUTOGRAD_ORDER, MAX_SCRIPT_ORDER
from lib.locale import _
from lib.ui.inputs import DerivativesInput
from lib.ui.notice import hint
from lib.ui.typed import Typed


def show_code(it: Typed, chosen: DerivativesInput) -> None:
    """The PyTorch source."""
    if chosen.order > MAX_AUTOGRAD_ORDER:
        hint(_("The table has the orders above {n} by Taylor arithmetic, the script by autograd: the last digits may "
               "differ.", n=MAX_AUTOGRAD_ORDER))  # fmt: skip
    if chosen.order > MAX_SCRIPT_ORDER:
        hint(_("Up to order {n}: beyond, the graph that autograd would record grows too large.", n=MAX_SCRIPT_ORDER))
    script = derivatives_script(
        it.function, chosen.points, chosen.order, variable=it.variable, at=it.at, reduction=chosen.reduction,
        single=chosen.single,
    )  # fmt: skip
    st.code(script, language="python")
