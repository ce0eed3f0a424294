"""PyTorch scripts that reproduce the numbers on screen."""

from collections.abc import Mapping, Sequence

from lib.export.function import function_source
from lib.expression import Expression
from lib.expression.limits import MAX_SCRIPT_ORDER

SINGLE_ORDER = 2  # of derivatives in float32

_HEAD = '''import torch

torch.set_default_dtype(torch.float64)

{definitions}
{function}

def derivative(y, x):
    """dy/dx point by point: each y depends on its own x only, so the gradient of the sum holds them all."""
    if not y.requires_grad:  # y is constant
        return torch.zeros_like(x)
    # Zeros are added as a derivative that is 0 throughout may come without storage.
    return torch.autograd.grad(y.sum(), x, create_graph=True, materialize_grads=True)[0] + torch.zeros_like(x)


def columns(y, x, order):
    """y and its derivatives, as lists; nan from the first one on that isn't finite."""
    rows = [y]
    for _ in range(order):
        rows.append(derivative(rows[-1], x))
    rows = torch.stack(rows).detach()
    return rows.masked_fill(~rows.isfinite().cumprod(0).bool(), torch.nan).tolist()

'''


def derivatives_script(
    expression: Expression,
    points: Sequence[float],
    order: int,
    *,
    variable: str = "x",
    at: Mapping[str, float] | None = None,
    reduction: str = "each",
    single: bool = False,
) -> str:
    """Source that prints a row for each point: x, f and its derivatives by nested autograd, up to MAX_SCRIPT_ORDER.

    single: then the same in float32, up to f''. For a vector f gives the list of its components, whose rows come one
    after the other.
    """
    order = min(order, MAX_SCRIPT_ORDER)
    definitions, function = function_source(expression, [variable], at or {}, apart=True)
    head = _HEAD.format(definitions=definitions, function=function)
    lines = [f"points = torch.tensor({list(map(float, points))!r}, requires_grad=True)"]
    if expression.shape is None:
        lines += _rows(order, single=single)
        if reduction != "each":
            lines += ["", f"values.{reduction}().backward()", f'print("{variable}.grad:", points.grad.tolist())']
    else:
        lines += _component_rows(order, single=single)
    return ("import math\n" if "math." in head else "") + head + "\n" + "\n".join(lines) + "\n"


def _rows(order: int, *, single: bool) -> list[str]:
    lines = ["values = f(points).expand_as(points)", f"table = [points.tolist(), *columns(values, points, {order})]"]
    if single:
        lines += [
            "",
            "narrow = points.detach().float().requires_grad_()  # the same in float32",
            f"table += columns(f(narrow).expand_as(narrow).float(), narrow, {min(order, SINGLE_ORDER)})",
            "",
        ]
    return [*lines, "for row in zip(*table):", "    print(*row)"]


def _component_rows(order: int, *, single: bool) -> list[str]:
    lines = [
        "# A list: on the way back through a torch.stack, 0 times infinity in one component would spoil the others.",
        "for component in f(points):",
        "    values = torch.as_tensor(component).expand_as(points)",
        f"    for row in zip(points.tolist(), *columns(values, points, {order})):",
        "        print(*row)",
    ]
    if single:
        lines += [
            "",
            "narrow = points.detach().float().requires_grad_()  # the same in float32",
            "for component in f(narrow):",
            "    values = torch.as_tensor(component).expand_as(narrow).float()",
            f"    for row in zip(points.tolist(), *columns(values, narrow, {min(order, SINGLE_ORDER)})):",
            "        print(*row)",
        ]
    return lines
