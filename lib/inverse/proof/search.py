"""All zeros of a function in an interval: boxes are decided, or halved."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush

from lib.inverse.proof.decider import Decider
from lib.inverse.proof.zeros import Kind, Zero, joined, roundest

SPLIT = 0.4839  # not 1/2: zeros like to lie in the middle
SMALLEST = 2.0**-46  # a box so much narrower than its x, or than the window, isn't halved again
FEW = 16  # undecided boxes that are looked at more closely, at 1 to 5 ms each


@dataclass
class Search:
    """The state of a search, of numbers only: it can be sent to a worker and back between slices.

    pending: boxes to look at, the widest first, so that what a budget leaves over is narrow. passed: boxes with a jump
    that takes f past 0. boxes: how many were looked at.
    """

    window: tuple[float, float]
    pending: list[tuple[float, float, float]]
    zeros: list[Zero] = field(default_factory=list)
    passed: list[tuple[float, float]] = field(default_factory=list)
    boxes: int = 0

    @classmethod
    def of(cls, window: tuple[float, float]) -> "Search":
        low, high = window
        return cls(window, [(low - high, low, high)])

    @property
    def over(self) -> bool:
        return not self.pending

    @property
    def progress(self) -> float:
        """The share of the window that is decided."""
        low, high = self.window
        return max(0.0, 1.0 - sum(b - a for _, a, b in self.pending) / (high - low))

    def copy(self) -> "Search":
        return replace(self, pending=[*self.pending], zeros=[*self.zeros], passed=[*self.passed])

    def advance(self, decider: Decider, budget: int) -> "Search":
        """Look at so many boxes."""
        smallest = SMALLEST * (self.window[1] - self.window[0])
        while self.pending and budget > 0:
            _, a, b = heappop(self.pending)
            budget -= 1
            self.boxes += 1
            found = decider.decide(a, b)
            if found is None:
                middle = a + SPLIT * (b - a)
                if b - a > max(smallest, SMALLEST * max(abs(a), abs(b))) and a < middle < b:
                    heappush(self.pending, (a - middle, a, middle))
                    heappush(self.pending, (middle - b, middle, b))
                    continue
                found = [_undecided(a, b)]
            self.zeros += found
        self.zeros += decider.simple()
        self.passed += decider.passed
        decider.passed = []
        return self

    def found(self, decider: Decider, decide: Callable[[Zero], Zero] = lambda zero: zero) -> list[Zero]:
        """All zeros, ascending, neighbours joined where they are one; what is pending is undecided, unless it can be
        decided otherwise."""
        left = joined([_undecided(a, b) for _, a, b in self.pending])  # wide: no mere end of a stretch beside it
        zeros = [decide(zero) for zero in sorted(joined(self.zeros) + left, key=lambda zero: (zero.low, zero.high))]
        if sum(zero.kind is Kind.UNDECIDED for zero in zeros) <= FEW:
            zeros = [decider.resolved(zero) for zero in zeros]
        return zeros


def _undecided(a: float, b: float) -> Zero:
    return Zero(Kind.UNDECIDED, roundest(a, b), a, b, order=0)
