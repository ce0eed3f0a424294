"""The tensor reading: each operation as PyTorch computes it in float64, differentiable by torch.autograd."""

import operator
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional as F

from lib.expression import Expression
from lib.expression.straight_line import StraightLine
from lib.expression.unroll import unroll
from lib.message import Message
from lib.readings import special
from lib.readings.beta import beta_function, binomial
from lib.readings.power import python_power

Value = Any  # Tensor, float or bool: what depends on no tensor stays a Python number, as in typed PyTorch code


def evaluate(
    expression: Expression, values: Mapping[str, Tensor | float], *, dtype: torch.dtype = torch.float64
) -> Tensor:
    """The value of a formula for given letters: of the broadcast shape of the values, float64 unless told otherwise.

    A vector of k components has shape (k, ...). Undefined is NaN, a pole inf, as torch has it; never an exception.
    Differentiable in every value that is a tensor with requires_grad; those are computed with in the given dtype.
    `values["seed"]` seeds rand() and randn() (default 0). Raises ValueError when a letter has no value, ExpressionError
    when a bound makes a sum too long.
    """
    line = straight_line(expression, values)
    shapes = (v.shape for v in values.values() if isinstance(v, Tensor))
    shape = torch.broadcast_shapes(*shapes)  # type: ignore[no-untyped-call]
    parts = run(line, values, shape, dtype)
    return parts[0] if expression.shape is None else torch.stack(parts)


def straight_line(
    expression: Expression, values: Mapping[str, Tensor | float], *, placed: bool = False
) -> StraightLine:
    """The formula's straight-line program with the given values of letters that bound sums.

    placed: with the places of this very text; else they may be those of an equal formula, typed otherwise.
    """
    missing = [name for name in expression.names if name not in values]
    if missing:
        raise ValueError(Message("The letter `{name}` has no value.", name=missing[0]))
    bounds = tuple((name, _bound(name, values[name])) for name in sorted(expression.bounds))
    return unroll.__wrapped__(expression.program, bounds) if placed else _unrolled(expression, bounds)


@lru_cache(maxsize=512)
def _unrolled(expression: Expression, bounds: tuple[tuple[str, float], ...]) -> StraightLine:
    """A formula knows its hash, a program does not."""
    return unroll(expression.program, bounds)


def _bound(name: str, value: Tensor | float) -> float:
    if isinstance(value, Tensor) and (value.requires_grad or value.numel() != 1):
        raise ValueError(Message("`{name}` bounds a sum, so it has one value and is no variable.", name=name))
    return float(value)


def run(
    line: StraightLine,
    values: Mapping[str, Tensor | float],
    shape: torch.Size,
    dtype: torch.dtype = torch.float64,
) -> list[Tensor]:
    """The outputs of a straight-line program, each of the given shape."""
    results: list[Value] = []
    for step in line.operations:
        if step.name == "number":
            results.append(step.value)
        elif step.name == "letter":
            results.append(_letter(values[str(step.value)], dtype))
        elif step.name in NOISE:
            results.append(noise(step.name, step.value, values, shape))
        else:
            results.append(apply(step.name, [results[i] for i in step.operands]))
    return [filled(results[i], shape).to(dtype) for i in line.outputs]


def apply(name: str, arguments: list[Value]) -> Value:
    """One operation on tensors and Python numbers; on Python numbers alone the value is a Python number again."""
    if any(isinstance(a, Tensor) for a in arguments):
        return TENSOR[name](*arguments)
    if name == "pow":
        return python_power(*arguments)
    if name in ALIKE:
        return TENSOR[name](*arguments)
    first, *others = arguments
    result = TENSOR[name](as_tensor(first), *(others if name in TAKES_NUMBERS else map(as_tensor, others)))
    return result.item()


# Of which Python makes what torch does, in a fraction of the time.
ALIKE = frozenset({"add", "sub", "mul", "neg"})
# Whose value for whole numbers is a product.
TAKES_NUMBERS = frozenset({"beta", "binomial"})


def _letter(value: Tensor | float, dtype: torch.dtype) -> Value:
    return value.to(dtype) if isinstance(value, Tensor) else float(value)


def as_tensor(value: Value) -> Tensor:
    if isinstance(value, Tensor):
        return value
    return torch.tensor(value, dtype=torch.bool if isinstance(value, bool) else torch.float64)


def filled(value: Value, shape: torch.Size) -> Tensor:
    """The value at each point; where it is that already, itself: a view would be one more node of torch's graph."""
    if isinstance(value, Tensor):
        return value if value.shape == shape else value.expand(shape)
    return torch.full(shape, float(value), dtype=torch.float64)


LARGEST_SEED = 2.0**53  # beyond, a double isn't every whole number
NOISE = {"rand": torch.rand, "randn": torch.randn}


def noise(name: str, index: Value, values: Mapping[str, Tensor | float], shape: torch.Size) -> Tensor:
    """The draws of one rand() or randn(), one a point, the same for the same seed and shape."""
    seed = float(values.get("seed", 0))
    if not abs(seed) < LARGEST_SEED:
        raise ValueError(Message("Give the noise a seed below 2^53."))
    generator = torch.Generator().manual_seed(int(seed) + int(index))
    return NOISE[name](shape, generator=generator, dtype=torch.float64)


# Each operation in PyTorch. Functions that torch lacks are what lib/readings/code prints for them, to the last bit.

_Line = Callable[..., Tensor]


def _of_tensors(function: _Line) -> _Line:
    """A torch function that takes no Python numbers."""
    return lambda *arguments: function(*(as_tensor(a) for a in arguments))


def _cbrt(x: Tensor) -> Tensor:
    return torch.sign(x) * torch.abs(x) ** (1 / 3)


