"""Algorithm 748 of Alefeld, Potra and Shi."""

from dataclasses import dataclass
from math import nextafter

from lib.inverse.methods.method import Steps, inside, secant
from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message

SHRINK = 0.5  # μ: a round that leaves more of the bracket ends with a halving


class Toms748:
    """Inverse cubic or quadratic interpolation twice, a double secant step, and a halving where the bracket is slow.

    Order about 1.65 an f at a simple solution; one f a step. Source: Alefeld, Potra and Shi, ACM Trans. Math. Softw.
    21 (1995), algorithm 4.2, doi 10.1145/210089.210111.
    """

    title = Message("TOMS 748")
    brackets = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        it = _State(problem, *begin)
        yield it.step(secant(problem, it.low, it.high), begin)
        it.old = None
        while True:
            width = it.high.x - it.low.x
            for newton_steps in (2, 3):
                cubic = it.cubic()
                yield it.step(cubic or it.quadratic(newton_steps), it.known if cubic else ())
            yield it.step(it.doubled())
            if it.high.x - it.low.x > SHRINK * width:
                yield it.step(float("nan"))


@dataclass
class _State:
    """The bracket, and the ends that were left last and before that."""

    problem: Problem
    low: Point
    high: Point
    left: Point | None = None
    old: Point | None = None

    @property
    def known(self) -> tuple[Point, ...]:
        return tuple(point for point in (self.low, self.high, self.left, self.old) if point)

    def step(self, x: float, through: tuple[Point, ...] = ()) -> Step:
        """The point at x, or in the middle where x isn't inside; the bracket is narrowed by it."""
        ends = self.low, self.high
        point = self.problem.point(inside(x, *ends))
        if point.f == point.f:
            self.low, self.high = self.problem.narrowed(*ends, point)
            self.left, self.old = ends[1] if self.low is ends[0] else ends[0], self.left
        return Step(point.x, point.f, ends=ends, through=through)

    def residuals(self, *points: Point) -> list[float]:
        return [point.f - self.problem.y for point in points]

    def cubic(self) -> float | None:
        """The zero of the inverse cubic through four points; None where they are too few or out of the bracket."""
        if self.left is None or self.old is None:
            return None
        a, b, d, e = self.low, self.high, self.left, self.old
        fa, fb, fd, fe = self.residuals(a, b, d, e)
        if len({fa, fb, fd, fe}) < 4:
            return None
        q11 = (d.x - e.x) * fd / (fe - fd)
        q21 = (b.x - d.x) * fb / (fd - fb)
        q31 = (a.x - b.x) * fa / (fb - fa)
        d21 = (b.x - d.x) * fd / (fd - fb)
        d31 = (a.x - b.x) * fb / (fb - fa)
        q22 = (d21 - q11) * fb / (fe - fb)
        q32 = (d31 - q21) * fa / (fd - fa)
        d32 = (d31 - q21) * fd / (fd - fa)
        q33 = (d32 - q22) * fa / (fe - fa)
        x = a.x + (q31 + q32 + q33)
        return x if a.x < x < b.x else None

    def quadratic(self, newton_steps: int) -> float:
        """A zero of the quadratic through three points by so many Newton steps."""
        a, b, d = self.low, self.high, self.left
        if d is None:
            return float("nan")
        fa, fb, fd = self.residuals(a, b, d)
        slope = (fb - fa) / (b.x - a.x)
        bend = ((fd - fb) / (d.x - b.x) - slope) / (d.x - a.x)
        if bend == 0:
            return a.x - fa / slope
        x = a.x if (bend > 0) == (fa > 0) else b.x
        for _ in range(newton_steps):
            value = fa + (slope + bend * (x - b.x)) * (x - a.x)
            tangent = slope + bend * (2 * x - a.x - b.x)
            x -= value / tangent if tangent else 0.0
        return x

    def doubled(self) -> float:
        """Twice the secant step from the better end, the middle where that leads too far."""
        a, b = self.low, self.high
        fa, fb = self.residuals(a, b)
        best, other, f = (a, b, fa) if abs(fa) < abs(fb) else (b, a, fb)
        x = best.x - 2 * f * ((b.x - a.x) / (fb - fa))
        if abs(x - best.x) > (b.x - a.x) / 2:
            return a.x + (b.x - a.x) / 2
        return x if x != best.x else nextafter(best.x, other.x)
