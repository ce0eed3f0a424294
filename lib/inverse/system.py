"""Two equations in two unknowns: Newton's method with the Jacobian."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import hypot, inf, isfinite
from types import MappingProxyType
from typing import Any

import torch

from lib.calculus import jacobian
from lib.expression import Expression
from lib.inverse.problem import TO_THE_LAST_DIGIT, Accuracy
from lib.message import Message

FAR = 1e100
LONGEST_CYCLE = 16
ABSOLUTE = 1e-18  # of the largest |p| met, where no absolute tolerance is given


class Ending(Enum):
    """How a run ended. `found`: the point is a solution."""

    CONVERGED = (
        True,
        lambda **v: Message("Converged at step {k}: ({x:.6g}, {y:.6g}), the last step was {size:.1g}.", **v),
    )
    EXACT = (True, lambda **v: Message("Exact at step {k}: at ({x:.6g}, {y:.6g}) both equations hold.", **v))
    SINGULAR = (
        False,
        lambda **v: Message(
            "The Jacobian at ({x:.6g}, {y:.6g}) (step {k}) is singular: the two tangent lines are parallel. "
            "Choose another start.",
            **v,
        ),
    )
    UNDEFINED = (
        False,
        lambda **v: Message(
            "f or its Jacobian is undefined at ({x:.6g}, {y:.6g}) (step {k}). Choose another start.", **v
        ),
    )
    RUNS_AWAY = (
        False,
        lambda **v: Message("Runs away: ({x:.6g}, {y:.6g}) at step {k} and still going. Choose another start.", **v),
    )
    CYCLE = (
        False,
        lambda **v: Message(
            "A cycle of length {length}: step {k} is back at ({x:.6g}, {y:.6g}). Choose another start.", **v
        ),
    )
    TOO_MANY_STEPS = (
        False,
        lambda **v: Message(
            "No convergence in {k} steps; the last is ({x:.6g}, {y:.6g}). Choose another start, or see on the map "
            "whether the two curves meet.",
            **v,
        ),
    )

    def __init__(self, found: bool, say: Callable[..., Message]) -> None:
        self.found = found
        self.message = say


@dataclass(frozen=True)
class SystemStep:
    """A point, f there less the target, and the determinant of the Jacobian."""

    k: int
    point: tuple[float, float]
    residual: tuple[float, float]
    determinant: float

    @property
    def norm(self) -> float:
        """The length of the residual."""
        return hypot(*self.residual)


@dataclass(frozen=True)
class SystemTrace:
    """The steps, k = 0, 1, …, and how they ended."""

    steps: tuple[SystemStep, ...]
    ending: Ending
    message: Message


def solve_system(
    expression: Expression,
    target: tuple[float, float],
    start: tuple[float, float],
    *,
    variables: tuple[str, str] = ("x", "y"),
    at: Mapping[str, float] = MappingProxyType({}),
    accuracy: Accuracy = TO_THE_LAST_DIGIT,
) -> SystemTrace:
    """p_{k+1} = p_k − J(p_k)⁻¹ (f(p_k) − target), until |p_k − p_{k−1}| <= relative · |p_k| + absolute.

    A vector of another length than 2 is a ValueError. Source: Ortega and Rheinboldt, Iterative Solution of Nonlinear
    Equations, 1970, section 7.1.
    """
    if expression.shape != 2 or len(set(variables)) != 2:
        raise ValueError(
            Message("A system needs a vector of two components in two unknowns, such as [x^2 + y^2, x*y].")
        )
    goal = torch.tensor(target, dtype=torch.float64)
    point = torch.tensor(start, dtype=torch.float64)
    steps: list[SystemStep] = []
    while True:
        found = jacobian(expression, point[None], variables=variables, at=at)
        residual, matrix = found.value[0] - goal, found.matrix[0]
        steps.append(SystemStep(len(steps), _pair(point), _pair(residual), float(found.determinant[0])))
        ending, numbers = _ending(steps, accuracy) or (None, {})
        if ending is None:
            step, info = torch.linalg.solve_ex(matrix, residual)
            if int(info) == 0 and bool(step.isfinite().all()):
                point = point - step
                continue
            ending = Ending.SINGULAR
        last = steps[-1]
        known = {"k": last.k, "x": last.point[0], "y": last.point[1], **numbers}
        return SystemTrace(tuple(steps), ending, ending.message(**known))


def _pair(values: torch.Tensor) -> tuple[float, float]:
    first, second = values.tolist()
    return first, second


def _ending(steps: Sequence[SystemStep], accuracy: Accuracy) -> tuple[Ending, dict[str, Any]] | None:
    last = steps[-1]
    size = hypot(*last.point)
    if not size < FAR:
        return Ending.RUNS_AWAY, {}
    if last.residual == (0.0, 0.0):
        return Ending.EXACT, {}
    if not isfinite(last.norm) or not isfinite(last.determinant):
        return Ending.UNDEFINED, {}
    moved = [_apart(last, step) for step in steps[-1 - LONGEST_CYCLE : -1][::-1]]  # from 1, 2, … steps before
    scale = max(hypot(*step.point) for step in steps)
    absolute = ABSOLUTE * scale if accuracy.absolute is None else accuracy.absolute
    near = [distance <= accuracy.relative * size + absolute for distance in moved]
    if near and near[0]:
        return Ending.CONVERGED, {"size": moved[0]}
    if True in near:
        cycle = near.index(True) + 1
        if max(moved[:cycle], default=inf) <= 1e-6 * size:  # rounding noise about a solution
            return Ending.CONVERGED, {"size": moved[0]}
        return Ending.CYCLE, {"length": cycle}
    return (Ending.TOO_MANY_STEPS, {}) if last.k >= accuracy.steps else None


def _apart(a: SystemStep, b: SystemStep) -> float:
    return hypot(a.point[0] - b.point[0], a.point[1] - b.point[1])
