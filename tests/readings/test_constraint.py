"""The constraint as a visitor types it."""

import pytest

from lib.expression import ExpressionError, parse
from lib.readings.constraint import read_constraint


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("x^2 + y^2 = 4", "(x^2 + y^2) - 4"),
        ("x^2 + y^2 - 4", "x^2 + y^2 - 4"),
        ("y ＝ x", "y - x"),
        ("where(x <= 1, x, 2) - y", "where(x <= 1, x, 2) - y"),
        ("where(x == 1, x, 2) - y", "where(x == 1, x, 2) - y"),
        ("a = x", "a - x"),
        ("x^2 == y", "x^2 - y"),
        ("g(x, y) = x + y - 1", "x + y - 1"),
        ("g = x + y - 1", "x + y - 1"),
    ],
)
def test_reads_an_equation_or_what_is_to_be_0(text, same):
    assert read_constraint(text, ("x", "y", "a")) == parse(same)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("x = y +", (7, 7)),
        ("b = x", (0, 5)),
        ("x = [x, y]", (3, 10)),
        ("x = ", (3, 4)),
        ("x = y = 1", (6, 7)),
        ("x + y < 1", (0, 9)),
        ("1 = 2", (0, 5)),
        ("g = x + b", (0, 9)),
    ],
)
def test_refuses_the_rest_with_its_place(text, span):
    with pytest.raises(ExpressionError) as refused:
        read_constraint(text, ("x", "y", "a"))
    assert refused.value.span == span
