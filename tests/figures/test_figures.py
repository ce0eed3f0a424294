from base64 import b64decode
from itertools import pairwise

import numpy as np
import plotly.graph_objects as go
import pytest
import torch

from lib.calculus import curve, derivatives, gradient_field, grid, local_model
from lib.expression import parse
from lib.figures import theme
from lib.figures.curve import curve_figure
from lib.figures.errors import error_figure
from lib.figures.inverse import inverse_figure
from lib.figures.landscape import contour_figure, surface_figure
from lib.figures.layers import level_zero, newton_arrow
from lib.figures.maps import Map, maps_figure
from lib.figures.matrix import matrix_figure
from lib.inverse import solutions, solve


def tensor(*values):
    return torch.tensor(values, dtype=torch.float64)


def checked(figure):
    """The figure as plotly's own object, which refuses what plotly.js would not understand, with arrays as numbers."""
    sent = go.Figure(figure.to_dict())
    for trace in sent.data:
        trace.update({axis: array(trace[axis]) for axis in "xyz" if axis in trace and trace[axis] is not None})
    return sent


def array(values):
    """The numbers of an array that was packed for plotly.js."""
    if not isinstance(values, dict):
        return np.asarray(values)
    flat = np.frombuffer(b64decode(values["bdata"]), values["dtype"])
    return flat.reshape([int(n) for n in values["shape"].split(",")]) if "shape" in values else flat


def traces(figure):
    return {trace.name: trace for trace in checked(figure).data}


def curve_of(text, window, points):
    f = parse(text)
    return curve_figure(curve(f, window), points, derivatives(f, points))


def test_each_order_keeps_its_colour_and_dash():
    found = traces(curve_of("x^3", (-1, 1), tensor(0.5)))
    styles = [(found[name].line.color, found[name].line.dash) for name in ("f", "f ′", "f ″")]
    assert styles == [("#3A5BD9", "solid"), ("#D9663A", "dash"), ("#2E9E6B", "dot")]


def test_lines_are_neither_thinned_nor_joined_over_gaps():
    for trace in checked(curve_of("1/x", (-1, 1), tensor(0.5))).data[:3]:
        assert trace.line.simplify is False
        assert trace.connectgaps is False


def test_a_tangent_has_the_slope_of_f_and_touches_it():
    tangent = traces(curve_of("x^2", (-3, 3), tensor(1.0, -2.0)))["tangent line"]
    for k, (x, y, slope) in enumerate([(1, 1, 2), (-2, 4, -4)]):
        across, up = tangent.x[3 * k : 3 * k + 2], tangent.y[3 * k : 3 * k + 2]
        assert np.mean(across) == pytest.approx(x)
        assert np.mean(up) == pytest.approx(y)
        assert np.diff(up) / np.diff(across) == pytest.approx([slope])
        assert np.isnan(tangent.y[3 * k + 2])


def test_an_undefined_point_has_neither_dot_nor_tangent():
    found = traces(curve_of("sqrt(x)", (-1, 4), tensor(-1.0, 4.0)))
    assert list(found["point"].x) == [4]
    assert len(found["tangent line"].x) == 3


def test_noisy_samples_are_dots_and_their_derivative_a_line():
    f = parse("x^2 + 0.2 rand()")
    figure = curve_figure(curve(f, (-1, 1)), tensor(0.5), derivatives(f, tensor(0.5)), noisy=True)
    assert traces(figure)["f"].mode == "markers"
    assert traces(figure)["f ′"].mode == "lines"


def landscape(text, point, window=(-3.0, 3.0)):
    f = parse(text)
    model = local_model(f, point[None])
    return grid(f, window, window), point, model


def test_the_gradient_arrow_points_uphill_from_the_point():
    land, point, model = landscape("x + 2y", tensor(0.0, 1.0))
    arrow = traces(contour_figure(land, point, model.gradient[0], ("x", "y")))["gradient"]
    assert (arrow.x[0], arrow.y[0]) == (0, 1)
    assert np.diff(arrow.y) / np.diff(arrow.x) == pytest.approx([2])


