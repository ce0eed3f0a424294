"""The reading in complex numbers, for functions that extend to them: torch's complex128, principal branches."""

from collections.abc import Mapping

import torch
from torch import Tensor

from lib.expression import Expression
from lib.message import Message
from lib.readings.tensor import TENSOR, evaluate

# Complex differentiable wherever they are defined, cuts apart, and known to torch for complex numbers.
ANALYTIC = frozenset({
    "add", "sub", "mul", "div", "neg", "pow", "sqrt", "exp", "exp2", "expm1", "log", "log10", "log2", "log1p",
    "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "asec", "acsc",
    "sinh", "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh", "atanh", "acoth", "asech", "acsch", "sigmoid",
})  # fmt: skip


def not_analytic(expression: Expression) -> Message | None:
    """None, or the sentence that names the first function that doesn't extend to complex numbers."""
    for step in expression.program:
        if step.operation in TENSOR and step.operation not in ANALYTIC:
            return Message("`{name}` does not extend to complex numbers here.", name=step.operation)
    return None


def complex_slopes(expression: Expression, z: Tensor, variable: str, at: Mapping[str, float]) -> tuple[Tensor, Tensor]:
    """f and f' at complex z (n,): complex128. For a function that `not_analytic` lets pass."""
    points = z.detach().clone().requires_grad_()
    f = evaluate(expression, {**at, variable: points}, dtype=torch.complex128).expand_as(points)
    if not f.requires_grad:
        return f, torch.zeros_like(z)
    # torch's gradient of an analytic f is the conjugate of f'.
    (slope,) = torch.autograd.grad(f, points, torch.ones_like(f), materialize_grads=True)
    return f.detach(), slope.conj()
