"""The autograd tape of a function, step by step: forward, then backward."""

import streamlit as st

from lib.calculus.tape.steps import steps
from lib.ui import results
from lib.ui.backprop import details
from lib.ui.backprop.inputs import input_tape, recorded
from lib.ui.backprop.mistakes import say_refusal
from lib.ui.backprop.picture import show_graph
from lib.ui.backprop.stepper import show_stepper
from lib.ui.typed import typed

it = typed()
left, right = st.columns([8, 3], gap="medium")
with right:
    chosen = input_tape(it)
below = st.container(key="details")
with below:
    detail = details.input_detail()

with results.result():
    tape = recorded(it, chosen)
    taken = steps(tape)
    with right, st.container(key="result_numbers"):
        leaves = st.empty()
    with left, st.container(key="result_plot"):
        say_refusal(tape)
        show_graph(it.function.source, tape, taken)
    show_stepper(tape, taken, left, leaves)
    with below, st.container(key="result_detail"):
        details.show(it, chosen, tape, detail)
