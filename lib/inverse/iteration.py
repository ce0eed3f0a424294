"""The one loop: it counts, traces, and asks the stopping rules after every step."""

from dataclasses import replace

import torch

from lib.calculus.audit.conventions import missing_derivatives
from lib.inverse.methods.method import Method
from lib.inverse.problem import Point, Problem
from lib.inverse.status import Status
from lib.inverse.stopping import Ending, bracketed, unbracketed
from lib.inverse.trace import Step, Trace
from lib.message import Message

FLAT = Message("as happens where f ′ is 0 at the solution")
LINEAR = Message("as is the way of this method")
STEEP = Message("as happens where f ′ is infinite at the solution")
STEEPER = 1e3  # times the first slope


def iterate(problem: Problem, method: Method, *begin: Point) -> Trace:
    """The run of the method from its step 0 to its end; at most `problem.accuracy.steps` steps follow step 0.

    For the stopping inequality and its tolerances see lib.inverse.stopping.
    """
    problem = problem.begun(*begin)
    rule = bracketed if method.brackets else unbracketed
    proposals = method.steps(problem, *begin)
    steps: list[Step] = []
    spent = (len(begin) if method.brackets else 0, 0)
    ending = None
    while ending is None:
        before = problem.counts.both
        try:
            proposed = next(proposals)
        except StopIteration as stop:
            convention = stop.value is Status.FLAT and steps[-1].derivative == 0 and _no_tangent(problem, steps[-1].x)
            ending = Ending(Status.KINK if convention else stop.value)
            break
        after = problem.counts.both  # what the stopping rules look at is not the method's
        spent = (spent[0] + after[0] - before[0], spent[1] + after[1] - before[1])
        steps.append(replace(proposed, k=len(steps), evaluations=spent))
        ending = rule(problem, steps, closes=getattr(method, "closes", True))
    first, last = (abs(step.derivative or 0.0) for step in (steps[0], steps[-1]))
    steep = STEEP if last > STEEPER * first else FLAT
    return trace(problem, steps, ending, LINEAR if getattr(method, "linear", False) else steep)


def _no_tangent(problem: Problem, x: float) -> bool:
    """Whether f has no derivative at x, so that a horizontal tangent is autograd's convention."""
    place = torch.tensor([x], dtype=torch.float64)
    missing = missing_derivatives(problem.expression, place, variable=problem.variable, at=problem.at)
    return any(order == 1 for order, _why in missing.values())


def trace(problem: Problem, steps: list[Step], ending: Ending, why: Message) -> Trace:
    """The steps and their ending, with its numbers put into the sentence; why: the cause of slow convergence."""
    last = steps[-1]
    known = {"k": last.k, "x": last.x, "f": last.f, "y": problem.y, "why": why}
    error = ending.numbers.get("error", 0.0 if ending.status.found else float("nan"))
    return Trace(tuple(steps), last.x, ending.status, ending.status.message(**known, **ending.numbers), error)
