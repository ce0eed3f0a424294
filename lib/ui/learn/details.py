"""What stands below the plots once nothing moves."""

from io import BytesIO

import streamlit as st
import torch

from lib.export.training_script import training_script
from lib.learning.learner import Learner
from lib.learning.run import Run
from lib.locale import _
from lib.ui import state
from lib.ui.notice import hint


def show_details(run: Run, learner: Learner) -> None:
    """The open detail, for the weights that are shown."""
    names = {"none": _("Closed"), "code": _("PyTorch code")}
    opened = state.choice(_("Details"), names, "learnt", "none", label_visibility="collapsed")
    with st.container(key="result_detail"):
        if opened == "code":
            _show_code(run, learner)


def _show_code(run: Run, learner: Learner) -> None:
    hint(_("The script gives the losses of this page, to the last bit on the same machine."))
    if run.epoch:
        label = _("Weights that are shown (state_dict)")
        st.download_button(label, _state_dict(learner), "model.pt", icon=":material/download:", on_click="ignore")
    st.code(training_script(run.experiment), language="python")


def _state_dict(learner: Learner) -> bytes:
    file = BytesIO()
    torch.save(learner.network.state_dict(), file)
    return file.getvalue()
