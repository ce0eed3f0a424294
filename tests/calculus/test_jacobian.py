"""Jacobians against matrices worked out by hand."""

from math import cos, exp, nan, sin

import pytest
import torch

from lib.calculus import jacobian
from lib.expression import parse


def points(*rows):
    return torch.tensor(rows, dtype=torch.float64)


def test_polar_coordinates_have_the_determinant_r():
    found = jacobian(parse("[r cos(t), r sin(t)]"), points([2, 0.7], [3, -1]), variables=("r", "t"))
    assert found.matrix[0].flatten().tolist() == pytest.approx([cos(0.7), -2 * sin(0.7), sin(0.7), 2 * cos(0.7)])
    assert found.determinant.tolist() == pytest.approx([2, 3])
    assert found.singular_values.tolist() == [pytest.approx([2, 1]), pytest.approx([3, 1])]


def test_divergence_and_curl():
    field = jacobian(parse("[x y, y z, x exp(z)]"), points([1, 2, 0.5]), variables=("x", "y", "z"))
    assert field.divergence.tolist() == pytest.approx([2 + 0.5 + exp(0.5)])
    assert field.curl.tolist() == [pytest.approx([-2, -exp(0.5), -1])]
    turning = jacobian(parse("[-y, x]"), points([4, 5]))
    assert turning.divergence.tolist() == [0]
    assert turning.curl.tolist() == [[2]]


def test_a_matrix_that_is_not_square():
    found = jacobian(parse("[x + 2y, 3, x y]"), points([4, 5]))
    assert found.matrix.tolist() == [[[1, 2], [0, 0], [5, 4]]]
    assert found.determinant.isnan().all()
    assert found.divergence is None
    assert found.curl is None


def test_one_value_has_its_gradient_as_the_only_row():
    assert jacobian(parse("2x+1"), points([4]), variables=("x",)).matrix.tolist() == [[[2]]]


def test_undefined_components_leave_the_others_alone():
    found = jacobian(parse("[log(x), y^2]"), points([-1, 3]))
    assert found.value[0].tolist() == pytest.approx([nan, 9], nan_ok=True)
    assert found.matrix[0, 0].isnan().all()
    assert found.matrix[0, 1].tolist() == [0, 6]
    assert found.singular_values.isnan().all()


def test_a_point_needs_a_number_for_each_variable():
    with pytest.raises(ValueError, match="2 coordinates"):
        jacobian(parse("[x, y]"), points([1, 2, 3]))


def test_a_component_without_derivatives_leaves_the_others_alone():
    found = jacobian(parse("[sqrt(x^2 + y^2), x y + y]"), torch.zeros(1, 2, dtype=torch.float64))
    assert found.matrix[0, 0].isnan().all()
    assert found.matrix[0, 1].tolist() == [0, 1]
