"""The record of one run of a method."""

from dataclasses import dataclass

from lib.inverse.problem import Point
from lib.inverse.status import Status
from lib.message import Message


@dataclass(frozen=True)
class Step:
    """One iterate. f is f(x), not f(x) − y. derivative is None for methods that don't use it, ends for those that
    have no bracket."""

    k: int
    x: float
    f: float
    derivative: float | None = None
    ends: tuple[Point, Point] | None = None

    @property
    def bracket(self) -> tuple[float, float] | None:
        """The two x between which f(x) − y changes sign, ascending."""
        return None if self.ends is None else (self.ends[0].x, self.ends[1].x)


@dataclass(frozen=True)
class Trace:
    """The steps in order, k = 0, 1, ..., and how they ended. x is the last iterate: a solution if `status.found`.

    A run that can't begin (no sign change, f undefined at an end) has no steps, and x is NaN.
    """

    steps: tuple[Step, ...]
    x: float
    status: Status
    message: Message
