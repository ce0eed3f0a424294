"""What a method of solving f(x) = y is."""

from collections.abc import Generator
from math import inf, nextafter
from typing import Protocol

from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step
from lib.message import Message

# Proposes step after step, and may give up with a status; lib.inverse.iteration counts, stops and traces.
Steps = Generator[Step, None, Status]


class Method(Protocol):
    """A method either works in a bracket, and begins from its two ends, or not, and begins from one start.

    closes = False says that its brackets don't get small, linear = True that its order is 1 at every solution.
    It is asked for the next step only where f is defined at the last one, isn't y, and no stopping rule holds.
    """

    @property
    def title(self) -> Message:
        """The method's name in words."""

    @property
    def brackets(self) -> bool:
        """Whether it begins from a bracket."""

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        """The steps, from the start, or from the two ends of a bracket with a change of sign, the lower first."""


def inside(x: float, low: Point, high: Point) -> float:
    """x, or the middle of the bracket where x isn't between its ends (or undefined)."""
    return x if low.x < x < high.x else low.x + (high.x - low.x) / 2


def off_the_ends(problem: Problem, x: float, low: Point, high: Point) -> float:
    """As `inside`, but an x on an end, where rounding has put it, is moved off by the tolerance: the bracket closes."""
    if not low.x <= x <= high.x:
        return inside(x, low, high)
    room = problem.tolerance(x) / 2
    return min(max(x, low.x + room, nextafter(low.x, inf)), high.x - room, nextafter(high.x, -inf))


def secant(problem: Problem, a: Point, b: Point) -> float:
    """Where the line through two points of f meets the level y; NaN where it is level."""
    fa, fb = a.f - problem.y, b.f - problem.y
    return b.x - fb * ((b.x - a.x) / (fb - fa)) if fb != fa else float("nan")
