import re

import numpy as np
import pytest

from tests.pages.app import array, figure, html, open_app, rows, table_rows, words


def test_the_page_opens_with_the_hessian_question():
    app = open_app("gradient")
    assert app.text_input(key="f").value == "x**4 + 2*x**2*y**2 + y**4"
    assert rows(app) == [[104, 156], [84, 48], [48, 124], pytest.approx([52, 156])]
    assert "f(2, 3) = 169" in words(app)
    assert "positive definite" in words(app)


def test_a_function_typed_on_another_page_stays():
    app = open_app()
    app.text_input(key="f").set_value("x^2*y").run()
    app.switch_page("../../pages/gradient.py").run()
    assert app.text_input(key="f").value == "x^2*y"
    assert rows(app)[0] == [12, 4]


def test_two_letters_get_level_lines_with_the_gradient_and_a_surface():
    app = open_app("gradient", f="[x, y] @ [[2,1],[1,3]] @ [x, y]", point="1, 2")
    assert rows(app)[:3] == [[8, 14], [4, 2], [2, 6]]
    level, surface = figure(app, 0), figure(app, 1)
    assert [trace["type"] for trace in level["data"]] == ["contour", "scatter", "scatter"]
    arrow = next(trace for trace in level["data"] if trace.get("name") == "gradient")
    direction = np.diff([array(arrow["x"]), array(arrow["y"])])[:, 0]
    assert direction / np.hypot(*direction) == pytest.approx(np.array([8, 14]) / np.hypot(8, 14))
    assert [trace["type"] for trace in surface["data"]] == ["surface", "surface", "scatter3d"]


def test_where_the_gradient_is_0_the_second_derivative_test_speaks():
    app = open_app("gradient", f="x^2 - y^2", point="0, 0")
    assert "saddle point" in words(app)
    assert all(trace.get("name") != "gradient" for trace in figure(app)["data"])


def test_three_letters_get_a_slice_through_the_point_along_two_of_them_and_the_hessian_as_a_map():
    app = open_app("gradient", f="x*y*z", point="1, 2, 3", up="z")
    assert rows(app)[0] == [6, 3, 2]
    level = figure(app)["data"][0]
    across, up = array(level["x"]), array(level["y"])
    assert array(level["z"]).reshape(101, 101) == pytest.approx(2 * up[:, None] * across)  # at y = 2
    assert figure(app)["layout"]["yaxis"]["title"]["text"] == "z"
    assert "y = 2" in words(app)
    assert array(figure(app, 2)["data"][0]["z"]).reshape(3, 3).tolist() == [[0, 3, 2], [3, 0, 1], [2, 1, 0]]


def test_one_letter_works_too():
    app = open_app("gradient", f="2x+1", point="4")
    assert rows(app) == [[2], [0], [0]]


def test_a_vector_gets_its_jacobian():
    app = open_app("gradient", f="[x y, x + y]", point="2, 3")
    assert rows(app) == [[6, 3, 2], [5, 1, 1]]
    assert table_rows(app, 1)[1:] == [[1], [4], [-1]]
    first, second = (trace for trace in figure(app)["data"] if trace["type"] == "heatmap")
    x, y = array(first["x"])[None], array(first["y"])[:, None]
    assert array(first["z"]).reshape(101, 101) == pytest.approx(x * y)
    assert array(second["z"]).reshape(101, 101) == pytest.approx(x + y)


def test_determinant_divergence_and_curl_of_a_vector_over_the_window_and_at_all_points():
    app = open_app("gradient", f="[x^2 y, x + y^3]", point="2, 3; 1, -1", maps="det,div,curl")
    det, div, curl = (trace for trace in figure(app)["data"] if trace["type"] == "heatmap")
    x, y = array(det["x"])[None], array(det["y"])[:, None]
    for trace, values in [(det, 6 * x * y**3 - x**2), (div, 2 * x * y + 3 * y**2), (curl, 1 - x**2 + 0 * y)]:
        assert array(trace["z"]).reshape(101, 101) == pytest.approx(values)
    app = open_app("gradient", f="[x^2 y, x + y^3]", point="2, 3; 1, -1", about="points")
    listed = table_rows(app, 2)
    assert [row[:8] for row in listed] == [[2, 3, 12, 29, 12, 4, 1, 27], [1, -1, -1, 0, -2, 1, 1, 3]]
    assert [row[10:] for row in listed] == [pytest.approx([320, 39, -3]), pytest.approx([-7, 1, 0])]


