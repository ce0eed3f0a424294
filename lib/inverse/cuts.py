"""Where f changes its direction, jumps, has a pole or ends: the places that cut a window into branches."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, isfinite, nextafter

import torch
from flint import arb
from torch import Tensor

from lib.inverse.problem import Problem
from lib.inverse.proof.decider import Decider
from lib.inverse.proof.equation import Equation, quotient
from lib.inverse.proof.factors import zeros
from lib.inverse.proof.search import Search
from lib.inverse.proof.zeros import Kind, Zero, roundest

EFFORT, FEWEST, MOST = 8_000, 100, 800  # boxes × operations of one call; boxes
NARROW = 1e-9  # of the window: a wider box is left over by the budget, and may hold any number of branches
TINY = 1e-300  # next to 0: smaller doubles have few digits
DOUBLINGS = 12  # of the distance from a pole at which its side is told
PARTS, ROUNDS = 32, 24  # of a box in which the place of a break is sought, until neighbours among doubles are left
FAR, APART = 1e6, 1e-3  # values beyond which neighbours differ by much, and how much is a jump


@dataclass(frozen=True)
class Cut:
    """What is between two branches, in the interval `box`. ends: where the one ends and the next one begins, a place
    that need not belong to either. inner: the last x of the one and the first x of the other at which f has a value.
    hole: whether f surely has none between. left_over: whether the budget ran out here, so that more may be between."""

    ends: tuple[float, float]
    inner: tuple[float, float]
    box: tuple[float, float]
    hole: bool = False
    left_over: bool = False


@dataclass(frozen=True)
class Cuts:
    """The cuts, ascending. constant: stretches on which f has one value. exhausted: the budget ran out."""

    cuts: tuple[Cut, ...]
    constant: tuple[tuple[float, float], ...]
    exhausted: bool


class _Slope:
    """What has the sign of f': with f = N/D it is N'·D − N·D', which has no poles."""

    def __init__(self, of: Equation) -> None:
        self.above = of.above.enclosure()
        self.below = of.below.enclosure() if of.below else None

    def value(self, x: arb) -> arb:
        return self.series(x, 0)[0]

    def series(self, x: arb, order: int) -> list[arb]:
        n = self.above.series(x, order + 1)
        slopes = [(k + 1) * c for k, c in enumerate(n[1:])]
        if self.below is None:
            return slopes
        d = self.below.series(x, order + 1)
        down = [(k + 1) * c for k, c in enumerate(d[1:])]
        return [
            sum((slopes[i] * d[k - i] - n[i] * down[k - i] for i in range(k + 1)), arb(0)) for k in range(order + 1)
        ]


