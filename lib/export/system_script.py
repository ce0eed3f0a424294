"""A script that repeats Newton's method on two equations in two unknowns."""

from collections.abc import Mapping, Sequence

from lib.export.literals import assignments
from lib.expression import Expression
from lib.readings.code import code

_SCRIPT = """import torch

torch.set_default_dtype(torch.float64)
{values}

def f({letters}):
    return {source}


def of(point):
    {names} = point
    return f({letters}) + 0.0 * point


target, point = torch.tensor({target!r}), torch.tensor({start!r})
for k in range({steps} + 1):
    residual = of(point) - target
    print(k, *point.tolist(), *residual.tolist())
    if not residual.any():
        break
    point = point - torch.linalg.solve(torch.func.jacrev(of)(point), residual)
"""


def system_script(
    expression: Expression,
    target: Sequence[float],
    start: Sequence[float],
    *,
    steps: int,
    variables: Sequence[str],
    at: Mapping[str, float],
) -> str:
    """Source that prints k, the point and f less the target for each of the steps."""
    others = [name for name in expression.names if name not in variables]
    source = code(expression, "torch", seed=int(at.get("seed", 0)))
    script = _SCRIPT.format(
        values="".join(f"{line}\n" for line in assignments(expression, variables, at)),
        letters=", ".join([*variables, *others]),
        source=source,
        names=", ".join(variables),
        target=[float(x) for x in target],
        start=[float(x) for x in start],
        steps=steps,
    )
    return ("import math\n" if "math." in source else "") + script