def _leaky_relu(x: Tensor, slope: Value) -> Tensor:
    x = as_tensor(x)
    return torch.where(x > 0, x, x * slope) if isinstance(slope, Tensor) else F.leaky_relu(x, slope)


def _elu(x: Tensor, alpha: Value) -> Tensor:
    x = as_tensor(x)
    if isinstance(alpha, Tensor):
        return torch.where(x > 0, x, alpha * torch.expm1(torch.minimum(x, torch.zeros_like(x))))
    return F.elu(x, alpha)


def _clamp(x: Tensor, low: Value, high: Value) -> Tensor:
    if isinstance(low, Tensor) or isinstance(high, Tensor):
        return torch.clamp(as_tensor(x), as_tensor(low), as_tensor(high))
    return torch.clamp(as_tensor(x), low, high)


def _heaviside(x: Tensor, at_zero: Value) -> Tensor:
    x = as_tensor(x)
    return torch.where(x < 0, 0.0, torch.where(x > 0, 1.0, as_tensor(at_zero) + 0 * x))


def _sign(x: Tensor) -> Tensor:
    """torch.sign itself is 0 where x is undefined."""
    return torch.where(x == x, torch.sign(x), torch.nan)


# Near ±1 few digits of 1/x, rounded, are left: real numbers go another way.


def _asec(x: Tensor) -> Tensor:
    return torch.acos(1 / x) if x.is_complex() else torch.atan2(_tangent(x), torch.sign(x))


def _acsc(x: Tensor) -> Tensor:
    return torch.asin(1 / x) if x.is_complex() else torch.atan2(torch.sign(x), _tangent(x))


def _acoth(x: Tensor) -> Tensor:
    return torch.atanh(1 / x) if x.is_complex() else torch.copysign(torch.log1p(2 / (torch.abs(x) - 1)) / 2, x)


def _tangent(x: Tensor) -> Tensor:
    """sqrt(x² − 1)"""
    return torch.sqrt(torch.abs(x) - 1) * torch.sqrt(torch.abs(x) + 1)


TENSOR: dict[str, _Line] = {
    "add": operator.add,
    "sub": operator.sub,
    "mul": operator.mul,
    "div": operator.truediv,
    "neg": operator.neg,
    "pow": special.power,
    "lt": operator.lt,
    "le": operator.le,
    "gt": operator.gt,
    "ge": operator.ge,
    "eq": operator.eq,
    "ne": operator.ne,
    "and": _of_tensors(torch.logical_and),
    "or": _of_tensors(torch.logical_or),
    "not": _of_tensors(torch.logical_not),
    "indicator": lambda c: as_tensor(c).to(torch.float64),
    "where": _of_tensors(torch.where),
    "sqrt": torch.sqrt,
    "cbrt": _cbrt,
    "exp": torch.exp,
    "exp2": torch.exp2,
    "expm1": torch.expm1,
    "log": torch.log,
    "log10": torch.log10,
    "log2": torch.log2,
    "log1p": torch.log1p,
    "sin": torch.sin,
    "cos": torch.cos,
    "tan": torch.tan,
    "cot": lambda x: torch.cos(x) / torch.sin(x),  # 1/tan loses its derivatives at π/2, where tan is a pole
    "sec": lambda x: 1 / torch.cos(x),
    "csc": lambda x: 1 / torch.sin(x),
    "asin": torch.asin,
    "acos": torch.acos,
    "atan": torch.atan,
    "acot": lambda x: torch.atan2(torch.ones_like(x), x),  # π/2 − atan(x) cancels for large x
    "asec": _asec,
    "acsc": _acsc,
    "atan2": _of_tensors(torch.atan2),
    "hypot": _of_tensors(special.hypot),
    "sinc": special.sinc,
    "sinh": torch.sinh,
    "cosh": torch.cosh,
    "tanh": torch.tanh,
    "coth": lambda x: 1 / torch.tanh(x),
    "sech": lambda x: 1 / torch.cosh(x),
    "csch": lambda x: 1 / torch.sinh(x),
    "asinh": torch.asinh,
    "acosh": torch.acosh,
    "atanh": torch.atanh,
    "acoth": _acoth,
    # acosh(1/x), but for the rounding of 1/x, which near 1 leaves few digits.
    "asech": lambda x: torch.log1p((1 - x + torch.sqrt((1 - x) * (1 + x))) / x),
    "acsch": lambda x: torch.asinh(1 / x),
    "abs": torch.abs,
    "sign": _sign,
    "floor": torch.floor,
    "ceil": torch.ceil,
    "round": torch.round,
    "trunc": torch.trunc,
    "frac": torch.frac,
    "mod": _of_tensors(torch.remainder),
    "min": _of_tensors(torch.minimum),
    "max": _of_tensors(torch.maximum),
    "clamp": _clamp,
    "heaviside": _heaviside,
    "sigmoid": torch.sigmoid,
    "logit": torch.logit,
    # The default threshold of 20 cuts off 2e-9; at 40 nothing that a double can hold is lost.
    "softplus": lambda x: F.softplus(x, 1, 40),
    "softsign": F.softsign,
    "relu": torch.relu,
    "leaky_relu": _leaky_relu,
    "elu": _elu,
    # F.gelu adds 1 to erf, and loses 3 digits at −3.
    "gelu": lambda x: x * torch.erfc(-x / 2**0.5) / 2,
    "silu": F.silu,
    "mish": F.mish,
    "erf": torch.erf,
    "erfc": torch.erfc,
    "erfinv": torch.erfinv,
    "gamma": special.gamma_function,
    "lgamma": special.lgamma,
    "digamma": special.digamma,
    "beta": beta_function,
    "factorial": special.factorial,
    "binomial": binomial,
    "j0": special.j0,
    "j1": special.j1,
    "i0": special.i0,
    "i1": special.i1,
}
