"""PyTorch scripts that reproduce the numbers on screen."""

from collections.abc import Collection, Mapping, Sequence

from lib.expression import Expression
from lib.expression.limits import MAX_SCRIPT_ORDER
from lib.readings.code import code_and_definitions

SINGLE_ORDER = 2  # of derivatives in float32

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
    at = at or {}
    order = min(order, MAX_SCRIPT_ORDER)
    others = [name for name in expression.names if name != variable]
    letters = ", ".join([variable, *others])
    source, functions = source_of(expression, at, variable, others, apart=True)
    lines = ["import math\n"] if "math." in source + functions else []
    lines += [_HEAD.format(letters=letters, source=source, functions=functions)]
    lines += [f"{name} = {_number(expression, name, at[name])}" for name in others]
    lines += [f"{variable} = torch.tensor({list(map(float, points))!r}, requires_grad=True)"]
    if expression.shape is None:
        lines += _rows(variable, letters, order, single=single)
        if reduction != "each":
            lines += ["", f"y.{reduction}().backward()", f'print("{variable}.grad:", {variable}.grad.tolist())']
    else:
        lines += _component_rows(letters, variable, order)
    return "\n".join(lines) + "\n"


def source_of(
    expression: Expression,
    at: Mapping[str, float],
    variable: str,
    numbers: Collection[str] = (),
    *,
    apart: bool = False,
) -> tuple[str, str]:
    """The formula as one line, and the definitions that stand before it. numbers: letters that are Python's numbers.
    apart: a vector as a list."""
    return code_and_definitions(expression, int(at.get("seed", 0)), variable, numbers, apart=apart)


def literal(expression: Expression, name: str, value: float) -> str:
    """The value of a letter: a tensor, as torch.maximum and others take no numbers, but where it bounds a sum."""
    return repr(int(value)) if name in expression.bounds else f"torch.tensor({float(value)!r})"


def _number(expression: Expression, name: str, value: float) -> str:
    """The value of a letter as Python's own number, with which x**a is computed as on the page, to the last bit."""
    return repr(int(value)) if name in expression.bounds else repr(float(value))


def _rows(variable: str, letters: str, order: int, *, single: bool) -> list[str]:
    lines = [
        f"y = f({letters}).expand_as({variable})",
        f"table = [{variable}.tolist(), *columns(y, {variable}, {order})]",
    ]
    if single:  # the function's own argument: f(x, a) becomes f(x32, a)
        narrow = f"{variable}32"
        y = f"f({narrow}{letters.removeprefix(variable)}).expand_as({narrow}).float()"
        lines += [
            "",
            f"{narrow} = {variable}.detach().float().requires_grad_()  # the same in float32",
            f"table += columns({y}, {narrow}, {min(order, SINGLE_ORDER)})",
            "",
        ]
    return [*lines, "for row in zip(*table):", "    print(*row)"]


def _component_rows(letters: str, variable: str, order: int) -> list[str]:
    return [
        "# A list: on the way back through a torch.stack, 0 times infinity in one component would spoil the others.",
        f"for component in f({letters}):",
        f"    y = torch.as_tensor(component).expand_as({variable})",
        f"    for row in zip({variable}.tolist(), *columns(y, {variable}, {order})):",
        "        print(*row)",
    ]
