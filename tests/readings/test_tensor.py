"""The tensor reading: shapes, undefined values, what torch gets wrong by itself."""

import math

import mpmath
import pytest
import torch

from lib.expression import parse
from lib.readings.jet import taylor
from lib.readings.tensor import evaluate

X = torch.tensor([0.5, 1.0, 2.0], dtype=torch.float64)


def test_value_has_the_broadcast_shape_and_vectors_lead() -> None:
    grid = {"x": X[:, None], "y": X[None, :]}
    assert evaluate(parse("x*y"), grid).shape == (3, 3)
    assert evaluate(parse("5"), grid).shape == (3, 3)
    assert evaluate(parse("[x, y, 1]"), grid).shape == (3, 3, 3)
    assert evaluate(parse("5"), {}).shape == ()


def test_a_letter_without_a_value_is_an_error() -> None:
    with pytest.raises(ValueError, match="The letter `a` has no value"):
        evaluate(parse("a*x"), {"x": X})


def test_undefined_is_not_a_number() -> None:
    x = torch.tensor([-1.0, 0.0], dtype=torch.float64)
    assert evaluate(parse("log(x)"), {"x": x}).tolist()[1] == -math.inf
    assert evaluate(parse("log(x)"), {"x": x})[0].isnan()
    assert evaluate(parse("{x<-2: 1}"), {"x": x}).isnan().all()


def test_constants_are_folded_without_huge_whole_numbers() -> None:
    assert evaluate(parse("9**9**9**9 + 0*x"), {"x": X}).isinf().all()
    assert evaluate(parse("(-8)^(1/3) + x"), {"x": X}).isnan().all()
    assert evaluate(parse("0^-1 + x"), {"x": X}).isinf().all()


def test_noise_stays_with_the_seed_and_each_call_draws_its_own() -> None:
    f = parse("rand() + 0*x")
    first = evaluate(f, {"x": X})
    assert torch.equal(first, evaluate(f, {"x": X}))
    assert not torch.equal(first, evaluate(f, {"x": X, "seed": 1.0}))
    assert ((first >= 0) & (first < 1)).all()
    assert not torch.equal(evaluate(parse("rand() - rand() + 0*x"), {"x": X}), torch.zeros_like(X))


def test_a_letter_that_bounds_a_sum_has_one_value() -> None:
    f = parse("sum(x^i, i, 1, n)")
    torch.testing.assert_close(evaluate(f, {"x": X, "n": 3.0}), X + X**2 + X**3)
    with pytest.raises(ValueError, match="`n` bounds a sum"):
        evaluate(f, {"x": X, "n": X})


@pytest.mark.parametrize(("text", "at"), [("(1+x)^x", 0.0), ("x^x", 1.0), ("x^(x-1)", 1.0), ("x^x", 0.7)])
def test_power_of_two_tensors_has_the_textbook_derivatives(text: str, at: float) -> None:
    oracle = {
        "(1+x)^x": lambda t: (1 + t) ** t,
        "x^x": lambda t: t**t,
        "x^(x-1)": lambda t: t ** (t - 1),
    }[text]
    truth = [float(mpmath.diff(oracle, at, k)) for k in range(4)]
    x = torch.tensor([at], dtype=torch.float64, requires_grad=True)
    derivative = evaluate(parse(text), {"x": x})
    for expected in truth[1:]:
        (derivative,) = torch.autograd.grad(derivative.sum(), x, create_graph=True)
        assert derivative.item() == pytest.approx(expected, rel=1e-10, abs=1e-12)
    series = taylor(parse(text), x.detach(), 3)
    assert [c.item() * math.factorial(k) for k, c in enumerate(series)] == pytest.approx(truth, rel=1e-10, abs=1e-12)


def test_power_gradient_by_base_and_exponent_keeps_their_shapes() -> None:
    x = X.clone().requires_grad_()
    a = torch.tensor(1.5, dtype=torch.float64, requires_grad=True)
    value = evaluate(parse("x^a"), {"x": x, "a": a})
    by_x, by_a = torch.autograd.grad(value.sum(), (x, a))
    torch.testing.assert_close(by_x, 1.5 * X**0.5)
    torch.testing.assert_close(by_a, (X**1.5 * X.log()).sum())
