import numpy as np
import pytest

from lib.calculus.curve.mesh import mesh_of
from tests.pages.app import array, figure, html, open_app, rows, table_rows, words

E2 = 7.38905609893065


def test_opening_the_app_shows_the_worked_example():
    app = open_app()
    assert app.text_input(key="f").value == "3*x**2 + 5*x + 6*torch.exp(x)"
    assert rows(app) == [pytest.approx([2, 22 + 6 * E2, 17 + 6 * E2, 6 + 6 * E2], rel=1e-15)]
    for shown in ("66.3343", "61.3343", "50.3343"):
        assert shown in words(app)


def test_the_echo_is_typeset():
    assert open_app(f="x^2/3").latex[0].value.replace(" ", "").replace("$", "").strip() == r"f(x)=\frac{x^{2}}{3}"


def test_what_is_typed_is_answered():
    app = open_app()
    app.text_input(key="f").set_value("x² + x³ + x⁴")
    app.text_input(key="points").set_value("1, 2, 3").run()
    assert [row[:3] for row in rows(app)] == [[1, 3, 9], [2, 28, 48], [3, 117, 141]]


def test_a_number_that_rounding_has_spoilt_has_a_star_and_that_of_taylor_arithmetic():
    app = open_app(f="log(1+exp(x))", points="1, 700")
    assert html(app).count("*</abbr>") == 1
    assert "Taylor arithmetic gives another number" in words(app)
    assert "*</abbr>" not in html(open_app(f="log(1+exp(x))", points="1, 2"))


def test_a_range_of_points_is_read():
    app = open_app(f="x^2", points="0:2:0.5")
    assert [row[0] for row in rows(app)] == [0, 0.5, 1, 1.5, 2]


def test_a_range_of_points_is_read_as_numpy_writes_it():
    app = open_app(f="x^2", points="np.linspace(0, 2, 5)")
    assert [row[0] for row in rows(app)] == [0, 0.5, 1, 1.5, 2]
    assert "linspace" in app.text_input(key="points").help


def test_the_buttons_stand_beside_the_plot():
    assert figure(open_app())["layout"]["margin"]["r"] >= 30


def test_the_mean_divides_the_gradient_by_the_number_of_points():
    app = open_app(f="x**2+x**3+x**4", points="1,2,3", reduction="mean")
    assert [row[-1] for row in rows(app)] == pytest.approx([3, 16, 47])
    assert "x.grad" in html(app)
    assert "y.mean().backward()" in words(app)


@pytest.mark.parametrize("reduction, call", [("each", "y.backward(torch.ones_like(y))"), ("sum", "y.sum().backward()")])
def test_each_and_sum_leave_f_prime_in_x_grad(reduction, call):
    app = open_app(f="x^2", points="3", reduction=reduction)
    assert rows(app) == [[3, 9, 6, 2]]
    assert call in words(app)


def test_an_unknown_reduction_in_the_address_means_each():
    app = open_app(reduction="<script>")
    assert app.session_state["reduction"] == "each"
    assert "reduction" not in app.query_params


def test_other_letters_become_sliders():
    app = open_app(f="a*x^2 + b")
    assert [slider.key for slider in app.slider if slider.key.startswith("p_")] == ["p_a", "p_b"]
    app.slider(key="p_a").set_value(3.0).run()
    assert rows(app) == [[2, 13, 12, 6]]


def test_the_end_of_a_sum_is_a_slider_of_whole_numbers():
    app = open_app(f="sum([torch.pow(x, i) for i in range(1, n+1)])", points="1,2,3")
    assert [row[1:3] for row in rows(app)] == [[4, 10], [30, 49], [120, 142]]
    app.slider(key="k_n").set_value(2).run()
    assert [row[1] for row in rows(app)] == [2, 6, 12]


