"""The torch calls that depend on the points, recorded as they are made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode


class NotElementwise(Exception):
    """A call is not elementwise, or a branch depends on the points: what was done can't be repeated on others."""


@dataclass(frozen=True)
class Result:
    """The result of a call: the points themselves for 0, that of the first call for 1, …"""

    number: int


@dataclass(frozen=True)
class Call:
    """function(*arguments, **keywords, out=…), where some of the arguments are results."""

    name: str
    function: Any
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    dtype: torch.dtype


class Recording(TorchDispatchMode):
    """Records the calls in its context that depend on the points x (n,); raises NotElementwise where one won't do."""

    def __init__(self, x: Tensor) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.calls: list[Call] = []
        self._tensors = [x]  # kept, so that no other tensor gets the id of one
        self._numbers = {id(x): 0}

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Without this answer torch would load its compiler, which takes seconds, to keep it away from here."""
        return False

    def find(self, value: Any) -> Any:
        """The result that a tensor is; what does not depend on the points as it is."""
        number = self._numbers.get(id(value))
        return value if number is None else Result(number)

    def __torch_dispatch__(
        self, func: Any, types: Iterable[type], args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        result = func(*args, **kwargs)
        arguments = tuple(map(self.find, args))
        if any(isinstance(a, Result) for a in arguments):
            self._record(func, arguments, kwargs, result)
        return result

    def _record(self, func: Any, arguments: tuple[Any, ...], keywords: Mapping[str, Any], result: Any) -> None:
        function = _writing(func)
        constants = [a for a in (*arguments, *keywords.values()) if isinstance(a, Tensor)]
        if function is None or result.shape != self._tensors[0].shape or any(a.ndim for a in constants):
            raise NotElementwise
        self.calls.append(Call(str(func).removeprefix("aten."), function, arguments, keywords, result.dtype))
        self._tensors.append(result)
        self._numbers[id(result)] = len(self.calls)


@cache
def _writing(function: Any) -> Any:
    """The form with out= of a function of torch; None if it isn't elementwise."""
    if torch.Tag.pointwise not in function.tags or function._schema.is_mutable:
        return None
    packet = function.overloadpacket
    for other in (getattr(packet, name) for name in packet.overloads()):
        if sum(a.is_out for a in other._schema.arguments) == 1 and _inputs(other) == _inputs(function):
            return other
    return None


def _inputs(function: Any) -> list[tuple[str, str]]:
    return [(a.name, str(a.type)) for a in function._schema.arguments if not a.is_out]
