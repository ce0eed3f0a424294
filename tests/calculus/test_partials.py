"""Which entries of a gradient and a Hessian f doesn't have at its kinks and jumps."""

import pytest
import torch

from lib.calculus import local_model
from lib.calculus.audit.partials import existing_partials, missing_partials
from lib.expression import parse


def missing_at(text, *points):
    found = missing_partials(parse(text), torch.tensor(points, dtype=torch.float64))
    return {place: order for place, (order, _why) in found.items()}


@pytest.mark.parametrize(
    ("text", "point", "orders"),
    [
        ("|x| + |y|", (0, 0), {0: 1, 1: 1}),
        ("|x| + |y|", (1, 0), {1: 1}),
        ("|x| + |y|", (1, 2), {}),
        ("max(x, y)", (1, 1), {0: 1, 1: 1}),
        ("sqrt(x^2 + y^2)", (0, 0), {0: 1, 1: 1}),
        ("x |x| + y^2", (0, 0), {0: 2}),
        ("floor(x) + y", (1, 1), {0: 1}),
        ("x^2 + y^2", (0, 0), {}),
        ("|x| + rand()", (0, 0), {}),
        ("log(x) + y", (-1, 0), {}),
    ],
)
def test_the_first_derivative_that_is_missing_along_each_variable(text, point, orders):
    assert missing_at(text, point) == {(0, k): order for k, order in orders.items()}


def test_of_many_points_those_at_a_kink_are_found():
    assert missing_at("|x| + |y - 2|", (1, 1), (0, 1), (3, 2)) == {(1, 0): 1, (2, 1): 1}


def test_what_is_missing_is_left_out_of_the_model_and_nothing_else():
    f, points = parse("|x| + x y + y^2 + y |y|/2"), torch.tensor([[0.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
    model = local_model(f, points)
    real = existing_partials(model, missing_partials(f, points))
    assert real.gradient.isnan().tolist() == [[True, False], [False, False]]
    assert real.hessian.isnan().tolist() == [[[True, True], [True, True]], [[False, False], [False, False]]]
    assert real.hessian[1].equal(model.hessian[1])
    assert real.test == (None, None)
