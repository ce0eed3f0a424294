"""The one loop: it counts, traces, and asks the stopping rules after every step."""

from lib.inverse.method import Method
from lib.inverse.problem import Problem
from lib.inverse.status import Status
from lib.inverse.stopping import Ending, bracketed, unbracketed
from lib.inverse.trace import Step, Trace


def iterate(problem: Problem, method: Method, first: Step) -> Trace:
    """The run of the method from its step 0 to its end; at most MAX_STEPS steps follow step 0.

    For the stopping inequality and its tolerances see lib.inverse.stopping.
    """
    rule = bracketed if method.brackets else unbracketed
    steps = [first]
    while (ending := rule(problem, steps)) is None:
        proposed = method.next(problem, steps[-1])
        if isinstance(proposed, Status):
            ending = Ending(proposed)
            break
        steps.append(proposed)
    return trace(problem, steps, ending)


def trace(problem: Problem, steps: list[Step], ending: Ending) -> Trace:
    """The steps and their ending, with its numbers put into the sentence."""
    last = steps[-1]
    known = {"k": last.k, "x": last.x, "f": last.f, "y": problem.y}
    return Trace(tuple(steps), last.x, ending.status, ending.status.message(**known, **ending.numbers))
