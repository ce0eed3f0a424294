"""The training that can be watched: buttons, progress, the network's curve and its losses."""

from collections.abc import Callable
from functools import partial

import numpy as np
import streamlit as st
import torch
from numpy.typing import NDArray
from streamlit import runtime
from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from lib.calculus import curve
from lib.figures.learning import fit_figure, loss_figure
from lib.learning.experiment import Experiment
from lib.learning.inverse import LearnInverse
from lib.learning.learner import Learner
from lib.learning.learnt import breakpoints
from lib.learning.limits import LEASE, MAX_VALUE
from lib.learning.run import Phase, Run, underway
from lib.locale import _
from lib.message import Message
from lib.readings.expected import expected
from lib.ui import state
from lib.ui.asking import owner
from lib.ui.learn.details import show_details
from lib.ui.learn.outcome import say_what_is_shared, show_errors
from lib.ui.learn.surfaces import show_surfaces
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import plot
from lib.ui.typed import Typed

POLL = 0.5  # seconds from one look at a training to the next, where few run
SHARE = 0.25  # seconds for each training that runs on the server: all looks together take a few hundredths of its time
STEADY = 1.5  # by what factor the seconds between looks may be off
MARGIN = 0.25  # of the data's range that the plot shows to either side
TARGET = 1.0
POINTS = 401  # of the network's curve
ENDED = Message("The inputs have changed, and with them ended the training that was under way.")
_RUN, _EPOCH = "_training", "epoch"


def run_of(experiment: Experiment) -> Run:
    """The visitor's run of the experiment; that of another one ends."""
    run: Run | None = st.session_state.get(_RUN)
    if run is None or run.experiment != experiment:
        before, run = run, Run(experiment, owner(), _connection())
        if before is not None:
            if before.phase in (Phase.RUNNING, Phase.PAUSED) or before.message == ENDED:
                run.message = ENDED
            before.stop()
        st.session_state[_RUN] = run
    state.when_left(run.left)
    return run


def _connection() -> Callable[[], bool]:
    """Tells any thread whether the visitor's browser is still connected."""
    context = get_script_run_ctx()
    assert context is not None
    return partial(runtime.get_instance().is_active_session, context.session_id)


def show_training(it: Typed, run: Run) -> None:
    """Everything that changes while it trains; drawn again and again only then, without what stays as it is."""
    running = run.phase is Phase.RUNNING
    with st.container(horizontal=True, key="controls", gap="small", vertical_alignment="center"):
        _buttons(run)
        beside = st.container()
    interval = _interval(run) if running else None
    with st.container(key="result_training"):
        st.fragment(_live, run_every=interval)(it, run, interval, beside)


def _interval(run: Run) -> float:
    """Seconds between looks: the first is early; later ones leave room for those at all other trainings."""
    return min(max(POLL, SHARE * underway()), LEASE / 2) if run.losses else POLL


def _is_due(run: Run, interval: float | None) -> bool:
    """Whether the page is drawn as the run is, and looked at as often as it should be."""
    if interval is None or run.phase is not Phase.RUNNING:
        return (interval is None) == (run.phase is not Phase.RUNNING)
    return interval / STEADY <= _interval(run) <= interval * STEADY


def _live(it: Typed, run: Run, interval: float | None, beside: DeltaGenerator) -> None:
    run.looked()
    if not _is_due(run, interval):
        st.rerun()
    with beside:
        _progress(run)
    if run.message:
        say(run.message, "bad" if run.phase in (Phase.DIVERGED, Phase.BROKEN) else "warn")
    learner = run.learner
    plane = len(run.experiment.variables) == 2
    left, *middle, right = st.columns([7, 7, 6] if plane else [7, 4], gap="medium")
    shown = max(run.snapshots) if interval else _shown(run)
    learner.put(run.snapshots[shown])
    with left:
        if plane:
            show_surfaces(it, learner, left, middle[0])
        else:
            _fit(it, learner)
        if dropped := learner.data.dropped:
            sentence = _(
                "Samples dropped, as f is undefined or beyond ±{limit:g} there: {n}.", limit=MAX_VALUE, n=dropped
            )
            hint(sentence)
        if not interval:
            _epochs(run)
    with right:
        _losses(run, learner, shown)
    if not interval:
        show_details(it, run, learner, shown)