def test_a_component_of_a_vector_is_a_function_with_all_its_details():
    app = open_app("gradient", f="[x y, x^2 - y^2]", point="0, 0", component="2", about="critical")
    assert rows(app)[1:3] == [[2, 0], [0, -2]]
    assert "Proved: this one and none elsewhere" in words(app)
    assert "saddle point" in words(app)
    app = open_app("gradient", f="[x y, 5]", component="9")
    assert rows(app) == [[6, 3, 2], [5, 0, 0]]


def test_a_component_is_called_by_its_own_name():
    app = open_app("gradient", f="[x y, x^2 - y^2]", point="2, 3", component="2", about="points", layers="zero")
    assert "f₂(2, 3) = -5" in words(app)
    assert '<th scope="col">∂f₂/∂x</th>' in html(app)
    assert {"∂f₂/∂x = 0", "∂f₂/∂y = 0"} <= {trace.get("name") for trace in figure(app)["data"]}


def test_the_check_of_a_vector_holds_all_its_components():
    app = open_app("gradient", f="[x^2 y, abs(x) + y]", point="0, 3", about="check")
    checked = table_rows(app, 2)  # with SymPy's numbers between the others where they are there in time
    assert [row[0] for row in checked] == [0, 0, 0, 3, 0, 1]
    assert "f₂ along x: f has a kink at x = 0" in words(app)
    assert "f₁ along" not in words(app)


def test_a_click_on_a_vectors_map_chooses_the_point():
    app = open_app("gradient", f="[x y, x + y]", point="2, 3")
    app.text_input(key="picked").set_value("1;-2").run()
    assert app.text_input(key="point").value == "1, -2"
    assert rows(app) == [[-2, -2, 1], [-1, 1, 1]]


def test_each_number_of_variables_has_points_windows_and_directions_of_its_own():
    app = open_app("gradient", f="x y", point="0, 0; 1, 2", direction="30°")
    app.text_input(key="f").set_value("x^2").run()
    assert app.text_input(key="point").value == "2"
    app.text_input(key="point").set_value("4; 5").run()
    app.text_input(key="f").set_value("x y z").run()
    assert app.text_input(key="point").value == "1, 1, 1"
    assert app.text_input(key="direction").value == ""
    app.text_input(key="windows").set_value("-1:1, -2:2, -3:3").run()
    app.text_input(key="f").set_value("x y z t u").run()
    assert app.text_input(key="windows").value == "-3:3"
    app.text_input(key="f").set_value("x^2").run()
    assert app.text_input(key="point").value == "4; 5"
    app.text_input(key="f").set_value("x y").run()
    assert app.text_input(key="point").value == "0, 0; 1, 2"
    assert app.text_input(key="direction").value == "30°"
    assert 'role="alert"' not in html(app)


def test_a_point_that_comes_with_a_function_of_other_variables_is_taken():
    app = open_app("gradient", f="x y z", point="1, 2, 3")
    app.text_input(key="f").set_value("x y")
    app.text_input(key="point").set_value("5, 7").run()
    assert app.text_input(key="point").value == "5, 7"
    assert rows(app)[0] == [7, 5]


def test_points_are_read_by_the_number_of_variables_on_other_pages_too():
    app = open_app("gradient", f="x y", point="0, 0")
    app.switch_page("../../pages/derivatives.py").run()
    app.text_input(key="f").set_value("x^2").run()
    app.switch_page("../../pages/gradient.py").run()
    assert app.text_input(key="point").value == "2"
    assert rows(app)[0] == [4]


def test_the_local_model_in_formulas_and_numbers():
    app = open_app("gradient", f="x^2 + x y", point="1, 2")
    formulas = [element.value for element in app.get("latex")]
    assert any("T = 3+4\\,(x-1)+(y-2)" in text for text in formulas)
    assert any("Q = T +(x-1)^2+(x-1)\\,(y-2)" in text for text in formulas)
    assert table_rows(app, 1)[0][1:3] == [pytest.approx(-1), 2]


