"""The record of one run of a method."""

from dataclasses import dataclass
from math import nan

from lib.inverse.problem import Point
from lib.inverse.status import Status
from lib.message import Message


@dataclass(frozen=True)
class Step:
    """One iterate. f is f(x), not f(x) − y. derivative is None for methods that don't use it, ends (the bracket that x
    was chosen in) for those that have none; second is f'' where it is used.

    through: what the method put a line or a curve through, a chord through two points, inverse interpolation through
    three or four. In a bracket it led to this x, else it leads to the next one. Empty where there was none, as in a
    halving, and where the tangent says it all. parallel: the derivative is that of the first step.

    k counts from 0; evaluations: how often f and f' were asked for so far. Both are written by the loop.
    """

    x: float
    f: float
    derivative: float | None = None
    ends: tuple[Point, Point] | None = None
    second: float | None = None
    through: tuple[Point, ...] = ()
    parallel: bool = False
    k: int = 0
    evaluations: tuple[int, int] = (0, 0)

    @property
    def bracket(self) -> tuple[float, float] | None:
        """The two x between which f(x) − y changes sign, ascending."""
        return None if self.ends is None else (self.ends[0].x, self.ends[1].x)


@dataclass(frozen=True)
class Trace:
    """The steps in order, k = 0, 1, ..., and how they ended. x is the last iterate: a solution if `status.found`.

    error: a bound or estimate of |x − solution|, NaN if none was found. A run that can't begin (no sign change, f
    undefined at an end) has no steps, and x is NaN.
    """

    steps: tuple[Step, ...]
    x: float
    status: Status
    message: Message
    error: float = nan
