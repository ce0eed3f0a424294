"""The script that prints the numbers on screen."""

import streamlit as st

from lib.export.script import derivatives_script
from lib.expression.limits import MAX_AUTOGRAD_ORDER
from lib.locale import _
from lib.ui.inputs import DerivativesInput
from lib.ui.notice import hint
from lib.ui.typed import Typed


def show_code(it: Typed, chosen: DerivativesInput) -> None:
    """The PyTorch source."""
    if chosen.order > MAX_AUTOGRAD_ORDER:
        hint(_("Up to order {n}: beyond, the numbers come from Taylor arithmetic.", n=MAX_AUTOGRAD_ORDER))
    script = derivatives_script(
        it.function, chosen.points, chosen.order, variable=it.variable, at=it.at, reduction=chosen.reduction
    )
    st.code(script, language="python")
