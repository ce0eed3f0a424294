"""A stretch of zeros of the numerator, as the parts of it on which f is defined."""

from collections.abc import Container, Sequence

from flint import arb

from lib.inverse.proof.decider import BITS
from lib.inverse.proof.equation import Equation
from lib.inverse.proof.label import Label
from lib.inverse.proof.search import SMALLEST, SPLIT
from lib.inverse.proof.solutions import Root
from lib.inverse.proof.zeros import Kind, Zero, roundest
from lib.readings.ball.values import ball, precision

BISECTIONS = 80
BUDGET = 1000  # boxes that are looked at

Span = tuple[float, float]
End = tuple[float, bool]  # of a stretch, and whether it belongs to it


def stretches(of: Equation, zero: Zero, gaps: Sequence[Zero]) -> tuple[list[Root], list[Span], bool]:
    """The parts with their ends to the last digit, where it can't be told, and whether the budget ran out.

    gaps: the zeros of the denominator.
    """
    points = [gap for gap in gaps if gap.decided and gap.kind is not Kind.STRETCH]
    runs, unsure, pending = _defined(of, (zero.low, zero.high), points)
    roots: list[Root] = []
    beside: list[Span] = []
    pieces = of.itself.pieces()
    without = [pieces.excludes(ball(*run)) for run in runs]  # solutions, beside the stretch only
    known = {zero.low, zero.high, *(end for run, none in zip(runs, without, strict=True) if none for end in run)}
    for k, (low, high) in enumerate(runs):
        if without[k]:
            continue
        inside = _between(low, high)
        before = runs[k - 1][1] if k else zero.low
        after = runs[k + 1][0] if k + 1 < len(runs) else zero.high
        sides = (low, before), (high, after)
        left, right = (_end(of, inside, ends, known, points) for ends in sides)
        x = _between(left[0], right[0])
        if _solved(of, x):
            roots.append(Root(x, Label.STRETCH, left[0], right[0], 0, True, (left[1], right[1])))
        else:  # it was beside the stretch only
            beside.append((before, after))
    ends = [end for root in roots for end in (root.low, root.high)]
    found = [*ends, *(gap.x for gap in points)]
    unknown = [(a, b) for a, b in unsure if not any(a <= x <= b for x in found)]
    return roots, unknown + beside + pending, bool(pending)


def _between(a: float, b: float) -> float:
    return a + (b - a) / 2


def _defined(of: Equation, window: Span, points: Sequence[Zero]) -> tuple[list[Span], list[Span], list[Span]]:
    """Where in a window f is defined, where that can't be told, and what the budget left over.

    points: single zeros of the denominator.
    """
    itself, pieces = of.itself.enclosure(), of.itself.pieces()
    runs: list[Span] = []
    unsure: list[Span] = []
    below = of.below.enclosure() if of.below else None
    inside = [gap for gap in points if window[0] < gap.low and gap.high < window[1]]
    marks = [window[0], *(end for gap in inside for end in (gap.low, gap.high)), window[1]]
    pending = [*zip(marks[::2], marks[1::2], strict=True)][::-1]
    smallest = SMALLEST * (window[1] - window[0])
    for _ in range(BUDGET):
        if not pending:
            break
        a, b = pending.pop()
        box = ball(a, b)
        if itself.value(box).is_finite():
            runs[-1:] = [(runs[-1][0], b)] if runs and runs[-1][1] == a else [*runs[-1:], (a, b)]
        elif not (pieces.nowhere(box) or (below and below.value(box).is_zero())):
            middle = a + SPLIT * (b - a)
            if b - a > max(smallest, SMALLEST * max(abs(a), abs(b))) and a < middle < b:
                pending += [(middle, b), (a, middle)]
            else:
                unsure[-1:] = [(unsure[-1][0], b)] if unsure and unsure[-1][1] == a else [*unsure[-1:], (a, b)]
    return runs, unsure, pending


def _end(of: Equation, inside: float, ends: Span, known: Container[float], points: Sequence[Zero]) -> End:
    """Where a part ends, beyond the last place that is surely in it, but not as far as the next part. known: where the
    search may end, as nothing of a next part is there."""
    near, far = ends
    for gap in points:
        if min(near, far) <= gap.x <= max(near, far):
            return gap.x, False
    if near == far:
        return _last(of, inside, far)
    return _last(of, near, far if far in known else _between(near, far))


def _last(of: Equation, inside: float, outside: float) -> End:
    """Where a stretch ends between two places, and whether it does so with a solution."""
    if _solved(of, outside):
        return outside, True
    for _ in range(BISECTIONS):
        middle = _between(inside, outside)
        if middle in (inside, outside):
            break
        inside, outside = (middle, outside) if _solved(of, middle) else (inside, middle)
    place = roundest(min(inside, outside), max(inside, outside))
    if _solved(of, place):
        return place, True
    named = float(f"{place:.6g}") == place  # an end that can't be written down in full is one of many near it
    return (place, False) if named else (inside, True)


def _solved(of: Equation, x: float) -> bool:
    with precision(BITS[-1]):  # sums of doubles are exact
        above, itself = (formula.enclosure().value(arb(x)) for formula in (of.above, of.itself))
    return bool(above.is_zero() and itself.is_finite())
