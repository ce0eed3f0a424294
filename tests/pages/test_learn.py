"""The Learn page: what it opens with, training to the end, scrubbing back, and what it says."""

import time

import numpy as np
import pytest
import torch

from lib import jobs
from lib.learning import run
from lib.learning.training import warm_up
from lib.ui.learn import training as watching
from tests.pages.app import array, figure, html, open_app, table_rows, words

torch.set_num_threads(1)  # as the server has
PATIENCE = 150.0


@pytest.fixture(autouse=True, scope="module")
def warm():
    """Workers as the server starts them."""
    jobs.start(warm_up)


@pytest.fixture(autouse=True)
def nobody_hurries(monkeypatch):
    """On a busy machine a page may take longer than a visitor may look away."""
    monkeypatch.setattr(run, "LEASE", PATIENCE)


def train(app):
    """Press Start and draw the page again until the training has ended."""
    app.button(key="train_start").click().run()
    end = time.monotonic() + PATIENCE
    while any(button.key == "train_pause" for button in app.button) and time.monotonic() < end:
        time.sleep(0.5)
        app.run()
    assert not app.exception
    return app


def curve(app, name):
    trace = next(trace for trace in figure(app)["data"] if trace.get("name") == name)
    return array(trace["x"]), array(trace["y"])


def test_the_page_opens_with_the_question_untrained():
    app = open_app("learn")
    assert app.text_input(key="f").value == "x^2 + x^3 + x^4"
    assert [trace["name"] for trace in figure(app)["data"]] == [
        "training data", "validation data", "f", "network", "extrapolated", "corners: a first-layer unit switches",
    ]  # fmt: skip
    assert len(curve(app, "training data")[0]) == 320
    assert app.button(key="train_stop").disabled and app.button(key="train_reset").disabled


@pytest.mark.slow
def test_training_ends_close_to_f_and_can_be_scrubbed_back():
    app = train(open_app("learn", epochs="50"))
    x, y = curve(app, "network")
    inside = np.isfinite(y)
    assert np.abs(y - (x**2 + x**3 + x**4))[inside].max() < 1
    assert table_rows(app, 0)[0][0] < 0.2
    app.select_slider(key="epoch").set_value(0).run()
    x, y = curve(app, "network")
    assert np.nanmax(np.abs(y - (x**2 + x**3 + x**4))) > 5
    app.button(key="train_reset").click().run()
    assert not app.select_slider and app.button(key="train_reset").disabled


@pytest.mark.slow
def test_a_training_ends_as_its_page_is_left():
    app = open_app("learn", epochs="5000")
    app.button(key="train_start").click().run()
    training = app.session_state["_training"]
    app.switch_page("../../pages/backprop.py").run()
    end = time.monotonic() + PATIENCE
    while training.phase is run.Phase.RUNNING and time.monotonic() < end:
        time.sleep(0.1)
    assert training.phase is run.Phase.PAUSED and training.epoch < 5000
    app.switch_page("../../pages/learn.py").run()
    assert f"Paused after epoch {training.epoch}, as nobody looked" in words(app)
    app.text_input(key="f").set_value("x^3").run()
    assert training.phase is run.Phase.STOPPED and "The inputs have changed" in words(app)
    app.text_input(key="f").set_value("x^3 + 1").run()
    assert "The inputs have changed" in words(app)
    app.button(key="train_step").click().run()
    assert "The inputs have changed" not in words(app)


@pytest.mark.slow
def test_the_more_trainings_run_the_less_often_each_is_looked_at(monkeypatch):
    app = open_app("learn", epochs="5000")
    app.button(key="train_start").click().run()
    training = app.session_state["_training"]
    assert watching._interval(training) == watching.POLL  # the first look
    end = time.monotonic() + PATIENCE
    while not training.losses and time.monotonic() < end:
        time.sleep(0.1)
        training.looked()
    assert watching._interval(training) == watching.POLL
    monkeypatch.setattr(watching, "underway", lambda: 8)
    assert watching._interval(training) == 8 * watching.SHARE
    assert not watching._is_due(training, watching.POLL) and watching._is_due(training, 2.1)
    app.run()
    assert not app.exception
    monkeypatch.setattr(watching, "underway", lambda: 1000)
    assert watching._interval(training) < run.LEASE  # or it would be paused
    app.button(key="train_stop").click().run()
    assert app.button(key="train_start").label == "Train"


@pytest.mark.slow
def test_one_step_is_one_epoch():
    app = open_app("learn")
    app.button(key="train_step").click().run()
    end = time.monotonic() + PATIENCE
    while not app.select_slider and time.monotonic() < end:
        time.sleep(0.5)
        app.run()
    assert app.select_slider(key="epoch").value == 1
    assert app.button(key="train_start").label == "Go on"


@pytest.mark.slow
def test_a_wild_rate_is_explained():
    app = train(open_app("learn", optimiser="sgd", rate="1e6", epochs="20"))
    assert "the likely cause is the learning rate of 1e+06. Try 0.01" in words(app)


def test_own_rows_take_the_place_of_samples():
    app = open_app("learn", source="own", rows="0, 1\n1, 2\n2, 5\n3, 10", validation="0")
    assert sorted(curve(app, "training data")[1]) == [1, 2, 5, 10]
    assert "validation data" not in [trace["name"] for trace in figure(app)["data"]]