def test_the_plot_holds_f_and_two_derivatives_and_breaks_at_a_pole():
    plot = figure(open_app(f="1/x", points="1"))
    traces = {trace["name"]: trace for trace in plot["data"]}
    assert {"f", "f ′", "f ″", "tangent line", "point"} <= set(traces)
    assert traces["f"]["line"] == {"color": "#3A5BD9", "dash": "solid", "width": 2.5, "simplify": False}
    assert traces["f ′"]["line"]["dash"] == "dash"
    x, y = array(traces["f"]["x"]), array(traces["f"]["y"])
    left, right = np.flatnonzero((x < 0) & np.isfinite(y))[-1], np.flatnonzero((x > 0) & np.isfinite(y))[0]
    assert np.isnan(y[left + 1 : right]).any()


def test_undefined_is_a_dash():
    app = open_app(f="log(x)", points="-1")
    assert html(app).split("</table>")[0].count("—") == 3
    assert "nan" not in words(app).lower()


def test_the_window_follows_the_points_until_it_is_touched():
    app = open_app()
    assert app.text_input(key="window").value == "-3:3"
    app.text_input(key="points").set_value("5").run()
    assert app.text_input(key="window").value == "-7:7"
    app.text_input(key="window").set_value("4:6").run()
    app.text_input(key="points").set_value("1").run()
    assert app.text_input(key="window").value == "4:6"


@pytest.mark.parametrize(
    "text, window, point",
    [("exp(-(x-50)^2)", "45:55", "52"), ("sin(1000x)", "-0.01:0.01", "0.004"), ("sqrt(1-x^2)", "-1.5:1.5", "0.6")],
)
def test_the_first_window_and_point_are_where_there_is_something_to_see(text, window, point):
    app = open_app(f=text)
    assert (app.text_input(key="window").value, app.text_input(key="points").value) == (window, point)


def test_the_components_of_a_vector_are_shown_together():
    app = open_app(f="[x^2, x^3]", draw="0,1,2")
    assert rows(app) == [[2, 4, 4, 2, 8, 12, 12]]
    assert {"f₁", "f₂", "f₁ ′", "f₂ ″"} <= {trace["name"] for trace in figure(app)["data"]}


def test_one_component_of_a_vector_is_shown_alone():
    app = open_app(f="[x^2, x^3]", component="1")
    assert rows(app) == [[2, 4, 4, 2]]
    app = open_app(f="[x^2, x^3]", component="2")
    assert rows(app) == [[2, 8, 12, 12]]


def test_a_dash_tells_its_reason():
    app = open_app(f="sqrt(x)", points="0, -1")
    assert 'title="f is undefined at -1."' in html(app)
    assert 'title="f is defined at 0, but this derivative came out undefined' in html(app)


def test_float32_stands_beside_float64():
    app = open_app(f="exp(x)", points="1", order="1", single="true")
    [[x, f, slope, single, single_slope]] = rows(app)
    assert (x, f, slope) == (1, np.e, np.e)
    assert single == single_slope == float(np.float32(single)) == pytest.approx(np.e, rel=1e-6)
    assert single != f


def test_float32_is_drawn_where_it_strays():
    app = open_app(f="(1 - cos(x))/x^2", points="1", window="-0.01:0.01", single="true")
    plot = figure(app)
    drawn = {trace["name"]: array(trace["y"]) for trace in plot["data"]}
    assert np.abs(drawn["f (float32)"] - 0.5).max() > 0.01
    assert plot["layout"]["yaxis"]["range"][0] < 0.49
    assert "f ″ (float32)" in drawn
    drawn = {trace["name"]: array(trace["y"]) for trace in figure(open_app(f="x^2", single="true"))["data"]}
    assert not drawn["f (float32)"].size


def test_the_seed_is_a_whole_number():
    app = open_app(f="x + rand()")
    assert app.slider(key="seed").value == 0
    assert isinstance(app.slider(key="seed").value, int)


def test_two_components_are_a_curve_in_the_plane():
    app = open_app(f="[3cos(t), 3sin(t)]", component="plane", points="0", window="0:7", circles="circle")
    [[t, x, y, dx, dy, speed, curvature, radius]] = rows(app)
    assert (t, x, y, dx, dy, speed, radius) == (0, 3, 0, 0, 3, 3, 3)
    assert curvature == pytest.approx(1 / 3)
    drawn = {trace["name"]: trace for trace in figure(app)["data"]}
    assert np.hypot(array(drawn["curve"]["x"]), array(drawn["curve"]["y"])) == pytest.approx(3)
    assert (
        np.nanmax(np.abs(np.hypot(array(drawn["osculating circle"]["x"]), array(drawn["osculating circle"]["y"])) - 3))
        < 1e-12
    )
    assert {"velocity", "point"} <= drawn.keys()


