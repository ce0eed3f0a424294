"""Functions that are formulas of others, and layers of torch.nn: values and derivatives are PyTorch's."""

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from lib.expression import parse
from lib.expression.composed import COMPOSED
from lib.expression.vocabulary import LAYERS
from lib.readings.tensor import evaluate

X = [-8.5, -3.1, -1.3, -0.4, 0.2, 0.9, 2.5, 7.25]
Y = 2.5
THEIRS = {"radians": torch.deg2rad, "degrees": torch.rad2deg}


@pytest.mark.parametrize("name", COMPOSED)
def test_composed_functions_are_pytorchs(name: str) -> None:
    theirs = THEIRS.get(name) or getattr(torch, name, None) or getattr(torch.nn.functional, name)
    if COMPOSED[name].least == 2:
        _agree(f"{name}(x, {Y})", lambda x: theirs(x, torch.full_like(x, Y)))
    else:
        _agree(f"{name}(x)", theirs)


@pytest.mark.parametrize("name", LAYERS)
def test_layers_are_pytorchs(name: str) -> None:
    _agree(f"nn.{name}()(x)", getattr(torch.nn, name)())


def test_arguments_of_a_layer_come_after_its_input() -> None:
    assert parse("nn.ELU(2)(x)") == parse("nn.ELU(alpha=2)(x)") == parse("elu(x, 2)")
    assert parse("F.hardtanh(x, -2, 3)") == parse("clamp(x, -2, 3)")


def _agree(text: str, theirs: Callable[[Tensor], Tensor]) -> None:
    ours, other = (torch.tensor(X, dtype=torch.float64, requires_grad=True) for _ in range(2))
    values, truth = evaluate(parse(text), {"x": ours}), theirs(other)
    values.sum().backward()
    truth.sum().backward()
    torch.testing.assert_close(values, truth, rtol=1e-14, atol=1e-15)
    tolerance = 1e-7 if "hardsigmoid" in text.lower() else 1e-14  # PyTorch takes 1/6 in float32 for its derivative
    torch.testing.assert_close(ours.grad, other.grad, rtol=tolerance, atol=1e-15)
