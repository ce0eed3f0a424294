"""What autograd makes of formulas at many points, where the same is asked for again, against what it makes of few."""

import pytest
import torch

from lib.calculus import jacobian, local_model
from lib.calculus.by_autograd import MANY
from lib.calculus.local_model import LocalModel
from lib.expression import parse
from lib.expression.functions import FUNCTIONS

ARGUMENTS = {
    **dict.fromkeys(("atan2", "hypot", "mod", "min", "max", "beta", "binomial"), "x, y"),
    "where": "x > y, x, x y^2",
    "clamp": "x, -1.1, y",
}
SPECIAL = [0.0, -0.0, 1.0, -1.0, 20.0, -20.0, 710.0, 1e300, torch.inf, torch.nan]
AXIS = torch.cat([torch.linspace(-3.1, 3.3, 60), torch.tensor(SPECIAL)]).double()
POINTS = torch.cartesian_prod(AXIS, AXIS)
FORMULAS = [
    *(f"y {name}({ARGUMENTS.get(name, 'x')})" for name in FUNCTIONS),
    *(
        "x^y",
        "x^2 y^3 + x^1 y^0",
        "3/(x y)",
        "0 x exp(100y)",
        "abs(x)/y",
        "x - x",
        "nan",
        "x y/0",
        "7",
        "y",
        "2x + a y",
        "abs(x) abs(y)",
    ),
    *("sin(x y) + exp(-x^2 - y^2) + x^3 y", "(1 - x)^2 + 100 (y - x^2)^2", "x^a - y/a", "rand() x y"),
]


def _twice(find, text):
    """What is found first, and what is found of the same again."""
    return [find(parse(text), POINTS, at={"a": 2.5}) for _ in range(2)]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_is_asked_for_again_is_the_same(text):
    assert len(POINTS) > MANY
    first, again = _twice(local_model, text)
    assert torch.equal(first.value.nan_to_num(0.5), again.value.nan_to_num(0.5)), "the value has other bits"
    size = 1e-300 + sum(t.nan_to_num(0).abs().flatten(1).amax(1) for t in (first.value[:, None], first.gradient))
    for one, other in ((first.gradient, again.gradient), (first.hessian, again.hessian)):
        assert torch.equal(one.isnan(), other.isnan())
        room = 1e-12 * (one.abs() + size.reshape(-1, *[1] * (one.ndim - 1)))
        assert ((one - other).abs() <= room)[one.isfinite()].all()
    assert torch.equal(again.hessian.nan_to_num(0.5), again.hessian.mT.nan_to_num(0.5))


@pytest.mark.parametrize("text", ["[x y, sin(x)/y, 2]", "[y, y, log(x), a x]", "[max(x, y), abs(x)]"])
def test_so_is_a_jacobian(text):
    first, again = _twice(jacobian, text)
    torch.testing.assert_close(first.value, again.value, rtol=0, atol=0, equal_nan=True)
    torch.testing.assert_close(first.matrix, again.matrix, rtol=1e-12, atol=1e-12, equal_nan=True)


def test_other_letters_are_asked_for_anew():
    found = [local_model(parse("a x^2 + y"), POINTS, at={"a": a}) for a in (1.0, 1.0, 3.0, 3.0)]
    assert [float(model.hessian[0, 0, 0]) for model in found] == [2, 2, 6, 6]
    swapped = local_model(parse("a x^2 + y"), POINTS, variables=("y", "x"), at={"a": 3.0})
    assert isinstance(swapped, LocalModel)
    assert float(swapped.hessian[0, 1, 1]) == 6
