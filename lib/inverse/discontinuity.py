"""A change of sign that is no solution: a pole or a jump inside the bracket."""

from collections.abc import Mapping
from math import isfinite

from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status

Ends = tuple[Point, Point]

NEAR, WIDE = 1e-9, 1e-6  # of the first bracket's width
NOTHING_LEFT = 1e-8  # of the largest |f − y| at the first bracket's ends: a smaller gap is rounding noise


def discontinuity(problem: Problem, ends: Ends, outer: Ends) -> tuple[Status, Mapping[str, float]] | None:
    """POLE or JUMP if f has one between these ends, else None.

    Compares the gap between f at the two ends with the gap a little farther out: at a solution of a continuous
    function it has shrunk (even for a cube root, by more than half), at a jump it has stayed, at a pole it has grown.
    """
    low, high = ends
    reach = max(WIDE * (outer[1].x - outer[0].x), 4 * (high.x - low.x))
    below = problem.point(max(outer[0].x, low.x - reach))
    above = problem.point(min(outer[1].x, high.x + reach))
    gap, wide = abs(high.f - low.f), abs(above.f - below.f)
    if not isfinite(wide) or gap <= NOTHING_LEFT * max(abs(end.f - problem.y) for end in outer):
        return None
    if gap > 2 * wide:
        return Status.POLE, {}
    return (Status.JUMP, {"before": low.f, "after": high.f}) if gap > wide / 2 else None


def jump_at(problem: Problem, x: float, outer: Ends) -> Mapping[str, float] | None:
    """The values of f before and after x if f jumps across y at x, else None."""
    ends = _around(problem, x, outer)
    status, numbers = discontinuity(problem, ends, outer) or (None, {})
    return numbers if status is Status.JUMP and problem.side(ends[0]) * problem.side(ends[1]) < 0 else None


def gap_in_domain(problem: Problem, x: float, outer: Ends) -> tuple[Status, Mapping[str, float]]:
    """POLE, JUMP, or UNDEFINED, for an x inside the bracket where f is undefined."""
    ends = _around(problem, x, outer)
    opposite = problem.side(ends[0]) * problem.side(ends[1]) < 0
    return (discontinuity(problem, ends, outer) if opposite else None) or (Status.UNDEFINED, {})


def _around(problem: Problem, x: float, outer: Ends) -> Ends:
    reach = NEAR * (outer[1].x - outer[0].x)
    return problem.point(x - reach), problem.point(x + reach)
