"""What can be opened below the plot of the Derivatives page, and what can be drawn in it."""

import numpy as np
import pytest

from tests.pages.app import array, figure, html, open_app, rows, table_rows, words


def traces(app):
    return {trace["name"]: trace for trace in figure(app)["data"]}


def test_features_are_listed_and_marked():
    app = open_app(f="x^3 - 3x", window="-3:3")
    found = {row[0]: row for row in table_rows(app, 1)}
    assert found[-1.0][1] == 2
    assert found[1.0][1] == -2
    for word in ("root", "minimum", "maximum", "inflection point"):
        assert word in words(app)
        assert word in traces(app)
    assert array(traces(app)["maximum"]["x"]).tolist() == [-1]


def test_the_taylor_polynomial_is_drawn_with_its_remainder():
    app = open_app(f="exp(x)", detail="taylor", degree="2", about="0", points="1")
    [[x, f, polynomial, remainder]] = table_rows(app, 1)
    assert (x, polynomial) == (1, 2.5)
    assert f - polynomial == pytest.approx(remainder) == pytest.approx(np.e - 2.5)
    drawn = traces(app)["Taylor, degree 2"]
    x, y = array(drawn["x"]), array(drawn["y"])
    np.testing.assert_allclose(y, 1 + x + x**2 / 2, rtol=1e-12, atol=1e-12)


def test_the_remainder_is_drawn_and_its_largest_is_told():
    app = open_app(f="exp(x)", detail="taylor", degree="1", about="0", points="1", window="-1:2")
    drawn = traces(app)["remainder f − T"]
    x, y = array(drawn["x"]), array(drawn["y"])
    np.testing.assert_allclose(y, np.exp(x) - 1 - x, rtol=1e-9, atol=1e-12)
    assert f"{np.exp(2) - 3:.6g} at x = 2" in words(app)


def test_tangents_and_normals_are_told_as_equations():
    app = open_app(f="x^2", detail="tangents", points="1, 0")
    found = words(app)
    assert "y = 2 x − 1" in found
    assert "y = −0.5 x + 1.5" in found
    assert "y = 0" in found
    assert "x = 0" in found
    assert [row[-1] for row in table_rows(app, 1)] == [pytest.approx(5**1.5 / 2), 0.5]


def test_a_dash_among_the_tangents_tells_its_reason():
    shown = html(open_app(f="[|x|, sqrt(x)]", detail="tangents", points="0, -1, 2"))
    lines = shown.split("</table>")[1]
    assert lines.count("—") == lines.count(' aria-label="f ') == 4 + 4 + 4
    assert lines.count('title="f has a kink at x = 0') == 4
    assert lines.count('title="f is undefined at -1."') == 4


def test_noise_has_no_differences():
    app = open_app(f="x^2 + rand()", detail="check", points="1")
    assert "Differences meet another noise" in words(app)
    assert len(app.get("plotly_chart")) == 1


def test_no_taylor_polynomial_where_a_derivative_is_undefined():
    assert "no Taylor polynomial" in words(open_app(f="log(x)", detail="taylor", about="-1"))


def test_the_check_says_what_autograd_makes_of_a_kink():
    app = open_app(f="|x|", points="0, 1", detail="check")
    assert "kink" in words(app)
    assert "-1 on the left and 1 on the right" in words(app)
    assert "agree to 16 digits" in words(app)


@pytest.mark.parametrize(("text", "without"), [("1/x", 0), ("|x - 1|", 1), ("where(x < 1, x^2, 2x)", 1)])
def test_the_errors_of_differences_are_those_of_the_first_point_with_derivatives(text, without):
    app = open_app(f=text, points=f"{without}, 2", detail="check")
    assert "Errors at x = 2:" in words(app)
    assert any(np.isfinite(array(trace["y"])).any() for trace in figure(app, 1)["data"])
    assert len(open_app(f="1/x", points="0", detail="check").get("plotly_chart")) == 1


def test_differences_have_a_dash_with_its_reason_where_a_slope_has_two_sides():
    app = open_app(f="where(x > 0, x^2*sqrt(x)/sqrt(x), -x)", points="0", detail="check")
    last = html(app).split("differences</td>")[1].split("</tr>")[0]
    assert last.count("—") == 2
    assert last.count("f has a kink at x = 0") >= 2
    assert "-0.5" not in last


def test_the_code_is_shown():
    app = open_app(f="a*x^2", points="1, 2", detail="code", p_a="2.5")
    assert "a = 2.5" in app.code[0].value
    assert "torch.tensor([1.0, 2.0]" in app.code[0].value


def test_higher_orders_come_in_columns():
    app = open_app(f="x^10", points="1", order="12")
    assert rows(app) == [[1, 1, 10, 90, 720, 5040, 30240, 151200, 604800, 1814400, 3628800, 3628800, 0, 0]]


