import pytest

from tests.pages.app import figure, html, open_app, rows, table_rows, words

ROOT = 0.6823278038280193


def steps(app):
    """The last table of the page."""
    return table_rows(app, -1)


def test_the_page_opens_with_all_solutions_and_the_proof_that_there_are_no_others():
    app = open_app("inverse")
    assert "x = -1, 0.682328" in words(app)
    assert "No others in [-2, 2]: proved." in words(app)
    assert [x for x, _residual in rows(app)] == [-1, ROOT]
    assert [residual for _x, residual in rows(app)] == pytest.approx([0, 0], abs=1e-15)
    assert f">{ROOT}<" in html(app)
    assert "proved, exact" in words(app)
    assert "proved, ±1e-16" in words(app)


def test_a_break_is_listed_and_is_no_solution():
    app = open_app("inverse", f="floor(x)", y="0.5")
    assert "No solution in [-2, 2]: proved." in words(app)
    assert "a jump: f goes from 0 to 1 at x = 1" in words(app)
    assert "jump" in [trace["name"] for trace in figure(app)["data"]]


def test_of_many_solutions_the_first_hundred_are_listed():
    app = open_app("inverse", f="sin(100x)", y="0", interval="-3:3")
    assert len(rows(app)) == 100
    assert "191 solutions; the first 100 are listed." in words(app)


def test_the_page_opens_with_newton_from_1():
    app = open_app("inverse")
    assert app.text_input(key="f").value == "x^2 + x^3 + x^4"
    assert "x = 0.682328" in words(app)
    assert "Converged" in words(app) or "Exact" in words(app)
    assert steps(app)[0] == [1, 3, 9]
    assert steps(app)[-1][0] == pytest.approx(ROOT, rel=1e-15)


def test_bisection_on_0_1_finds_the_same():
    app = open_app("inverse", method="bisection", bracket="0:1")
    assert "x = 0.682328" in words(app)
    assert steps(app)[0] == [0.5, 0.4375, 0, 1]
    assert "brackets" in [trace["name"] for trace in figure(app)["data"]]


@pytest.mark.parametrize("start, x", [("1", 2.0), ("-3", -2.4645957012427764)])
def test_both_solutions_of_28(start, x):
    app = open_app("inverse", y="28", interval="-4:4", start=start)
    assert steps(app)[-1][0] == pytest.approx(x, rel=1e-15)


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


def test_the_target_may_be_constant_maths():
    app = open_app("inverse", f="sin(x)", y="1/2", start="0.5")
    assert steps(app)[-1][0] == pytest.approx(0.5235987755982989)


def test_the_method_survives_a_change_of_language():
    app = open_app("inverse", method="bisection")
    app.segmented_control(key="lang").set_value("zh").run()
    assert app.session_state["method"] == "bisection"
    assert app.query_params["method"] == "bisection"
    assert steps(app)[0] == [0.5, 0.4375, 0, 1]


def test_a_vector_gets_a_sentence():
    assert "vector" in words(open_app("inverse", f="[x, x^2]"))
