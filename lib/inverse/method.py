"""What a method of solving f(x) = y is."""

from typing import Protocol

from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step
from lib.message import Message


class Method(Protocol):
    """Proposes one step at a time; lib.inverse.iteration counts, stops and traces.

    A method either works in a bracket, and begins from its two ends, or not, and begins from one start.
    """

    @property
    def title(self) -> Message:
        """The method's name in words."""

    @property
    def brackets(self) -> bool:
        """Whether it begins from a bracket."""

    def begin(self, problem: Problem, *ends: Point) -> Step:
        """Step 0, from the two ends of a bracket with a sign change, or from the start alone."""

    def next(self, problem: Problem, step: Step) -> Step | Status:
        """The step after `step`, where f and its derivative are defined and f isn't y; or why there is none."""
