"""Newton's method."""

from lib.inverse.methods.method import Steps
from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step
from lib.message import Message


class Newton:
    """x_{k+1} = x_k − (f(x_k) − y) / f'(x_k): where the tangent at x_k meets the level y.

    Order 2 at a simple solution, 1 (ratio 1 − 1/m) at one of multiplicity m; one f and one f' a step. No guarantee
    from a poor start. Source: Ortega and Rheinboldt, Iterative Solution of Nonlinear Equations, 1970, section 7.1.
    """

    title = Message("Newton")
    brackets = False

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        x = begin[0].x
        while True:
            point, slope = problem.tangent(x)
            yield Step(x, point.f, slope)
            if slope != slope:
                return Status.NO_DERIVATIVE
            if slope == 0:
                return Status.FLAT
            x -= (point.f - problem.y) / slope
