"""One x with f(x) = y by one method."""

from collections.abc import Mapping
from math import isfinite, isnan, nan
from types import MappingProxyType

from lib.expression import Expression
from lib.inverse.iteration import FLAT, iterate, trace
from lib.inverse.methods import METHODS
from lib.inverse.methods.method import Method
from lib.inverse.problem import TO_THE_LAST_DIGIT, Accuracy, Problem, checked, interval
from lib.inverse.scan import find_bracket
from lib.inverse.status import Status
from lib.inverse.stopping import Ending, exact
from lib.inverse.trace import Step, Trace
from lib.message import Message
from lib.readings import arguments

Window = tuple[float, float]


def solve(
    expression: Expression,
    y: float,
    method: str,
    *,
    start: float | None = None,
    bracket: Window | None = None,
    window: Window | None = None,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
    accuracy: Accuracy = TO_THE_LAST_DIGIT,
) -> Trace:
    """The run of METHODS[method] on f(x) = y: every step, where it got to, and a sentence on how it ended.

    A method without a bracket begins at `start` (else in the middle of the window), one with a bracket in `bracket`
    (else the window). `accuracy`: tolerances and the most steps. A bad argument is a ValueError; failed numerics are a
    status. For the stopping inequality see lib.inverse.stopping.
    """
    if method not in list(METHODS):
        raise ValueError(
            Message("I don't know the method `{name}`: use one of {all}.", name=method, all=", ".join(METHODS))
        )
    problem = checked(expression, y, window, variable, at, accuracy)
    if METHODS[method].brackets:
        return _from_bracket(problem, METHODS[method], interval(bracket) or problem.window)
    return _from_start(problem, METHODS[method], start)


def _from_start(problem: Problem, method: Method, start: float | None) -> Trace:
    if start is None and problem.window:
        start = sum(problem.window) / 2
    if start is None or not isfinite(start := arguments.number(start, "start")):
        raise ValueError(Message("This method needs a start: give a finite number."))
    return iterate(problem, method, problem.point(start))


def _from_bracket(problem: Problem, method: Method, bracket: Window | None) -> Trace:
    if bracket is None:
        raise ValueError(Message("This method needs a bracket: give two numbers on both sides of a solution."))
    ends = low, high = problem.point(bracket[0]), problem.point(bracket[1])
    for end in ends:
        if isnan(end.f) or end.f == problem.y:
            steps = [Step(end.x, end.f, ends=ends, evaluations=(2, 0))]
            return trace(problem, steps, Ending(Status.UNDEFINED) if isnan(end.f) else exact(problem, steps), FLAT)
    if problem.side(low) != problem.side(high):
        return iterate(problem, method, low, high)
    advice = _advice(problem, method, problem.window or bracket, (low.x + high.x) / 2)
    status = Status.NO_SIGN_CHANGE
    return Trace((), nan, status, status.message(low=low.x, high=high.x, advice=advice))


def _advice(problem: Problem, method: Method, window: Window, near: float) -> Message:
    low, high = window
    found = find_bracket(problem, method, window, near)
    if found:
        return Message("Try [{low:.6g}, {high:.6g}].", low=found[0], high=found[1])
    return Message(
        "A scan of [{low:.6g}, {high:.6g}] met none either. "
        "Where f only touches the level y, Newton's method may help.",
        low=low,
        high=high,
    )
