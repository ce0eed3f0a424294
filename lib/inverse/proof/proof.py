"""The proof that certain x, and no others, solve f(x) = y in a window."""

from collections.abc import Mapping
from dataclasses import replace
from math import inf, isfinite, nextafter
from types import MappingProxyType

import torch
from flint import arb

from lib.expression import Expression
from lib.inverse.problem import checked
from lib.inverse.proof.decider import BITS, Decider
from lib.inverse.proof.equation import equation
from lib.inverse.proof.factors import zeros
from lib.inverse.proof.jumps import NARROW, jumps
from lib.inverse.proof.label import Label
from lib.inverse.proof.search import Search
from lib.inverse.proof.solutions import Break, Root, Solutions
from lib.inverse.proof.stretches import stretches
from lib.inverse.proof.zeros import Kind, Zero, roundest
from lib.message import Message
from lib.readings.ball import provable
from lib.readings.ball.values import ball, precision

# Boxes × operations of one call: some 25 ms, or 50 where it runs out. Ordinary functions need 10 to 200 boxes.
EFFORT = 6_000
FEWEST, MOST = 150, 1000  # boxes, for the longest formulas and the shortest
LIVE, LEAST = 0.4, 60  # of the budget, for a first look of some 15 ms; and its fewest boxes

WIDE = 1e-2  # of the window: a wider box that is undecided may hold an identity
TRIED = (0.0618, 0.1729, 0.3183, 0.4142, 0.5772, 0.7071, 0.9331)  # places in it
TINY = 1e-150  # an enclosure's radius, and so |f − y|
SHRINKS = 2.0**-400  # of an enclosure's radius from 192 to 640 bits, where only rounding made it
HUGE = 1e10  # next to a pole, in boxes some 1e-14 wide
BISECTIONS = 80


