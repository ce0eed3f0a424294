"""The pieces of a window on which f is monotone, and so has an inverse each."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, nextafter
from types import MappingProxyType

import torch
from flint import arb

from lib.expression import Expression
from lib.expression.straight_line import StraightLine
from lib.inverse.problem import Problem, checked
from lib.inverse.proof.decider import Decider
from lib.inverse.proof.search import Search
from lib.inverse.proof.zeros import Kind, Zero, roundest
from lib.message import Message
from lib.readings.ball import Enclosure, provable
from lib.readings.ball.pieces import Pieces
from lib.readings.tensor import straight_line

EFFORT, FEWEST, MOST = 15_000, 150, 1500  # boxes × operations of one call; boxes
CLOSE = 1e-9  # of the values on both sides of a place: nearer to each other, f is continuous there
STEEP = 1e-3  # of the branch's height: as much as a cube root may rise in a box that narrow
MOST_BRANCHES = 60


@dataclass(frozen=True)
class Branch:
    """f is defined and strictly monotone between low and high, with values between bottom and top.

    An end may be left out (a pole, an end of the domain): values are those met next to it, so a range that goes to
    infinity ends at a large number.
    """

    low: float
    high: float
    bottom: float
    top: float
    rising: bool

    def reaches(self, y: float) -> bool:
        return self.bottom <= y <= self.top


@dataclass(frozen=True)
class Branches:
    """The branches, ascending; constant: stretches on which f has one value, so no inverse."""

    branches: tuple[Branch, ...]
    constant: tuple[tuple[float, float], ...]
    more: bool = False  # there are more than are listed

    @property
    def invertible(self) -> bool:
        """Whether no value is taken twice."""
        spans = sorted((b.bottom, b.top) for b in self.branches)
        return not self.constant and all(before[1] <= after[0] for before, after in pairwise(spans))

    def doubled(self) -> float | None:
        """A round value that is taken by two branches, where the two overlap most; None if there is none."""
        overlaps = [
            (max(a.bottom, b.bottom), min(a.top, b.top)) for k, a in enumerate(self.branches) for b in self.branches[:k]
        ]
        low, high = max(overlaps, key=lambda span: span[1] - span[0], default=(0.0, 0.0))
        return roundest(low + (high - low) / 4, high - (high - low) / 4) if low < high else None


class _Slope(Enclosure):
    """f' as a function of its own."""

    def value(self, x: arb) -> arb:
        return self.series(x, 0)[0]

    def series(self, x: arb, order: int) -> list[arb]:
        return [(k + 1) * c for k, c in enumerate(super().series(x, order + 1)[1:])]


