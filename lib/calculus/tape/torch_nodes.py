"""torch's own nodes, `grad_fn` and those behind it: which ones are new, their names, and the tensors they keep."""

from collections.abc import Iterator
from typing import Any

from torch import Tensor


def node_name(function: Any) -> str:
    """PowBackward0, and the like."""
    name: str = function.name().rpartition("::")[2]
    return name


def new_nodes(function: Any, owners: dict[Any, int], place: int) -> list[Any]:
    """The nodes from here on back that belong to no operation yet; now they belong to this one."""
    found, pending = [], [function]
    while pending:
        function = pending.pop()
        if function is not None and function not in owners:
            owners[function] = place
            found.append(function)
            pending += [before for before, _ in reversed(function.next_functions)]
    return found


def saved_tensors(function: Any) -> Iterator[tuple[str, Tensor]]:
    """The tensors that a node keeps for the backward pass, with torch's names for them."""
    kept = getattr(function, "saved_tensors", None)
    if kept is not None:
        yield from (("input", tensor) for tensor in kept)
        return
    kind = function.name()
    if kind not in _SLOTS:  # looking them up takes longer than all else
        _SLOTS[kind] = tuple(name for name in dir(function) if name.startswith("_saved_"))
    for name in _SLOTS[kind]:
        tensor = getattr(function, name)
        if isinstance(tensor, Tensor):
            yield name.removeprefix("_saved_"), tensor


_SLOTS: dict[str, tuple[str, ...]] = {}
