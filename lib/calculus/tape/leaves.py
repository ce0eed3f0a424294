"""The leaves of a tape."""

from collections.abc import Collection, Mapping
from typing import Any

from torch import Tensor

from lib.message import Message
from lib.readings import arguments


def as_leaves(given: Mapping[str, Any], requires_grad: Collection[str] | None) -> dict[str, Tensor]:
    """Copies of the leaves, (n,) each, of which those ask for their gradients, None: all."""
    leaves = {name: arguments.numbers(leaf).clone() for name, leaf in given.items()}
    shapes = {leaf.shape for leaf in leaves.values()}
    if len(shapes) > 1 or any(len(shape) != 1 for shape in shapes):
        raise ValueError(Message("Give every leaf one row of numbers, all of the same length."))
    for name in leaves if requires_grad is None else requires_grad:
        if name not in leaves:
            raise ValueError(
                Message("`{name}` is no leaf, so it has no gradient: give it a row of numbers.", name=name)
            )
        leaves[name].requires_grad_()
    return leaves