@pytest.mark.parametrize(
    ("text", "plane"), [("x^2 - y^2", "T = 2\\,(x-1)-2\\,(y-1)"), ("0x y", "T = 0"), ("x + y", "T = 2+(x-1)+(y-1)")]
)
def test_a_tangent_plane_has_no_terms_of_0(text, plane):
    app = open_app("gradient", f=text, point="1, 1")
    assert plane in [element.value.strip("$\n ") for element in app.get("latex")]


def test_critical_points_are_listed_marked_and_proved():
    app = open_app("gradient", f="x^3 - 3x + y^2", point="0, 1", about="critical")
    assert "Proved: these 2 and none elsewhere" in words(app)
    assert table_rows(app, 1) == [pytest.approx([-1, 0], abs=1e-12), pytest.approx([1, 0], abs=1e-12)]
    assert {"saddle point", "local minimum"} <= {trace.get("name") for trace in figure(app)["data"]}


def test_descent_ends_in_words_and_is_drawn():
    app = open_app("gradient", f="(x - 1)^2 + y^2", point="2, 2", about="descent", methods="newton,adam")
    assert "Newton: The gradient is 0 after 1 step: a local minimum" in words(app)
    newton = next(trace for trace in figure(app)["data"] if trace.get("name") == "Newton")
    assert array(newton["x"]) == pytest.approx([2, 1])
    assert "torch.optim.Adam(p, lr=rate)" in app.code[0].value
    assert "start, rate, steps = torch.tensor([2.0, 2.0]), 0.01, 100" in app.code[0].value


def test_the_code_is_that_of_the_screen():
    app = open_app("gradient", f="a x^2 y", point="1, 2; 3, 4", about="code", direction="0, 2")
    assert "return a*x**2*y" in app.code[0].value
    assert "points = torch.tensor([[1.0, 2.0], [3.0, 4.0]])" in app.code[0].value
    assert "torch.tensor([0.0, 2.0])" in app.code[0].value
    app = open_app("gradient", f="[x, x y]", point="1, 2", about="code")
    assert "curl" in app.code[0].value
    assert "kinks" not in app.code[0].value


@pytest.mark.parametrize("f", ["abs(x) y", "[abs(x) y, x + y]"])
def test_the_code_knows_where_numbers_are_only_a_convention(f):
    app = open_app("gradient", f=f, point="0, 2; 1, 1", about="code")
    assert "kinks = [[0.0, 2.0]]" in app.code[0].value


def test_a_parameter_is_no_coordinate():
    app = open_app("gradient", f="a*x^2 + y", point="1, 1")
    assert [slider.key for slider in app.slider] == ["p_a", "move_0", "move_1"]
    assert rows(app)[0] == [2, 1]


def test_the_point_must_have_a_number_for_each_letter():
    app = open_app("gradient", point="1, 2, 3")
    assert 'role="alert"' in html(app)
    assert rows(app)[0] == [104, 156]


def test_layers_over_the_map():
    app = open_app("gradient", f="x^2 + 4y^2", point="1, 1", layers="zero,axes")
    drawn = {trace.get("name"): trace for trace in figure(app)["data"]}
    slope = array(drawn["∂f/∂x = 0"]["z"]).reshape(101, 101)
    assert slope[0] == pytest.approx(2 * array(drawn["∂f/∂x = 0"]["x"]))
    cross = np.stack([array(drawn["eigenvectors"]["x"]), array(drawn["eigenvectors"]["y"])])
    assert np.diff(cross[:, :2])[:, 0] == pytest.approx([1.8, 0]) or np.diff(cross[:, :2])[:, 0] == pytest.approx(
        [-1.8, 0]
    )


