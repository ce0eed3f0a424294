"""What x.grad holds after backward(), by the way that y is reduced to one number."""

from collections.abc import Callable, Mapping

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.message import Message
from lib.readings.tensor import evaluate

REDUCTIONS: Mapping[str, Callable[[Tensor], Tensor]] = {"each": lambda y: y, "sum": torch.sum, "mean": torch.mean}


def reduced_gradient(
    expression: Expression,
    x: Tensor,
    reduction: str,
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
) -> Tensor:
    """x.grad (n,) after one backward pass of torch from y = f(x), x (n,); NaN where f or the gradient isn't finite.

    reduction: "each", y.backward(torch.ones_like(y)), which is f'(x_i); "sum", y.sum().backward(), the same numbers,
    since y_i depends on x_i only; "mean", y.mean().backward(), which is f'(x_i) / n. A vector's components are added,
    by mean divided by their number too.
    """
    if reduction not in REDUCTIONS:
        raise ValueError(Message("I don't know the reduction `{name}`: use each, sum or mean.", name=reduction))
    x = torch.as_tensor(x, dtype=torch.float64).detach().clone().requires_grad_()
    y = evaluate(expression, {**at, variable: x})
    if y.requires_grad:
        torch.autograd.backward(REDUCTIONS[reduction](y), torch.ones_like(y) if reduction == "each" else None)
    grad = torch.zeros_like(x) if x.grad is None else x.grad + 0.0
    finite = torch.isfinite(y.detach()).reshape(-1, x.numel()).all(0) & torch.isfinite(grad)
    return grad.masked_fill(~finite, torch.nan)
