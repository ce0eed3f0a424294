"""Autograd and Taylor arithmetic check each other at every point of the table."""

import pytest
import torch

from lib.calculus.at_points import at_points
from lib.calculus.audit.rounding import differing
from lib.expression import parse

PLACES = torch.tensor([-3, -1.5, -1, -0.1, 0, 0.1, 0.5, 1, 2, 3, 7.5, 20], dtype=torch.float64)


@pytest.mark.parametrize(
    ("text", "x", "wrong", "right"),
    [
        ("sin(x)/x", 1e-9, {1: 0.0, 2: -128.0}, None),  # both lose their digits; true are -3e-10 and -1/3
        ("log(1 + exp(x))", 700.0, {2: 1.0}, 0.0),  # PyTorch subtracts a square that overflows
    ],
)
def test_a_number_that_rounding_has_spoilt_is_found(
    text: str, x: float, wrong: dict[int, float], right: float | None
) -> None:
    e, points = parse(text), torch.tensor([2.0, x], dtype=torch.float64)
    values = at_points(e, points, 2)
    found = differing(e, points, values)
    assert (2, 1) in found and all(i == 1 for _order, i in found)
    assert {k: float(values[k, 1]) for k in wrong} == wrong
    assert right is None or found[2, 1] == pytest.approx(right, abs=1e-12)


@pytest.mark.parametrize(
    "text",
    ["x^2 - 2x + 1", "exp(x) - e*x", "x^x", "tan(x)", "1/x", "gamma(x)", "x^2*sin(1/x)", "sqrt(1 - x^2)", "tanh(x)^2",
     "exp(-1/x^2)", "(x-1)^5", "x^2.5", "x^(1/3)", "sum(x^i/i!, i, 0, 20)", "[sin(x), x^3]", "rand() + x^2"],
)  # fmt: skip
def test_at_ordinary_points_nothing_differs(text: str) -> None:
    e = parse(text)
    assert differing(e, PLACES, at_points(e, PLACES, 5)) == {}


def test_of_a_vector_the_component_is_named() -> None:
    e, points = parse("[x, sin(x)/x]"), torch.tensor([1e-9], dtype=torch.float64)
    assert set(differing(e, points, at_points(e, points, 2))) == {(2, 1, 0)}