def test_several_points_are_a_table_and_one_of_them_is_looked_at():
    app = open_app("gradient", f="x^2 y", point="1, 2; (3, 1); -1 1", row="2", about="points")
    assert rows(app)[0] == [6, 9]  # of the second
    listed = table_rows(app, 1)
    assert [row[:6] for row in listed] == [
        [1, 2, 2, 4, 1, pytest.approx(17**0.5)],
        [3, 1, 9, 6, 9, pytest.approx(117**0.5)],
        [-1, 1, 1, -2, 1, pytest.approx(5**0.5)],
    ]
    assert [row[6:9] for row in listed] == [[4, 2, 0], [2, 6, 0], [2, -2, 0]]
    assert {
        axis: array(trace[axis]).tolist()
        for trace in figure(app)["data"]
        if trace.get("name") == "other points"
        for axis in "xy"
    } == {"x": [1, -1], "y": [2, 1]}


def test_a_click_and_a_slider_move_the_point_that_is_looked_at():
    app = open_app("gradient", f="x y", point="1, 2; 3, 4", row="2")
    app.text_input(key="picked").set_value("-1.00004;2.5").run()
    assert app.text_input(key="point").value == "1, 2; -1, 2.5"
    assert rows(app)[0] == [2.5, -1]
    app.slider(key="move_1").set_value(-2.0).run()
    assert app.text_input(key="point").value == "1, 2; -1, -2"


def test_a_click_on_the_curve_of_one_letter_moves_the_point():
    app = open_app("gradient", f="x^2", point="1; 2", xwindow="-3:3")
    app.text_input(key="picked").set_value("1.50001;2.25").run()
    assert app.text_input(key="point").value == "1.5; 2"
    assert rows(app)[0] == [3]


@pytest.mark.parametrize("forged", ["nan;1", "1", "x;y", "1e999;0", "<b>;1"])
def test_a_forged_click_moves_nothing(forged):
    app = open_app("gradient", f="x y", point="1, 2")
    app.text_input(key="picked").set_value(forged).run()
    assert app.text_input(key="point").value == "1, 2"
    assert not app.exception


@pytest.mark.parametrize(("direction", "slope"), [("90°", 12), ("3, 4", 0.6 * 8 + 0.8 * 12), ("0", 8)])
def test_the_derivative_along_a_direction(direction, slope):
    app = open_app("gradient", f="x^2 + y^2 + x y", point="4/3, 16/3", direction=direction)
    assert table_rows(app, 1)[0][0] == pytest.approx(slope)
    assert "direction u" in {trace.get("name") for trace in figure(app)["data"]}


def test_newtons_step_leads_to_the_minimum_of_a_bowl_and_the_field_points_up():
    app = open_app("gradient", f="(x - 1)^2 + 2 (y + 1)^2", point="2, 2", layers="newton,field")
    drawn = {trace.get("name"): trace for trace in figure(app)["data"]}
    assert array(drawn["Newton's step"]["x"])[:2] == pytest.approx([2, 1])
    assert array(drawn["Newton's step"]["y"])[:2] == pytest.approx([2, -1])
    field = np.stack([array(drawn["gradient field"]["x"]), array(drawn["gradient field"]["y"])]).reshape(2, -1, 3)
    middle, step = field[:, :, :2].mean(2), field[:, :, 1] - field[:, :, 0]
    slope = np.stack([2 * (middle[0] - 1), 4 * (middle[1] + 1)])
    assert slope[0] * step[1] == pytest.approx(slope[1] * step[0], abs=1e-9)
    assert ((slope * step).sum(0) > 0).all()


def test_streamlines_follow_the_gradient_uphill():
    app = open_app("gradient", f="x^2 - y^2", point="2, 1", layers="stream")
    (drawn,) = (trace for trace in figure(app)["data"] if trace.get("name") == "streamlines")
    x, y = array(drawn["x"]), array(drawn["y"])
    rises = np.diff(x**2 - y**2)
    assert len(x) > 500
    assert (rises[np.isfinite(rises)] > 0).all()
    assert np.isfinite(x).tolist() == np.isfinite(y).tolist()


