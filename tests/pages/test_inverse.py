import pytest

from tests.pages.app import figure, html, open_app, rows, words

ROOT = 0.6823278038280193


def test_the_page_opens_with_newton_from_1():
    app = open_app("inverse")
    assert app.text_input(key="f").value == "x^2 + x^3 + x^4"
    assert "x = 0.682328" in words(app)
    assert "Converged" in words(app) or "Exact" in words(app)
    assert rows(app)[0] == [1, 3, 9]
    assert rows(app)[-1][0] == pytest.approx(ROOT, rel=1e-15)


def test_bisection_on_0_1_finds_the_same():
    app = open_app("inverse", method="bisection", bracket="0:1")
    assert "x = 0.682328" in words(app)
    assert rows(app)[0] == [0.5, 0.4375, 0, 1]
    assert "brackets" in [trace["name"] for trace in figure(app)["data"]]


@pytest.mark.parametrize("start, x", [("1", 2.0), ("-3", -2.4645957012427764)])
def test_both_solutions_of_28(start, x):
    app = open_app("inverse", y="28", interval="-4:4", start=start)
    assert rows(app)[-1][0] == pytest.approx(x, rel=1e-15)


@pytest.mark.parametrize(
    "query, part",
    [
        ({"method": "bisection", "bracket": "1:2"}, "same sign at both ends"),
        ({"start": "0"}, "is horizontal"),
        ({"f": "x^3 - 2x + 2", "y": "0", "start": "0"}, "A cycle of length 2"),
        ({"f": "atan(x)", "y": "0", "start": "2"}, "window"),
        ({"f": "1/x", "y": "0", "method": "bisection", "bracket": "-1:2"}, "pole"),
    ],
)
def test_how_it_ended_is_said(query, part):
    app = open_app("inverse", **query)
    assert part in words(app)
    assert "nabla-warn" in html(app)
    assert "nabla-headline" not in html(app)


def test_the_target_may_be_constant_maths():
    app = open_app("inverse", f="sin(x)", y="1/2", start="0.5")
    assert rows(app)[-1][0] == pytest.approx(0.5235987755982989)


def test_the_method_survives_a_change_of_language():
    app = open_app("inverse", method="bisection")
    app.segmented_control(key="lang").set_value("zh").run()
    assert app.session_state["method"] == "bisection"
    assert app.query_params["method"] == "bisection"
    assert rows(app)[0] == [0.5, 0.4375, 0, 1]


def test_a_vector_gets_a_sentence():
    assert "vector" in words(open_app("inverse", f="[x, x^2]"))
