"""What can be opened below the plot; only what is open is computed."""

import streamlit as st

from lib.inverse import Solutions, Trace
from lib.locale import _
from lib.ui import state
from lib.ui.inverse.basins import show_basins
from lib.ui.inverse.code import show_code
from lib.ui.inverse.compare import show_comparison
from lib.ui.inverse.function import show_inverse_function
from lib.ui.inverse.inputs import MethodInput, TargetInput
from lib.ui.inverse.steps import show_steps
from lib.ui.results import result
from lib.ui.typed import Typed


def input_detail() -> str:
    """Which of the details is open."""
    names = {
        "steps": _("Steps"),
        "function": _("Inverse as a function"),
        "compare": _("Compare"),
        "basins": _("Basins"),
        "code": _("PyTorch code"),
    }
    return state.choice(_("Details"), names, "more", "steps", label_visibility="collapsed")


def show(
    it: Typed, target: TargetInput, chosen: MethodInput, detail: str, found: Solutions, trace: Trace | None, shown: int
) -> None:
    """The open detail."""
    with st.container(key="result_detail"):
        if detail == "steps" and trace:
            show_steps(it, target.y, trace, found, shown)
            return
        with result():
            if detail == "function":
                show_inverse_function(it, target, found)
            elif detail == "compare":
                show_comparison(it, target, chosen, found)
            elif detail == "basins":
                show_basins(it, target)
            elif detail == "code":
                show_code(it, target, chosen, found, trace)
