"""The methods of descent: each proposes the next point, and the loop does the rest.

Sources: J. Nocedal, S. J. Wright, Numerical Optimization, Springer 2006, doi 10.1007/978-0-387-40065-5 (line search:
section 3.1, Newton with a modified Hessian: 3.4, L-BFGS: 7.2); D. P. Kingma, J. Ba, Adam, arXiv 1412.6980.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

import torch
from torch import Tensor

from lib.calculus.descent.slope import Slope
from lib.calculus.local_model import LocalModel
from lib.message import Message

ENOUGH = 1e-4  # of the decrease that the slope promises: a step of the line search is taken (Armijo)
HALVINGS = 40
LEAST = 1e-8  # of the largest |λ|: smaller ones are raised to it, so that the direction goes down
MEMORY = 10  # of L-BFGS


class Proposes(Protocol):
    """One run of a method."""

    def propose(self, x: Tensor, here: LocalModel, f: Slope) -> Tensor:
        """The point after x (d,)."""


class Optimizer:
    """One of torch.optim, which is given the gradient and moves the point."""

    def __init__(self, x: Tensor, make: Callable[[list[Tensor]], torch.optim.Optimizer]) -> None:
        self._x = x.clone().requires_grad_()
        self._optimizer = make([self._x])

    def propose(self, x: Tensor, here: LocalModel, f: Slope) -> Tensor:
        def closure() -> Tensor:
            now = here if torch.equal(self._x, x) else f.look(self._x.detach())
            self._x.grad = now.gradient[0].clone()
            return now.value[0]

        self._optimizer.step(closure)  # type: ignore[arg-type]
        return self._x.detach().clone()


class Newton:
    """x − H⁻¹∇f: to the critical point of the quadratic model, be it a minimum or not."""

    def propose(self, x: Tensor, here: LocalModel, _f: Slope) -> Tensor:
        step: Tensor = torch.linalg.pinv(here.hessian[0]) @ here.gradient[0]
        return x - step


class SafeguardedNewton:
    """Newton's direction with |λ| in place of λ, which goes down; the step is halved until f has fallen enough."""

    def propose(self, x: Tensor, here: LocalModel, f: Slope) -> Tensor:
        size, vectors = here.eigenvalues[0].abs(), here.eigenvectors[0]
        size = size.clamp(min=LEAST * float(size.max())).where(size.max() > 0, 1.0)
        direction = -vectors @ ((vectors.T @ here.gradient[0]) / size)
        promised = ENOUGH * float(here.gradient[0] @ direction)
        length = 1.0
        for _ in range(HALVINGS):
            if f.value(x + length * direction) <= float(here.value[0]) + length * promised:
                return x + length * direction
            length /= 2
        return x


@dataclass(frozen=True)
class Method:
    """A method by name: its title, how a run begins, and whether the rate is of use to it."""

    title: Message
    begin: Callable[[Tensor, float], Proposes]
    rated: bool = True


def _lbfgs(parameters: list[Tensor]) -> torch.optim.Optimizer:
    return torch.optim.LBFGS(
        parameters,
        max_iter=1,
        history_size=MEMORY,
        line_search_fn="strong_wolfe",
        tolerance_grad=0,
        tolerance_change=1e-16,
        max_eval=50,
    )


METHODS: Mapping[str, Method] = {
    "gradient": Method(
        Message("Gradient descent"), lambda x, rate: Optimizer(x, lambda p: torch.optim.SGD(p, lr=rate))
    ),
    "momentum": Method(
        Message("Momentum"), lambda x, rate: Optimizer(x, lambda p: torch.optim.SGD(p, lr=rate, momentum=0.9))
    ),
    "adam": Method(Message("Adam"), lambda x, rate: Optimizer(x, lambda p: torch.optim.Adam(p, lr=rate))),
    "newton": Method(Message("Newton"), lambda _x, _rate: Newton(), rated=False),
    "safeguarded": Method(Message("Newton with line search"), lambda _x, _rate: SafeguardedNewton(), rated=False),
    "lbfgs": Method(Message("L-BFGS"), lambda x, _rate: Optimizer(x, _lbfgs), rated=False),
}
