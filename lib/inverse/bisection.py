"""Bisection."""

from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message


class Bisection:
    """x is the middle of the bracket; the half with the sign change is the next bracket.

    Order 1, ratio 1/2: one f a step, about 53 steps to the last bit. Finds a sign change of a continuous function for
    certain. Source: Burden and Faires, Numerical Analysis, section 2.1.
    """

    title = Message("Bisection")
    brackets = True

    def begin(self, problem: Problem, *ends: Point) -> Step:
        low, high = ends
        return _halfway(problem, 0, low, high)

    def next(self, problem: Problem, step: Step) -> Step:
        if step.ends is None:
            raise TypeError("a bracketing step has ends")
        (low, high), middle = step.ends, Point(step.x, step.f)
        if problem.side(middle) == problem.side(low):
            return _halfway(problem, step.k + 1, middle, high)
        return _halfway(problem, step.k + 1, low, middle)


def _halfway(problem: Problem, k: int, low: Point, high: Point) -> Step:
    middle = problem.point(low.x + (high.x - low.x) / 2)
    return Step(k, middle.x, middle.f, None, (low, high))
