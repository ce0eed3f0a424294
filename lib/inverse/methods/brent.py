"""Brent's method."""

from math import copysign

from lib.inverse.methods.method import Steps
from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message


class Brent:
    """Inverse quadratic interpolation or the secant, where they get on fast enough inside the bracket; else its middle.

    Superlinear at a simple solution; one f a step, and for no function many more of them than bisection. Source: R. P.
    Brent, Algorithms for Minimization without Derivatives, 1973, chapter 4.
    """

    title = Message("Brent")
    brackets = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        before, best = begin
        other = before  # on the other side of the solution than best
        last = step = best.x - before.x
        through: tuple[Point, ...]
        while True:
            if problem.side(best) == problem.side(other):
                other = before
                last = step = best.x - before.x
            if abs(other.f - problem.y) < abs(best.f - problem.y):
                before, best, other = best, other, best
            middle, least = (other.x - best.x) / 2, problem.tolerance(best.x) / 2
            proposed = _interpolated(problem, before, best, other)
            fast = abs(last) >= least and abs(before.f - problem.y) > abs(best.f - problem.y)
            if fast and 2 * abs(proposed) < min(3 * abs(middle) - least, abs(last)) and proposed * middle > 0:
                last, step = step, proposed
                through = (before, best) if before.x == other.x else (before, best, other)
            else:
                last = step = middle
                through = ()
            ends = (best, other) if best.x < other.x else (other, best)
            before = best
            best = problem.point(best.x + (step if abs(step) > least else copysign(least, middle)))
            yield Step(best.x, best.f, ends=ends, through=through)


def _interpolated(problem: Problem, before: Point, best: Point, other: Point) -> float:
    """The step from the best point by inverse quadratic interpolation, by the secant where two points coincide."""
    s = (best.f - problem.y) / (before.f - problem.y)
    if before.x == other.x:
        p, q = s * (other.x - best.x), 1 - s
    else:
        t, r = (before.f - problem.y) / (other.f - problem.y), (best.f - problem.y) / (other.f - problem.y)
        p = s * (t * (t - r) * (other.x - best.x) - (best.x - before.x) * (r - 1))
        q = (t - 1) * (r - 1) * (s - 1)
    return -p / q if q else float("inf")