def test_the_quadratic_model_lies_on_a_quadratic_surface():
    app = open_app("gradient", f="x^2 + 3 x y - y", point="1, 1", pieces="quadratic")
    (patch,) = [trace for trace in figure(app, 1)["data"] if trace.get("name") == "quadratic model"]
    x, y, z = array(patch["x"]), array(patch["y"])[:, None], array(patch["z"]).reshape(25, 25)
    seen = np.isfinite(z)
    assert z[seen] == pytest.approx((x**2 + 3 * x * y - y)[seen])


def test_maps_of_the_entries_are_linked_and_empty_where_f_is_undefined():
    app = open_app("gradient", f="x^3 + log(x) y^2", point="1, 2", about="maps", maps="norm,det,xy")
    shown = figure(app, 2)
    norm, det, mixed = (trace for trace in shown["data"] if trace["type"] == "heatmap")
    x, y = array(norm["x"])[None], array(norm["y"])[:, None]
    x = np.where(x > 0, x, np.nan)
    for trace, values in [
        (norm, np.hypot(3 * x**2 + y**2 / x, 2 * y * np.log(x))),
        (det, (6 * x - y**2 / x**2) * 2 * np.log(x) - (2 * y / x) ** 2),
        (mixed, 2 * y / x),
    ]:
        assert array(trace["z"]).reshape(101, 101) == pytest.approx(values, rel=1e-9, abs=1e-9, nan_ok=True)
    assert [shown["layout"][f"xaxis{k}"]["matches"] for k in (2, 3)] == ["x", "x"]


def test_of_a_slice_only_the_entries_are_mapped():
    app = open_app("gradient", f="x^2 y z", point="1, 2, 3", about="maps", maps="norm,xy")
    (mixed,) = (trace for trace in figure(app, 2)["data"] if trace["type"] == "heatmap")
    assert array(mixed["z"]).reshape(101, 101)[0] == pytest.approx(2 * 3 * array(mixed["x"]))


def test_critical_points_on_a_curve_are_listed_marked_and_proved():
    app = open_app("gradient", f="x y", point="1, 1", about="constraint", g="x^2 + y^2 = 8")
    assert "Proved: these 4 and none elsewhere on the curve" in words(app)
    assert table_rows(app, 1)[3] == pytest.approx([2, 2, 4, 0.5, 64])
    drawn = {trace.get("name"): trace for trace in figure(app)["data"]}
    assert {"g = 0", "local minimum", "local maximum"} <= drawn.keys()
    assert array(drawn["local minimum"]["x"]) == pytest.approx([-2, 2])


@pytest.mark.parametrize(
    ("g", "says"),
    [
        ("x^2 + y^2 = -1", "nowhere seen in the window"),
        ("sqrt(x - 9) = y", "nowhere seen in the window"),
        ("log(x) + y = 0", "where f or g has no derivatives"),
        ("x y = 6", "f seems constant along a piece of the curve"),
    ],
)
def test_what_is_said_of_a_curve_that_is_empty_rough_or_level(g, says, monkeypatch):
    monkeypatch.setattr("lib.ui.gradient.searching.AT_ONCE", 20_000)  # the whole search, with no worker
    app = open_app("gradient", f="x y", point="1, 1", about="constraint", g=g)
    assert says in words(app)
    assert ("g = 0" in [trace.get("name") for trace in figure(app)["data"]]) == ("nowhere" not in says)


@pytest.mark.parametrize("g", ["x + q", "[x, y]", "x = y = 1", "x^2 +", "<script>"])
def test_a_constraint_that_cannot_be_read_is_refused(g):
    app = open_app("gradient", f="x y", about="constraint", g=g)
    assert 'role="alert"' in html(app)
    assert "on the curve" in words(app)  # of the default


def test_the_check_compares_each_entry_with_other_methods():
    app = open_app("gradient", f="x^2 y + sin(x y)", point="1, 2", about="check")
    checked = table_rows(app, 1)  # with SymPy's numbers between the others where they are there in time
    assert len(checked) == 7
    assert all(row[0] == pytest.approx(row[1], rel=1e-6) == pytest.approx(row[-1], rel=1e-6) for row in checked[1:])
    assert "symmetric" in words(app)


def test_dashes_have_reasons_and_the_check_names_the_kink():
    app = open_app("gradient", f="sqrt(x^2 + y^2)", point="0, 0", about="check")
    assert "f has a kink at x = 0" in words(app)
    assert "Along x: f has a kink" in words(app)
    assert "can't be said" in words(app)


