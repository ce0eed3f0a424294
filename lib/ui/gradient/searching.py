"""A search for proved points as work in slices."""

from collections.abc import Callable, Hashable
from typing import Any

from lib.calculus.critical import Search
from lib.calculus.critical.critical_points import BUDGET
from lib.jobs import Job
from lib.ui.slices import Running, Task, running, say_boxes

AT_ONCE = 80  # boxes: some 50 ms


def searching(
    asked: object,
    key: str,
    windows: tuple[tuple[float, float], ...],
    reason: str | None,
    advance: Callable[[Search, int], Search],
    request: Callable[[Search, Hashable], Job],
    conclude: Callable[[Search, bool], Any],
) -> Running:
    """The search in the windows, see Task. reason: why nothing is provable. advance: it after so many boxes more."""

    def begin() -> Search:
        return Search.of(windows) if reason else advance(Search.of(windows), AT_ONCE)

    return running(Task(asked, key, begin, request, conclude, BUDGET, say_boxes, reason))
