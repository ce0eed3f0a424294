"""The Learn page: what it opens with, training to the end, scrubbing back, and what it says."""

import time

import numpy as np
import pytest
import torch

from tests.pages.app import array, figure, html, open_app, table_rows, words

torch.set_num_threads(1)  # as the server has
PATIENCE = 60.0


def train(app):
    """Press Start and draw the page again until the training has ended."""
    app.button(key="start").click().run()
    end = time.monotonic() + PATIENCE
    while any(button.key == "pause" for button in app.button) and time.monotonic() < end:
        time.sleep(0.2)
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
        "training data", "validation data", "f", "network", "extrapolated",
    ]  # fmt: skip
    assert len(curve(app, "training data")[0]) == 320
    assert app.button(key="stop").disabled and app.button(key="reset").disabled
    assert len(app.get("plotly_chart")) == 1


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
    app.button(key="reset").click().run()
    assert not app.select_slider and app.button(key="reset").disabled


@pytest.mark.slow
def test_one_step_is_one_epoch():
    app = open_app("learn")
    app.button(key="step").click().run()
    end = time.monotonic() + PATIENCE
    while not app.select_slider and time.monotonic() < end:
        time.sleep(0.2)
        app.run()
    assert app.select_slider(key="epoch").value == 1
    assert app.button(key="start").label == "Go on"


@pytest.mark.slow
def test_a_wild_rate_is_explained():
    app = train(open_app("learn", optimiser="sgd", rate="1e6", epochs="20"))
    assert "the likely cause is the learning rate of 1e+06. Try 0.01" in words(app)


def test_own_rows_take_the_place_of_samples():
    app = open_app("learn", source="own", rows="0, 1\n1, 2\n2, 5\n3, 10", validation="0")
    assert array(figure(app)["data"][0]["y"]) == pytest.approx([1, 2, 5, 10], abs=1e-12) or set(
        curve(app, "training data")[1]
    ) == {1, 2, 5, 10}
    assert "validation data" not in [trace["name"] for trace in figure(app)["data"]]


@pytest.mark.parametrize(
    "query, part",
    [
        ({"layers": "64, 0"}, "No layer has 0 units."),
        ({"layers": "1e9"}, "No layer has 1e+09 units."),
        ({"samples": "2000", "batch": "8", "layers": "128, 128, 128, 128, 128, 128"}, "An epoch of this takes about"),
        ({"f": "[x, x^2]"}, "The function is a vector"),
        ({"f": "log(x)", "range": "-2:-1"}, "There are 0 rows of data"),
        ({"source": "own", "rows": "1, 2\n3"}, "This needs 2 numbers"),
        ({"rate": "abc"}, "is a letter, not a number"),
    ],
)
def test_what_cannot_be_is_refused_in_words(query, part):
    app = open_app("learn", **query)
    assert part in words(app)
    assert 'role="alert"' in html(app)


def test_what_comes_in_the_address_is_checked():
    app = open_app("learn", optimiser="evil", epochs="10000000", activation="x", samples="1e9", noise="?", rate="-1")
    assert app.session_state["optimiser"] == "adam" and app.session_state["epochs"] == "100"
    assert len(curve(app, "training data")[0]) <= 2000


def test_the_code_is_that_of_the_screen():
    app = open_app("learn", learnt="code", activation="tanh", layers="8")
    assert "nn.Linear(1, 8),\n    nn.Tanh(),\n    nn.Linear(8, 1)" in app.code[0].value
