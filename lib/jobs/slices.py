"""Long work cut into slices, so that its progress shows and it can be stopped."""

from collections.abc import Callable
from time import monotonic

SECONDS = 0.5  # that a slice takes, however busy the machine is
LIMIT = 10.0  # seconds at which one is killed


def for_a_while(step: Callable[[], bool]) -> None:
    """Take step after step until one says that it was the last, or a slice's time is over."""
    end = monotonic() + SECONDS
    while step() and monotonic() < end:
        pass
