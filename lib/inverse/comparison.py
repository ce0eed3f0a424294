"""All methods on one equation, side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from types import MappingProxyType

from lib.expression import Expression
from lib.inverse.methods import METHODS
from lib.inverse.problem import TO_THE_LAST_DIGIT, Accuracy
from lib.inverse.solver import solve
from lib.inverse.trace import Trace


@dataclass(frozen=True)
class Run:
    """One method's run, and the seconds that it took, tracing included."""

    method: str
    trace: Trace
    seconds: float

    @property
    def evaluations(self) -> tuple[int, int]:
        """How often f and its derivatives were asked for."""
        return self.trace.steps[-1].evaluations if self.trace.steps else (0, 0)


def compare(
    expression: Expression,
    y: float,
    *,
    start: float,
    bracket: tuple[float, float],
    window: tuple[float, float] | None = None,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
    accuracy: Accuracy = TO_THE_LAST_DIGIT,
) -> tuple[Run, ...]:
    """Every method from the same start or bracket. A bad argument is a ValueError."""
    runs = []
    for method in METHODS:
        begun = perf_counter()
        trace = solve(
            expression,
            y,
            method,
            start=start,
            bracket=bracket,
            window=window,
            variable=variable,
            at=at,
            accuracy=accuracy,
        )
        runs.append(Run(method, trace, perf_counter() - begun))
    return tuple(runs)
