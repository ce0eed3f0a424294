import time

import numpy as np
import pytest

from tests.pages.app import array, figure, html, open_app, rows, table_rows, words

ROOT = 0.6823278038280193


def steps(app):
    """The last table of the page, error and ratio apart."""
    return [row[:-2] if k else row[:-1] for k, row in enumerate(table_rows(app, -1))]


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


def test_a_pole_at_the_end_of_the_window_is_no_open_question():
    app = open_app("inverse", f="gamma(x)", y="1", interval="-3:3")
    assert "x = 1, 2" in words(app)
    assert "No others in [-3, 3]: proved." in words(app)


def test_of_many_solutions_the_first_hundred_are_listed():
    app = open_app("inverse", f="sin(100x)", y="0", interval="-3:3")
    for _try in range(200):  # a worker goes on where the live search stops
        if "No others in [-3, 3]: proved." in words(app):
            break
        time.sleep(0.2)
        app.run()
    assert "No others in [-3, 3]: proved." in words(app)
    assert len(rows(app)) == 100
    assert "191 solutions; the first 100 are listed." in words(app)


def test_a_long_search_can_be_stopped_and_goes_on_when_asked():
    app = open_app("inverse", f="sin(1/x)", y="0", interval="-1:1")
    assert "A part of the window is still undecided" in words(app)
    app.button(key="stop_solutions").click().run()
    app.button(key="continue_solutions").click().run()
    assert app.button(key="stop_solutions").label == "Stop"


def test_an_identity_is_called_likely():
    app = open_app("inverse", f="sin(x)^2 + cos(x)^2", y="1", interval="-2:2")
    assert "likely every x from -2 to 2: f is y to 150 digits" in words(app)
    assert "stop_solutions" not in [button.key for button in app.button]  # to search on would not help
    drawn = {trace.get("name"): trace for trace in figure(app)["data"]}
    assert list(array(drawn["likely every x a solution"]["x"])) == [-2, 2]
    assert "undecided" not in drawn


def test_a_jump_that_only_tends_to_the_level_is_no_solution():
    app = open_app("inverse", f="floor(x) + x", y="1", interval="-2:2")
    assert "No solution in [-2, 2]: proved." in words(app)
    assert "a jump: f tends to y beside x = 1, but is not y there" in words(app)


def test_a_solution_at_which_f_jumps_is_said_to_be_one():
    app = open_app("inverse", f="mod(x, 1)", y="0")
    assert "x = -2, -1, 0, 1, …" in words(app)
    assert "touching: f reaches y here and turns back, jumps or ends" in words(app)


def test_a_stretch_of_solutions_is_an_inequality():
    app = open_app("inverse", f="floor(x)*(x+1)", y="0", interval="-3:3")
    assert "x = -1; 0 ≤ x < 1" in words(app)


def test_no_plot_of_errors_is_drawn_where_there_are_none():
    app = open_app("inverse", f="x^2+1", y="0", more="compare")
    assert "No errors to draw" in words(app)
    assert len(app.get("plotly_chart")) == 1
    assert len(open_app("inverse", f="x^2", y="1", start="1").get("plotly_chart")) == 1


def test_the_page_opens_with_newton_from_1():
    app = open_app("inverse")
    assert app.text_input(key="f").value == "x^2 + x^3 + x^4"
    assert "x = 0.682328" in words(app)
    assert "Converged" in words(app) or "Exact" in words(app)
    assert steps(app)[0] == [1, 2, 9]
    assert steps(app)[-1][0] == pytest.approx(ROOT, rel=1e-15)


def test_bisection_on_0_1_finds_the_same():
    app = open_app("inverse", method="bisection", bracket="0:1")
    assert "x = 0.682328" in words(app)
    assert steps(app)[0] == [0.5, -0.5625, 0, 1]
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
    app = open_app("inverse", method="bisection", bracket="0:1")
    app.segmented_control(key="lang").set_value("zh").run()
    assert app.session_state["method"] == "bisection"
    assert app.query_params["method"] == "bisection"
    assert steps(app)[0] == [0.5, -0.5625, 0, 1]


STORIES = [
    ({"f": "x^3 - 2x + 2", "y": "0", "start": "0", "interval": "-3:3"}, "A cycle of length 2"),
    ({"f": "x*exp(-x)", "y": "0", "start": "2", "interval": "-1:3"}, "Left the window [-1, 3]"),
    ({"f": "tan(x)", "y": "0", "method": "bisection", "bracket": "1:2", "interval": "1:2"}, "a pole near x = 1.5708"),
    ({"f": "cbrt(x)", "y": "0", "start": "1"}, "moving away from it"),
    ({"f": "x^2+1", "y": "0", "method": "brent", "bracket": "-1:2"}, "How the run ended: no sign change"),
    ({"f": "(x-1)^10", "y": "0", "start": "2"}, "the error by about 0.9, as happens where f ′ is 0"),
]


