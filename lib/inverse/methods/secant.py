"""The secant method."""

from lib.inverse.methods.method import Steps, secant
from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step
from lib.message import Message

APART = 1e-4  # of |x| and absolutely: the second point


class Secant:
    """x_{k+1} is where the line through the last two points meets the level y; the second point lies beside the start.

    Order 1.618 at a simple solution, one f a step and no f'. Source: Ortega and Rheinboldt, Iterative Solution of
    Nonlinear Equations, 1970, section 7.2.
    """

    title = Message("Secant")
    brackets = False

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        before = problem.point(begin[0].x)
        yield Step(before.x, before.f)
        point = problem.point(before.x + APART * (1 + abs(before.x)))
        while True:
            yield Step(point.x, point.f, through=(before, point))
            x = secant(problem, before, point)
            if x != x:
                return Status.FLAT
            before, point = point, problem.point(x)