def test_the_check_says_where_the_order_of_mixed_derivatives_matters():
    peano = "where(x^2 + y^2 > 0, x y (x^2 - y^2)/(x^2 + y^2), 0)"
    app = open_app("gradient", f=peano, point="0, 0", about="check")
    assert "∂/∂y(∂f/∂x) is -1, but ∂/∂x(∂f/∂y) is 1" in words(app)


TABS = ("model", "points", "maps", "critical", "constraint", "descent", "check", "code")
KINDS = (
    "5",
    "2x + 1",
    "5 + 0 x y",
    "log(x) + sqrt(y) - 1/(x + y)",
    "x y + rand()",
    "x y z",
    "nan x y",
    "[x y, 2x + 1]",
    "[x, 5]",
)


@pytest.mark.parametrize("about", TABS)
@pytest.mark.parametrize(("text", "lang"), list(zip(KINDS, ["en", "zh"] * 5, strict=False)))
def test_every_tab_opens_for_every_kind_of_function(about, text, lang):
    app = open_app(
        "gradient", f=text, about=about, lang=lang, layers="zero,axes,newton,field,stream", pieces="plane,quadratic"
    )
    assert not app.exception
    assert "nan" not in words(app).replace("nan x y", "").lower().split()


def test_a_linear_function_has_a_hessian_of_zeros_everywhere():
    app = open_app("gradient", f="2x + 1 + 0y", point="1, 1; 2, 2", about="points")
    assert rows(app)[:3] == [[2, 0], [0, 0], [0, 0]]
    assert [row[3:9] for row in table_rows(app, 1)] == [[2, 0, 2, 0, 0, 0]] * 2
    assert "The Hessian is zero" in words(app)


@pytest.mark.parametrize("text", ["|x| + |y|", "max(x, -x) + y^2", "|x| + y"])
def test_a_gradient_that_is_only_a_convention_has_stars_and_no_tangent_plane(text):
    app = open_app("gradient", f=text, point="0, 0")
    assert rows(app)[0][0] == 0
    assert '<abbr title="f has a kink at x = 0: its slope is -1 on the left and 1 on the right' in html(app)
    assert "isn't differentiable here" in words(app)
    assert "The gradient is 0" not in words(app)
    assert "f has no tangent plane here" in words(app)
    assert [trace["type"] for trace in figure(app, 1)["data"]] == ["surface"]


def test_a_second_derivative_that_is_only_a_convention_leaves_the_tangent_plane():
    app = open_app("gradient", f="x |x| + y^2", point="0, 0; 1, 1", about="points")
    assert "The Hessian is undefined" in words(app)
    assert [trace["type"] for trace in figure(app, 1)["data"]] == ["surface", "surface", "scatter3d"]
    starred, plain = html(app).split("<table>")[2].split("<tr>")[2:]
    assert [row.split("</table>")[0].count("<abbr") for row in (starred, plain)] == [1, 0]


def test_dashes_and_stars_of_a_jacobian_have_reasons():
    app = open_app("gradient", f="[sqrt(x^2 + y^2), |x|, log(x - 1)]", point="0, 0; 2, 2", about="points")
    root, size, log = html(app).split("<table>")[1].split("<tr>")[2:]
    assert root.count('title="f has a kink at') == 2
    assert (size.count("<abbr"), log.count('title="f is undefined at this point.')) == (1, 3)
    first, second = (row.split("</table>")[0] for row in html(app).split("<table>")[3].split("<tr>")[2:])
    assert (first.count("<abbr"), second.count("<abbr")) == (1, 0)
    assert 'nabla-none"></td>' not in second


def test_what_a_jacobian_says_rests_on_no_convention():
    app = open_app("gradient", f="[|x| + y, x y]", point="0, 1; 1, 1", about="points")
    assert table_rows(app, 0) == [[1, 0, 1], [0, 1, 0]]
    assert table_rows(app, 1)[1:] == [[], [], [0]]  # dashes but for the curl
    assert table_rows(app, 2)[1][-3:] == [0, 2, 0]


