"""A network learns the function from samples while one watches."""

from lib.ui import results
from lib.ui.learn.inputs import input_experiment
from lib.ui.learn.training import run_of, show_training
from lib.ui.typed import typed

it = typed()
with results.result():
    show_training(it, run_of(input_experiment(it)))
