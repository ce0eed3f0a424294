"""The ITP method."""

from math import ceil, copysign, log2

from lib.inverse.methods.method import Steps, off_the_ends, secant
from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message

TRUNCATION = 0.2  # κ₁, of the bracket's width to the power −1; κ₂ is 2
SLACK = 1  # n₀: steps more than bisection that it may take


class ITP:
    """Interpolate, truncate, project: regula falsi, moved towards the middle, kept within what bisection would reach.

    Order 1.618 on average at a simple solution; one f a step, and never more than one step more than bisection.
    Source: Oliveira and Takahashi, ACM Trans. Math. Softw. 47 (2021), doi 10.1145/3423597.
    """

    title = Message("ITP")
    brackets = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        low, high = begin
        width = high.x - low.x
        goal = max(problem.tolerance(low.x), problem.tolerance(high.x)) / 4
        left = max(0, ceil(log2(width / goal / 2))) + SLACK  # steps
        while True:
            middle = low.x + (high.x - low.x) / 2
            radius = goal * 2.0**left - (high.x - low.x) / 2
            falsi = off_the_ends(problem, secant(problem, low, high), low, high)
            towards = copysign(1.0, middle - falsi)
            move = TRUNCATION / width * (high.x - low.x) ** 2
            x = falsi + towards * move if move <= abs(middle - falsi) else middle
            if abs(x - middle) > radius:
                x = middle - towards * max(radius, 0.0)
            point = problem.point(off_the_ends(problem, x, low, high))
            yield Step(point.x, point.f, ends=(low, high), through=(low, high))
            low, high = problem.narrowed(low, high, point)
            left -= 1
