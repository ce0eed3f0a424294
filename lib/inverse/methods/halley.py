"""Halley's method."""

from lib.inverse.methods.method import Steps
from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step
from lib.message import Message


class Halley:
    """x_{k+1} = x_k − 2 r f' / (2 f'² − r f''), r = f(x_k) − y: where a hyperbola that osculates f meets the level y.

    Order 3 at a simple solution; f, f' and f'' a step. Source: Alefeld, On the convergence of Halley's method, Amer.
    Math. Monthly 88 (1981), doi 10.1080/00029890.1981.11995308.
    """

    title = Message("Halley")
    brackets = False

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        x = begin[0].x
        while True:
            point, slope, bend = problem.curvature(x)
            yield Step(x, point.f, slope, second=bend)
            if slope != slope:
                return Status.NO_DERIVATIVE
            if slope == 0:
                return Status.FLAT
            newton = (point.f - problem.y) / slope
            divisor = 1 - newton * bend / (2 * slope)
            x -= newton / divisor if divisor > 0 else newton  # a hyperbola that bends away: Newton's step
