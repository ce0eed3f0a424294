"""What goes wrong with backward(), each made to happen by the real call on the visitor's function, and explained.

The first six are those of the published questions and answers.
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import torch
from torch import Tensor

from lib.calculus.derivatives import NOTHING
from lib.calculus.tape.names import free, output_name
from lib.expression import Expression
from lib.message import Message
from lib.readings.code import code
from lib.readings.tensor import evaluate

Function = Callable[[Tensor], Tensor]


@dataclass(frozen=True)
class Mistake:
    """Lines that go wrong, why, and the way out. run does what the lines say, given f and the leaf x.

    why and cure call the output y and the leaf x; `Outcome` has them with the names of the visitor's formula.
    """

    title: Message
    lines: str
    run: Callable[[Function, Tensor], object]
    why: Message
    cure: Message
    least: int = 1  # numbers in y for it to go wrong
    silent: bool = False  # it goes wrong without a word from PyTorch


@dataclass(frozen=True)
class Outcome:
    """What PyTorch answered: said is its error or warning word for word, or "" where there was none; shown is what the
    last line gave; added is how many numbers x got beyond the visitor's. why and cure explain the mistake."""

    source: str
    said: str
    shown: str
    why: Message
    cure: Message
    added: int = 0


def make(
    name: str, expression: Expression, x: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> Outcome:
    """Make a mistake of MISTAKES with f at the points x (n,), more where it takes more; `at` has the other letters."""
    mistake = MISTAKES[name]
    points = torch.as_tensor(x, dtype=torch.float64).detach()
    # Tensors, which a formula may raise to powers, but for ends of sums, which are numbers of Python's.
    numbers = [*expression.bounds, "seed"]
    values = {k: v if k in numbers else torch.tensor(v, dtype=torch.float64) for k, v in at.items()}
    added = max(0, mistake.least - len(points)) if expression.shape is None else 0
    points = torch.cat([points, points[-1] + torch.arange(1.0, added + 1, dtype=torch.float64)])
    leaf = points.clone().requires_grad_()
    y = output_name(expression)
    others = "".join(f"{letter} = {_literal(values[letter])}\n" for letter in expression.names if letter != variable)
    tensor = f"torch.tensor({points.tolist()}, dtype=torch.float64, requires_grad=True)"
    source = code(expression, seed=int(at.get("seed", 0)), variable=variable, numbers=numbers)
    given = {"leaf": f"{variable} = {tensor}\n", "others": others, "formula": f"{y} = {source}\n", "source": source}
    names = {"x": variable, "y": y, "t": free(expression, "tuvws"), "f": free(expression, "fhkpq")}
    lines = mistake.lines.format(**given, **names)
    why, cure = refusal(name, **names)
    f = partial(_value, expression, variable, values)
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            shown = mistake.run(f, leaf)
        except (RuntimeError, ValueError) as error:
            return Outcome(lines, f"{type(error).__name__}: {error}", "", why, cure, added)
    said = "\n".join(f"{w.category.__name__}: {w.message}" for w in warned)
    shown = "" if shown is None else str(shown)
    return Outcome(lines, said.partition(" (Triggered internally")[0], shown, why, cure, added)


def refusal(name: str, **names: str) -> tuple[Message, Message]:
    """Why a mistake goes wrong and the way out, with what the formula calls the output y, the leaf x, and so on."""
    mistake = MISTAKES[name]
    why, cure = (Message(m.template, **{**m.values, **names}) for m in (mistake.why, mistake.cure))
    return why, cure


def _literal(value: float | Tensor) -> str:
    return f"torch.tensor({float(value)}, dtype=torch.float64)" if isinstance(value, Tensor) else f"{value:.0f}"


def _value(expression: Expression, variable: str, at: Mapping[str, float | Tensor], x: Tensor) -> Tensor:
    """f(x); a constant is one number, whatever x holds, as it is in the lines."""
    uses = variable in expression.names or expression.random
    return evaluate(expression, {**at, variable: x} if uses else at)


def _vector(f: Function, x: Tensor) -> None:
    torch.autograd.backward(f(x))


def _item(f: Function, x: Tensor) -> float:
    return f(x).item()


def _twice(f: Function, x: Tensor) -> None:
    y = f(x).sum()
    torch.autograd.backward(y)
    torch.autograd.backward(y)


def _grad_twice(f: Function, x: Tensor) -> object:
    y = f(x).sum()
    torch.autograd.grad(y, x)
    return torch.autograd.grad(y, x)


def _without_graph(f: Function, x: Tensor) -> Tensor:
    [g] = torch.autograd.grad(f(x).sum(), x)
    return torch.autograd.grad(g.sum(), x)[0]


def _accumulate(f: Function, x: Tensor) -> Tensor | None:
    torch.autograd.backward(f(x).sum())
    torch.autograd.backward(f(x).sum())
    return x.grad


def _in_place(f: Function, x: Tensor) -> None:
    x += 1


def _overwritten(f: Function, x: Tensor) -> None:
    t = x.clone()
    y = f(t)
    t += 1
    torch.autograd.backward(y.sum())


def _no_grad(f: Function, x: Tensor) -> None:
    with torch.no_grad():
        y = f(x)
    torch.autograd.backward(y.sum())


def _numpy(f: Function, x: Tensor) -> object:
    return f(x).numpy()


def _shape(f: Function, x: Tensor) -> None:
    torch.autograd.backward(f(x), torch.ones(2, dtype=torch.float64))


def _unused(f: Function, x: Tensor) -> None:
    w = torch.ones(1, dtype=torch.float64, requires_grad=True)
    torch.autograd.grad(f(x).sum(), w)


def _not_a_leaf(f: Function, x: Tensor) -> Tensor | None:
    y = f(x)
    torch.autograd.backward(y.sum())
    return y.grad


def _integers(f: Function, x: Tensor) -> None:
    torch.tensor([1, 2, 3], requires_grad=True)


_START = "{others}{leaf}{formula}"

MISTAKES: Mapping[str, Mistake] = {
    "vector": Mistake(
        Message("backward() of several numbers"),
        _START + "{y}.backward()",
        _vector,
        Message(
            "A gradient belongs to one number. These are several, and PyTorch doesn't guess how to make one of them."
        ),
        Message(
            "Reduce first, `{y}.sum().backward()` or `{y}.mean().backward()`, or weight them: "
            "`{y}.backward(gradient=g)`.",
            y="y",
        ),
        least=2,
    ),
    "item": Mistake(
        Message("item() of several numbers"),
        _START + "{y}.item()",
        _item,
        Message("`item()` makes a Python number of a tensor with one element. This one has more."),
        Message("Use `{y}.tolist()`, or reduce first: `{y}.mean().item()`.", y="y"),
        least=2,
    ),
    "twice": Mistake(
        Message("backward() twice"),
        _START + "{y} = {y}.sum()\n{y}.backward()\n{y}.backward()",
        _twice,
        Message(
            "The first backward pass frees what the nodes had kept for it, so the second finds nothing to work with."
        ),
        Message(
            "Compute {y} again, or keep the graph: `{y}.backward(retain_graph=True)`. Note that {x}.grad then adds up.",
            y="y",
            x="x",
        ),
    ),
    "grads": Mistake(
        Message("grad() twice"),
        _START + "{y} = {y}.sum()\ntorch.autograd.grad({y}, {x})\ntorch.autograd.grad({y}, {x})",
        _grad_twice,
        Message("`grad` is a backward pass, too: the first call frees what the nodes had kept, by whichever letter."),
        Message(
            "Ask for all letters in one call, `torch.autograd.grad({y}, [{x}, ...])`, or keep the graph: "
            "`retain_graph=True`. For second derivatives, `create_graph=True` keeps it as well.",
            y="y",
            x="x",
        ),
    ),
    "graph": Mistake(
        Message("The gradient of a gradient"),
        _START + "[g] = torch.autograd.grad({y}.sum(), {x})\ntorch.autograd.grad(g.sum(), {x})",
        _without_graph,
        Message(
            "A gradient is an ordinary tensor without `grad_fn`, unless PyTorch is asked to record the backward pass."
        ),
        Message("Ask for it: `torch.autograd.grad({y}.sum(), {x}, create_graph=True)`.", y="y", x="x"),
    ),
    "accumulate": Mistake(
        Message("Gradients that add up"),
        _START + "{y}.sum().backward()\n{formula}{y}.sum().backward()\n{x}.grad",
        _accumulate,
        Message("No error, and twice the gradient: backward() adds to .grad and never sets it back."),
        Message("Between two passes, `{x}.grad = None` or `optimizer.zero_grad()`.", x="x"),
        silent=True,
    ),
    "leaf": Mistake(
        Message("Changing a leaf in place"),
        "{leaf}{x} += 1",
        _in_place,
        Message(
            "A leaf is where gradients end up. Changed in place it would be the result of an operation, and no leaf."
        ),
        Message("Make a new tensor, `{x} = {x} + 1`, or leave the tape: `with torch.no_grad(): {x} += 1`.", x="x"),
    ),
    "overwritten": Mistake(
        Message("Overwriting what the tape keeps"),
        "{others}{leaf}\ndef {f}({x}):\n    return {source}\n\n{t} = {x}.clone()\n{y} = {f}({t})\n{t} += 1\n"
        "{y}.sum().backward()",
        _overwritten,
        Message(
            "Nodes keep tensors for the backward pass, and PyTorch counts their versions: one has been overwritten."
        ),
        Message("Make a new tensor instead: `{t} = {t} + 1`.", t="t"),
    ),
    "no_grad": Mistake(
        Message("Computed without a tape"),
        "{others}{leaf}with torch.no_grad():\n    {formula}{y}.sum().backward()",
        _no_grad,
        Message(
            "Within `torch.no_grad()`, after `detach()`, or without a leaf that requires grad, no tape is recorded."
        ),
        Message("Compute {y} where gradients are on, from a tensor with `requires_grad=True`.", y="y"),
    ),
    "numpy": Mistake(
        Message("numpy() of what is on the tape"),
        _START + "{y}.numpy()",
        _numpy,
        Message("NumPy knows nothing of the tape, so a gradient could not find its way back."),
        Message("Leave the tape on purpose: `{y}.detach().numpy()`.", y="y"),
    ),
    "shape": Mistake(
        Message("A gradient= of another shape"),
        _START + "{y}.backward(gradient=torch.ones(2))",
        _shape,
        Message("`gradient=` holds one weight for each number of {y}.", y="y"),
        Message("Give it the shape of {y}, such as `torch.ones_like({y})`.", y="y"),
        least=3,
    ),
    "unused": Mistake(
        Message("The gradient by what was not used"),
        _START + "w = torch.ones(1, requires_grad=True)\ntorch.autograd.grad({y}.sum(), w)",
        _unused,
        Message("No path of the graph leads from {y} to this tensor.", y="y"),
        Message("With `allow_unused=True` the gradient is None, with `materialize_grads=True` zeros."),
    ),
    "inner": Mistake(
        Message("The .grad of what is no leaf"),
        _START + "{y}.sum().backward()\nprint({y}.grad)",
        _not_a_leaf,
        Message(
            "PyTorch keeps the gradients of leaves only; those inside the graph are dropped as soon as they are used."
        ),
        Message("Ask before the backward pass: `{y}.retain_grad()`.", y="y"),
    ),
    "integers": Mistake(
        Message("Whole numbers"),
        "{x} = torch.tensor([1, 2, 3], requires_grad=True)",
        _integers,
        Message("Derivatives need numbers that can change a little; whole numbers can't."),
        Message("Write floats: `torch.tensor([1., 2., 3.], requires_grad=True)`."),
    ),
}
