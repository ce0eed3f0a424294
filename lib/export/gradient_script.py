"""A PyTorch script that prints value, gradient and Hessian at a point."""

from collections.abc import Mapping, Sequence

from lib.expression import Expression
from lib.readings.code import code

_SCRIPT = """import torch

torch.set_default_dtype(torch.float64)


def f({letters}):
    return {source}


{values}point = torch.tensor({point!r})


def of(point):
    {names} = point
    return f({letters}) + 0.0 * point.sum()


print("value:", of(point).item())
print("gradient:", torch.func.grad(of)(point).tolist())
print("Hessian:", torch.func.hessian(of)(point).tolist())
"""


def gradient_script(
    expression: Expression, point: Sequence[float], *, variables: Sequence[str], at: Mapping[str, float]
) -> str:
    """Source that prints f, its gradient and its Hessian at the point."""
    others = [name for name in expression.names if name not in variables]
    source = code(expression, "torch", seed=int(at.get("seed", 0)), variable=variables[0])
    values = [f"{n} = {int(at[n]) if n in expression.bounds else float(at[n])!r}\n" for n in others]
    script = _SCRIPT.format(
        letters=", ".join([*variables, *others]),
        source=source,
        values="".join(values),
        point=[float(x) for x in point],
        names=", ".join(variables) + ("," if len(variables) == 1 else ""),
    )
    return ("import math\n" if "math." in source else "") + script
