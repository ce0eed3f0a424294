"""The search: boxes from a heap are discarded, proved to hold one critical point, or halved."""

from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import pairwise

from lib.calculus.critical.continuum import dimension, spread_beside
from lib.calculus.critical.krawczyk import Box, Enclosure, balls, inside, krawczyk, meet, tightened, widened

SPLIT = 0.4839  # not 1/2: critical points like to lie in the middle
SMALLEST = 2.0**-22  # of the window: a narrower box isn't halved again
SHRUNK = 0.6  # of its volume that a step may leave for the box to be tried again before it is halved
MARGIN = 0.1  # by which a box is widened for a proof: a point on its side has to lie inside
GROWTH = (1.6, 2.6)  # of the boxes that are left as their width halves, where a curve goes through all of them
LEVELS, FEW = 3, 64  # halvings for which they must grow so, and boxes that are too few to tell
MANY = 300  # boxes left, after which it is looked whether what they hold is isolated at all
LEAST = 1e-9  # of the window's width, the same for boxes as narrow as rounding errors


@dataclass
class Search:
    """The state of a search, of numbers only: it can be sent to a worker and back between slices.

    pending: boxes to look at. proved: pairs of a tight box around one critical point and the box in which it is the
    only one. undecided: boxes that can't be told. flat: whether the gradient is 0 on a whole box. left: how many boxes
    were pending when the widest of them was first at most 1, 1/2, 1/4, … of the window wide. spread: 1 or 2 once what
    is left looks like a curve or a surface of zeros.
    """

    window: Box
    pending: list[tuple[float, Box]] = field(default_factory=list)
    proved: list[tuple[Box, Box]] = field(default_factory=list)
    undecided: list[Box] = field(default_factory=list)
    flat: bool = False
    boxes: int = 0
    left: list[int] = field(default_factory=list)
    spread: int = 0

    @classmethod
    def of(cls, window: Box) -> "Search":
        return cls(window, [(-1.0, window)])

    @property
    def done(self) -> bool:
        return not self.pending

    @property
    def curve(self) -> bool:
        """Whether zeros seem to fill a curve, or a surface."""
        return self.spread > 0 or self.grows

    @property
    def grows(self) -> bool:
        """Whether what is left grows as a curve of zeros would make it: no end is in sight."""
        last = self.left[-LEVELS - 1 :]
        if self.done or len(last) <= LEVELS or last[0] < FEW:
            return False
        return all(GROWTH[0] * a <= b <= GROWTH[1] * a for a, b in pairwise(last))

    @property
    def over(self) -> bool:
        """Whether to look at more boxes is of no use."""
        return self.done or self.grows

    @property
    def progress(self) -> float:
        """The share of the window that is decided."""
        return max(0.0, 1.0 - sum(self._share(box) for _, box in self.pending))

    def advance(self, f: Enclosure, budget: int) -> "Search":
        """Look at so many boxes, the widest first; none more while their number grows without end.

        Once zeros are seen to fill a curve or a surface, boxes beside it are left undecided as they are.
        """
        while self.pending and budget > 0 and not self.grows:
            if -self.pending[0][0] <= 2.0 ** -len(self.left):
                self.left.append(len(self.pending))
                if len(self.pending) >= MANY and not self.spread:
                    self.spread = dimension(f, [box for _, box in self.pending], self.window)
                continue
            budget -= 1
            self.boxes += 1
            self._decide(f, heappop(self.pending)[1])
        return self

    def copy(self) -> "Search":
        return replace(
            self, pending=[*self.pending], proved=[*self.proved], undecided=[*self.undecided], left=[*self.left]
        )

    def give_up(self) -> "Search":
        """Leave what is pending undecided."""
        self.undecided += [box for _, box in self.pending]
        self.pending = []
        return self

    def _decide(self, f: Enclosure, box: Box) -> None:
        if any(inside(box, alone) for _, alone in self.proved):
            return
        local = f(balls(box))
        if local.outside:
            return
        if local.slopes is None or all(slope.is_zero() for slope in local.slopes):
            self.flat = True
            self.undecided.append(box)
            return
        if any(slope.is_finite() and not slope.contains(0) for slope in local.slopes):
            return
        step = krawczyk(f, box, local)
        if step is None:
            self._halve(f, box)
            return
        rest = meet(step.image, box) if step.image else None
        if step.image is None or rest is None:
            return
        if step.contracts and self._proves(f, box, inside(step.image, box), rest):
            return
        if self._share(rest) < SHRUNK * self._share(box):
            heappush(self.pending, (-self._width(rest), rest))
        else:
            self._halve(f, rest)

    def _proves(self, f: Enclosure, box: Box, already: bool, rest: Box) -> bool:
        """Whether one critical point is proved in the box, made a little wider if need be."""
        alone = box
        if not already:
            room = max(high - low for low, high in self.window) * LEAST
            alone = tuple((low - room, high + room) for low, high in widened(rest, MARGIN))
            step = krawczyk(f, alone, f(balls(alone)))
            if step is None or step.image is None or not inside(step.image, alone):
                return False
            rest = step.image
        tight = tightened(f, rest)
        # One that lies in the box of another where that is the only one is the same.
        if not any(inside(tight, other) for _, other in self.proved) and meet(tight, self.window):
            self.proved.append((tight, alone))
        return True

    def _halve(self, f: Enclosure, box: Box) -> None:
        if self._width(box) <= SMALLEST or (self.spread and spread_beside(f, box, self.window)):
            self.undecided.append(box)
            return
        k = max(range(len(box)), key=lambda k: self._relative(box, k))
        low, high = box[k]
        middle = low + SPLIT * (high - low)
        for part in ((low, middle), (middle, high)):
            half = (*box[:k], part, *box[k + 1 :])
            heappush(self.pending, (-self._width(half), half))

    def _relative(self, box: Box, k: int) -> float:
        (low, high), (left, right) = box[k], self.window[k]
        return (high - low) / (right - left)

    def _width(self, box: Box) -> float:
        return max(self._relative(box, k) for k in range(len(box)))

    def _share(self, box: Box) -> float:
        share = 1.0
        for k in range(len(box)):
            share *= self._relative(box, k)
        return share
