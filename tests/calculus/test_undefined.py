"""Each dash of the table has its reason."""

import pytest
import torch

from lib.calculus import derivatives
from lib.calculus.at_points import at_points
from lib.calculus.undefined import why_undefined
from lib.expression import parse


@pytest.mark.parametrize("text, x, words", [
    ("log(x)", -1.0, ["undefined at -1"] * 3),
    ("1/x", 0.0, ["infinite at 0"] * 3),
    ("exp(1000x)", 1.0, ["infinite at 1"] * 3),
    ("sqrt(x)", 0.0, [None, "this derivative came out undefined", "as the derivative before it is"]),
    ("x^2", 1.0, [None] * 3),
])  # fmt: skip
def test_every_dash_has_its_reason(text, x, words):
    expression, points = parse(text), torch.tensor([0.001, x], dtype=torch.float64)
    found = why_undefined(expression, points, derivatives(expression, points, order=2))
    assert all(i == 1 for _order, i in found)
    for order, expected in enumerate(words):
        assert (expected is None) == ((order, 1) not in found)
        assert expected is None or expected in str(found[order, 1])


def test_orders_above_an_undefined_one_are_undefined():
    rows = at_points(parse("where(x != 0, sin(x)/x, 1)"), torch.tensor([0.0, 1.0], dtype=torch.float64), 6)
    assert rows.isfinite().T.tolist() == [[True] + 6 * [False], 7 * [True]]
