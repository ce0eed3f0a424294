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


def test_three_letters_get_numbers_and_a_sentence():
    app = open_app("gradient", f="x*y*z", point="1, 2, 3")
    assert rows(app)[0] == [6, 3, 2]
    assert not app.get("plotly_chart")
    assert "this function has 3" in words(app)


def test_one_letter_works_too():
    app = open_app("gradient", f="2x+1", point="4")
    assert rows(app) == [[2], [0], [0]]


def test_a_vector_gets_its_jacobian():
    app = open_app("gradient", f="[x y, x + y]", point="2, 3")
    assert rows(app) == [[6, 3, 2], [5, 1, 1]]
    assert table_rows(app, 1)[1:] == [[1], [4], [-1]]
    assert not app.get("plotly_chart")


def test_the_local_model_in_formulas_and_numbers():
    app = open_app("gradient", f="x^2 + x y", point="1, 2")
    formulas = [element.value for element in app.get("latex")]
    assert any("T = 3+4\\,(x-1)+1\\,(y-2)" in text for text in formulas)
    assert any("Q = T +1\\,(x-1)^2+1\\,(x-1)\\,(y-2)" in text for text in formulas)
    assert table_rows(app, 1)[0][1:3] == [pytest.approx(-1), 2]


def test_critical_points_are_listed_marked_and_proved():
    app = open_app("gradient", f="x^3 - 3x + y^2", point="0, 1", about="critical")
    assert "Proved: these 2 and none elsewhere" in words(app)
    assert table_rows(app, 1) == [pytest.approx([-1, 0], abs=1e-12), pytest.approx([1, 0], abs=1e-12)]
    assert {"saddle point", "local minimum"} <= {trace.get("name") for trace in figure(app)["data"]}


def test_descent_ends_in_words_and_is_drawn():
    app = open_app("gradient", f="(x - 1)^2 + y^2", point="2, 2", about="descent", methods="newton,adam")
    assert "Newton: The gradient is 0 after 1 steps" in words(app)
    newton = next(trace for trace in figure(app)["data"] if trace.get("name") == "Newton")
    assert array(newton["x"]) == pytest.approx([2, 1])


def test_the_code_is_that_of_the_screen():
    app = open_app("gradient", f="a x^2 y", point="1, 2", about="code")
    assert "return a*x**2*y" in app.code[0].value


def test_a_parameter_is_no_coordinate():
    app = open_app("gradient", f="a*x^2 + y", point="1, 1")
    assert [slider.key for slider in app.slider] == ["p_a"]
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
