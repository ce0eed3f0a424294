"""Recorded calls come to passes over the points: none twice, and factors wait until they cost nothing beside a sum."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from lib.calculus.passes.recording import Call


@dataclass(frozen=True)
class Node:
    """The result of a pass: numbered in their order, after the coordinates of the points."""

    number: int


@dataclass(frozen=True)
class Pass:
    """function(*arguments, **keywords, out=…), where some of the arguments are nodes."""

    function: Callable[..., Tensor]
    arguments: tuple[Any, ...]
    keywords: Mapping[str, Any]
    dtype: torch.dtype = torch.float64


@dataclass(frozen=True)
class Scaled:
    """factor·node, not multiplied yet."""

    node: Node
    factor: float = 1.0


Value = Scaled | float  # a number where it is the same at all points


def _waits(factor: float) -> bool:
    """Whether a factor may wait: 0 may not, as its product with infinity is NaN, nor what may lead to an overflow."""
    return 1e-3 < abs(factor) < 1e3


class Passes:
    """The passes that calls come to, at points of so many coordinates."""

    def __init__(self, dimension: int) -> None:
        self.all: list[Pass] = []
        self.exact: set[Node] = set()
        self._dimension = dimension
        self._made: dict[Any, Node] = {}

    def add(self, call: Call, arguments: list[Any], exact: bool) -> Value | Tensor:
        """The value of a call; exact: to the bits that the call gives."""
        rule = (EXACT if exact else RULES).get(call.name)
        numbers = [_number(a) for a in arguments]
        value: Value | None = None
        if rule and None not in numbers and call.dtype == torch.float64:
            value = rule(self, *numbers, **call.keywords)
        if value is None:
            plain = [self.node(a) if isinstance(a, Scaled) else a for a in arguments]
            if not any(isinstance(a, Node) for a in plain):
                return _constant(call, plain)
            value = Scaled(self.make(call.function, *plain, dtype=call.dtype, **call.keywords))
        if exact and isinstance(value, Scaled):
            value = Scaled(self.node(value))
            self.exact.add(value.node)
        return value

    def make(
        self, function: Callable[..., Tensor], *arguments: Any, dtype: torch.dtype = torch.float64, **keywords: Any
    ) -> Node:
        """The node of a new pass, or of the same one made before."""
        key = _key(function, arguments, keywords)
        if key not in self._made:
            self._made[key] = self.append(Pass(function, arguments, keywords, dtype))
        return self._made[key]

    def append(self, new: Pass) -> Node:
        self.all.append(new)
        return Node(self._dimension + len(self.all) - 1)

    def node(self, value: Scaled) -> Node:
        """A value with its factor multiplied."""
        return value.node if value.factor == 1.0 else self.make(torch.mul, value.node, value.factor)

    def scaled(self, value: Scaled, factor: float) -> Scaled:
        """factor·value, which waits if it may."""
        if _waits(value.factor * factor):
            return Scaled(value.node, value.factor * factor)
        return Scaled(self.make(torch.mul, self.node(value), factor))

    def times(self, a: Value, b: Value) -> Value:
        if isinstance(a, float):
            return a * b if isinstance(b, float) else self.scaled(b, a)
        if isinstance(b, float):
            return self.scaled(a, b)
        return self.scaled(Scaled(self.make(torch.mul, *_in_order(a, b))), a.factor * b.factor)

    def over(self, a: Value, b: Value) -> Value | None:
        if isinstance(a, float):
            inverse = None if isinstance(b, float) else Scaled(self.make(torch.reciprocal, b.node), 1 / b.factor)
            return inverse and self.scaled(inverse, a)
        if isinstance(b, float):
            return self.scaled(a, 1 / b) if _waits(b) else Scaled(self.make(torch.div, self.node(a), b))
        return self.scaled(Scaled(self.make(torch.div, a.node, b.node)), a.factor / b.factor)

    def reciprocal(self, a: Value) -> Value | None:
        return self.over(1.0, a)

    def plus(self, a: Value, b: Value, alpha: float = 1.0) -> Value:
        """a + alpha·b"""
        if isinstance(b, float):
            return a + alpha * b if isinstance(a, float) else self.plus(alpha * b, a)
        weight = alpha * b.factor
        if isinstance(a, float):
            return Scaled(self.make(torch.add, a, b.node, alpha=weight))
        if a.node == b.node and _waits(a.factor + weight):
            return Scaled(a.node, a.factor + weight)
        if weight == 1.0:
            return Scaled(self.make(torch.add, b.node, a.node, alpha=a.factor))
        return Scaled(self.make(torch.add, a.node, b.node, alpha=weight / a.factor), a.factor)

    def power(self, a: Value, b: float) -> Value | None:
        """a^b where no pass is needed for it."""
        return 1.0 if b == 0.0 else a if b == 1.0 else None

    def minus(self, a: Value, b: Value, alpha: float = 1.0) -> Value:
        """a − alpha·b"""
        return self.plus(a, b, -alpha)

    def plus_product(self, total: Value, a: Value, b: Value, value: float = 1.0) -> Value:
        """total + value·a·b"""
        if (
            isinstance(total, float)
            or isinstance(a, float)
            or isinstance(b, float)
            or _key(torch.mul, _in_order(a, b), {}) in self._made
        ):
            product = self.times(a, b)
            return self.times(product, value) if total == 0.0 else self.plus(total, product, value)
        weight = value * a.factor * b.factor / total.factor
        return Scaled(self.make(torch.addcmul, total.node, a.node, b.node, value=weight), total.factor)

    def join_products(self, outputs: Iterable[Any]) -> None:
        """Make a sum and a product that only it reads one pass."""
        read = Counter(a for one in self.all for a in one.arguments if isinstance(a, Node))
        kept = self.exact.union(a for a in outputs if isinstance(a, Node))
        products = {
            node: one.arguments
            for node, one in zip(self._nodes(), self.all, strict=True)
            if one.function is torch.mul and read[node] == 1 and node not in kept
        }
        for k, (node, one) in enumerate(zip(self._nodes(), self.all, strict=True)):
            if one.function is not torch.add or node in self.exact:
                continue
            a, b, weight = *one.arguments, one.keywords["alpha"]
            if weight == 1.0 and b not in products:
                a, b = b, a
            if b in products:
                self.all[k] = Pass(torch.addcmul, (a, *products[b]), {"value": weight})

    def _nodes(self) -> Iterator[Node]:
        """Those of all passes."""
        return (Node(self._dimension + k) for k in range(len(self.all)))


def _in_order(a: Scaled, b: Scaled) -> tuple[Node, ...]:
    return tuple(sorted((a.node, b.node), key=lambda node: node.number))


def _constant(call: Call, arguments: Sequence[Any]) -> float | Tensor:
    """The value of a call of nothing but numbers."""
    tensors = [torch.tensor(a, dtype=torch.float64) if isinstance(a, float) else a for a in arguments]
    value: Tensor = call.function(*tensors, **call.keywords, out=torch.empty((), dtype=call.dtype))
    return value.item() if call.dtype == torch.float64 else value


def _number(value: Any) -> Value | None:
    """A value that the rules can do sums with."""
    if isinstance(value, Tensor) and value.dtype == torch.float64:
        return value.item()
    return float(value) if isinstance(value, int | float) else value if isinstance(value, Scaled) else None


def _key(function: Any, arguments: tuple[Any, ...], keywords: Mapping[str, Any]) -> tuple[Any, ...]:
    """What two passes have in common that are the same; −0.0 is another number than 0.0, and 1 than 1.0."""
    values = (*arguments, *keywords, *keywords.values())
    plain = [(v.dtype, v.item()) if isinstance(v, Tensor) else v for v in values]
    return (function, *(v if isinstance(v, Node) else repr(v) for v in plain))


EXACT: dict[str, Callable[..., Any]] = {
    "add.Tensor": Passes.plus,
    "sub.Tensor": Passes.minus,
    "rsub.Scalar": lambda passes, a, b: passes.minus(b, a),
    "mul.Tensor": Passes.times,
    "mul.Scalar": Passes.times,
    "neg.default": lambda passes, a: passes.times(a, -1.0),
    "reciprocal.default": Passes.reciprocal,
}
RULES: dict[str, Callable[..., Any]] = {
    **EXACT,
    "div.Tensor": Passes.over,
    "addcmul.default": Passes.plus_product,
    "pow.Tensor_Scalar": Passes.power,
}
