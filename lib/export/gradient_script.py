"""A PyTorch script that prints value, gradient and Hessian at a point."""

from collections.abc import Mapping, Sequence

from lib.export.script import literal, source_of
from lib.expression import Expression

_SCRIPT = """import torch

torch.set_default_dtype(torch.float64)

{functions}
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
    source, functions = source_of(expression, at, variables[0])
    values = [f"{n} = {literal(expression, n, at[n])}\n" for n in others]
    script = _SCRIPT.format(
        letters=", ".join([*variables, *others]),
        source=source,
        functions=functions,
        values="".join(values),
        point=[float(x) for x in point],
        names=", ".join(variables) + ("," if len(variables) == 1 else ""),
    )
    return ("import math\n" if "math." in source + functions else "") + script