def test_order_0_is_the_function_alone():
    assert rows(open_app(f="x^2", points="3", order="0")) == [[3, 9]]


def test_what_is_drawn_is_chosen():
    app = open_app(f="x^2", draw="0,1", beside="normal,circle")
    names = set(traces(app))
    assert {"f", "f ′", "normal", "osculating circle", "point"} <= names
    assert not {"f ″", "tangent line"} & names


def test_the_osculating_circle_of_a_parabola_at_its_vertex_has_radius_one_half():
    app = open_app(f="x^2", points="0", beside="circle")
    circle = traces(app)["osculating circle"]
    x, y = array(circle["x"]), array(circle["y"])
    ok = np.isfinite(x)
    np.testing.assert_allclose(x[ok] ** 2 + (y[ok] - 0.5) ** 2, 0.25, rtol=1e-12)


def test_stacked_plots_have_an_axis_each():
    layout = figure(open_app(f="x^3", plots="stacked"))["layout"]
    assert {"yaxis", "yaxis2", "yaxis3"} <= layout.keys()


def test_a_view_in_the_address_zooms_the_plot_and_samples_it_anew():
    app = open_app(f="x^2", view="0.1:0.2;0:0.05")
    assert figure(app)["layout"]["xaxis"]["range"] == [0.1, 0.2]
    x = array(traces(app)["f"]["x"])
    assert x.min() == 0.1
    assert x.max() == 0.2
    app.text_input(key="f").set_value("x^3").run()
    assert figure(app)["layout"]["xaxis"]["range"] == [-3, 3]


@pytest.mark.parametrize("view", ["1:2", "nan:1;0:1", "2:1;0:1", "1:2;3:4;5:6", "<b>", "0:1e300;0:1"])
def test_a_view_that_makes_no_sense_is_ignored(view):
    app = open_app(f="x^2", view=view)
    assert figure(app)["layout"]["xaxis"]["range"] == [-3, 3]
    assert not app.exception


def test_a_slider_moves_a_point():
    app = open_app(f="x^2", points="1, 2")
    app.slider(key="move").set_value(-1.5).run()
    assert [row[0] for row in rows(app)] == [-1.5, 2]
    app.selectbox(key="which").set_value(1).run()
    app.slider(key="move").set_value(0.6).run()
    assert [row[0] for row in rows(app)] == [-1.5, 0.6]


def test_the_range_of_a_letter_is_typed():
    app = open_app(f="a*x", range_a="0:20", p_a="15")
    assert app.slider(key="p_a").value == 15
    assert app.slider(key="p_a").max == 20
    app.text_input(key="range_a").set_value("nonsense").run()
    assert not app.exception


@pytest.mark.parametrize("detail", ["features", "tangents", "taylor", "check", "code"])
@pytest.mark.parametrize("text", ["5", "log(-1)", "[cos(t), sin(t)]", "x^2 + rand()", "tan(x)", "floor(x)", "nan*x"])
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_detail_of_every_kind_of_function_opens(detail, text, lang):
    app = open_app(f=text, detail=detail, lang=lang)
    assert not app.exception
    assert "nan" not in words(app).replace("nan*x", "").lower().split()
    assert html(app)


def test_there_is_no_tangent_at_a_kink():
    app = open_app(f="abs(x)", points="0, 1", detail="tangents")
    assert rows(app)[0] == [0, 0, 0, 0]  # PyTorch's numbers stay, with a note
    assert "by convention" in html(app).split("<abbr")[1].split(">")[0]
    assert html(app).count("<abbr") == 2
    assert table_rows(app, 1)[0] == [0]
    assert "x = 0:" in words(app)
    assert array(traces(app)["tangent line"]["x"])[[0, 2]].mean() != 0
    assert len(traces(app)["tangent line"]["x"]["bdata"]) < 40


def test_points_out_of_sight_do_not_scale_the_plot():
    app = open_app(f="exp(x)", points="1, 60", window="-3:3")
    assert figure(app)["layout"]["yaxis"]["range"][1] < 100


def test_poles_have_a_dotted_line():
    drawn = traces(open_app(f="tan(x)", points="0", window="-3:3"))["asymptote"]
    x = array(drawn["x"])
    assert sorted(set(x.tolist())) == pytest.approx([-np.pi / 2, np.pi / 2])
    assert drawn["line"]["dash"] == "dot"


def test_the_check_shows_all_digits_and_greek_letters():
    app = open_app(f="theta^3", detail="check", points="0.1")
    assert "At θ = 0.1 autograd" in words(app)
    assert f">{0.1**3!r}<" in html(app)
    assert ">0.00100000" in html(app).split("float32")[1]
