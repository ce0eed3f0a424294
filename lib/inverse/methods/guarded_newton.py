"""Newton's method guarded by a bracket."""

from lib.inverse.methods.method import Steps
from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message


class GuardedNewton:
    """Newton's step from the last point if it lies in the bracket and the steps shrink, else the middle of the bracket.

    Order 2 at a simple solution, and never worse than bisection for long; one f and one f' a step. Source: Press et
    al., Numerical Recipes, section 9.4 (rtsafe).
    """

    title = Message("Newton in a bracket")
    brackets = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        low, high = begin
        x = low.x + (high.x - low.x) / 2
        last = before = high.x - low.x  # the sizes of the last two steps
        while True:
            point, slope = problem.tangent(x)
            yield Step(point.x, point.f, slope, (low, high))
            low, high = problem.narrowed(low, high, point)
            step = (point.f - problem.y) / slope if slope == slope and slope != 0 else float("inf")
            if abs(step) <= problem.tolerance(x):  # over to the other side, so that the bracket closes
                step = (1 if step > 0 else -1) * problem.tolerance(x)
            newton = x - step
            good = low.x < newton < high.x and abs(step) < before / 2
            before, last = last, abs(step) if good else (high.x - low.x) / 2
            x = newton if good else low.x + (high.x - low.x) / 2