def test_away_from_its_kinks_a_function_has_no_stars():
    app = open_app("gradient", f="|x| + |y|", point="1, 2; 3, -4", about="points")
    assert "<abbr" not in html(app)


@pytest.mark.parametrize(
    "text", ["sqrt(1 - x^2 - y^2)", "log(x - 2y)", "[log(x - 2y), x]", "sqrt(1 - x^2 - y^2 - z^2)"]
)
def test_a_function_opens_with_a_point_where_it_is_defined(text):
    assert "undefined" not in words(open_app("gradient", f=text))


def test_one_letter_gets_its_curve_with_tangent_and_parabola_beside_its_derivatives():
    app = open_app("gradient", f="x^3", point="1", xwindow="-2:2")
    traces = {trace.get("name"): trace for trace in figure(app)["data"]}
    parabola = traces["quadratic model"]
    x = array(parabola["x"])
    assert array(parabola["y"]) == pytest.approx(1 + 3 * (x - 1) + 3 * (x - 1) ** 2)
    assert "tangent line" in traces
    slopes = {trace.get("name"): trace for trace in figure(app, 1)["data"]}
    assert array(slopes["f ′"]["y"]) == pytest.approx(3 * array(slopes["f ′"]["x"]) ** 2)


def test_of_one_letter_critical_points_and_ways_of_descent_are_seen_on_the_curve():
    app = open_app("gradient", f="x^3 - 3x", point="2", xwindow="-2:2", about="critical")
    assert "Proved: these 2 and none elsewhere in the window" in words(app)
    marked = {trace.get("name"): trace for trace in figure(app)["data"]}
    assert (array(marked["local minimum"]["x"]), array(marked["local minimum"]["y"])) == pytest.approx((1, -2))
    app = open_app("gradient", f="x^2", point="1", about="descent", methods="gradient", rate="0.1")
    way = next(trace for trace in figure(app)["data"] if trace.get("name") == "Gradient descent")
    assert array(way["y"]) == pytest.approx(array(way["x"]) ** 2)


def test_ackleys_function_has_no_gradient_at_0_and_the_check_says_why():
    ackley = "-20exp(-0.2sqrt((x^2+y^2)/2))-exp((cos(2pi x)+cos(2pi y))/2)+e+20"
    app = open_app("gradient", f=ackley, point="0, 0", about="check")
    assert "Along x: f has a kink at x = 0: its slope is -2.82843 on the left and 2.82843 on the right" in words(app)


@pytest.mark.parametrize(("rate", "taken"), [("0.1", 0.1), ("0.12", 0.1), ("7", 1.0), ("nan", 0.01), ("x", 0.01)])
def test_the_rate_is_a_step_of_its_slider_whatever_the_address_says(rate, taken):
    app = open_app("gradient", f="x^2 + y^2", point="1, 2", about="descent", methods="gradient", rate=rate)
    steps = table_rows(app, 2)
    assert steps[1][:2] == pytest.approx([1 - 2 * taken, 2 - 4 * taken])


def test_the_steps_of_all_methods_stand_side_by_side_and_their_ways_lie_on_the_surface():
    app = open_app(
        "gradient", f="(x - 1)^2 + y^2", point="2, 2", about="descent", methods="newton,gradient", rate="0.5"
    )
    assert '<th scope="colgroup" colspan="4">Newton</th></tr>' in html(app)
    steps = table_rows(app, 2)
    assert steps[0] == [2, 2, 5, pytest.approx(20**0.5)] * 2
    assert steps[1] == pytest.approx([1, 0, 0, 0] * 2)
    on_surface = {trace.get("name"): trace for trace in figure(app, 1)["data"]}
    assert array(on_surface["Newton"]["z"]) == pytest.approx([5, 0])
    fall = figure(app, 2)
    assert fall["layout"]["yaxis"]["type"] == "log"


