"""A PyTorch script that records the tape step by step, and prints every node with its value and gradient."""

from itertools import chain

from torch import Tensor

from lib.calculus.tape import Kind, Tape
from lib.expression import Expression
from lib.readings.code import code_and_definitions

_PRINT = """
nodes = {{{nodes}}}
for node in nodes.values():
    if node.requires_grad:
        node.retain_grad()
{call}
for name, node in nodes.items():
    grad_fn = type(node.grad_fn).__name__ if node.grad_fn is not None else "leaf"
    print(name, grad_fn, node.tolist(), None if node.grad is None else node.grad.tolist(), sep="\\t")
"""


def tape_script(expression: Expression, tape: Tape, *, seed: int = 0, upstream: Tensor | None = None) -> str:
    """Source that prints a line for each leaf and operation of the tape: name, grad_fn, value, gradient."""
    leaves = [node for node in tape.nodes if node.kind is Kind.LEAF]
    numbers = [node.name for node in tape.nodes if node.kind is Kind.PARAMETER and node.value.ndim == 0]
    lines = [f"{leaf.name} = torch.tensor({leaf.value.tolist()!r}, requires_grad=True)" for leaf in leaves]
    lines += [f"{node.name} = {_literal(node.value)}" for node in tape.nodes if node.kind is Kind.PARAMETER]
    names = [leaf.name for leaf in leaves]
    own: dict[str, None] = {}  # definitions of the functions that nodes call, each once
    shaped = next((node.name for node in tape.nodes if node.value.ndim == 1), "x")  # as noise is
    reduced = tape.root != tape.output
    for place, node in enumerate(tape.nodes):
        if node.kind is Kind.OPERATION and node.formula is not None and not (reduced and place == tape.root):
            source, definitions = code_and_definitions(node.formula, seed, shaped, numbers)
            own[definitions] = None
            lines.append(f"{node.name} = {source}")
            names.append(node.name)
    y = tape.nodes[tape.output]
    if y.kind is Kind.CONSTANT and y.formula is not None:
        source, definitions = code_and_definitions(y.formula, seed, shaped)
        own[definitions] = None
        lines.append(f"{y.name} = {source}.expand({y.value.numel()})")
        names.append(y.name)
    call = tape.call if upstream is None else tape.call.replace("=g)", f"=torch.tensor({upstream.tolist()!r}))")
    if tape.error:
        call = f"# {call} raises: {tape.error}"
    body = "".join(own) + "\n".join(lines) + "\n"
    head = ["import math"] * ("math." in body) + ["import torch", "", "torch.set_default_dtype(torch.float64)", "", ""]
    listed = ", ".join(chain(f'"{name}": {name}' for name in names))
    return "\n".join(head) + body + _PRINT.format(nodes=listed, call=call)


def _literal(value: Tensor) -> str:
    return repr(float(value)) if value.ndim == 0 else f"torch.tensor({value.tolist()!r})"
