"""The derivatives of single operations, by torch on each operation alone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import isfinite

import torch
from torch import Tensor

from lib.readings.tensor import Value

Flow = tuple[Tensor, Tensor | None]


@dataclass(frozen=True, eq=False)
class Single:
    """An operation, its operands, and the gradient that came to its value, if one did."""

    operation: Callable[..., Tensor]
    arguments: Sequence[Value]
    upstream: Tensor | None = None


def alone(singles: Sequence[Single]) -> list[dict[int, Flow]]:
    """For each operation: the place of each operand that asks for a gradient -> the derivative by it, and what it gets.

    The derivative is that of the sum of the operation's values, which is each value's by its own operand. What it gets
    is the product with the gradient that came; where that isn't finite, what torch makes of it: some rules mask zeros.
    """
    watched = [_watched(single) for single in singles]
    local = _gradients([(value, inputs, torch.ones_like(value)) for value, inputs in watched])
    return [_flow(*it) for it in zip(singles, watched, local, strict=True)]


def _watched(single: Single) -> tuple[Tensor, dict[int, Tensor]]:
    """The operation once more, apart from all others, with the operands that ask for gradients."""
    inputs: dict[int, Tensor] = {}
    operands: list[Value] = []
    for place, argument in enumerate(single.arguments):
        if isinstance(argument, Tensor):
            asks = argument.requires_grad
            argument = argument.detach().clone().requires_grad_(asks)
            if asks:
                inputs[place] = argument
        operands.append(argument)
    value = single.operation(*operands)
    return value, inputs if value.requires_grad else {}


def _gradients(of: Sequence[tuple[Tensor, dict[int, Tensor], Tensor]]) -> list[dict[int, Tensor]]:
    """The gradient of each value by its own inputs, all in one pass: their graphs have nothing in common."""
    some = [it for it in of if it[1]]
    every = [tensor for _, inputs, _ in some for tensor in inputs.values()]
    if not every:
        return [{} for _ in of]
    values, upstream = [value for value, _, _ in some], [gradient for _, _, gradient in some]
    found = iter(torch.autograd.grad(values, every, upstream, retain_graph=True, materialize_grads=True))
    return [{place: next(found) + 0.0 for place in inputs} for _, inputs, _ in of]


def _flow(single: Single, watched: tuple[Tensor, dict[int, Tensor]], local: dict[int, Tensor]) -> dict[int, Flow]:
    value, inputs = watched
    if single.upstream is None or not inputs:
        return {place: (slope, None) for place, slope in local.items()}
    passed = {place: slope * single.upstream for place, slope in local.items()}
    elementwise = all(product.shape == inputs[place].shape for place, product in passed.items())
    if not elementwise or not all(isfinite(product.sum()) for product in passed.values()):
        passed = _gradients([(value, inputs, single.upstream)])[0]
    return {place: (local[place], passed[place]) for place in inputs}