@pytest.mark.parametrize("text, point", [("x^2 + y^2", (0.0, 0.0)), ("log(x) + y", (-1.0, 1.0))])
def test_no_arrow_without_a_gradient(text, point):
    land, at, model = landscape(text, tensor(*point))
    assert "gradient" not in traces(contour_figure(land, at, model.gradient[0], ("x", "y")))


def test_a_square_window_has_equal_scales():
    land, point, model = landscape("x*y", tensor(1.0, 1.0))
    assert checked(contour_figure(land, point, model.gradient[0], ("x", "y"))).layout.yaxis.scaleanchor == "x"


def test_the_tangent_plane_touches_the_surface():
    land, point, model = landscape("x^2 + y", tensor(1.0, 2.0))
    figure = checked(surface_figure(land, point, model, ("x", "y")))
    plane = figure.data[1]
    assert np.mean(plane.z) == pytest.approx(3)
    assert np.diff(plane.z[0]) / np.diff(plane.x) == pytest.approx([2])


def test_a_constant_function_has_a_surface():
    land, point, model = landscape("3 + 0*x*y", tensor(1.0, 2.0))
    figure = checked(surface_figure(land, point, model, ("x", "y")))
    low, high = figure.layout.scene.zaxis.range
    assert low < 3 < high


def inverse_of(text, y, method, window=(-2.0, 2.0), **how):
    f = parse(text)
    trace = solve(f, y, method, window=window, **how)
    found = solutions(f, y, window)
    return trace, traces(inverse_figure(curve(f, window, order=0), y, trace, found))


def test_newtons_tangents_run_from_the_level_to_the_curve_and_back():
    trace, found = inverse_of("x^2", 1.0, "newton", start=2.0)
    x, y = found["tangent line"].x, found["tangent line"].y
    assert list(x[:4]) == [2, 2, 1.25, 1.25]
    assert list(y[:4]) == [1, 4, 1, 1.5625]
    assert list(found["solution"].x) == [-1, 1]
    assert trace.x == pytest.approx(1, rel=1e-15)


def test_bisections_brackets_shrink_row_by_row():
    _trace, found = inverse_of("x^3", 0.3, "bisection", bracket=(0.0, 1.0))
    bars = found["brackets"]
    assert [bars.x[0], bars.x[1], bars.x[3], bars.x[4]] == [0, 1, 0.5, 1]
    assert list(bars.y[:5:3]) == [0, -1]
    assert "tangent line" not in found


def test_without_a_solution_none_is_marked():
    _trace, found = inverse_of("x^2 + 1", 0.0, "bisection", bracket=(-1.0, 1.0))
    assert "solution" not in found
    assert set(found["y = 0"].y) == {0}


def test_each_kind_of_solution_and_break_has_a_look_of_its_own():
    marked = {
        "solution": ("x^2", 1.0, "circle"),
        "touching": ("x^2", 0.0, "diamond"),
        "undecided": ("1/exp(1/x)", 2.0, "circle-open-dot"),
        "pole": ("1/x", 1.0, "x-thin-open"),
        "jump": ("floor(x)", 0.5, "triangle-ne"),
        "hole": ("(x^2-1)/(x-1)", 2.0, "circle-open"),
    }
    for name, (text, y, symbol) in marked.items():
        _trace, found = inverse_of(text, y, "newton", window=(-3.0, 3.0), start=1.5)
        assert found[name].marker.symbol == symbol
        assert set(found[name].y) == {y}
    _trace, found = inverse_of("relu(x)", 0.0, "newton", start=1.0)
    assert found["every x a solution"].x[0] == -2


def test_colours_are_those_of_the_design():
    assert (theme.F, theme.FIRST, theme.SECOND) == ("#3A5BD9", "#D9663A", "#2E9E6B")


