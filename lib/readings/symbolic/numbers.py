"""What depends on no letter, in double precision."""

import math
import operator
from collections.abc import Callable

from lib.readings.power import python_power

_MATH = (
    "sqrt", "cbrt", "exp", "exp2", "expm1", "log", "log10", "log2", "log1p", "sin", "cos", "tan", "asin", "acos",
    "atan", "atan2", "hypot", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "erfc", "gamma", "lgamma",
)  # fmt: skip
_QUICK: dict[str, Callable[..., float | bool]] = {
    **{name: getattr(math, name) for name in _MATH},
    **{
        name: getattr(operator, name)
        for name in ("add", "sub", "mul", "neg", "abs", "lt", "le", "gt", "ge", "eq", "ne")
    },
    "div": operator.truediv,
    "pow": python_power,
    "factorial": lambda x: math.gamma(x + 1),
}


def double(name: str, operands: list[float | bool]) -> float | bool:
    """The value that the tensor reading gives, to rounding.

    Without torch where Python can: importing it takes a worker for formulas a second, and three times the memory.
    """
    try:
        return _QUICK[name](*operands)
    except ZeroDivisionError:
        return math.nan if operands[0] == 0 or math.isnan(operands[0]) else math.inf
    except (KeyError, ValueError, OverflowError):
        from lib.readings.tensor import apply

        result: float | bool = apply(name, operands)
        return result
