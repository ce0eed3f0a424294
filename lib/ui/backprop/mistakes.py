"""The mistakes: PyTorch's own message from the real call, why it comes, and the way out."""

import streamlit as st
import torch

from lib.calculus.tape import Tape
from lib.calculus.tape.mistakes import MISTAKES, Outcome, make, refusal
from lib.locale import _, translate
from lib.message import Message
from lib.ui import state
from lib.ui.backprop.inputs import TapeInput
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.typed import Typed

NO_LEAF = Message("The function depends on no leaf, so there is no tape.")


def input_mistake() -> str:
    """Which mistake to make."""
    titles = {name: translate(mistake.title) for name, mistake in MISTAKES.items()}
    return state.selected(_("Mistake"), titles, "mistake", "vector")


def show_mistake(it: Typed, chosen: TapeInput, name: str) -> None:
    """The lines, what PyTorch says to them, and why."""
    variable, points = chosen.first
    x = torch.tensor(points, dtype=torch.float64)
    outcome = make(name, it.function, x, variable=variable, at=chosen.beside(it))
    if outcome.added:
        hint(_("This takes more numbers than the box of points has: {n} added.", n=outcome.added))
    st.code(outcome.source, language="python")
    _say(outcome)
    if variable not in it.function.names:
        hint(NO_LEAF)
        return
    if not outcome.said and not MISTAKES[name].silent:
        say(_("With this function PyTorch has nothing to object: nothing is missing or changed that its nodes need."))
    hint(outcome.why)
    say(outcome.cure, "good")


def _say(outcome: Outcome) -> None:
    if outcome.said:
        say(f"`{outcome.said}`" if "`" not in outcome.said else outcome.said, "bad")
    elif outcome.shown:
        st.code(outcome.shown, language=None)


def say_refusal(tape: Tape) -> None:
    """Why backward() refused, in place of its steps."""
    if tape.error is None:
        return
    y = tape.nodes[tape.output]
    say(f"RuntimeError: {tape.error}", "bad")
    name = "vector" if tape.objective == y.name else "shape"
    for sentence in refusal(name, y=label_of(y.name)) if y.differentiable else (NO_LEAF,):
        hint(sentence)
