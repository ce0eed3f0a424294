"""What the Backprop page says in a step."""

import pytest
import torch

from lib.calculus import tape
from lib.calculus.tape.steps import steps
from lib.expression import parse
from lib.ui.backprop.words import sentence


@pytest.mark.parametrize(
    ("text", "at", "said"),
    [
        ("sqrt(x)", 0.0, "The derivative of y by x is infinite there"),
        (
            "where(x > 0, sqrt(x), 0)",
            -1.0,
            "0 came to v₂, whose local derivative is not finite",
        ),
        ("where(x > 0, sqrt(x), 0)", -1.0, "a branch that `where` does not choose"),
        ("x^x", -2.0, "y has no derivative by x there"),
        ("max(x, 2)", 2.0, "half of it to each"),
        ("clamp(x, 0, 1)", 0.5, "within its bounds"),
        ("x floor(x)", 1.5, "v₁ is flat between its jumps"),
        ("x", 1.0, "`AccumulateGrad` puts it into `x.grad`"),
        ("x^2 + x^3", 1.0, "x is used 2 times, 2 gradients add up"),
    ],
)
def test_the_last_step_says_what_became_of_the_gradient(text, at, said):
    found = tape(parse(text), torch.tensor([at]))
    taken = steps(found)
    assert said in sentence(found, taken, taken.last)


def test_a_zero_that_no_branch_made_is_not_laid_to_where():
    found = tape(parse("sqrt(x) x"), torch.tensor([0.0]))
    last = sentence(found, steps(found), steps(found).last)
    assert "0 times that is NaN" in last and "where" not in last


def test_several_points_are_multiplied_element_by_element():
    found = tape(parse("x^2"), torch.tensor([1.0, 2.0]), reduction="mean")
    taken = steps(found)
    assert "one part in 2 of it to each of the 2 numbers of y" in sentence(found, taken, taken.last - 1)
    assert "element by element" in sentence(found, taken, taken.last)