@pytest.mark.parametrize("query, part", STORIES)
def test_each_ending_of_the_textbook_is_told_and_the_solutions_stay(query, part):
    app = open_app("inverse", **query)
    assert part in words(app)
    assert "nabla-warn" in html(app)
    assert "proved" in words(app)


def test_a_method_that_is_slow_everywhere_is_not_said_to_meet_a_flat_solution():
    said = words(open_app("inverse", method="regula_falsi"))
    assert "as is the way of this method" in said
    assert "f ′ is 0" not in said


def test_the_lines_of_the_fixed_point_iteration_are_not_called_tangents():
    drawn = {trace.get("name") for trace in figure(open_app("inverse", method="fixed_point", iteration="2"))["data"]}
    assert {"line of this step", "parallel to the first tangent"} <= drawn


def test_a_bracket_the_wrong_way_round_is_told_in_words_of_its_own():
    said = words(open_app("inverse", method="brent", bracket="3:1"))
    assert "The left end isn't below the right end." in said


@pytest.mark.parametrize("y, said", [
    ("1/3", "y is 0.33333333333333331, the double nearest to 1/3"),
    ("pi/2", "y is 1.5707963267948966, the double nearest to pi/2"),
    ("0.1", ""), ("1/4", ""), ("2^-3", ""), ("1/", ""), ("1e13/7", ""), ("x/3", ""), ("", ""),
])  # fmt: skip
def test_a_target_that_is_no_double_is_said_to_be_rounded(y, said):
    text = words(open_app("inverse", f="x+1/3", y=y))
    assert said in text
    assert bool(said) == ("the double nearest to" in text)


def test_every_place_at_which_a_value_is_reached_is_named():
    said = words(open_app("inverse", f="x^3-2x+2", y="0", interval="-3:3", more="function"))
    assert "y = 2 is reached at x = -1.41421, 0, 1.41421." in said


def test_the_step_slider_hides_later_steps():
    app = open_app("inverse", iteration="2")
    assert app.slider(key="iteration").value == 2
    assert len(steps(app)) == 3
    drawn = {trace.get("name"): trace for trace in figure(app)["data"]}
    assert len(array(drawn["iterates"]["x"])) == 3
    slope = np.diff(array(drawn["tangent of this step"]["y"])) / np.diff(array(drawn["tangent of this step"]["x"]))
    assert slope == pytest.approx(steps(app)[2][2])
    app.slider(key="iteration").set_value(0).run()
    assert len(steps(app)) == 1


def test_the_slider_stands_at_the_last_step_when_another_run_has_more_of_them():
    app = open_app("inverse")
    before = app.slider(key="iteration").value
    app.text_input(key="start").set_value("1.9").run()
    assert app.slider(key="iteration").value > before
    assert "iteration" not in app.query_params


def test_play_starts_over_from_the_first_step():
    app = open_app("inverse")
    app.button(key="play_steps").click().run()
    assert app.slider(key="iteration").value == 0
    assert app.button(key="play_steps").label == "Pause"
    app.button(key="play_steps").click().run()
    assert app.button(key="play_steps").label == "Play"


def test_the_stopping_rule_is_stated_and_its_tolerances_can_be_typed():
    app = open_app("inverse")
    assert "|xₖ − xₖ₋₁| ≤ 2.22e-16·|xₖ| + 10⁻¹⁸·max |x|, or after 100 steps" in words(app)
    many = len(steps(app))
    app = open_app("inverse", rtol="1e-3", atol="0.01", limit="50")
    assert "≤ 0.001·|xₖ| + 0.01, or after 50 steps" in words(app)
    assert len(steps(app)) < many
    app = open_app("inverse", rtol="1e-20")
    assert "Choose a relative tolerance of at least 2.2e-16" in words(app)
    assert rows(app)[0][0] == -1


def test_errors_and_their_order():
    app = open_app("inverse")
    assert "p = 2 in" in words(app)
    errors = array(figure(app, 1)["data"][0]["y"])
    assert errors[0] == pytest.approx(1 - ROOT)
    assert errors[1] / errors[0] == pytest.approx(table_rows(app, -1)[1][-1])


def test_boxes_left_empty_are_filled_automatically():
    app = open_app("inverse", f="tan(x)", y="1", interval="-5:5", method="brent")
    low, high = map(float, app.text_input(key="bracket").value.split(":"))
    assert low < 0.7853981633974483 < high
    app.text_input(key="bracket").set_value("").run()
    assert "x = 0.785398" in words(app)


def test_the_inverse_as_a_function():
    app = open_app("inverse", more="function", targets="1, 28, -5")
    said = words(app)
    assert "f is not invertible on [-2, 2]: y = 1 is reached at x = -1, 0.682328." in said
    assert "Not reached in the window: -5" in said
    assert table_rows(app, 1) == [[-2, 0, 0, 12], [0, 2, 0, 28]]
    first, second, third = table_rows(app, 2)
    assert first[:3] == [1, -1, 0]
    assert second[:2] == [1, ROOT]
    assert first[3:] == pytest.approx([-1 / 3, -1 / 3, 8 / 27, 8 / 27], rel=1e-5)
    assert third[:3] == [28, 2, 0]
    branch = array(figure(app, 1)["data"][0]["x"])
    assert (branch[0], branch[-1]) == (12, 0)