def _losses(run: Run, learner: Learner, shown: int) -> None:
    """What to know before it trains; then its losses and errors."""
    if isinstance(learner.task, LearnInverse):
        say_what_is_shared(run.experiment, TARGET)
    if not run.losses:
        hint(_("Press Train: the network's curve moves towards f, and its losses are drawn here."))
        return
    if np.isfinite(run.losses).any():
        figure = loss_figure(run.losses, run.validation, run.experiment.training.epochs, shown)
        plot(figure, "losses", _("The loss after each epoch, on a logarithmic scale."))
    if run.experiment.task == "mixture":
        hint(_("The loss of a mixture is −log of its density, whichever loss is chosen."))
    if run.experiment.network.standardised:
        hint(_("Losses are in standardised units, the errors below in those of the data."))
    show_errors(learner)


def _buttons(run: Run) -> None:
    running, paused = run.phase is Phase.RUNNING, run.phase is Phase.PAUSED
    icons = {name: f":material/{name}:" for name in ("pause", "play_arrow", "skip_next", "stop", "replay")}
    if running:
        st.button(_("Pause"), key="train_pause", icon=icons["pause"], on_click=run.pause, type="primary")
    else:
        label = _("Go on") if paused else _("Train")
        st.button(label, key="train_start", icon=icons["play_arrow"], on_click=run.start, type="primary")
    st.button(
        _("One epoch"), key="train_step", icon=icons["skip_next"], on_click=run.start, args=(1,), disabled=running
    )
    st.button(_("Stop"), key="train_stop", icon=icons["stop"], on_click=run.stop, disabled=not (running or paused))
    st.button(
        _("Reset"), key="train_reset", icon=icons["replay"], on_click=run.reset, disabled=not (run.epoch or running)
    )


def _progress(run: Run) -> None:
    """How far it is, and what there is to say about it."""
    epochs = run.experiment.training.epochs
    text = _("Epoch {epoch} of {epochs}", epoch=run.epoch, epochs=epochs)
    left = run.seconds_left
    if run.phase is Phase.RUNNING:
        text += " · " + (_("waiting for a worker") if left is None else _("{seconds:.0f} s left", seconds=left))
    st.progress(min(run.progress, 1.0), text)


def _shown(run: Run) -> int:
    """The epoch that is shown: the last whose weights are kept, until another is chosen."""
    epochs = sorted(run.snapshots)
    held = st.session_state.get(_EPOCH)
    return held if held in epochs else epochs[-1]


def _epochs(run: Run) -> None:
    """The slider that chooses it."""
    epochs = sorted(run.snapshots)
    if len(epochs) > 1:
        st.session_state[_EPOCH] = _shown(run)
        st.select_slider(_("Epoch shown"), epochs, key=_EPOCH)


def _fit(it: Typed, learner: Learner) -> None:
    task, rows = learner.task, (learner.data.training, learner.data.validation)
    inputs = task.inputs[:, 0]
    low, high = float(inputs.min()), float(inputs.max())
    room = MARGIN * (high - low) or 1.0
    places = torch.linspace(low - room, high + room, POINTS, dtype=torch.float64)
    name = label_of(it.variable)
    function = expected(it.function)
    if isinstance(task, LearnInverse):
        window, axes = (float(task.targets.min()), float(task.targets.max())), ("y", name)
        title = f"f({name}) = y"
    else:
        window, axes = (float(places[0]), float(places[-1])), (name, "y")
        title = _("f, noise at its mean") if it.function.random else "f"
    drawn = curve(function, window, order=0, variable=it.variable, at=it.at)
    pair = (drawn.x.numpy(), drawn.values[0].numpy())
    if isinstance(task, LearnInverse):
        pair = pair[::-1]
    answers = learner.answers(places[:, None]).numpy()
    data, held_out = ((inputs[some].numpy(), task.targets[some].numpy()) for some in rows)
    corners = _corners(learner, low - room, high + room) if answers.shape[1] == 1 else None
    figure = fit_figure(pair, title, places.numpy(), answers, data, held_out, axes, corners)
    plot(figure, "fit", _("The data, f, and the network's curve, dotted where there were no data."))


def _corners(learner: Learner, low: float, high: float) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Where units of the first layer switch, and the network there; None where its curve has no corners."""
    if learner.experiment.network.activation != "relu":
        return None
    places = breakpoints(learner)
    places = places[(places >= low) & (places <= high)]
    return places.numpy(), learner.answers(places[:, None])[:, 0].numpy()
