"""What stands below the plots once nothing moves, for the weights that are shown."""

import streamlit as st

from lib.export.training_script import training_script
from lib.learning.inverse import LearnInverse
from lib.learning.learner import Learner
from lib.learning.run import Run
from lib.locale import _
from lib.ui import state
from lib.ui.learn.inside import show_inside
from lib.ui.learn.landscape import show_landscape
from lib.ui.learn.predictions import show_predictions
from lib.ui.learn.surfaces import show_points
from lib.ui.learn.targets import show_targets
from lib.ui.notice import hint
from lib.ui.typed import Typed


def show_details(it: Typed, run: Run, learner: Learner, epoch: int) -> None:
    """The open detail, for the weights of an epoch, which the learner holds."""
    inverse = isinstance(learner.task, LearnInverse)
    names = {
        "answers": _("Answers and Newton") if inverse else _("Answers and derivatives"),
        "weights": _("Weights"),
        "landscape": _("Loss landscape"),
        "code": _("PyTorch code"),
    }
    opened = state.choice(_("Details"), names, "learnt", "answers", label_visibility="collapsed")
    with st.container(key="detail"):
        if opened == "code":
            _show_code(run, learner)
        elif opened == "weights":
            show_inside(learner)
        elif opened == "landscape":
            show_landscape(run, learner)
        elif not epoch:
            hint(_("At epoch 0 the network is untrained: train it, and what it answers stands here."))
        elif len(it.variables) == 2:
            show_points(it, learner)
        elif inverse:
            show_targets(it, learner)
        else:
            show_predictions(it, learner)


def _show_code(run: Run, learner: Learner) -> None:
    hint(_("The script gives the losses of this page, to the last bit on the same machine."))
    if run.epoch:
        label = _("Weights that are shown (state_dict)")
        st.download_button(label, learner.state_dict(), "model.pt", icon=":material/download:", on_click="ignore")
    st.code(training_script(run.experiment), language="python")
