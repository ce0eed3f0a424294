"""A script that repeats Newton's method on two equations in two unknowns."""

from collections.abc import Mapping, Sequence

from lib.export.function import function_source
from lib.expression import Expression

_SCRIPT = """import torch
from torch.autograd.functional import jacobian

torch.set_default_dtype(torch.float64)

{definitions}
{function}

def of(point):
    return f(*point) + 0.0 * point


target, point = torch.tensor({target!r}), torch.tensor({start!r})
for k in range({steps} + 1):
    residual = of(point) - target
    print(k, *point.tolist(), *residual.tolist())
    if not residual.any():
        break
    point = point - torch.linalg.solve(jacobian(of, point), residual)
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
    definitions, function = function_source(expression, variables, at)
    script = _SCRIPT.format(
        definitions=definitions,
        function=function,
        target=[float(x) for x in target],
        start=[float(x) for x in start],
        steps=steps,
    )
    return ("import math\n" if "math." in script else "") + script