def solutions(
    expression: Expression,
    y: float,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> Solutions:
    """All x in the window, ends included, with f(x) = y; proved by ball arithmetic as far as its budget goes.

    A bad argument is a ValueError. Source of the method: see lib.inverse.proof.decider.
    """
    return Proof(expression, y, window, variable=variable, at=at).solutions


class Proof:
    """The search for all solutions. budget: boxes that it may look at; glance: those of a first look while somebody
    types. unproved: why there is no proof at all, else None. The arguments are those of `solutions`."""

    def __init__(
        self,
        expression: Expression,
        y: float,
        window: tuple[float, float],
        *,
        variable: str = "x",
        at: Mapping[str, float] = MappingProxyType({}),
    ) -> None:
        problem = checked(expression, y, window, variable, at)
        if problem.window is None:
            raise ValueError(Message("Give two different finite numbers as the ends."))
        self.problem, self.window = problem, problem.window
        self.unproved = provable(expression)
        self.budget = self.glance = 0
        if self.unproved is None:
            self.it = equation(expression, problem.y, variable, problem.at)
            self.itself = self.it.itself.enclosure()
            pieces = [formula.pieces() for formula in self.it.whole]
            self.decider = Decider(
                self.it.above.enclosure,
                self.window,
                lambda box, jumps: any(f.excludes(box, jumps) for f in pieces),
                alike=self.it.below is None,
            )
            affordable = EFFORT // max(1, len(self.itself.operations))
            self.budget = min(MOST, max(FEWEST, affordable))
            self.glance = int(LIVE * min(MOST, max(LEAST, affordable)))

    @property
    def solutions(self) -> Solutions:
        """What is known when the budget is spent."""
        return self.conclude(self.advance(Search.of(self.window), self.budget))

    def advance(self, search: Search, budget: int) -> Search:
        """The search after so many more boxes."""
        return search if self.unproved else search.advance(self.decider, budget)

    def conclude(self, search: Search) -> Solutions:
        """What is known so far."""
        if self.unproved is not None:
            return Solutions((), (), (), self.window, self.unproved)
        roots: list[Root] = []
        breaks: list[Break] = []
        unresolved: list[tuple[float, float]] = []
        below, gaps, more = self._below()
        passed = [*search.passed]
        exhausted = False
        for zero in map(self._told, self._bridged(zeros(self.it.above, search, self.decider))):
            unresolved += [] if zero.decided else [(zero.low, zero.high)]
            if zero.kind is Kind.UNDECIDED and not (zero.exact or zero.order) and self._pole_between(zero):
                breaks.append(Break(roundest(zero.low, zero.high), Label.POLE))
            elif zero.kind is Kind.STRETCH:
                parts, unsure, left = stretches(self.it, zero, gaps)
                roots += parts
                unresolved += unsure
                exhausted |= left
            elif zero.kind is Kind.JUMP and zero.exact:
                breaks.append(Break(zero.x, Label.LIMIT))
            elif zero.kind is Kind.JUMP:
                passed.append((zero.low, zero.high))
            elif self._defined(zero):
                root = Root(zero.x, Label[zero.kind.name], zero.low, zero.high, zero.order, zero.exact)
                if self.it.ends and zero.decided:
                    root = replace(root, status=Label.TOUCHING, multiplicity=1)
                roots.append(self._likely(root) if self._everywhere(zero) else root)
            else:
                breaks.append(Break(zero.x, Label.HOLE))
        breaks = [*below, *breaks, *jumps(self.problem, passed), *self._beyond()]
        open_ended = len(unresolved) > sum(root.everywhere for root in roots)  # an identity stays one
        return Solutions(
            tuple(roots),
            tuple(sorted(_apart(breaks), key=lambda b: b.x)),
            tuple(unresolved),
            self.window,
            exhausted=exhausted or (open_ended and not search.over),
            more_breaks=more,
        )

    def _below(self) -> tuple[list[Break], list[Zero], bool]:
        """What the denominator does, its zeros, and whether there may be more: poles where it goes to 0 faster than the
        numerator, holes elsewhere at its zeros, and where it jumps past 0."""
        below = self.it.below
        if below is None:
            return [], [], False
        decider = Decider(below.enclosure, self.window, below.pieces().excludes)
        search = Search.of(self.window).advance(decider, self.budget)
        found = zeros(below, search, decider)
        holes = [
            Break(zero.x, Label.HOLE if self.it.bounded or _vanishes(self.decider, decider, zero) else Label.POLE)
            for zero in found
            if (zero.exact or zero.kind in (Kind.UNIQUE, Kind.TOUCHING))
            and zero.kind not in (Kind.STRETCH, Kind.JUMP)
            and self._defined_beside(zero.x)
        ]
        return [*holes, *jumps(self.problem, search.passed)], found, not search.over

    def _defined_beside(self, x: float) -> bool:
        """Whether f has values near a place, as a pole or a hole needs them, as far as some samples tell."""
        away = (self.window[1] - self.window[0]) * 2.0 ** -torch.arange(8, 40, dtype=torch.float64)
        return bool(torch.isfinite(self.problem.values(torch.cat([x - away, x + away]))).any())

    def _beyond(self) -> list[Break]:
        """Ends of the window that a solution misses by less than their rounding, as 2π, typed as an end, does."""
        found = []
        for end, outside in zip(self.window, (-inf, inf), strict=True):
            beyond = nextafter(end, outside)
            here, there = (self.decider.sign(arb(x)) for x in (end, beyond))
            crosses = bool(here and there and here != there)
            if crosses and self.itself.series(ball(*sorted((end, beyond))), 1)[1].is_finite():  # not by a jump
                found.append(Break(end, Label.BEYOND, after=abs(beyond - end)))
        return found

    def _defined(self, zero: Zero) -> bool:
        """Whether f is defined at a zero of the numerator, so that it is a solution."""
        if zero.kind is Kind.UNDECIDED:
            return True
        if zero.exact:
            return bool(self.itself.value(arb(zero.x)).is_finite())
        place = ball(zero.low, zero.high)
        if self.it.below is None or self.itself.value(place).is_finite():
            return True
        place = self.decider.place(zero)
        with precision(BITS[2]):
            if any(below.enclosure().value(place).contains(0) for below in self.it.denominators()):
                return False
        return any(isfinite(self.problem.point(x).f) for x in (zero.low, zero.x, zero.high))

    def _told(self, zero: Zero) -> Zero:
        """A zero of the numerator; undecided, if the next doubles have a pole between them too, but not at the zero."""
        place = ball(zero.low, zero.high)
        simple = zero.kind in (Kind.UNIQUE, Kind.TOUCHING) and zero.order and not zero.exact
        if self.it.below is None or not simple or self.itself.value(place).is_finite():
            return zero
        if self.it.below.enclosure().value(place).contains(0):
            place = self.decider.place(zero)
            with precision(BITS[2]):
                if not self.it.below.enclosure().value(place).contains(0):
                    return replace(zero, kind=Kind.UNDECIDED)
        return zero

    def _everywhere(self, zero: Zero) -> bool:
        """Whether f is y at many places of a wide box, as closely as two precisions tell: what holds 0 is tiny, and
        shrinks with the rounding."""
        wide = zero.kind is Kind.UNDECIDED and zero.high - zero.low > WIDE * (self.window[1] - self.window[0])
        return wide and all(self._seems_solved(zero.low + share * (zero.high - zero.low)) for share in TRIED)

    def _likely(self, root: Root) -> Root:
        """An identity that can't be proved, as far as f seems to be y."""
        inside = root.low + TRIED[len(TRIED) // 2] * (root.high - root.low)
        low, high = (self._reach(inside, end) for end in (root.low, root.high))
        return replace(root, x=low + (high - low) / 2, low=low, high=high, everywhere=True)

    def _reach(self, inside: float, end: float) -> float:
        """The farthest x towards an end at which f seems to be y."""
        if self._seems_solved(end):
            return end
        for _ in range(BISECTIONS):
            middle = inside + (end - inside) / 2
            if middle in (inside, end):
                break
            inside, end = (middle, end) if self._seems_solved(middle) else (inside, middle)
        return roundest(min(inside, end), max(inside, end))

    def _seems_solved(self, x: float) -> bool:
        radii = []
        for bits in BITS[1:]:
            with precision(bits):
                value = self.it.itself.enclosure().value(arb(x))
                if not value.contains(0):
                    return False
                radii.append(value.rad())
        return bool(radii[1] <= TINY and radii[1] <= radii[0] * SHRINKS)

    def _pole_between(self, zero: Zero) -> bool:
        """Whether f is undefined somewhere in a narrow box and huge at both ends, or at the one inside the window:
        a pole that no denominator shows."""
        ends = [(x, self.problem.point(x).f) for x in (zero.low, zero.high)]
        huge = [abs(f - self.problem.y) > HUGE for _x, f in ends]
        edge = [not isfinite(f) and x in self.window for x, f in ends]  # a pole at the window's own end
        if self.itself.value(ball(zero.low, zero.high)).is_finite():
            return False
        return any(huge) and all(a or b for a, b in zip(huge, edge, strict=True))

    def _bridged(self, found: list[Zero]) -> list[Zero]:
        """Stretches with something undecided between two of them as one, where f is y there too; else up to a place."""
        for k in range(1, len(found) - 1):
            before, zero, after = found[k - 1 : k + 2]
            flanked = before.kind is after.kind is Kind.STRETCH and before.high >= zero.low and zero.high >= after.low
            wide = zero.high - zero.low > NARROW * (self.window[1] - self.window[0])
            if zero.decided or not flanked or wide:
                continue
            place = roundest(zero.low, zero.high)
            halves = (zero.low, place), (place, zero.high)
            if all(a == b or self.itself.value(ball(a, b)).is_zero() for a, b in halves):
                whole = replace(before, x=before.low + (after.high - before.low) / 2, high=after.high)
                return self._bridged([*found[: k - 1], whole, *found[k + 2 :]])
            sides = [replace(before, high=place), replace(after, low=place)]
            return [*found[: k - 1], sides[0], *self._bridged([sides[1], *found[k + 2 :]])]
        return found


def _vanishes(above: Decider, below: Decider, zero: Zero) -> bool:
    """Whether a numerator is 0 to the same order where the denominator has a zero, as far as some 150 digits tell."""
    order = max(0, zero.order - 1)
    if not all(c.contains(0) for c in above.f.series(ball(zero.low, zero.high), order)):
        return False
    place = below.place(zero)
    with precision(BITS[2]):
        return all(c.contains(0) for c in above.sharpened(BITS[2]).series(place, order))


def _apart(breaks: list[Break]) -> list[Break]:
    """Each place once, a pole before a hole."""
    places: dict[float, Break] = {}
    for found in breaks:
        places.setdefault(found.x, found)
    return list(places.values())
