"""What to learn from which data, by which network and training."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import streamlit as st

from lib.inverse import Branch
from lib.learning.data import NOISES, SPACINGS, Sampling
from lib.learning.experiment import Experiment, Training
from lib.learning.inverse import LearnInverse
from lib.learning.limits import (
    MAX_BRANCHES,
    MAX_EPOCHS,
    MAX_LAYERS,
    MAX_ROW_CHARACTERS,
    MAX_ROWS,
    MAX_SAMPLES,
    MAX_WIDTH,
)
from lib.learning.network import ACTIVATIONS, INITIALISATIONS, Architecture
from lib.learning.optimisers import LOSSES, OPTIMISERS, SCHEDULES
from lib.learning.sharing import branches_of
from lib.learning.tasks import TASKS
from lib.locale import _, translate
from lib.readings.data_table import read_table, read_widths
from lib.readings.numbers import read_number
from lib.ui import state
from lib.ui.inputs import input_window
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.typed import Typed

PLAIN = (-2.0, 2.0)
BATCHES = ("8", "16", "32", "64", "128", "all")
EPOCHS = ("20", "50", "100", "200", "500", "1000", "2000", "5000")


def input_experiment(it: Typed) -> Experiment:
    """The boxes, in one row of menus."""
    unread: list[str] = []
    with st.container(horizontal=True, key="setup", vertical_alignment="center"):
        inverse = False
        if len(it.variables) == 1:
            names = {"f": _("learn f"), "inverse": _("learn the inverse")}
            inverse = state.choice(_("Goal"), names, "goal", "f", label_visibility="collapsed") == "inverse"
        with _menu(_("Data"), "scatter_plot", "data", unread):
            sampling = _input_sampling(it)
        with _menu(_("Network"), "hub", "network", unread):
            network = _input_network()
        with _menu(_("Training"), "model_training", "training", unread):
            training = _input_training()
        at = tuple(sorted(it.at.items()))
        task, found = _input_way(it, sampling) if inverse else ("function", ())
    for menu in unread:
        say(_("A box under {menu} can't be read: open it to see why.", menu=menu), "bad")
    return Experiment(it.function, it.variables, at, sampling, task, found, network, training)


@contextmanager
def _menu(label: str, icon: str, key: str, unread: list[str]) -> Iterator[None]:
    """A menu, whose label is added to those with something in them that can't be read: closed, it doesn't tell."""
    before = state.stale()
    with st.popover(label, icon=f":material/{icon}:", key=key):
        yield
    if state.stale() and not before:
        unread.append(label)


def _input_way(it: Typed, sampling: Sampling) -> tuple[str, tuple[Branch, ...]]:
    """How x is learnt from y, and the branches of f where they are needed."""
    found = branches_of(it.function, sampling.ranges[0], it.variable, tuple(sorted(it.at.items())))
    known = found.branches if found and not sampling.rows else ()
    names = {name: translate(task.title) for name, task in TASKS.items() if issubclass(task, LearnInverse)}
    if not 0 < len(known) <= MAX_BRANCHES:
        del names["branches"]
    if len(known) > MAX_BRANCHES:
        hint(
            _(
                "f has {n} branches in this range, and at most {limit} can have a network each: choose a smaller one.",
                n=len(known),
                limit=MAX_BRANCHES,
            )
        )
    if sampling.rows:
        del names["through"]
    way = state.choice(_("Way"), names, "way", "inverse", label_visibility="collapsed")
    return way, known if way == "branches" else ()


def _input_sampling(it: Typed) -> Sampling:
    names = {"drawn": _("from f"), "own": _("my own")}
    own = state.choice(_("Source"), names, "source", "drawn") == "own"
    sampling = Sampling((PLAIN,) * len(it.variables), rows=_input_rows(it)) if own else _input_drawing(it)
    left, right = st.columns(2)
    with left:
        share = state.slider(_("For validation, %"), "validation", 0, 50, 20, 5)
    with right:
        seed = int(state.slider(_("Seed of the data"), "data_seed", 0, 99, 0, 1))
    return replace(sampling, validation=share / 100, seed=seed)


def _input_rows(it: Typed) -> tuple[tuple[float, ...], ...]:
    names = [*map(label_of, it.variables), "y" if len(it.variables) == 1 else _("value")]
    typed = st.text_area(
        _("Rows of {names}", names=", ".join(names)),
        key="rows",
        bind="query-params",
        max_chars=MAX_ROW_CHARACTERS,
        placeholder="0, 0.1\n0.5, 0.3\n1, 0.9\n2, 4.2" if len(names) == 2 else "0, 0, 0.1\n0.5, 1, 0.3\n1, 0, 0.9",
        height=180,
    )
    rows = state.read(typed or "", lambda text: read_table(text, len(names), MAX_ROWS), "", f"rows_{len(it.variables)}")
    if not rows:
        hint(_("Up to {limit} rows, typed or pasted. Without rows the data come from f.", limit=MAX_ROWS))
    return rows


def _input_drawing(it: Typed) -> Sampling:
    left, right = st.columns(2)
    with left:
        ranges = [input_window(_("Range"), "range", "-2:2")]
    with right:
        if len(it.variables) == 2:
            ranges.append(input_window(_("Range of {name}", name=label_of(it.variables[1])), "yrange", "-2:2"))
        count = int(state.slider(_("Samples"), "samples", 20, MAX_SAMPLES, 400, 20))
    with st.container(horizontal=True, key="places_and_noise", gap="medium"):
        spacing = state.choice(_("Places"), {k: translate(v) for k, v in SPACINGS.items()}, "places", "random")
        noise = state.choice(_("Noise"), {k: translate(v) for k, v in NOISES.items()}, "noise", "none")
    size = _number(_("Size of the noise"), "noise_size", "0.2") if noise != "none" else 0.0
    return Sampling(tuple(ranges), count, spacing, noise, size)


def _input_network() -> Architecture:
    text = state.text(_("Units of the hidden layers"), "layers", "64, 64")
    widths = state.read(text, lambda typed: read_widths(typed, MAX_LAYERS, MAX_WIDTH), "64, 64", "layers")
    activation = state.choice(
        _("Activation"), {k: translate(v.title) for k, v in ACTIVATIONS.items()}, "activation", "relu"
    )
    initialisation = state.selected(
        _("First weights"), {k: translate(v.title) for k, v in INITIALISATIONS.items()}, "first_weights", "torch"
    )
    standardised = st.toggle(
        _("Standardised"),
        True,
        key="standardised",
        bind="query-params",
        help=_("Inputs and targets are brought to mean 0 and deviation 1 before the network sees them."),
    )
    return Architecture(widths, activation, initialisation, bool(standardised))


def _input_training() -> Training:
    left, right = st.columns(2)
    with left:
        optimiser = state.selected(
            _("Optimiser"), {k: translate(v.title) for k, v in OPTIMISERS.items()}, "optimiser", "adam"
        )
        schedule = state.selected(
            _("Schedule of the rate"), {k: translate(v.title) for k, v in SCHEDULES.items()}, "schedule", "cosine"
        )
        epochs = state.selected(_("Epochs"), {k: k for k in EPOCHS}, "epochs", "100")
        decay = _number(_("Weight decay"), "decay", "0")
    with right:
        rate = _number(_("Learning rate"), "rate", OPTIMISERS[optimiser].rate, positive=True)
        loss = state.selected(_("Loss"), {k: translate(v.title) for k, v in LOSSES.items()}, "loss", "mse")
        batch = state.selected(_("Rows in a batch"), {k: _("all") if k == "all" else k for k in BATCHES}, "batch", "32")
        seed = int(state.slider(_("Seed of the weights"), "weights_seed", 0, 99, 0, 1))
    if OPTIMISERS[optimiser].whole:
        hint(_("L-BFGS takes all rows in one batch and has no weight decay."))
    rows = int(batch) if batch.isdigit() else 0
    return Training(optimiser, rate, schedule, rows, min(int(epochs), MAX_EPOCHS), decay, loss, seed)


def _number(label: str, key: str, default: str, *, positive: bool = False) -> float:
    """A number that isn't negative; where it has to be positive, the default in place of 0."""
    value = max(0.0, state.read(state.text(label, key, default), read_number, default, key))
    return float(default) if positive and value == 0 else value
