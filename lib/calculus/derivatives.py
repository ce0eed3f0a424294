"""f, f', f'', ... at points, by torch autograd or by Taylor arithmetic."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import factorial, isfinite
from operator import index
from types import MappingProxyType

import torch
from torch import Tensor

from lib.calculus.blocks import BLOCK, in_blocks
from lib.calculus.passes import Output, Program, recorded
from lib.expression import Expression
from lib.expression.limits import MAX_AUTOGRAD_ORDER, MAX_EFFORT, MAX_ORDER
from lib.message import Message
from lib.readings import arguments
from lib.readings.jet import jets
from lib.readings.tensor import run, straight_line

FACTORIALS = [float(factorial(k)) for k in range(MAX_ORDER + 1)]

NOTHING: Mapping[str, float] = MappingProxyType({})


def derivatives(
    expression: Expression,
    x: Tensor,
    *,
    order: int = 2,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    mode: str = "taylor",
) -> Tensor:
    """f, f', f'', ... at the points x (n,): (order + 1, n), or (order + 1, k, n) for a vector of k components.

    float64. Where f isn't finite, f and every derivative are NaN; where a derivative isn't finite, it and the higher
    ones are NaN. Noise (`rand`) counts as constant. `at` holds the values of the other letters.
    mode: "taylor", orders 0 to 20, k! times the Taylor coefficients; "autograd", orders 0 to 3, nested
    torch.autograd.grad of f(x).sum(). A bad argument is a ValueError.
    """
    expression, x, at = arguments.formula(expression), _points(x), arguments.letters(at)
    if mode not in list(MODES):
        raise ValueError(Message("I don't know the mode `{mode}`: use taylor or autograd.", mode=mode))
    return MODES[mode](expression, x, _order(order), arguments.name(variable), at)


def orders_within_effort(effort: int) -> int:
    """The highest order, at most MAX_ORDER, to which a formula of this effort takes 50 ms at few points."""
    return max(k for k in range(MAX_ORDER + 1) if k <= 3 or effort * (k + 1) * (k + 10) <= MAX_EFFORT * 4 * 13)


def defined(rows: Tensor) -> Tensor:
    """The rows f, f', f'', ..., NaN from the first one on that isn't finite: where f has no value it has no slope."""
    if isfinite(rows.sum()):  # then every number is
        return rows
    return rows.masked_fill_(~torch.isfinite(rows).cumprod(0).bool(), torch.nan)


def _by_taylor(expression: Expression, x: Tensor, order: int, variable: str, at: Mapping[str, float]) -> Tensor:
    """k! times the Taylor coefficients; noise is drawn for all points at once."""
    rows = torch.empty(order + 1, expression.shape or 1, len(x), dtype=torch.float64)
    in_one = expression.random or len(x) <= BLOCK
    program = None if in_one else _program(expression, order, variable, tuple(at.items()))

    def fill(x: Tensor, rows: Tensor) -> None:
        with torch.inference_mode():
            if program:
                program(x[None], rows)
            else:
                _by_jets(expression, x, rows, variable, at)
            defined(rows)

    if in_one:
        fill(x, rows)
    else:
        in_blocks(fill, x, rows)
    return rows[:, 0] if expression.shape is None else rows


def _by_jets(expression: Expression, x: Tensor, rows: Tensor, variable: str, at: Mapping[str, float]) -> None:
    for component, jet in enumerate(jets(expression, x, len(rows) - 1, variable, at)):
        for coefficient, weight, row in zip(jet, FACTORIALS, rows[:, component].unbind(), strict=False):
            if isinstance(coefficient, Tensor) and coefficient.ndim:
                torch.mul(coefficient, weight, out=row)
            else:
                row.fill_(coefficient * weight)


@lru_cache(maxsize=16)
def _program(expression: Expression, order: int, variable: str, at: tuple[tuple[str, float], ...]) -> Program | None:
    """What the jets of a formula do to each block of points, if it is the same for all."""

    def rows(x: Tensor) -> list[Output]:
        components = jets(expression, x, order, variable, dict(at))
        return [(jet[k], FACTORIALS[k]) for k in range(order + 1) for jet in components]

    return recorded(rows, expression.shape or 1)


def _by_autograd(expression: Expression, x: Tensor, order: int, variable: str, at: Mapping[str, float]) -> Tensor:
    if order > MAX_AUTOGRAD_ORDER:
        raise ValueError(
            Message(
                "Autograd goes up to order {limit} here, as its graph grows several times an order: "
                "use Taylor arithmetic beyond.",
                limit=MAX_AUTOGRAD_ORDER,
            )
        )
    x = x.clone().requires_grad_()
    values: dict[str, Tensor | float] = {**at, variable: x}
    # Not stacked: the way back through a stack meets every component, with zeros that times infinity are undefined.
    rows = [_nested(component, x, order) for component in run(straight_line(expression, values), values, x.shape)]
    return defined(rows[0] if expression.shape is None else torch.stack(rows, 1))


def _nested(value: Tensor, x: Tensor, order: int) -> Tensor:
    """One component's (order + 1, n)."""
    rows = [value.expand_as(x)]
    for _ in range(order):
        rows.append(gradient(rows[-1], [x])[0])
    # 0 is added to the stack: to zeros without storage, such as torch uses for abs'', it adds by way of its compiler,
    # whose import takes 4 s.
    return torch.stack([row.detach() for row in rows]) + 0.0


def gradient(values: Tensor, inputs: Sequence[Tensor], *, again: bool = True) -> tuple[Tensor, ...]:
    """The slopes by each input (n,) of values (n,), of which each depends on its own point only: so the gradient of
    their sum holds them all. Zeros where the values are constant. again: themselves differentiable."""
    if not values.requires_grad:
        return tuple(torch.zeros_like(x) for x in inputs)
    one = torch.ones(values.shape, dtype=values.dtype)
    return torch.autograd.grad(values, inputs, one, retain_graph=True, create_graph=again, materialize_grads=True)


def _order(order: int) -> int:
    try:
        known = 0 <= index(order) <= MAX_ORDER
    except TypeError:
        known = False
    if not known:
        raise ValueError(Message("Choose an order of derivative from 0 to {limit}.", limit=MAX_ORDER))
    return index(order)


def _points(x: Tensor) -> Tensor:
    x = arguments.numbers(x)
    if x.ndim != 1:
        raise ValueError(Message("Give the points as one row of numbers."))
    return x


MODES = {"taylor": _by_taylor, "autograd": _by_autograd}
