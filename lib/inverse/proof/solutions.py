"""Every x with f(x) = y in a window, each with what is proved of it."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite, nan
from types import MappingProxyType

import torch
from flint import arb

from lib import jobs
from lib.expression import Expression
from lib.inverse.problem import Problem, checked
from lib.inverse.proof.equation import Equation, equation
from lib.inverse.proof.label import Label
from lib.inverse.proof.zeros import Kind, Search, Zero, roundest
from lib.message import Message
from lib.readings.ball import provable
from lib.readings.ball.values import ball, defined

# Boxes × operations of one call: some 50 ms, or 100 where it runs out. Ordinary functions need 10 to 200 boxes.
EFFORT = 6_000
FEWEST, MOST = 150, 1000  # boxes, for the longest formulas and the shortest
THOROUGH, LIMIT = 8.0, 20.0  # times the budget, and seconds, of a worker's search

HUGE = 1e10  # next to a pole, in boxes some 1e-14 wide
NEWTON = 8  # steps of the guess
BISECTIONS = 80


@dataclass(frozen=True)
class Root:
    """A solution x, to the last digit. It unpacks as (x, status, low, high).

    status: "unique", the only one in [low, high]; "touching", a multiple one or one where f turns round; "stretch",
    every x of [low, high]; "undecided", perhaps none, perhaps several in [low, high]. multiplicity: 1, 2, …; of what is
    undecided at the most so many, 0 if that is not known. exact: f(x) = y holds for this very x. closed: whether low
    and high belong to a stretch.
    """

    x: float
    status: Label
    low: float
    high: float
    multiplicity: int = 1
    exact: bool = False
    closed: tuple[bool, bool] = (True, True)

    def __iter__(self) -> Iterator[float | Label]:
        return iter((self.x, self.status, self.low, self.high))

    @property
    def message(self) -> Message:
        """What is known of it."""
        if self.status is Label.TOUCHING and self.multiplicity > 1:
            return Message("touching: a solution of multiplicity {order}, f ′ is 0 there", order=self.multiplicity)
        return self.status.message(x=self.x, low=self.low, high=self.high, closed=self.closed)


@dataclass(frozen=True)
class Break:
    """Where f passes y without taking it, or could be thought to: a pole, a jump or a hole at x."""

    x: float
    kind: Label
    before: float = nan
    after: float = nan

    @property
    def message(self) -> Message:
        return self.kind.message(x=self.x, before=self.before, after=self.after)


@dataclass(frozen=True)
class Solutions:
    """The roots, ascending, and the breaks. complete: proved that there are no others in the window.

    unresolved: the stretches where a proof is missing. unproved: why there is no proof at all, else None.
    """

    roots: tuple[Root, ...]
    breaks: tuple[Break, ...]
    unresolved: tuple[tuple[float, float], ...]
    window: tuple[float, float]
    unproved: Message | None = None
    exhausted: bool = False  # the budget of boxes ran out

    @property
    def complete(self) -> bool:
        return not self.unresolved and self.unproved is None

    @property
    def message(self) -> Message:
        """Whether there are others."""
        low, high = self.window
        if self.unproved is not None:
            return self.unproved
        if self.complete and not self.roots:
            return Message("No solution in [{low:.6g}, {high:.6g}]: proved.", low=low, high=high)
        if self.complete:
            return Message("No others in [{low:.6g}, {high:.6g}]: proved.", low=low, high=high)
        if self.exhausted:
            return Message("The budget for the proof ran out: what is undecided may hold more solutions.")
        near = ", ".join(f"{roundest(a, b):.6g}" for a, b in self.unresolved[:4])
        return Message(
            "No others in [{low:.6g}, {high:.6g}]: proved, except near {near}.",
            low=low,
            high=high,
            near=near + (", …" if len(self.unresolved) > 4 else ""),
        )


def solutions(
    expression: Expression,
    y: float,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
    effort: float = 1.0,
) -> Solutions:
    """All x in the window, ends included, with f(x) = y; proved by ball arithmetic as far as its budget goes.

    effort: of the budget, which is a number of boxes; more than 1 is for workers.

    A bad argument is a ValueError. Source of the method: see lib.inverse.proof.zeros.
    """
    problem = checked(expression, y, window, variable, at)
    if problem.window is None:
        raise ValueError(Message("Give two different finite numbers as the ends."))
    unproved = provable(expression)
    if unproved:
        return Solutions((), (), (), problem.window, unproved)

    def made() -> Equation:
        return equation(expression, problem.y, variable, at)

    it = made()
    budget = int(effort * min(MOST, max(FEWEST, EFFORT // max(1, len(it.zero.operations)))))
    search = Search(
        lambda: made().zero,
        problem.window,
        budget,
        lambda box, jumps: it.pieces.excludes(box, jumps=jumps),
        lambda lows, highs: _near(problem, lows, highs),
    )
    roots: list[Root] = []
    breaks: list[Break] = []
    unresolved: list[tuple[float, float]] = []
    for zero in search.run():
        unresolved += [(zero.low, zero.high)] if zero.order == 0 and zero.kind is not Kind.STRETCH else []
        if zero.kind is Kind.UNDECIDED and not zero.exact and _pole_between(it, problem, zero):
            breaks.append(Break(roundest(zero.low, zero.high), Label.POLE))
        elif zero.kind is Kind.STRETCH:
            roots.append(_stretch(it, zero))
        elif _defined(it, problem, zero):
            roots.append(Root(zero.x, Label[zero.kind.name], zero.low, zero.high, zero.order, zero.exact))
        else:
            breaks.append(Break(zero.x, Label.HOLE))
    breaks += _poles(made, it, problem.window, budget)
    breaks += [jump for box in search.passed if (jump := _jump(problem, box))]
    return Solutions(
        tuple(roots),
        tuple(sorted(_apart(breaks), key=lambda b: b.x)),
        tuple(unresolved),
        problem.window,
        exhausted=search.budget < 0,
    )


def request_solutions(
    expression: Expression,
    y: float,
    window: tuple[float, float],
    variable: str,
    at: Mapping[str, float],
    owner: Hashable = None,
) -> jobs.Job:
    """The job whose result is the Solutions with THOROUGH times the budget."""
    return jobs.submit(_thorough, expression, y, window, variable, dict(at), limit=LIMIT, owner=owner)


def _thorough(
    expression: Expression, y: float, window: tuple[float, float], variable: str, at: Mapping[str, float]
) -> Solutions:
    return solutions(expression, y, window, variable=variable, at=at, effort=THOROUGH)


def _stretch(it: Equation, zero: Zero) -> Root:
    """The stretch with its ends to the last digit."""
    inside = zero.low + (zero.high - zero.low) / 2
    (low, first), (high, last) = (_end(it, inside, end) for end in (zero.low, zero.high))
    x = low + (high - low) / 2
    return Root(x, Label.STRETCH, low, high, zero.order, it.itself.value(arb(x)).is_zero(), (first, last))


def _end(it: Equation, inside: float, outside: float) -> tuple[float, bool]:
    """Where a stretch ends between two places, and whether it does so with a solution."""

    def solved(x: float) -> bool:
        return bool(it.itself.value(arb(x)).is_zero())

    if solved(outside) or not solved(inside):
        return outside, True
    for _ in range(BISECTIONS):
        middle = inside + (outside - inside) / 2
        if middle in (inside, outside):
            break
        inside, outside = (middle, outside) if solved(middle) else (inside, middle)
    place = roundest(min(inside, outside), max(inside, outside))
    if solved(place):
        return place, True
    named = float(f"{place:.6g}") == place  # an end that can't be written down in full is one of many near it
    return (place, False) if named else (inside, True)


def _defined(it: Equation, problem: Problem, zero: Zero) -> bool:
    """Whether f is defined at a zero of the numerator, so that it is a solution."""
    if zero.kind in (Kind.STRETCH, Kind.UNDECIDED):
        return True
    place = arb(zero.x) if zero.exact else ball(zero.low, zero.high)
    if it.itself.value(place).is_finite():
        return True
    return not (it.below is not None and it.below.value(place).contains(0)) and isfinite(problem.point(zero.x).f)


def _pole_between(it: Equation, problem: Problem, zero: Zero) -> bool:
    """Whether f is undefined somewhere in a narrow box and huge at both ends, or at the one inside the window:
    a pole that no denominator shows."""
    ends = [(x, problem.point(x).f) for x in (zero.low, zero.high)]
    huge = [abs(f - problem.y) > HUGE for _x, f in ends]
    edge = [not isfinite(f) and x in (problem.window or ()) for x, f in ends]  # a pole at the window's own end
    if it.itself.value(ball(zero.low, zero.high)).is_finite():
        return False
    return any(huge) and all(a or b for a, b in zip(huge, edge, strict=True))


def _near(problem: Problem, lows: list[float], highs: list[float]) -> list[float]:
    """The solutions in the brackets by Newton's method on all at once, kept inside by halving; not certain."""
    low, high = (torch.tensor(ends, dtype=torch.float64) for ends in (lows, highs))
    x = (low + high) / 2
    rising = problem.values(high) > problem.values(low)
    for _ in range(NEWTON):
        f, slope = problem.slopes(x)
        above = (f > problem.y) == rising
        low, high = torch.where(above, low, x), torch.where(above, x, high)
        step = x - (f - problem.y) / slope
        x = torch.where((step >= low) & (step <= high), step, (low + high) / 2)
    found: list[float] = x.tolist()
    return found


