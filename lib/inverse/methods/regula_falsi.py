"""Regula falsi."""

from lib.inverse.methods.method import Steps, inside, secant
from lib.inverse.problem import Point, Problem
from lib.inverse.trace import Step
from lib.message import Message


class RegulaFalsi:
    """x is where the chord of the bracket meets the level y; the part with the sign change is the next bracket.

    Order 1: where f is convex or concave one end never moves, and the bracket never gets small; one f a step.
    Source: Dowell and Jarratt, BIT 11 (1971), doi 10.1007/BF01934364.
    """

    title = Message("Regula falsi")
    brackets = True
    closes = False
    linear = True

    def steps(self, problem: Problem, *begin: Point) -> Steps:
        low, high = begin
        while True:
            point = problem.point(inside(secant(problem, low, high), low, high))
            yield Step(point.x, point.f, ends=(low, high), through=(low, high))
            low, high = problem.narrowed(low, high, point)