def test_stacked_plots_move_together_each_with_its_own_height():
    f = parse("x^3")
    stacked = checked(curve_figure(curve(f, (-1, 1)), tensor(0.5), derivatives(f, tensor(0.5)), stacked=True))
    layout = stacked.layout
    assert [layout[axis].matches for axis in ("xaxis", "xaxis2", "xaxis3")] == ["x3", "x3", None]
    assert {trace.name: trace.yaxis for trace in stacked.data if trace.name.startswith("f")} == {
        "f": None,
        "f ′": "y2",
        "f ″": "y3",
    }
    domains = [layout[axis].domain for axis in ("yaxis3", "yaxis2", "yaxis")]
    assert all(below[1] < above[0] for below, above in pairwise(domains))
    assert layout.yaxis2.range[1] > 3 > layout.yaxis.range[1]


@pytest.mark.parametrize(("text", "drawn"), [("log(abs(x)) + y^2", False), ("x^2 + y^2", True), ("cos(x) + y", True)])
def test_no_zero_curve_is_drawn_along_a_pole(text, drawn):
    """f_x of log|x| is 1/x: its sign changes at the pole x = 0, between two samples."""
    field = gradient_field(parse(text), (-2.0, 2.5), (-1.0, 1.0))
    assert 0.0 not in field.x
    along = np.asarray(checked_trace(level_zero(field, ("x", "y"))[0]).z)
    turns = (along[:, 1:] * along[:, :-1] < 0).any()
    assert turns == drawn


def checked_trace(trace):
    return go.Contour({key: value for key, value in trace.items() if key != "type"})


def test_newtons_arrow_stops_at_the_edge_of_the_map():
    (arrow,) = newton_arrow(tensor(1.0, 0.0), tensor(11.0, 5.0), ((-3.0, 3.0), (-3.0, 3.0)))
    tip = arrow["x"][1], arrow["y"][1]
    assert tip == pytest.approx((1 + 10 * 0.196, 5 * 0.196))
    assert newton_arrow(tensor(1.0, 0.0), tensor(np.nan, np.nan), ((-3.0, 3.0), (-3.0, 3.0))) == []


def test_maps_have_colours_about_0_where_the_sign_matters():
    field = gradient_field(parse("x^2 - 3y"), (-1.0, 2.0), (0.0, 1.0), count=31)
    maps = [Map("|∇f|", field.norm, signed=False), *(Map(f"{k}", field.gradient[..., k]) for k in (0, 1))]
    figure = checked(maps_figure(maps, field.x, field.y, tensor(0.5, 0.5), ("x", "y")))
    heats = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [(trace.zmin, trace.zmax) for trace in heats[1:]] == [(-4, 4), (-3, 3)]
    assert heats[0].zmin == pytest.approx(3)
    domains = [figure.layout[f"xaxis{k}"].domain for k in ("", "2", "3")]
    assert all(left[1] < right[0] for left, right in pairwise(domains))


def test_the_matrix_shows_its_rows_from_the_top():
    figure = checked(matrix_figure(tensor([1.0, 2.0, 3.0], [2.0, np.nan, 4.0], [3.0, 4.0, -5.0]), ("x", "y", "z")))
    assert figure.layout.yaxis.autorange == "reversed"
    assert figure.data[0].z[0].tolist() == [1, 2, 3]
    assert (figure.data[0].zmin, figure.data[0].zmax) == (-5, 5)


def test_the_marks_of_few_steps_are_whole_numbers():
    few, many = (checked(error_figure({"Newton": [1.0] * n})).layout.xaxis.dtick for n in (3, 30))
    assert (few, many) == (1, None)


def test_a_secant_whose_last_step_is_0_is_drawn_to_its_end():
    f = parse("x^2 + x^3 + x^4")
    trace = solve(f, 1, "secant", start=1.0)
    assert len({point.x for point in trace.steps[-1].through}) == 1
    figure = inverse_figure(curve(f, (-2, 2), order=0), 1, trace, solutions(f, 1, (-2, 2)), shown=len(trace.steps) - 1)
    assert checked(figure).data
