"""The loss around the weights that are shown, computed by a worker."""

import numpy as np
import streamlit as st

from lib.figures.network import loss_surface_figure
from lib.jobs import Job, JobError, Status
from lib.learning.landscape import places, request_landscape
from lib.learning.learner import Learner
from lib.learning.run import Run
from lib.locale import _
from lib.ui.formulas import POLL
from lib.ui.notice import hint
from lib.ui.results import plot

_LANDSCAPE = "_landscape"


def show_landscape(run: Run, learner: Learner) -> None:
    """The surface, once it is there."""
    job = _job(run, learner)
    if job.done:
        _show(job)
    else:
        st.fragment(_waiting, run_every=POLL)(job)


def _job(run: Run, learner: Learner) -> Job:
    """The job for these weights; one for others is cancelled."""
    asked = (run.experiment, learner.weights())
    before: object
    job: Job | None
    before, job = st.session_state.get(_LANDSCAPE, (None, None))
    if job is None or before != asked or job.status is Status.BUSY:
        if job is not None and not job.done:
            job.cancel()
        job = request_landscape(*asked, owner=("landscape", run.owner))
        st.session_state[_LANDSCAPE] = (asked, job)
    return job


def _waiting(job: Job) -> None:
    if job.done:
        st.rerun()
    hint(_("The landscape is being computed."))


def _show(job: Job) -> None:
    try:
        losses = np.array(job.result())
    except JobError as error:
        hint(_("No landscape: {why}", why=error.args[0]))
        return
    hint(
        _(
            "The loss when the weights move by α and β along two random directions, each as long as the weights of its "
            "unit; the dot is where training has got to."
        )
    )
    plot(loss_surface_figure(places().numpy(), losses), "landscape", _("The loss around the weights as a surface."))