@pytest.mark.parametrize(
    "query, part",
    [
        ({"layers": "64, 0"}, "No layer has 0 units."),
        ({"layers": "1e9"}, "No layer has 1e+09 units."),
        ({"samples": "2000", "batch": "8", "layers": "128, 128, 128, 128, 128, 128"}, "An epoch of this takes about"),
        ({"f": "[x, x^2]"}, "The function is a vector"),
        ({"f": "log(x)", "range": "-2:-1"}, "Too few rows of data (0)"),
        ({"source": "own", "rows": "1, 2\n3"}, "This needs 2 numbers"),
        ({"rate": "abc"}, "is a letter, not a number"),
    ],
)
def test_what_cannot_be_is_refused_in_words(query, part):
    app = open_app("learn", **query)
    assert part in words(app)
    assert 'role="alert"' in html(app)


@pytest.mark.parametrize(
    "query, menu",
    [({"layers": "0"}, "Network"), ({"rate": "abc"}, "Training"), ({"source": "own", "rows": "1,5; 2,25"}, "Data")],
)
def test_a_closed_menu_with_something_wrong_is_named(query, menu):
    assert f"A box under {menu} can't be read" in words(open_app("learn", **query))
    assert "A box under" not in words(open_app("learn"))


def test_what_comes_in_the_address_is_checked():
    app = open_app("learn", optimiser="evil", epochs="10000000", activation="x", samples="1e9", noise="?", rate="-1")
    assert app.session_state["optimiser"] == "adam" and app.session_state["epochs"] == "100"
    assert len(curve(app, "training data")[0]) <= 2000


def test_the_code_is_that_of_the_screen():
    app = open_app("learn", learnt="code", activation="tanh", layers="8")
    assert "nn.Linear(1, 8),\n        nn.Tanh(),\n        nn.Linear(8, 1)" in app.code[0].value


def test_several_inverses_are_told_of_before_training():
    app = open_app("learn", goal="inverse")
    assert "f(x) = 1 at x = -1, 0.682328. Least squares learns their mean" in words(app)
    assert "x = -0.282, where f is 0.0635" in words(app)
    assert "one inverse" in words(open_app("learn", goal="inverse", f="x^3 + x"))
    assert "no inverse" in words(open_app("learn", goal="inverse", f="7"))
    assert "f is constant in a part" in words(open_app("learn", goal="inverse", f="relu(x)"))
    touched = words(open_app("learn", goal="inverse", f="sin(x)", range="-6:6"))
    assert "Least squares" in touched and "f(x) = 1 " not in touched
    x, y = curve(app, "f(x) = y")
    assert y**2 + y**3 + y**4 == pytest.approx(x)


@pytest.mark.slow
def test_more_branches_than_networks_are_told():
    app = open_app("learn", f="sin(20x)", goal="inverse", range="-3:3")
    assert "at most 6 can have a network each" in words(app)


def test_each_branch_is_learnt_and_compared_with_the_solvers():
    app = train(open_app("learn", goal="inverse", way="branches", epochs="50", targets="1, 29"))
    answers, ways = table_rows(app, 1), table_rows(app, 2)
    assert [row[0] for row in answers] == [1, 1]  # no branch reaches 29
    assert [row[1] for row in answers] == pytest.approx([-1, 0.682], abs=0.05)
    assert ways[0][0] > ways[2][0]
    assert len(app.get("plotly_chart")) == 3


def test_own_rows_can_be_inverted_by_least_squares_or_a_mixture_only():
    app = open_app("learn", goal="inverse", source="own", rows="0, 1; 1, 2; 2, 5; 3, 10", way="through")
    assert app.session_state["way"] == "inverse"
    assert "known here" in words(app)


@pytest.mark.slow
def test_the_page_asks_at_typed_points_once_trained():
    app = open_app("learn", ask="1, 7", activation="tanh", epochs="20")
    assert "untrained" in words(app) and not any(box.key == "ask" for box in app.text_input)
    train(app)
    assert [row[:2] for row in table_rows(app, 1)] == [[1, 3], [7, 2793]]
    assert "there were no data" in words(app)
    f, network = figure(app, 2)["data"][:2]
    assert (f["name"], network["name"]) == ("f ′", "derivative of the network")
    app.segmented_control(key="derivative").set_value("2").run()
    f, network = figure(app, 2)["data"][:2]
    x = array(f["x"])
    assert f["name"] == "f ″" and array(f["y"]) == pytest.approx(2 + 6 * x + 12 * x**2)
    assert np.ptp(array(network["y"])) > 1


@pytest.mark.parametrize("detail", ["weights", "landscape"])
def test_details_of_the_network(detail):
    app = open_app("learn", learnt=detail, layers="8")
    end = time.monotonic() + PATIENCE
    while len(app.get("plotly_chart")) < 2 and time.monotonic() < end:
        time.sleep(0.5)
        app.run()
    kinds = {trace["type"] for trace in figure(app, 1)["data"]}
    assert kinds == ({"heatmap"} if detail == "weights" else {"surface", "scatter3d"})


@pytest.mark.slow
def test_two_variables_are_learnt_surface_beside_surface():
    app = train(open_app("learn", f="x y", epochs="50", activation="tanh", samples="200", ask2="1, 1; 2, -1"))
    f, network = (array(figure(app, k)["data"][0]["z"]) for k in (0, 1))
    assert f.shape == network.shape
    assert np.nanmedian(np.abs(f - network)) < 0.2
    table = table_rows(app, 1)
    assert [row[:3] for row in table] == [[1, 1, 1], [2, -1, -2]]
    assert [row[4] for row in table] == [1, -1]  # of x y by x
    assert "inverse" not in words(app)


def test_three_variables_are_refused():
    assert "The function has 3 variables" in words(open_app("learn", f="x y z"))