def test_a_component_is_a_function_with_all_its_details():
    app = open_app(f="[x^2, |x|]", component="2", points="0", detail="check")
    assert "kink" in words(app)
    app = open_app(f="[a*x^2, x^3]", component="1", points="2", detail="code")
    assert "a = 1.0" in app.code[0].value
    assert "x**3" not in app.code[0].value


def test_the_family_lists_the_features_of_each_component():
    app = open_app(f="[x^2 - 1, x - 2]", window="-3:3")
    assert "f₁ minimum" in " ".join(words(app).split())
    marked = {trace["name"]: trace for trace in figure(app)["data"]}
    assert array(marked["root"]["x"]).tolist() == [-1, 1, 2]


def test_a_dash_of_a_component_tells_its_reason():
    app = open_app(f="[sqrt(x), x]", points="-1")
    assert html(app).split("</table>")[0].count('title="f is undefined at -1."') == 3
    app = open_app(f="[t^2, t^3]", component="plane", points="0")
    assert "The speed is 0 here" in html(app)
    app = open_app(f="[1/t, t]", component="plane", points="0")
    assert 'title="f is infinite at 0' in html(app)


def test_conventions_of_components_are_starred_and_the_curve_has_no_tangent_there():
    starred = html(open_app(f="[|x|, x, x|x|]", points="0, 1")).split("</table>")[0]
    assert starred.count("*</abbr>") == 3
    assert 'title="f has a kink at x = 0: its slope is -1 on the left and 1 on the right.' in starred
    app = open_app(f="[|t|, t]", component="plane", points="0, 1", detail="tangents")
    assert rows(app) == [[0, 0, 0, 0, 1], [1, 1, 1, 1, 1, np.sqrt(2), 0]]
    first, lines = html(app).split("</table>")[:2]
    assert first.count("*</abbr>") == 1
    assert first.count('title="f has a kink') == 4
    assert lines.count("—") == 5  # the straight line through t = 1 has no centre either
    assert "convention: this component" in words(app)
    [velocity] = [trace for trace in figure(app)["data"] if trace["name"] == "velocity"]
    assert np.isfinite(array(velocity["x"])).sum() == 2


def test_the_curve_in_the_plane_has_features_lines_and_code():
    app = open_app(f="[2cos(t), sin(t)]", component="plane", points="0", window="0.1:3")
    assert not [slider for slider in app.slider if slider.key == "order"]
    assert "horizontal tangent" in words(app)
    app = open_app(f="[2cos(t), sin(t)]", component="plane", points="0, pi/4", detail="tangents")
    assert "f₁ = 2" in words(app)
    assert "f₂ = −0.5 f₁ + 1.41421" in words(app)
    assert "(1.5, 0)" in words(app)
    assert "torch.cos(t)" in open_app(f="[2cos(t), sin(t)]", component="plane", detail="code").code[0].value


def test_noise_is_announced():
    app = open_app(f="y=x.pow(2)+0.2*torch.rand(x.size())")
    assert words(app).count("as a constant") == 1
    assert rows(app)[0][2:] == [4, 2]
    assert 0 <= rows(app)[0][1] - 4 < 0.2


def test_a_formula_that_grows_too_long_with_its_slider_gets_a_sentence():
    nested = "sum(sum(sum(x^(i*j*k), i, 1, n), j, 1, n), k, 1, n)"
    assert rows(open_app(f=nested, k_n="2"))
    app = open_app(f=nested)
    app.slider(key="k_n").set_value(10).run()
    assert not app.exception
    assert 'role="alert"' in html(app)


