"""The script that prints the steps and the solutions on screen."""

import streamlit as st

from lib.export.inverse_script import inverse_script
from lib.inverse import Solutions, Trace
from lib.inverse.proof.label import Label
from lib.locale import _
from lib.ui.inverse.inputs import MethodInput, TargetInput
from lib.ui.notice import hint
from lib.ui.typed import Typed

LISTED = 100  # solutions


def show_code(it: Typed, target: TargetInput, chosen: MethodInput, found: Solutions, trace: Trace | None) -> None:
    """The PyTorch source."""
    if not trace or not trace.steps:
        hint(_("There are no steps: the method could not begin."))
        return
    roots = [root.x for root in found.roots if root.status in (Label.UNIQUE, Label.TOUCHING)][:LISTED]
    hint(_("It prints k, x and f(x) − y for each step, then x and f(x) − y for each solution."))
    script = inverse_script(
        it.function,
        target.y,
        chosen.method,
        start=chosen.start,
        bracket=chosen.bracket,
        accuracy=chosen.accuracy,
        steps=chosen.accuracy.steps if trace.status.found else trace.steps[-1].k,
        roots=roots,
        variable=it.variable,
        at=it.at,
    )
    st.code(script, language="python")
