"""Why a value or a derivative is undefined, in a sentence."""

from collections.abc import Mapping

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.message import Message
from lib.readings.tensor import evaluate


@torch.no_grad()
def why_undefined(
    expression: Expression, x: Tensor, rows: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> dict[tuple[int, int], Message]:
    """(order, point) -> the reason, for each NaN in rows (orders, n), the f, f', … of one value at x (n,)."""
    missing = rows.isnan()
    if not missing.any() or expression.shape is not None:
        return {}
    f = evaluate(expression, {**at, variable: x}).expand_as(x)
    reasons = {}
    for order, i in missing.nonzero().tolist():
        place = float(x[i])
        if f[i].isnan():
            reasons[order, i] = Message("f is undefined at {x:.6g}.", x=place)
        elif f[i].isinf():
            reasons[order, i] = Message("f is infinite at {x:.6g}: a pole, or too large for a double.", x=place)
        elif missing[order - 1, i]:
            reasons[order, i] = Message("Undefined, as the derivative before it is.")
        else:
            reasons[order, i] = Message(
                "f is defined at {x:.6g}, but this derivative came out undefined: at an end of the domain, a vertical "
                "tangent, a number too large, or a branch of `where` that is undefined here. See the check below.",
                x=place,
            )
    return reasons