@pytest.mark.parametrize("points", ["1e12", "-1e12, 1e12", "1e-300", "pi/3"])
def test_extreme_points_are_answered(points):
    app = open_app(f="x/3", points=points)
    assert 'role="alert"' not in html(app)
    assert rows(app)[0][2] == pytest.approx(1 / 3)


def test_a_moved_point_samples_the_curve_no_second_time():
    app = open_app(f="x^2/7 + sin(a*x)", points="1")
    sampled = mesh_of.cache_info().misses
    app.text_input(key="points").set_value("1.5").run()
    app.session_state["detail"] = "tangents"
    app.run()
    assert rows(app)[0][0] == 1.5
    assert mesh_of.cache_info().misses == sampled
    app.slider(key="p_a").set_value(2.0).run()
    assert mesh_of.cache_info().misses == sampled + 1


def test_a_dragged_slider_is_followed_before_it_rests():
    app = open_app(f="a*x^2", points="1, 2")
    app.text_input(key="drag").set_value("p_a=3").run()
    assert [row[1] for row in rows(app)] == [3, 12]
    assert app.slider(key="p_a").value == 1
    app.text_input(key="drag").set_value("move=2.5").run()
    assert [row[:2] for row in rows(app)] == [[2.5, 6.25], [2, 4]]
    assert app.text_input(key="points").value == "1, 2"
    for nonsense in ("p_a=nan", "p_a=", "p_b=2", "=3", "p_a=1e999", "f=2"):
        app.text_input(key="drag").set_value(nonsense).run()
        assert [row[1] for row in rows(app)] == [1, 4]
    app.text_input(key="drag").set_value("p_a=1e9").run()
    assert [row[1] for row in rows(app)] == [5, 20]


def test_the_table_of_points_is_made_when_it_is_opened():
    app = open_app(points="1, 2")
    assert not app.get("data_editor")
    app.session_state["edit"] = True
    app.run()
    assert len(app.get("data_editor")) == 1


def test_orders_that_would_take_long_are_left_out_until_the_formula_is_short_again():
    app = open_app(order="20")
    app.text_input(key="f").set_value("+".join(f"sin({k}x)" for k in range(1, 41))).run()
    highest = len(rows(app)[0]) - 2
    assert 3 <= highest < 20
    assert f"Orders up to {highest}, as the formula is long" in words(app)
    app.session_state["detail"] = "taylor"
    app.session_state["degree"] = 20
    app.run()
    assert len(table_rows(app, 2)[0]) == highest + 1
    app.text_input(key="f").set_value("exp(x)").run()
    assert len(rows(app)[0]) == 22
    assert app.query_params["order"] == "20"


def test_a_letter_outside_its_new_range_takes_the_nearest_value():
    app = open_app(f="a*x", p_a="4", points="1")
    app.session_state["range_a"] = "0:3"
    app.run()
    assert rows(app)[0][1] == app.slider(key="p_a").value == 3
    assert open_app(f="a*x", p_a="-77").slider(key="p_a").value == -5


def test_a_value_out_of_range_leaves_the_address_for_the_nearest_one():
    app = open_app(f="a*x", p_a="-77", order="99", points="1")
    assert app.query_params["p_a"] == "-5"
    assert app.query_params["order"] == "20"
    assert app.query_params["points"] == "1"


def test_one_component_has_float32_beside_it():
    app = open_app(f="[1, (1 - cos(x))/x^2]", component="2", points="1e-4", order="0", single="true")
    [[_x, value, single]] = rows(app)
    assert value == pytest.approx(0.5)
    assert single == 0


def test_every_component_has_float32_beside_it():
    app = open_app(f="[x, (1 - cos(x))/x^2]", points="1e-4", window="-0.01:0.01", order="0", single="true")
    [[_x, _first, second, in_single, second_in_single]] = rows(app)
    assert in_single == pytest.approx(1e-4)
    assert (second, second_in_single) == (pytest.approx(0.5), 0)
    drawn = {trace["name"]: array(trace["y"]) for trace in figure(app)["data"] if "y" in trace}
    assert not drawn["f₁ (float32)"].size
    assert np.abs(drawn["f₂ (float32)"] - 0.5).max() > 0.01
