"""PyTorch scripts that print at points what the Gradient page shows of a function, and of a vector."""

from collections.abc import Mapping, Sequence

from lib.calculus.definiteness import CONCLUSIONS, SIGNS, ZERO_EIGENVALUE, ZERO_STEP
from lib.export.function import function_source
from lib.expression import Expression

_HEAD = """import torch
from torch.autograd.functional import {calls}

torch.set_default_dtype(torch.float64)

{definitions}
{function}

def at(point):
    return {returned}


"""
_ONE = "f(*point) + 0.0 * point.sum()"
# A tuple: on the way back through a torch.stack, 0 times infinity in one component would spoil the others.
_SEVERAL = "tuple(component + 0.0 * point.sum() for component in f(*point))"

_SCALAR = """# Are eigenvalues below, at, above 0? What the Hessian is, and what follows where the gradient is 0.
SIGNS = {{
{signs}
}}
points = torch.tensor({points!r})
{kinks}
for point in points:
    gradient, matrix = jacobian(at, point), hessian(at, point)
    print("point:", point.tolist())
    print("value:", at(point).item())
    print("gradient:", gradient.tolist())
    print("norm of the gradient:", gradient.norm().item())
    print("Hessian:", matrix.tolist())
{skip}{along}    if not matrix.isfinite().all():
        continue
    eigenvalues, eigenvectors = torch.linalg.eigh(matrix)
    size = eigenvalues.abs()
    zero = {zero!r} * size.max()
    signs = bool((eigenvalues < -zero).any()), bool((size <= zero).any()), bool((eigenvalues > zero).any())
    print("eigenvalues:", eigenvalues.tolist())
    print("eigenvectors:", eigenvectors.T.tolist())
    print("determinant:", eigenvalues.prod().item())
    print("trace:", matrix.trace().item())
    print("condition number:", (size.max() / size.min()).item())
    print("the Hessian is:", SIGNS[signs][0])
    if gradient.abs().max() <= {step!r} * size.max() * max(1.0, point.abs().max().item()):
        print("second-derivative test:", SIGNS[signs][1])
    if size.min() > zero:
        print("a step of Newton's method leads to:", (point - torch.linalg.solve(matrix, gradient)).tolist())
"""

_ALONG = """    unit = torch.nn.functional.normalize(torch.tensor({direction!r}), dim=0)
    print("first and second derivative along u:", [(gradient @ unit).item(), (unit @ matrix @ unit).item()])
"""

_VECTOR = """points = torch.tensor({points!r})
{kinks}
for point in points:
    matrix = torch.stack(jacobian(at, point))
    print("point:", point.tolist())
    print("value:", [component.item() for component in at(point)])
    print("Jacobian:", matrix.tolist())
{skip}    if matrix.isfinite().all():
        print("singular values:", torch.linalg.svdvals(matrix).tolist())
"""
_DETERMINANT = """    print("determinant:", torch.linalg.det(matrix).item())
    print("divergence:", matrix.trace().item())
"""
_CURLS = {
    2: """    print("curl:", (matrix[1, 0] - matrix[0, 1]).item())
""",
    3: """    print("curl:", [(matrix[i, j] - matrix[j, i]).item() for i, j in ((2, 1), (0, 2), (1, 0))])
""",
}

_KINKS = """kinks = {points!r}  # here some derivatives are only autograd's convention, from which nothing follows
"""
_SKIP = """    if point.tolist() in kinks:
        continue
"""

Points = Sequence[Sequence[float]]


def gradient_script(
    expression: Expression,
    points: Points,
    *,
    variables: Sequence[str],
    at: Mapping[str, float],
    direction: Sequence[float] | None = None,
    kinks: Points = (),
) -> str:
    """Source that prints at each point (d,) f, its gradient, Hessian and what follows from them, and the derivatives
    along the direction (d,). kinks: the points where f lacks derivatives for which autograd has a convention."""
    signs = [f'    {key}: ("{verdict.value}", "{CONCLUSIONS[verdict].value}"),' for key, verdict in SIGNS.items()]
    body = _SCALAR.format(
        signs="\n".join(signs),
        points=_rows(points),
        **_kinks(kinks),
        along=_ALONG.format(direction=list(map(float, direction))) if direction else "",
        zero=ZERO_EIGENVALUE,
        step=ZERO_STEP,
    )
    return head_of(expression, variables, at, "hessian, jacobian") + body


def jacobian_script(
    expression: Expression,
    points: Points,
    *,
    variables: Sequence[str],
    at: Mapping[str, float],
    kinks: Points = (),
) -> str:
    """Source that prints at each point (d,) a vector function's value, its Jacobian and what follows from it. kinks: as
    in `gradient_script`."""
    body = _VECTOR.format(points=_rows(points), **_kinks(kinks))
    if expression.shape == len(variables):
        body += _DETERMINANT + _CURLS.get(len(variables), "")
    return head_of(expression, variables, at, "jacobian") + body


def head_of(expression: Expression, variables: Sequence[str], at: Mapping[str, float], calls: str) -> str:
    """The imports, the function of its variables, and the same as a function of a point, `at`, of a vector a tuple."""
    several = expression.shape is not None
    definitions, function = function_source(expression, variables, at, apart=several)
    returned = _SEVERAL if several else _ONE
    head = _HEAD.format(calls=calls, definitions=definitions, function=function, returned=returned)
    return ("import math\n" if "math." in head else "") + head


def _kinks(points: Points) -> dict[str, str]:
    """The lines about kinks; none where there are none."""
    return {"kinks": _KINKS.format(points=_rows(points)) if points else "", "skip": _SKIP if points else ""}


def _rows(points: Points) -> list[list[float]]:
    return [list(map(float, point)) for point in points]
