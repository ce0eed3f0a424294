"""The Illinois method."""

from lib.inverse.methods.method import Steps, off_the_ends
from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message

PATIENCE = 20  # then the middle: where f is flat to the last digit, halves of it are too


class Illinois:
    """Regula falsi, but where one end stays for a second time its f − y counts half, which brings the other end over.

    Order 1.442; one f a step. Source: Dowell and Jarratt, BIT 11 (1971), doi 10.1007/BF01934364.
    """

    title = Message("Illinois")
    brackets = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        low, high = begin
        left, right = low.f - problem.y, high.f - problem.y  # as they count
        stayed = 0  # how often the high end has stayed in a row; below 0 the low end
        while True:
            x = high.x - right * ((high.x - low.x) / (right - left))
            chord: tuple[Point, ...] = Point(low.x, problem.y + left), Point(high.x, problem.y + right)
            if abs(stayed) > PATIENCE:
                x, chord = low.x + (high.x - low.x) / 2, ()
            point = problem.point(off_the_ends(problem, x, low, high))
            yield Step(point.x, point.f, ends=(low, high), through=chord)
            if problem.side(point) == problem.side(low):
                low, left = point, point.f - problem.y
                right = right / 2 if stayed > 0 else right
                stayed = max(stayed, 0) + 1
            else:
                high, right = point, point.f - problem.y
                left = left / 2 if stayed < 0 else left
                stayed = min(stayed, 0) - 1
