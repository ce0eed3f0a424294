"""The torch calls that depend on the points, recorded as they are made."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Any

import torch
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

aten = torch.ops.aten


class NotElementwise(Exception):
    """A call is not elementwise, or a branch depends on the points: what was done can't be repeated on others."""


@dataclass(frozen=True)
class Result:
    """The result of a call: numbered in their order, after the coordinates of the points."""

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
    """Records the calls in its context that depend on the coordinates, each (2,): the calls at two points show which
    tensors are the same at all. Raises NotElementwise where a call won't do.

    A tensor is known by where its numbers are, which its views share: autograd makes views of what it keeps.
    """

    def __init__(self, coordinates: Sequence[Tensor]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.calls: list[Call] = []
        self._tensors = [*coordinates]  # kept, so that nothing else comes to where one is
        self._numbers = {_where(x): number for number, x in enumerate(coordinates)}

    @classmethod
    def _should_skip_dynamo(cls) -> bool:
        """Without this answer torch would load its compiler, which takes seconds, to keep it away from here."""
        return False

    def find(self, value: Any) -> Any:
        """The result that a tensor is; a constant, made for each point, as one number; anything else as it is."""
        if not isinstance(value, Tensor) or value.shape != self._tensors[0].shape:
            return value
        number = self._numbers.get(_where(value))
        if number is not None:
            return Result(number)
        first, second = map(str, value.tolist())  # as text NaN is equal, and 0 is not −0
        return value[0] if first == second else value

    def output(self, value: Any) -> Result | float:
        """What a row of the work's result is."""
        found = self.find(value)
        if isinstance(found, Tensor) and found.ndim:
            raise NotElementwise
        return found if isinstance(found, Result) else float(found)

    def __torch_dispatch__(
        self, func: Any, types: Iterable[type], args: tuple[Any, ...] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        kwargs = kwargs or {}
        if func is aten._efficientzerotensor.default:  # has no numbers to look at
            func = aten.zeros.default
        result = func(*args, **kwargs)
        lists = [a for a in args if isinstance(a, list | tuple)]
        read = [self.find(a) for a in chain(args, kwargs.values(), *lists)]
        if any(isinstance(a, Result) for a in read) and not self._is_no_step(func, result):
            self._record(func, tuple(read[: len(args)]), kwargs, result)
        return result

    def _is_no_step(self, func: Any, result: Any) -> bool:
        """Whether a call only views all points again, or looks at nothing but how many they are."""
        same: bool = func.is_view and result.shape == self._tensors[0].shape
        return same or func in (aten.zeros_like.default, aten.ones_like.default)

    def _record(self, func: Any, arguments: tuple[Any, ...], keywords: Mapping[str, Any], result: Any) -> None:
        function = _writing(func)
        constants = [a for a in (*arguments, *keywords.values()) if isinstance(a, Tensor)]
        if function is None or result.shape != self._tensors[0].shape or any(a.ndim for a in constants):
            raise NotElementwise
        self.calls.append(Call(str(func).removeprefix("aten."), function, arguments, keywords, result.dtype))
        self._numbers[_where(result)] = len(self._tensors)
        self._tensors.append(result)


def _where(tensor: Tensor) -> tuple[int, torch.dtype]:
    return tensor.data_ptr(), tensor.dtype


@cache
def _writing(function: Any) -> Any:
    """The form with out= of a function of torch; None if it isn't elementwise."""
    if torch.Tag.pointwise not in function.tags or function._schema.is_mutable:
        return None
    packet = function.overloadpacket
    for other in (getattr(packet, name) for name in packet.overloads()):
        outs = [a.name for a in other._schema.arguments if a.is_out]
        if len(outs) == 1 and _inputs(other) == _inputs(function):
            return other if outs == ["out"] else partial(_named, other, outs[0])
    return None


def _named(function: Any, name: str, *arguments: Any, out: Tensor, **keywords: Any) -> Any:
    """A function that calls its out= otherwise."""
    return function(*arguments, **keywords, **{name: out})


def _inputs(function: Any) -> list[tuple[str, str]]:
    return [(a.name, str(a.type)) for a in function._schema.arguments if not a.is_out]