def branches(
    expression: Expression,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> Branches:
    """The window cut where f' changes its sign and where f jumps, has a pole or is undefined.

    The places are found by ball arithmetic as in lib.inverse.proof.decider. A bad argument is a ValueError.
    """
    problem = checked(expression, 0.0, window, variable, at)
    if problem.window is None:
        raise ValueError(Message("Give two different finite numbers as the ends."))
    unproved = provable(expression)
    if unproved:
        raise ValueError(unproved)
    line = straight_line(expression, {**at, variable: 0.0})
    cuts, constant, exhausted = _cuts(line, problem)
    low, high = problem.window
    found = []
    edges = [low, *(edge for cut in cuts for edge in cut), high]
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        if a < b and not any(c <= a and b <= d for c, d in constant):
            found.append((a, b))
    pieces = [piece for a, b in found if (piece := _branch(problem, a, b))]
    joined = _joined(problem, pieces)
    return Branches(tuple(joined[:MOST_BRANCHES]), tuple(constant), exhausted or len(joined) > MOST_BRANCHES)


Spans = list[tuple[float, float]]


def _cuts(line: StraightLine, problem: Problem) -> tuple[Spans, Spans, bool]:
    """Where the sign of f' may change, from one edge to the other; where f is constant; whether the budget ran out."""
    letters: Mapping[str, float | arb] = dict(problem.at)
    pieces = Pieces.of(line, line.outputs[0], variable=problem.variable, at=letters)
    budget = min(MOST, max(FEWEST, EFFORT // max(1, len(line.operations))))
    window = problem.window or (0.0, 0.0)
    decider = Decider(
        lambda: _Slope.of(line, line.outputs[0], variable=problem.variable, at=letters),
        window,
        lambda box, _jumps: pieces.nowhere(box),
    )
    search = Search.of(window).advance(decider, budget)
    zeros = search.found(decider)
    constant = [(zero.low, zero.high) for zero in zeros if zero.kind is Kind.STRETCH]
    cuts = [_edges(problem, zero) for zero in zeros if zero.crosses]
    return sorted(cuts), constant, not search.over


def _edges(problem: Problem, zero: Zero) -> tuple[float, float]:
    """Where the branch before an extremum ends, and the next one begins."""
    if zero.kind is not Kind.UNIQUE:
        place = roundest(zero.low, zero.high)
        return (place, place) if _kink(problem, zero, place) else (zero.low, zero.high)
    return (zero.x, zero.x) if zero.exact else (nextafter(zero.x, -inf) + 0.0, nextafter(zero.x, inf))


def _kink(problem: Problem, zero: Zero, place: float) -> bool:
    """Whether f is continuous at the place and turns round there."""
    x = [zero.low, nextafter(place, -inf), place, nextafter(place, inf), zero.high]
    f, slopes = (values.tolist() for values in problem.slopes(torch.tensor(x, dtype=torch.float64)))
    continuous = all(abs(f[k] - f[2]) <= abs(f[far] - f[2]) / 2 for k, far in ((1, 0), (3, 4)))
    return continuous and slopes[1] * slopes[3] < 0


def _branch(problem: Problem, a: float, b: float) -> Branch | None:
    """The branch from a to b, or None where f is undefined."""
    x = torch.linspace(a, b, 5, dtype=torch.float64)
    f = problem.values(x).tolist()
    if not all(map(isfinite, f[1:4])):
        return None
    low, high = (
        (a, f[0]) if isfinite(f[0]) else _edge(problem, a, b),
        (b, f[4]) if isfinite(f[4]) else _edge(problem, b, a),
    )
    rising = f[3] > f[1]
    bottom, top = sorted((low[1], high[1]))
    return Branch(low[0], high[0], bottom, top, rising)


def _edge(problem: Problem, outside: float, inside: float) -> tuple[float, float]:
    """The first x with a value, from an end without one inwards, and the value."""
    outside, inside = float(outside), inside + (outside - inside) / 4
    for _ in range(80):
        middle = (outside + inside) / 2
        if isfinite(problem.point(middle).f):
            inside = middle
        else:
            outside = middle
    return inside, problem.point(inside).f


def _joined(problem: Problem, pieces: list[Branch]) -> list[Branch]:
    """Neighbours between which f goes on in the same direction without a jump, as one."""
    joined: list[Branch] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last and last.rising == piece.rising and _continuous(problem, last, piece):
            bottom, top = min(last.bottom, piece.bottom), max(last.top, piece.top)
            joined[-1] = Branch(last.low, piece.high, bottom, top, last.rising)
        else:
            joined.append(piece)
    return joined


def _continuous(problem: Problem, left: Branch, right: Branch) -> bool:
    """Whether f goes on between two branches that lie next to each other; a step of it would be at a round number."""
    place = roundest(left.high, right.low)
    x = [left.high, nextafter(place, -inf), place, nextafter(place, inf), right.low]
    f = [problem.point(at).f for at in x]
    size = max(left.top - left.bottom, right.top - right.bottom)
    near = right.low - left.high <= CLOSE * (right.high - left.low)
    steps = [(b - a) if left.rising else (a - b) for a, b in pairwise(f)]
    smooth = all(0 <= step <= STEEP * size for step in steps) and steps[1] + steps[2] <= CLOSE * size
    return near and smooth