def find_cuts(problem: Problem, window: tuple[float, float]) -> Cuts:
    """The cuts of the window, found by ball arithmetic as in lib.inverse.proof.decider, breaks to the last digit."""
    of = quotient(problem.expression, 0.0, problem.variable, problem.at)
    budget = min(MOST, max(FEWEST, EFFORT // max(1, len(of.itself.line.operations))))
    itself = of.itself.pieces()
    decider = Decider(lambda: _Slope(of), window, lambda box, _jumps: itself.nowhere(box))
    search = Search.of(window).advance(decider, budget)
    turns = search.found(decider)
    width = window[1] - window[0]
    poles = [zero for zero in _poles(of, window, budget // 2) if zero.decided or zero.high - zero.low > NARROW * width]
    cuts = [_hole(problem, zero) if zero.decided else _cut(problem, zero, width) for zero in poles]
    cuts += [_cut(problem, zero, width) for zero in turns if zero.crosses and not _among(zero, poles)]
    level = [zero for zero in turns if zero.kind is Kind.STRETCH and isfinite(problem.point(zero.x).f)]
    constant = [(zero.low, zero.high) for zero in level]
    return Cuts(tuple(sorted(cuts, key=lambda cut: cut.box)), tuple(constant), any(cut.left_over for cut in cuts))


def _poles(of: Equation, window: tuple[float, float], budget: int) -> list[Zero]:
    """The zeros of the denominator, and what may hold some."""
    if of.below is None:
        return []
    decider = Decider(of.below.enclosure, window, of.below.pieces().excludes)
    found = zeros(of.below, Search.of(window).advance(decider, budget), decider)
    return [zero for zero in found if zero.kind is not Kind.STRETCH]


def _among(zero: Zero, others: Sequence[Zero]) -> bool:
    return any(zero.low <= other.high and other.low <= zero.high for other in others)


def _hole(problem: Problem, zero: Zero) -> Cut:
    """A pole or a hole: its place belongs to neither side."""
    return Cut(
        (zero.x, zero.x), (_beside(problem, zero.x, -1), _beside(problem, zero.x, 1)), (zero.low, zero.high), True
    )


def _beside(problem: Problem, x: float, way: int) -> float:
    """The x nearest to a pole from which on f has the sign of its side, as rounding moves poles."""
    step = max(abs(nextafter(x, way * inf) - x), TINY)
    room = max(abs(x), 1.0) * 2.0**-40
    away = torch.tensor([0.0, *(step * 2.0**k for k in range(DOUBLINGS)), room], dtype=torch.float64)
    f = problem.values(x + way * away)
    good = f.isfinite() & (f.sign() == f[-1].sign())
    good[0] &= f[0].abs() >= f[1].abs()
    last_bad = int((~good).nonzero().max()) if bool((~good).any()) else -1
    if last_bad + 1 >= len(away):
        return edge(problem, x, x + way * room)
    nearest = x + way * float(away[last_bad + 1])
    return edge(problem, x, nearest) if x == 0 and nearest != way * TINY else nearest


def _cut(problem: Problem, zero: Zero, width: float) -> Cut:
    """width: of the window."""
    box = zero.low, zero.high
    if zero.kind is Kind.STRETCH:
        middle = zero.low + (zero.high - zero.low) / 2
        ends = _level(problem, zero.low, middle), _level(problem, zero.high, middle)
        return Cut(ends, ends, box)
    if zero.decided:
        return Cut((zero.x, zero.x), (zero.x, zero.x), box)
    if zero.high - zero.low > NARROW * width:
        return Cut(box, box, box, hole=True, left_over=True)
    a, b = _neighbours(problem, *box)
    place = _named(problem, a, b)
    if _turns(problem, box, place):
        return Cut((place, place), (place, place), box)
    left = edge(problem, _attached(problem, a, -inf), zero.low)
    right = edge(problem, _attached(problem, b, inf), zero.high)
    (before, left), (after, right) = (
        _tame(problem, place, x, end) for x, end in ((left, zero.low), (right, zero.high))
    )
    return Cut((before, after), (left, right), box)


def _tame(problem: Problem, place: float, x: float, end: float) -> tuple[float, float]:
    """The place of a break with the x next to it; the box's own end twice, where f isn't monotone between."""
    moves = problem.values(torch.linspace(x, end, PARTS + 1, dtype=torch.float64)).diff()
    return (place, x) if bool((moves >= 0).all() or (moves <= 0).all()) else (end, end)


def _attached(problem: Problem, x: float, away: float) -> float:
    """x, or the double beside it where f has a value at x that belongs to neither side, as sign(x) at 0."""
    beside = nextafter(x, away)
    f = torch.stack([problem.values(torch.tensor([place], dtype=torch.float64)) for place in (x, beside)])
    alone = f.isfinite().all() and f[0].abs() < FAR and (_small(f[0]) - _small(f[1])).abs() > APART
    return beside if alone else x


def _named(problem: Problem, a: float, b: float) -> float:
    """The one of two neighbours, or what is between them, that stands for a break: the shorter one to write, where
    that is short, else the one where f has a value."""
    place = roundest(a, b)
    if float(f"{place:.12g}") == place:
        return place
    return min((a, b), key=lambda x: (not isfinite(problem.point(x).f), len(repr(x))))


def _turns(problem: Problem, box: tuple[float, float], place: float) -> bool:
    """Whether f is continuous at a place in the box, and turns round there."""
    x = [box[0], nextafter(place, -inf), place, nextafter(place, inf), box[1]]
    f, slopes = (values.tolist() for values in problem.slopes(torch.tensor(x, dtype=torch.float64)))
    continuous = all(abs(f[k] - f[2]) <= abs(f[far] - f[2]) / 2 for k, far in ((1, 0), (3, 4)))
    return continuous and slopes[1] * slopes[3] < 0


def _neighbours(problem: Problem, low: float, high: float) -> tuple[float, float]:
    """Two x between low and high, as near to each other as doubles are, or with 0 between them, where f breaks."""
    alike: Callable[[Tensor, Tensor], Tensor] | None = None
    for _ in range(ROUNDS):
        x = torch.linspace(low, high, PARTS + 1, dtype=torch.float64)
        f, slope = problem.slopes(x)
        alike = alike or _likeness(f, slope)
        left = alike(f, slope)
        left[0], left[-1] = True, False
        k = int(left.to(torch.int8).argmin())
        before, after = float(x[k - 1]), float(x[k])
        if (before, after) == (low, high):
            break
        low, high = before, after
    if alike and low < 0 < high:  # doubles get ever nearer to 0
        zero = torch.zeros(1, dtype=torch.float64)
        low, high = (0.0, high) if bool(alike(*problem.slopes(zero))) else (low, 0.0)
    return low, high


def _likeness(f: Tensor, slope: Tensor) -> Callable[[Tensor, Tensor], Tensor]:
    """What tells the left side from the right: where f has a value, whether it rises, or which value is the nearer."""
    first, last = f[0], f[-1]
    if first.isfinite() != last.isfinite():
        return lambda f, _slope: f.isfinite() == first.isfinite()
    if slope[0] * slope[-1] < 0:
        way = slope[0].sign()
        return lambda f, slope: (slope.sign() == way) & f.isfinite()
    before, after = _small(first), _small(last)
    return lambda f, _slope: (_small(f) - before).abs() <= (_small(f) - after).abs()


def _small(f: Tensor) -> Tensor:
    """On a scale where the two sides of a pole are apart."""
    return f.sign() * f.abs().log1p()


def _level(problem: Problem, end: float, inside: float) -> float:
    """The farthest x from inside to a stretch's end at which f has the same value, or none."""
    level, outside = problem.point(inside).f, end

    def same(x: float) -> bool:
        f = problem.point(x).f
        return f == level or not (isfinite(f) or isfinite(level))

    if same(end):
        return end
    for _ in range(PARTS * 3):
        middle = inside + (outside - inside) / 2
        if middle in (inside, outside):
            break
        inside, outside = (middle, outside) if same(middle) else (inside, middle)
    return roundest(min(inside, outside), max(inside, outside))


def edge(problem: Problem, outside: float, inside: float) -> float:
    """The first x at which f has a value, from an end that need not have one inwards."""
    if isfinite(problem.point(outside).f):
        return outside
    for _ in range(80):
        middle = (outside + inside) / 2
        if isfinite(problem.point(middle).f):
            inside = middle
        else:
            outside = middle
    return inside
