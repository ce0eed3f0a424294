"""Why a value or a derivative is undefined, in a sentence."""

from collections.abc import Mapping, Sequence
from math import isfinite, isinf, isnan

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


@torch.no_grad()
def why_undefined_at(
    expression: Expression,
    point: Sequence[float],
    gradient: Tensor,
    hessian: Tensor,
    *,
    variables: Sequence[str],
    at: Mapping[str, float] = NOTHING,
) -> dict[tuple[int, ...], Message]:
    """(i,) or (i, j) -> the reason, for each NaN in the gradient (d,) and the Hessian (d, d) at one point (d,)."""
    first = [(i,) for (i,) in gradient.isnan().nonzero().tolist()]
    second = [(i, j) for i, j in hessian.isnan().nonzero().tolist()]
    if not first and not second:
        return {}
    letters = {name: torch.tensor(x, dtype=torch.float64) for name, x in zip(variables, point, strict=True)}
    f = float(evaluate(expression, {**at, **letters}))
    own = Message(
        "f is defined here, but this derivative came out undefined: at an end of the domain, a kink, a vertical "
        "tangent, a number too large, or a branch of `where` that is undefined here. See the check below."
    )
    if isnan(f):
        own = Message("f is undefined at this point.")
    elif isinf(f):
        own = Message("f is infinite at this point: a pole, or too large for a double.")
    of_second = Message("Undefined, as the gradient is.") if first and isfinite(f) else own
    return dict.fromkeys(first, own) | dict.fromkeys(second, of_second)