def test_an_invertible_function_is_said_to_be_one_and_a_pole_gives_an_infinite_range():
    assert "f is invertible on [-2, 2]" in words(open_app("inverse", f="x^3", more="function"))
    app = open_app("inverse", f="1/x", more="function")
    assert "f is invertible on [-2, 2]" in words(app)
    assert "−∞" in words(app)
    assert "f is constant from x = -2 to 0" in words(open_app("inverse", f="relu(x)", y="1", more="function"))


def test_a_range_that_tends_to_0_at_a_jump_ends_at_0():
    app = open_app("inverse", f="where(x<0,x,x+1)", y="1.5", more="function")
    assert table_rows(app, 1) == [[-2, 0, -2, 0], [0, 2, 1, 3]]


def test_all_methods_are_compared_from_the_same_start():
    app = open_app("inverse", more="compare", start="1.5")
    table = table_rows(app, 1)
    assert len(table) == 13
    assert table[0][0] == pytest.approx(ROOT)
    assert "still on its way" in words(app)
    assert app.text_input(key="bracket").value == "0:2"
    assert len(figure(app, 1)["data"]) == 13
    assert figure(app, 1)["layout"]["legend"]["entrywidth"] == 0.5  # in one column they would not all be seen


def test_basins_along_x_and_in_the_complex_plane():
    app = open_app("inverse", f="x^3", y="1", more="basins")
    assert table_rows(app, 1)[0][0] == 100
    for _try in range(100):
        if len(app.get("plotly_chart")) == 3:
            break
        time.sleep(0.2)
        app.run()
    heat = figure(app, 2)["data"][0]
    assert heat["type"] == "heatmap"
    assert array(heat["z"]).size == 160**2
    app = open_app("inverse", f="|x| - 1", y="0", more="basins")
    assert "<code>abs</code> does not extend to complex numbers here." in html(app)


def test_the_code_is_that_of_the_screen():
    source = open_app("inverse", f="a*x^2", y="2", method="brent", more="code", p_a="3").code[0].value
    assert "return a*x**2" in source
    assert "class Brent" in source
    assert "a = 3.0" in source
    compile(source, "script", "exec")


def test_a_vector_of_two_components_is_a_system():
    app = open_app("inverse", f="[x^2 + y^2, x*y]", goal="4, 1", origin="1, 0.5")
    assert "x = 1.93185, y = 0.517638" in words(app)
    assert not [slider for slider in app.slider if slider.key == "p_y"]
    table = table_rows(app, 0)
    assert table[0][:4] == [1, 0.5, -2.75, -0.5]
    path = next(trace for trace in figure(app)["data"] if trace.get("name") == "path")
    assert array(path["x"])[:2] == pytest.approx([1, 2.5])
    app = open_app("inverse", f="[x^2 + y^2, x*y]", about_system="code")
    assert "jacobian(of, point)" in app.code[0].value


def test_a_click_on_the_map_of_a_system_is_its_start():
    app = open_app("inverse", f="[x^2 + y^2, x*y]", goal="4, 1")
    app.text_input(key="picked").set_value("-1.0004;2.5").run()
    assert app.text_input(key="origin").value == "-1, 2.5"
    assert table_rows(app, 0)[0][:2] == [-1, 2.5]


def test_a_vector_gets_a_sentence():
    assert "vector" in words(open_app("inverse", f="[x, x^2]"))


def test_advice_on_where_to_start_is_not_given_where_nothing_can_be_found():
    app = open_app("inverse", f="1/x", y="0")
    assert "It is proved that the window holds no solution" in words(app)
    assert "Start nearer" not in words(app)


def test_all_poles_of_the_gamma_function_are_listed():
    app = open_app("inverse", f="gamma(x)", y="2", interval="-4:4")
    for x in (-4, -3, -2, -1, 0):
        assert f"beyond all bounds at x = {x}" in words(app)


def test_what_is_undecided_is_not_called_reached():
    app = open_app("inverse", f="sqrt(x)*log(x)", y="0", interval="-1:4", more="function")
    assert "e-14 and" not in words(app)
    assert "is reached at x = 1.06527e-14" not in words(app)


def test_a_system_is_drawn_in_equal_scales_and_names_its_start():
    app = open_app("inverse", f="[x^2+y^2, x-y]")
    assert "another start may lead to another one" in words(app)
    assert figure(app)["layout"]["yaxis"]["scaleanchor"] == "x"


def test_the_value_at_a_kink_is_not_said_to_be_missed():
    assert "Not reached" not in words(open_app("inverse", f="abs(x)", y="0", more="function"))
    assert "Not reached in the window: -1" in words(open_app("inverse", f="abs(x)", y="-1", more="function"))
