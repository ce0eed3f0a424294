"""When a run stops, and why.

A run has converged when

    error_k <= relative · |x_k| + absolute,    by default relative = 2^-52, absolute = 1e-18 · scale,

where error_k is the distance from x_k to the end of the bracket on the other side of the solution, or |x_k − x_{k-1}|
for a method without a bracket (or with one that doesn't close), and scale is the largest |x| met so far. There is no
tolerance on f(x) − y: it would call 1e-200·(x − 1) solved anywhere, and x·exp(−x) solved wherever the run has got far
enough. A bracket so shrunk may still hold a pole or a jump, see lib.inverse.discontinuity.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf, isfinite, isnan, nextafter
from types import MappingProxyType

import torch

from lib.inverse.discontinuity import discontinuity, gap_in_domain, jump_at
from lib.inverse.problem import RELATIVE, Point, Problem
from lib.inverse.status import Status
from lib.inverse.trace import Step

FAR = 1e100  # beyond, a run without a window is running away: squares and cubes of x are about to overflow
LONGEST_CYCLE = 16
NOISE = 1e-6  # a cycle narrower than this fraction of |x| is rounding noise about a solution
ROUNDING = 100  # tolerances: a narrower cycle is rounding noise too, where the solution is 0
SETTLED = 1e-8  # after MAX_STEPS, steps that stay within this fraction of |x| have settled on a solution
RECENT = 10  # the last steps, which tell running away from jumping about
NARROW = 1e-6  # of the first bracket: one that doesn't close is asked for a pole or a jump if it is so small
STEADY = 0.97  # of the step nine before: a run whose steps shrink faster may yet arrive
NEARER = 0.2  # of |f − y|: as much as may be left where a run is said to go
PLATEAU = 1e-12  # of the scale: a wider stretch with computed f(x) = y is worth a word
SLOW = (0.2, 0.999)  # ratios of successive steps in linear convergence; 1/2 at a double solution


@dataclass(frozen=True)
class Ending:
    """A status, and the numbers that its sentence needs besides k, x, f and y."""

    status: Status
    numbers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def bracketed(problem: Problem, steps: Sequence[Step], *, closes: bool = True) -> Ending | None:
    """Why a run in a bracket stops after its last step, or None. closes: whether the method's brackets get small."""
    last = steps[-1]
    if last.ends is None or steps[0].ends is None:
        raise TypeError("a bracketing step has ends")
    if isnan(last.f):
        return Ending(*gap_in_domain(problem, last.x, steps[0].ends))
    if last.f == problem.y:
        jump = jump_at(problem, last.x, steps[0].ends)
        return Ending(Status.EXACT_AT_JUMP, jump) if jump else exact(problem, steps)
    low, high = problem.narrowed(*last.ends, Point(last.x, last.f))
    error = high.x - low.x
    if error <= _tolerance(problem, steps):
        fault = _fault(problem, low, high, steps[0].ends)
        return fault or Ending(Status.CONVERGED, {"error": max(error, RELATIVE * abs(last.x))})
    settled = not closes and last.k and abs(last.x - steps[-2].x) <= _tolerance(problem, steps)
    if not settled and last.k < problem.accuracy.steps:
        return None
    outer = steps[0].ends
    fault = _fault(problem, low, high, outer) if error <= NARROW * (outer[1].x - outer[0].x) else None
    if fault or settled:
        return fault or _converged(problem, steps)
    return Ending(Status.CLOSING, {"low": low.x, "high": high.x}) if closes else _given_up(problem, steps)


def _fault(problem: Problem, low: Point, high: Point, outer: tuple[Point, Point]) -> Ending | None:
    """The pole or jump that a small bracket holds instead of a solution."""
    around = problem.point(nextafter(low.x, -inf)), problem.point(nextafter(high.x, inf))
    found = discontinuity(problem, around, outer)
    return Ending(*found) if found else None


def unbracketed(problem: Problem, steps: Sequence[Step], *, closes: bool = True) -> Ending | None:
    """Why a run without a bracket stops after its last step, or None."""
    last = steps[-1]
    if not isfinite(last.x) or abs(last.x) > FAR:
        return Ending(Status.RUNS_AWAY)
    if isnan(last.f):
        return Ending(Status.UNDEFINED)
    if last.f == problem.y:
        return exact(problem, steps)
    if last.k == 0:
        return None
    if abs(last.x - steps[-2].x) <= _tolerance(problem, steps):
        return _converged(problem, steps)
    ending = _left_window(problem, steps) or _cycle(problem, steps)
    return ending or (_given_up(problem, steps) if last.k >= problem.accuracy.steps else None)


def _tolerance(problem: Problem, steps: Sequence[Step]) -> float:
    return problem.tolerance(steps[-1].x, _scale(steps))


def _scale(steps: Sequence[Step]) -> float:
    met: list[float] = [*(step.x for step in steps), *(steps[0].bracket or ())]
    return max(map(abs, met))


