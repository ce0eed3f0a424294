"""Chandrupatla's method."""

from lib.inverse.methods.method import Steps
from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message


class Chandrupatla:
    """Inverse quadratic interpolation where the three last points say that it is safe, else the middle of the bracket.

    Superlinear at a simple solution; one f a step, and fewer than Brent's for flat functions. Source: T. R.
    Chandrupatla, Advances in Engineering Software 28 (1997), doi 10.1016/S0965-9978(96)00051-8.
    """

    title = Message("Chandrupatla")
    brackets = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        first, second = begin  # the solution lies between
        share = 0.5
        through: tuple[Point, ...] = ()
        while True:
            point = problem.point(first.x + share * (second.x - first.x))
            ends = (first, second) if first.x < second.x else (second, first)
            yield Step(point.x, point.f, ends=ends, through=through)
            if problem.side(point) == problem.side(first):
                third, first = first, point
            else:
                third, second, first = second, first, point
            best = first if abs(first.f - problem.y) < abs(second.f - problem.y) else second
            share = _share(problem, first, second, third) if third.x != second.x else 0.5
            through = (first, second, third) if share != 0.5 else ()
            least = problem.tolerance(best.x) / 2 / abs(second.x - first.x)
            share = min(1 - least, max(least, share))


def _share(problem: Problem, first: Point, second: Point, third: Point) -> float:
    """How far from the first point to the second the next one lies."""
    f1, f2, f3 = (point.f - problem.y for point in (first, second, third))
    xi = (first.x - second.x) / (third.x - second.x)
    phi = (f1 - f2) / (f3 - f2) if f3 != f2 else float("nan")
    if not (phi**2 < xi and (1 - phi) ** 2 < 1 - xi):
        return 0.5
    alpha = (third.x - first.x) / (second.x - first.x)
    return f1 / (f2 - f1) * f3 / (f2 - f3) + alpha * f1 / (f3 - f1) * f2 / (f3 - f2)
