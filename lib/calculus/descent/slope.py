"""The function as a method sees it: value, gradient and Hessian at one point."""

from collections.abc import Callable
from dataclasses import dataclass, field

from torch import Tensor

from lib.calculus.local_model import LocalModel


@dataclass
class Slope:
    """f by points (d,); counts its calls."""

    model: Callable[[Tensor], LocalModel]
    calls: int = field(default=0)

    def look(self, x: Tensor) -> LocalModel:
        self.calls += 1
        return self.model(x[None])

    def value(self, x: Tensor) -> float:
        return float(self.look(x).value[0])
