"""Newton's method with a line search."""

from lib.inverse.methods.method import Steps
from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step
from lib.message import Message

HALVINGS = 40
NEAR = 16
DECREASE = 1e-4  # of what the tangent promises


class DampedNewton:
    """Newton's step, halved until |f − y| falls by a part of what the tangent promises.

    Order 2 near a simple solution, as whole steps are taken there; it can't overshoot far, but may settle where |f − y|
    has a minimum. Source: Dennis and Schnabel, Numerical Methods for Unconstrained Optimization, SIAM 1996, section
    6.3, doi 10.1137/1.9781611971200.
    """

    title = Message("Damped Newton")
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
            residual = point.f - problem.y
            step, damping = -residual / slope, 1.0
            if abs(step) <= NEAR * problem.tolerance(x):  # rounding hides any decrease
                x += step
                continue
            for _ in range(HALVINGS):
                tried = problem.point(x + damping * step)
                if abs(tried.f - problem.y) <= (1 - DECREASE * damping) * abs(residual):
                    break
                damping /= 2
            else:
                return Status.NO_DECREASE
            x = tried.x
