"""The figures of the Learn page: valid for plotly, with breaks where there is nothing to join."""

import numpy as np
import plotly.graph_objects as go

from lib.figures.fitted_surface import fitted_surface_figure, height_range
from lib.figures.learning import fit_figure, loss_figure
from lib.figures.network import loss_surface_figure, residuals_figure, slopes_figure, weights_figure

X = np.linspace(-3.0, 3.0, 13)
ROWS = (np.array([-2.0, 0.0, 2.0]), np.array([4.0, 0.0, 4.0]))
NONE = (np.empty(0), np.empty(0))


def checked(figure):
    return go.Figure(figure.to_dict())


def fit(answers):
    figure = fit_figure((X, X**2), "f", X, answers, ROWS, NONE, ("x", "y"))
    checked(figure)
    return {trace["name"]: trace for trace in figure._traces}, figure._arranged


def test_the_network_is_drawn_inside_the_data_and_extrapolated_outside_without_a_gap():
    traces, layout = fit((X**2)[:, None])
    assert list(traces["network"]["x"][:-1]) == [x for x in X if abs(x) <= 2]
    outside = traces["extrapolated"]
    drawn = np.isfinite(outside["y"])
    assert list(outside["x"][drawn]) == [x for x in X if abs(x) >= 2]
    assert np.abs(outside["x"][:-1][~drawn[:-1]]).max() < 2  # the gap between both sides
    assert [(shape["x0"], shape["x1"]) for shape in layout["shapes"]] == [(-3.0, -2.0), (2.0, 3.0)]


def test_several_answers_are_lines_of_their_own():
    traces, _layout = fit(np.column_stack([X, -X]))
    drawn = traces["network"]["y"]
    inside = int((np.abs(X) <= 2).sum())
    assert len(drawn) == 2 * (inside + 1) and np.isnan(drawn[inside])


def test_losses_are_logarithmic_unless_one_is_not_positive():
    axis = checked(loss_figure([1.0, 0.01], [2.0, float("nan")], 10, 2)).layout.yaxis
    assert axis.type == "log" and axis.dtick == 1
    assert checked(loss_figure([1.0, -0.5], [], 10, None)).layout.yaxis.type is None


def test_many_losses_keep_their_ends_and_every_peak():
    losses = np.exp(-np.linspace(0, 5, 4999))
    losses[1234], losses[3210] = 7.0, 1e-9
    trace = loss_figure(losses, [], 5000, None)._traces[0]
    x, y = trace["x"], trace["y"]
    assert len(x) < 1000 and (x[0], x[-1]) == (1, 4999) and (np.diff(x) > 0).all()
    assert x[y.argmax()] == 1235 and x[y.argmin()] == 3211
    assert (losses[x.astype(int) - 1] == y).all()


def test_each_layer_has_colours_of_its_own():
    network = [(np.full((3, 1), 0.5), np.zeros(3)), (np.full((1, 3), -2.0), np.ones(1))]
    figure = checked(weights_figure([network, network]))
    assert [(trace.zmin, trace.zmax) for trace in figure.data] == 2 * [(-0.5, 0.5), (-2.0, 2.0)]
    assert figure.layout.xaxis2.title.text.endswith("±2")
    assert figure.layout.yaxis.domain[0] > figure.layout.yaxis3.domain[1]  # the second network stands below


def test_the_other_figures_are_valid():
    columns = np.column_stack([X, 0 * X])
    checked(slopes_figure((X, X), X, X, X[:2], "x"))
    checked(residuals_figure(X, columns, columns / 2, (-3.0, 3.0)))
    checked(loss_surface_figure(X, np.exp(np.add.outer(X, X))))
    height = np.add.outer(X, X)
    checked(fitted_surface_figure(X, X, height, height_range(height, X), ("x", "y", "f"), np.ones((2, 3))))