def test_a_path_that_runs_away_leaves_the_axes_alone():
    app = open_app(
        "gradient", f="(1-x)^2 + 100(y-x^2)^2", point="-1.2, 1", about="descent", methods="gradient", rate="1"
    )
    for drawn in (figure(app, 0), figure(app, 1)):
        way = next(trace for trace in drawn["data"] if trace.get("name") == "Gradient descent")
        assert np.nanmax(np.abs(array(way["x"]))) < 10
    scene = figure(app, 1)["layout"]["scene"]
    assert scene["xaxis"]["range"] == array(figure(app, 1)["data"][0]["x"])[[0, -1]].tolist()
    assert "runs away" in words(app)


def test_more_than_two_letters_have_windows_of_their_own_and_the_slice_shows_what_lies_in_it():
    app = open_app(
        "gradient", f="x^3 - 3x + y^2 + z^2", point="0, 0, 0", windows="-2:2, -1:1, -3:3", up="z", about="critical"
    )
    assert "Proved: these 2 and none elsewhere" in words(app)
    traces = {trace.get("name"): trace for trace in figure(app)["data"]}
    assert array(traces["f"]["x"])[[0, -1]].tolist() == [-2, 2]
    assert array(traces["f"]["y"])[[0, -1]].tolist() == [-3, 3]
    assert array(traces["local minimum"]["x"]) == pytest.approx([1])
    assert "critical off the slice" not in traces
    app = open_app(
        "gradient", f="x^3 - 3x + y^2 + z^2", point="0, 0.5, 0", windows="-2:2, -1:1, -3:3", up="z", about="critical"
    )
    traces = {trace.get("name"): trace for trace in figure(app)["data"]}
    assert array(traces["critical off the slice"]["x"]) == pytest.approx([-1, 1])
    assert "local minimum" not in traces


def test_a_path_through_three_dimensions_is_seen_on_the_slice():
    app = open_app("gradient", f="x^2 + y^2 + (z - 1)^2", point="1, 2, 3", up="z", about="descent", methods="newton")
    (way,) = (trace for trace in figure(app)["data"] if trace.get("name") == "Newton")
    assert np.stack([array(way["x"]), array(way["y"])], 1) == pytest.approx(np.array([[1, 3], [0, 1]]))


@pytest.mark.parametrize("windows", ["-1:1, 0:1", "1:0, 0:1, 0:1", "a, b", "nan:1"])
def test_windows_that_cannot_be_read_are_refused(windows):
    app = open_app("gradient", f="x y z", windows=windows)
    assert 'role="alert"' in html(app)
    assert not app.exception


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("x^2 + y^2", "Proved: this one and none elsewhere in the window"),
        ("x^4 + y^4", "None is proved; there are no others, but perhaps beside those not proved"),
        ("sqrt(x + y)", "looks like a curve along which f has no derivatives"),
        ("sin(x + y)", "looks like a whole curve of critical points"),
        ("sqrt(x^2 + y^2)", "derivatives of f have no bound"),
        ("(x^2 + y^2 + z^2 - 2)^2", "1 is proved; what is left looks like a whole surface of critical points"),
    ],
)
def test_what_is_said_of_what_is_not_proved(text, says, monkeypatch):
    monkeypatch.setattr("lib.ui.gradient.searching.AT_ONCE", 20_000)  # the whole search, with no worker
    assert says in words(open_app("gradient", f=text, about="critical"))


def test_a_point_out_of_the_window_keeps_its_slider():
    app = open_app("gradient", f="x^2 y", point="2, 3", xwindow="-1:1", ywindow="-1:1")
    assert [app.slider(key=f"move_{k}").value for k in (0, 1)] == [2, 3]


def test_dashes_in_the_table_of_all_points_have_reasons():
    app = open_app("gradient", f="sqrt(x) + log(y)", point="-1, 2; 0, 3; 1, 1", about="points")
    table = html(app).split("<table>")[2]
    undefined, edge, inside = (re.findall(r'<td class="nabla-none"([^>]*)>', row) for row in table.split("<tr>")[2:])
    assert [len(undefined), len(edge), len(inside)] == [13, 11, 1]
    assert all("f is undefined at this point" in cell for cell in undefined)
    assert "f has a vertical tangent at x = 0" in edge[0]
    assert "as the gradient is" in edge[-1]
    assert "where the gradient is 0" in inside[0]
