"""The derivatives that autograd returns by convention, at kinks and jumps."""

from math import pi

import pytest
import torch

from lib.calculus.audit.conventions import existing, first_missing, missing_by_component, missing_derivatives
from lib.expression import parse


@pytest.mark.parametrize(
    ("text", "x", "missing"),
    [
        ("abs(x)", (0.0, 1.0), {0: 1}),
        ("max(x, 0)", (-1.0, 0.0), {1: 1}),
        ("floor(x)", (0.5, 1.0, 2.0), {1: 1, 2: 1}),
        ("abs(cos(x))", (pi / 2,), {0: 1}),
        ("x abs(x)", (0.0,), {0: 2}),
        ("abs(x)", (1e-9,), {}),
        ("x^2 abs(x)", (0.0,), {}),
        ("tan(x)", (pi / 2,), {}),
        ("exp(x) sin(x)", (0.0, 1.0), {}),
    ],
)
def test_the_first_derivative_that_is_missing(text, x, missing):
    found = missing_derivatives(parse(text), torch.tensor(x, dtype=torch.float64))
    assert {i: order for i, (order, _why) in found.items()} == missing


def test_the_reason_is_told_and_the_others_stay():
    found = missing_derivatives(parse("abs(x)"), torch.tensor([0.0, 2.0], dtype=torch.float64))
    assert "kink" in found[0][1]
    rows = existing(torch.ones(3, 2, dtype=torch.float64), found)
    assert rows.isnan().tolist() == [[False, False], [True, False], [True, False]]


def test_of_a_vector_each_component_has_its_own_and_the_curve_the_lowest():
    missing = missing_by_component(parse("[x abs(x), abs(x), x]"), torch.tensor([0.0, 2.0], dtype=torch.float64))
    assert [{i: order for i, (order, _why) in each.items()} for each in missing] == [{0: 2}, {0: 1}, {}]
    assert first_missing(missing) == {0: missing[1][0]}
