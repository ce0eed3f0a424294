"""Bisection."""

from lib.inverse.methods.method import Steps
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

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        low, high = begin
        while True:
            middle = problem.point(low.x + (high.x - low.x) / 2)
            yield Step(middle.x, middle.f, ends=(low, high))
            low, high = problem.narrowed(low, high, middle)
