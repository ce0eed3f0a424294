"""PyTorch scripts that reproduce the numbers on screen."""

from collections.abc import Mapping, Sequence

from lib.expression import Expression
from lib.expression.limits import MAX_AUTOGRAD_ORDER
from lib.readings.code import code_and_functions

_HEAD = '''import torch

torch.set_default_dtype(torch.float64)

{functions}
def f({letters}):
    return {source}


def derivative(y, x):
    """dy/dx point by point: each y depends on its own x only, so the gradient of the sum holds them all."""
    if not y.requires_grad:  # y is constant
        return torch.zeros_like(x)
    # Zeros are added as a derivative that is 0 throughout may come without storage.
    return torch.autograd.grad(y.sum(), x, create_graph=True, materialize_grads=True)[0] + torch.zeros_like(x)

'''


def derivatives_script(
    expression: Expression,
    points: Sequence[float],
    order: int,
    *,
    variable: str = "x",
    at: Mapping[str, float] | None = None,
    reduction: str = "each",
) -> str:
    """Source that prints a row for each point: x, f and its derivatives, by autograd, up to order 3.

    For a vector f gives the list of its components, whose rows come one after the other.
    """
    at = at or {}
    others = [name for name in expression.names if name != variable]
    letters = ", ".join([variable, *others])
    source, functions = source_of(expression, at, variable, apart=True)
    lines = ["import math\n"] if "math." in source + functions else []
    lines += [_HEAD.format(letters=letters, source=source, functions=functions)]
    lines += [f"{name} = {literal(expression, name, at[name])}" for name in others]
    lines += [f"{variable} = torch.tensor({list(map(float, points))!r}, requires_grad=True)"]
    if expression.shape is None:
        lines += [f"y = f({letters}).expand_as({variable})"]
        lines += _rows(variable, min(order, MAX_AUTOGRAD_ORDER))
        if reduction != "each":
            lines += ["", f"y.{reduction}().backward()", f'print("{variable}.grad:", {variable}.grad.tolist())']
    else:
        lines += _component_rows(letters, variable, min(order, MAX_AUTOGRAD_ORDER))
    return "\n".join(lines) + "\n"


def source_of(
    expression: Expression, at: Mapping[str, float], variable: str, *, apart: bool = False
) -> tuple[str, str]:
    """The formula as one line, and the functions that stand before it. apart: a vector as a list."""
    source, functions = code_and_functions(expression, "torch", int(at.get("seed", 0)), variable, apart=apart)
    return source, "".join(f"\n{function.definition(name)}\n\n" for name, function in functions.items())


def literal(expression: Expression, name: str, value: float) -> str:
    """The value of a letter: a tensor, as torch.maximum and others take no numbers, but where it bounds a sum."""
    return repr(int(value)) if name in expression.bounds else f"torch.tensor({float(value)!r})"


def _rows(variable: str, order: int) -> list[str]:
    lines = [f"d{k} = derivative({'y' if k == 1 else f'd{k - 1}'}, {variable})" for k in range(1, order + 1)]
    columns = ", ".join([variable, "y", *(f"d{k}" for k in range(1, order + 1))])
    return [*lines, f"for row in zip(*(column.tolist() for column in ({columns},))):", "    print(*row)"]


def _component_rows(letters: str, variable: str, order: int) -> list[str]:
    return [
        "# A list: on the way back through a torch.stack, 0 times infinity in one component would spoil the others.",
        f"for component in f({letters}):",
        f"    columns = [torch.as_tensor(component).expand_as({variable})]",
        f"    for _ in range({order}):",
        f"        columns.append(derivative(columns[-1], {variable}))",
        f"    for row in zip({variable}.tolist(), *(column.tolist() for column in columns)):",
        "        print(*row)",
    ]
