"""The pieces of a window on which f is monotone, and so has an inverse each."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite, nextafter
from types import MappingProxyType

import torch

from lib.expression import Expression
from lib.inverse.cuts import Cut, edge, find_cuts
from lib.inverse.problem import Problem, checked
from lib.inverse.proof.zeros import roundest
from lib.message import Message
from lib.readings.ball import provable

CLOSE = 1e-9  # of the values on both sides of a place: nearer to each other, f is continuous there
STEEP = 1e-3  # of the branch's height: as much as a cube root may rise in a box that narrow
MOST_BRANCHES = 60
DECADES, GROWING = (4.0, 8.0, 12.0), 0.8  # of the distance to an end; what a move over the next ones may lose


@dataclass(frozen=True)
class Branch:
    """f is defined and strictly monotone between low and high, with values between bottom and top.

    An end may be left out (a pole, an end of the domain, a jump): `inner` are the outermost x with a value, and bottom
    and top are the values there, so a range that goes to infinity ends at a number. unbounded: whether it does so,
    below and above.
    """

    low: float
    high: float
    bottom: float
    top: float
    rising: bool
    inner: tuple[float, float]
    unbounded: tuple[bool, bool] = (False, False)

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


def branches(
    expression: Expression,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> Branches:
    """The window cut where f' changes its sign and where f jumps, has a pole or is undefined; see lib.inverse.cuts.

    A bad argument is a ValueError.
    """
    problem = checked(expression, 0.0, window, variable, at)
    if problem.window is None:
        raise ValueError(Message("Give two different finite numbers as the ends."))
    unproved = provable(expression)
    if unproved:
        raise ValueError(unproved)
    low, high = problem.window
    found = find_cuts(problem, problem.window)
    sides = [Cut((low, low), (low, low), (low, low)), *found.cuts, Cut((high, high), (high, high), (high, high))]
    pieces: list[Branch] = []
    joints: list[Cut] = []  # before each piece
    for before, after in pairwise(sides):
        part = before.left_over and after.left_over  # of a branch that isn't known
        inside = before.ends[1] < after.ends[0] and not part
        level = any(c <= before.inner[1] and after.inner[0] <= d for c, d in found.constant)
        piece = _branch(problem, before, after) if inside and not level else None
        if piece:
            pieces.append(piece)
            joints.append(before)
    joined = _joined(problem, pieces, joints)
    more = found.exhausted or len(joined) > MOST_BRANCHES
    return Branches(tuple(joined[:MOST_BRANCHES]), found.constant, more)


def _branch(problem: Problem, before: Cut, after: Cut) -> Branch | None:
    """The branch between two cuts, or None where f is undefined."""
    inner = before.inner[1], after.inner[0]
    f = problem.values(torch.linspace(*inner, 5, dtype=torch.float64)).tolist()
    if not all(map(isfinite, f[1:4])) or f[1] == f[3]:
        return None
    quarter = (inner[1] - inner[0]) / 4
    first, last = edge(problem, inner[0], inner[0] + quarter), edge(problem, inner[1], inner[1] - quarter)
    values = problem.point(first).f, problem.point(last).f
    rising = f[3] > f[1]
    (low, bottom, down), (high, top, up) = (
        (end, value, _diverges(problem, end, end + side * quarter))
        for end, value, side in ((before.ends[1], values[0], 1), (after.ends[0], values[1], -1))
    )
    if not rising:
        bottom, top, down, up = top, bottom, up, down
    return Branch(low, high, min(bottom, top), max(bottom, top), rising, (first, last), (down, up))


def _diverges(problem: Problem, end: float, inside: float) -> bool:
    """Whether f goes to infinity at an end: over equal factors of the distance it moves on by as much as before, as a
    logarithm does, or by more."""
    distances = (inside - end) * 10.0 ** -torch.tensor(DECADES, dtype=torch.float64)
    before, after = problem.values(end + distances).diff().tolist()
    return bool(before * after > 0 and abs(after) >= GROWING * abs(before))


def _joined(problem: Problem, pieces: list[Branch], joints: list[Cut]) -> list[Branch]:
    """Neighbours between which f goes on in the same direction without a jump, as one."""
    joined: list[Branch] = []
    for piece, joint in zip(pieces, joints, strict=True):
        last = joined[-1] if joined else None
        if last and last.rising == piece.rising and _continuous(problem, last, joint, piece):
            joined[-1] = Branch(
                last.low,
                piece.high,
                min(last.bottom, piece.bottom),
                max(last.top, piece.top),
                last.rising,
                (last.inner[0], piece.inner[1]),
                (last.unbounded[0] or piece.unbounded[0], last.unbounded[1] or piece.unbounded[1]),
            )
        else:
            joined.append(piece)
    return joined


def _continuous(problem: Problem, left: Branch, joint: Cut, right: Branch) -> bool:
    """Whether f goes on from one branch to the next one."""
    if joint.hole:
        return False
    place = joint.ends[0]
    x = sorted({joint.box[0], nextafter(place, -inf), place, nextafter(place, inf), joint.box[1]})
    f = problem.values(torch.tensor(x, dtype=torch.float64)).tolist()
    size = max(left.top - left.bottom, right.top - right.bottom)
    near = joint.box[1] - joint.box[0] <= CLOSE * (right.high - left.low)
    steps = [(b - a) if left.rising else (a - b) for a, b in pairwise(f)]
    k = x.index(place)
    beside = sum(steps[max(0, k - 1) : k + 1])
    return near and all(0 <= step <= STEEP * size for step in steps) and beside <= CLOSE * size
