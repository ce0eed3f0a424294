"""Functions that are formulas of others, most of them activations of torch.nn.functional."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lib.expression import build
from lib.expression.tree import Node, Span

if TYPE_CHECKING:
    from lib.expression.parser import Parser


@dataclass(frozen=True, slots=True)
class Composed:
    """A formula in its parameters, with the values of the last ones where they are left out."""

    formula: str
    parameters: tuple[str, ...] = ("x",)
    defaults: tuple[float, ...] = ()

    @property
    def least(self) -> int:
        return len(self.parameters) - len(self.defaults)


_TWO = ("x", "y")

COMPOSED = {
    "logsigmoid": Composed("-softplus(-x)"),
    "relu6": Composed("clamp(x, 0, 6)"),
    "hardtanh": Composed("clamp(x, a, b)", ("x", "a", "b"), (-1, 1)),
    "hardsigmoid": Composed("clamp(x/6 + 1/2, 0, 1)"),
    "hardswish": Composed("x*clamp(x + 3, 0, 6)/6"),
    "selu": Composed("1.0507009873554805*elu(x, 1.6732632423543772)"),
    "tanhshrink": Composed("x - tanh(x)"),
    "celu": Composed("a*elu(x/a)", ("x", "a"), (1,)),
    "hardshrink": Composed("where(abs(x) > a, x, 0)", ("x", "a"), (0.5,)),
    "softshrink": Composed("where(x > a, x - a, where(x < -a, x + a, 0))", ("x", "a"), (0.5,)),
    "clamp_min": Composed("clamp(x, a)", ("x", "a")),
    "clamp_max": Composed("clamp(x, -inf, a)", ("x", "a")),
    "logaddexp": Composed("y + softplus(x - y)", _TWO),
    "fmod": Composed("where(x < 0, -mod(-x, abs(y)), mod(x, abs(y)))", _TWO),
    **dict.fromkeys(("deg2rad", "radians"), Composed("x*pi/180")),
    **dict.fromkeys(("rad2deg", "degrees"), Composed("x*180/pi")),
}


def composed(p: Parser, name: str, arguments: list[Node], span: Span) -> Node:
    """The value of the formula, all of it at the place of the call."""
    row = COMPOSED[name]
    left_out = len(row.parameters) - len(arguments)
    values = [*arguments, *(_default(d, span) for d in row.defaults[len(row.defaults) - left_out :])]
    inner = type(p)(row.formula)
    inner.tokens = [replace(token, start=span[0], end=span[1]) for token in inner.tokens]
    inner.place = 0
    inner.definitions = dict(zip(row.parameters, values, strict=True))
    return inner.expression()


def _default(value: float, span: Span) -> Node:
    size = build.number(abs(value), span)
    return size if value >= 0 else build.elementwise("neg", (size,), span)
