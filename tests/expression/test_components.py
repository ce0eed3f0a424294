"""A component as a formula of its own has the values of the vector's component."""

import pytest
import torch

from lib.expression import ExpressionError, parse
from lib.expression.components import component
from lib.readings.tensor import evaluate

VECTORS = [
    "[x^2, a*x^3]",
    "2*[x, 1] + sin([x^2, a])",
    "where(x > 0, [x, 1], [a, x])",
    "[[1, x], [a, 2]] @ [x, x^2]",
    "[x, 1] @ [[1, x], [a, 2]]",
    "[[1, x], [a, 2]] @ [[0, x], [3, 2]] @ [x, x^2] - [1, sum(x^i, i, 1, 3)]",
    "[x + rand(), rand()]",
]


@pytest.mark.parametrize("text", VECTORS)
def test_a_component_has_the_values_of_the_vectors(text: str) -> None:
    vector = parse(text)
    values = {"x": torch.linspace(-2, 2, 9, dtype=torch.float64), "a": 1.5, "seed": 3.0}
    whole = evaluate(vector, values)
    for k in range(2):
        part = component(vector, k)
        assert part.shape is None
        assert torch.equal(evaluate(part, values).expand(9), whole[k].expand(9))


def test_a_component_has_its_own_letters_and_reads_back() -> None:
    part = component(parse("[a*cos(t), b*sin(t)]"), 1)
    assert part.names == ("b", "t")
    assert parse(part.canonical()) == part


def test_a_component_that_grows_beyond_the_limits_is_refused() -> None:
    vector = parse(" @ ".join(["[[1,x],[x,1]]"] * 12) + " @ [x, 1]")
    with pytest.raises(ExpressionError):
        component(vector, 0)
