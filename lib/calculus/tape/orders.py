"""The graph of the gradient itself: with create_graph=True torch records the backward pass, order after order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.autograd.graph import get_gradient_edge

from lib.calculus.derivatives import NOTHING
from lib.calculus.tape.torch_nodes import node_name
from lib.expression import Expression
from lib.readings.tensor import evaluate

ORDERS = 5
ENOUGH = 800  # nodes from which on the next order would take too long: it has up to four times as many


@dataclass(frozen=True, eq=False)
class Recorded:
    """f or one of its derivatives: its values (n,), and torch's nodes behind it.

    functions: their names. made: for each the order whose pass made it, 0 for the forward pass. edges: pairs of places
    in `functions`, from what is computed first.
    """

    order: int
    value: Tensor
    functions: tuple[str, ...]
    made: tuple[int, ...]
    edges: tuple[tuple[int, int], ...]


def recorded_orders(
    expression: Expression, x: Tensor, *, variable: str = "x", at: Mapping[str, float | Tensor] = NOTHING
) -> tuple[Recorded, ...]:
    """f, f', f'', ... at x (n,) by nested torch.autograd.grad(..., create_graph=True), with the graph of each.

    Up to order 5; it ends where a graph gets too large, and after the first derivative that no longer depends
    on x. Derivatives are by the variable, of the sum of a vector's components; `at` has the other letters.
    """
    leaf = torch.as_tensor(x, dtype=torch.float64).detach().clone().requires_grad_()
    value = evaluate(expression, {**at, variable: leaf})
    value = value.sum(0) if expression.shape is not None else value
    ages: dict[Any, int] = {}
    found = []
    for order in range(ORDERS + 1):
        found.append(_walk(order, value, ages))
        if not value.requires_grad or (order and len(found[-1].functions) > ENOUGH):
            break
        ones = torch.ones_like(value)
        value = torch.autograd.grad(value, leaf, ones, create_graph=True, materialize_grads=True)[0]
    return tuple(found)


def _walk(order: int, value: Tensor, ages: dict[Any, int]) -> Recorded:
    """The nodes behind a value; ages remembers in which order each was first met."""
    places: dict[Any, int] = {}
    edges: list[tuple[int, int]] = []
    pending: list[Any] = [get_gradient_edge(value).node] if value.requires_grad else []
    for function in pending:
        places[function] = 0
    while pending:
        function = pending.pop()
        for before, _ in function.next_functions:
            if before is None:
                continue
            if before not in places:
                places[before] = len(places)
                pending.append(before)
            edges.append((places[before], places[function]))
    made = tuple(ages.setdefault(function, order) for function in places)
    names = tuple(map(node_name, places))
    return Recorded(order, value.detach() + 0.0, names, made, tuple(edges))