def _poles(made: Callable[[], Equation], it: Equation, window: tuple[float, float], budget: int) -> list[Break]:
    """The zeros of the denominator: poles where the numerator has none."""
    if it.below is None:
        return []
    found = Search(lambda: made().below or it.zero, window, budget // 2).run()
    places = [(zero.x, ball(zero.low, zero.high)) for zero in found if zero.kind in (Kind.UNIQUE, Kind.TOUCHING)]
    return [Break(x, Label.HOLE if it.zero.value(place).contains(0) else Label.POLE) for x, place in places]


def _jump(problem: Problem, box: tuple[float, float]) -> Break | None:
    """Where in the box f jumps across y, by halving; None if it doesn't."""
    low, high = (problem.point(x) for x in box)
    if problem.side(low) * problem.side(high) >= 0:
        return None
    for _ in range(BISECTIONS):
        middle = problem.point(low.x + (high.x - low.x) / 2)
        if not low.x < middle.x < high.x or not defined(arb(middle.f)):
            break
        if problem.side(middle) == problem.side(low):
            low = middle
        else:
            high = middle
    return Break(roundest(low.x, high.x), Label.JUMP, low.f, high.f)


def _apart(breaks: list[Break]) -> list[Break]:
    """Each place once, a pole before a hole."""
    places: dict[float, Break] = {}
    for found in breaks:
        places.setdefault(found.x, found)
    return list(places.values())
