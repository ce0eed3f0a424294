"""Times of several ways to do one thing, taken in turn so that what else the machine does hits all of them alike."""

import time
from collections.abc import Callable, Mapping
from statistics import median
from typing import TypeVar

Task = TypeVar("Task")
PAUSE = 0.02  # seconds: the threads of the way before go on looking for work for a while, on cores that the next needs


def in_turn(
    ways: Mapping[str, Callable[[Task], object]], fresh: Callable[[], Task], rounds: int, warm_up: int = 2
) -> dict[str, float]:
    """The median seconds of each way. Every round has a task of its own, so that nothing is remembered."""
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(warm_up):
        for way in ways.values():
            way(fresh())
    for _ in range(rounds):
        task = fresh()
        for name, way in ways.items():
            time.sleep(PAUSE)
            start = time.perf_counter()
            way(task)
            times[name].append(time.perf_counter() - start)
    return {name: median(t) for name, t in times.items()}


def title(text: str) -> None:
    print(f"\n{text}\n{'-' * len(text)}")


def bar(met: bool, text: str) -> None:
    """One bar of the project's, and whether this run met it: a report, never a failure."""
    print(f"  bar: {text}: {'met' if met else 'NOT met'}", flush=True)


def ms(seconds: float) -> str:
    return f"{seconds * 1e3:.4g} ms"
