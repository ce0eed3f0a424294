"""Fixed-point iteration."""

from lib.inverse.methods.method import Steps
from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step
from lib.message import Message


class FixedPoint:
    """x_{k+1} = g(x_k) with g(x) = x − (f(x) − y)/m, where m = f'(x_0): every line has the slope of the first tangent.

    Order 1, ratio |g'| = |1 − f'(x*)/m| at the solution, so it converges only where that is below 1; one f a step.
    Source: Burden and Faires, Numerical Analysis, section 2.2.
    """

    title = Message("Fixed point")
    brackets = False
    linear = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        point, slope = problem.tangent(begin[0].x)
        while True:
            yield Step(point.x, point.f, slope, parallel=True)
            if slope != slope:
                return Status.NO_DERIVATIVE
            if slope == 0:
                return Status.FLAT
            point = problem.point(point.x - (point.f - problem.y) / slope)