def exact(problem: Problem, steps: Sequence[Step]) -> Ending:
    """EXACT, or EXACT_WITHIN where computed f(x) = y at many x around: on a level stretch, or in rounding noise.

    Probes 16 points in each octave of distances from scale down; two hits in one can't be another solution by chance.
    """
    scale = _scale(steps) or 1.0
    octaves = scale * 0.5 ** torch.arange(1, 53, dtype=torch.float64)
    distances = octaves[:, None] * (1 + (torch.arange(8) + 0.37) / 8)
    probes = steps[-1].x + torch.cat([distances, -distances], 1)
    hits = (problem.values(probes.flatten()) == problem.y).view_as(probes)
    many = hits & (hits.sum(1) >= 2)[:, None]
    error = float(((probes - steps[-1].x).abs() * many).max())
    if error:
        error = _farthest(problem, steps[-1].x, error)
    return Ending(Status.EXACT_WITHIN, {"error": error}) if error > PLATEAU * scale else Ending(Status.EXACT)


def _farthest(problem: Problem, x: float, least: float) -> float:
    """The largest of some distances from `least` to an eighth more at which computed f is y."""
    distances = torch.linspace(least, 1.125 * least, 129, dtype=torch.float64)
    level = [problem.values(x + side * distances) == problem.y for side in (-1, 1)]
    return float((distances * (level[0] | level[1])).max())


def _converged(problem: Problem, steps: Sequence[Step]) -> Ending:
    last = steps[-1]
    size = abs(last.x - steps[-2].x)
    # What rounding of x and of y leaves undecided.
    floor = RELATIVE * (abs(last.x) + (abs(problem.y / last.derivative) if last.derivative else 0.0))
    ratio = _linear_ratio(problem, steps)
    if ratio is None:
        return Ending(Status.CONVERGED, {"error": max(size, floor)})
    return Ending(Status.CONVERGED_SLOWLY, {"error": max(_remaining(size, ratio), floor), "ratio": abs(ratio)})


def _left_window(problem: Problem, steps: Sequence[Step]) -> Ending | None:
    """Two steps in a row outside the window, the second farther out: one step outside often comes back."""
    if problem.window is None:
        return None
    left, right = problem.window
    before, now = (max(left - step.x, step.x - right) for step in steps[-2:])
    return Ending(Status.LEFT_WINDOW, {"left": left, "right": right}) if now > before > 0 else None


def _cycle(problem: Problem, steps: Sequence[Step]) -> Ending | None:
    """An earlier x met again: from there on everything repeats, as each step depends on the last one only."""
    last = steps[-1]
    for length in range(2, min(LONGEST_CYCLE, last.k) + 1):
        if _again(problem, steps, length):
            width = _width(steps[-length:])
            if width <= max(NOISE * abs(last.x), ROUNDING * _tolerance(problem, steps)):
                return Ending(Status.CONVERGED, {"error": width})
            return Ending(Status.CYCLE, {"length": length})
    return None


def _again(problem: Problem, steps: Sequence[Step], length: int) -> bool:
    """Whether the last x has been there before; for a method that remembers an x more, whether the last two have."""
    tolerance, remembered = _tolerance(problem, steps), 1 if steps[-1].derivative is None else 0
    return all(
        length + back < len(steps) and abs(steps[-1 - back].x - steps[-1 - length - back].x) <= tolerance
        for back in range(remembered + 1)
    )


def _given_up(problem: Problem, steps: Sequence[Step]) -> Ending:
    """What the last steps look like when there were too many."""
    last, recent = steps[-1], steps[-RECENT:]
    moves = [b.x - a.x for a, b in pairwise(recent)]
    size, ratio, width = abs(moves[-1]), _linear_ratio(problem, steps), _width(recent)
    if ratio is not None and _leads_on(problem, last, moves[-1], ratio):
        return Ending(Status.STILL_SLOW, {"error": _remaining(size, ratio), "ratio": abs(ratio)})
    if width <= SETTLED * abs(last.x):
        return Ending(Status.CONVERGED, {"error": width})
    one_way = all(move > 0 for move in moves) or all(move < 0 for move in moves)
    if one_way and size > STEADY * abs(moves[0]):
        return Ending(Status.RUNS_AWAY)
    crawls = one_way and size > abs(moves[0]) / 2
    return Ending(Status.CRAWLS, {"size": size}) if crawls else Ending(Status.TOO_MANY_STEPS)


def _leads_on(problem: Problem, last: Step, move: float, ratio: float) -> bool:
    """Whether f comes nearer to y where a run goes whose steps shrink by this ratio; f may be undefined there."""
    there = problem.point(last.x + move * ratio / (1 - ratio)).f if move else last.f
    return not abs(there - problem.y) > NEARER * abs(last.f - problem.y)


def _linear_ratio(problem: Problem, steps: Sequence[Step]) -> float | None:
    """The common ratio of successive steps if convergence looks linear, else None; below 0 where they go to and fro.

    Only steps well above the tolerance count, since below them is rounding noise.
    """
    least = 1e3 * _tolerance(problem, steps)
    moves = [move for a, b in pairwise(steps) if abs(move := b.x - a.x) > least]
    ratios = [b / a for a, b in pairwise(moves[-4:])]
    sizes = [*map(abs, ratios)]
    if len(ratios) < 3 or max(ratios) - min(ratios) > 0.1 or not SLOW[0] < min(sizes) <= max(sizes) < SLOW[1]:
        return None
    return ratios[-1]


def _remaining(size: float, ratio: float) -> float:
    """The sum of all steps still to come after one of this size: a geometric series."""
    return size * max(1.0, ratio / (1 - ratio))


def _width(steps: Sequence[Step]) -> float:
    return max(step.x for step in steps) - min(step.x for step in steps)
