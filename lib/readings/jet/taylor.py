"""The jet reading: truncated Taylor series of torch tensors, f, f', …, f^(n) in one pass.

A jet is the list of Taylor coefficients at n points, as lib/readings/jet/series.py has it.
"""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from lib.expression import Expression
from lib.readings.jet.functions import JET
from lib.readings.jet.series import (
    ARITHMETIC,
    ZERO,
    Jet,
    constant,
)
from lib.readings.tensor import NOISE, TENSOR, apply, as_tensor, filled, noise, straight_line


@torch.no_grad()
def taylor(
    expression: Expression,
    x: Tensor,
    order: int,
    *,
    variable: str = "x",
    at: Mapping[str, float | Tensor] | None = None,
) -> Tensor:
    """The Taylor coefficients f^(k)(x)/k!, k = 0 … order: (order + 1, n) for n points, (order + 1, k, n) for a vector.

    `at` holds the values of the other letters, floats or tensors (n,). Undefined is NaN.
    """
    parts = [torch.stack([filled(c, x.shape) for c in jet]) for jet in jets(expression, x, order, variable, at or {})]
    rows = parts[0] if expression.shape is None else torch.stack(parts, 1)
    return rows.masked_fill_(rows[0].isnan(), torch.nan)


def jets(expression: Expression, x: Tensor, order: int, variable: str, at: Mapping[str, float | Tensor]) -> list[Jet]:
    """The jet of each component at the points x (n,); where its value is NaN, its other coefficients are anything."""
    x = x.to(torch.float64)
    values: dict[str, Tensor | float] = {**at, variable: x}
    line = straight_line(expression, values)
    line, done = (line.distinct, line.distinct.last_uses) if x.numel() >= MANY else (line, {})
    seed: Jet = [x, 1.0, *[ZERO] * (order - 1)][: order + 1]
    results: list[Value] = []
    for i, step in enumerate(line.operations):
        if step.name == "number":
            results.append(step.value)
        elif step.name == "letter":
            results.append(seed if step.value == variable else _given(values[str(step.value)], seed))
        elif step.name in NOISE:
            results.append(constant(noise(step.name, step.value, values, x.shape), len(seed)))
        else:
            results.append(_apply(step.name, [results[k] for k in step.operands], len(seed)))
        for k in done.get(i, ()):  # the next operations take over the memory, while it is in the processor's cache
            results[k] = None
    return [_lift(results[i], len(seed)) for i in line.outputs]


MANY = 8192  # points: from here on memory that is not in the cache costs more than keeping account of it

Value = Any  # a Jet, a float for a constant, a Tensor of truth values or a bool


def _apply(name: str, arguments: list[Value], length: int) -> Value:
    if not any(isinstance(a, _SERIES) for a in arguments):
        return apply(name, arguments)
    if name in _ON_VALUES or length == 1:
        value = TENSOR[name](*(a[0] if isinstance(a, list) else a for a in arguments))
        return value if name in _ON_VALUES else [value]
    if name == "indicator":
        return constant(as_tensor(arguments[0]).to(torch.float64), length)
    if name in ARITHMETIC:
        return ARITHMETIC[name](*(_lift(a, length) for a in arguments))
    return JET[name](*(_lift(as_tensor(a) if isinstance(a, float | bool) else a, length) for a in arguments))


_SERIES = (list, Tensor)
# conditions look at values only
_ON_VALUES = frozenset({"lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not"})


def _given(value: Tensor | float, seed: Jet) -> Value:
    """The jet of another letter's value."""
    return constant(value.to(torch.float64), len(seed)) if isinstance(value, Tensor) else float(value)


def _lift(value: Value, length: int) -> Value:
    """A number as a constant jet; a jet or truth values as they are."""
    if isinstance(value, list) or (isinstance(value, Tensor) and value.dtype == torch.bool):
        return value
    return constant(value, length)
