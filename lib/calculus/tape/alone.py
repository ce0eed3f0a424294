"""The derivatives of a single operation, by torch on that operation alone."""

from collections.abc import Callable, Sequence

import torch
from torch import Tensor

from lib.readings.tensor import Value

Flow = tuple[Tensor, Tensor | None]


def alone(operation: Callable[..., Tensor], arguments: Sequence[Value], upstream: Tensor | None) -> dict[int, Flow]:
    """For each operand that asks for a gradient its place -> the derivative by it, and what it gets from upstream.

    The derivative is that of the sum of the operation's values, which is each value's by its own operand. The second is
    its product with the gradient that arrived; where that isn't finite, what torch makes of it: some rules mask zeros.
    """
    inputs: dict[int, Tensor] = {}
    operands: list[Value] = []
    for place, argument in enumerate(arguments):
        if isinstance(argument, Tensor):
            asks = argument.requires_grad
            argument = argument.detach().clone().requires_grad_(asks)
            if asks:
                inputs[place] = argument
        operands.append(argument)
    value = operation(*operands)
    if not value.requires_grad:
        return {}
    by_operand = _gradient(value, inputs, torch.ones_like(value))
    if upstream is None:
        return {place: (local, None) for place, local in by_operand.items()}
    passed = {place: local * upstream for place, local in by_operand.items()}
    elementwise = all(product.shape == inputs[place].shape for place, product in passed.items())
    if not elementwise or not all(torch.isfinite(product).all() for product in passed.values()):
        passed = _gradient(value, inputs, upstream)
    return {place: (by_operand[place], passed[place]) for place in inputs}


def _gradient(value: Tensor, inputs: dict[int, Tensor], upstream: Tensor) -> dict[int, Tensor]:
    found = torch.autograd.grad(value, list(inputs.values()), upstream, retain_graph=True, materialize_grads=True)
    return dict(zip(inputs, (gradient + 0.0 for gradient in found), strict=True))
