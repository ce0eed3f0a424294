"""What can't be decided of a product, a root or an absolute value may be decided of its factors or its argument."""

from dataclasses import replace
from itertools import pairwise

from flint import arb

from lib.inverse.proof.decider import Decider
from lib.inverse.proof.equation import Formula
from lib.inverse.proof.jumps import at_jump
from lib.inverse.proof.search import Search
from lib.inverse.proof.zeros import Kind, Zero
from lib.readings.ball.values import ball

BUDGET = 120  # boxes for each factor; one alone needs some 50 to get as narrow as rounding lets it


def zeros(formula: Formula, search: Search, decider: Decider) -> list[Zero]:
    """What the search has found, see Search.found, with what its boxes leave open decided by factors."""
    found: list[Zero] = []
    factors = formula.factors()
    for zero in search.found(decider, lambda zero: at_jump(formula, zero, search.window)):
        split = None if zero.decided or factors == (formula,) else _split(formula, zero, decider)
        found += [zero] if split is None else split
    return found


def _split(formula: Formula, zero: Zero, decider: Decider) -> list[Zero] | None:
    """The zeros of the factors in the box; None where even so it can't be told."""
    box = zero.low, zero.high
    found: list[Zero] = []
    factors = formula.factors()
    others: dict[float, list[Formula]] = {}  # at the zeros of one factor
    for factor in factors:
        alone = Decider(factor.enclosure, box, factor.pieces().excludes)
        zeros = Search.of(box).advance(alone, BUDGET).found(alone) if zero.low < zero.high else [zero]
        if not all(zero.decided and zero.kind is not Kind.STRETCH for zero in zeros):
            return None
        found += zeros
        rest = [*(f for f in factors if f is not factor), *formula.never_zero()]
        others |= dict.fromkeys((z.x for z in zeros), rest)
    if not found:
        return []
    once = {zero.x: zero for zero in found if zero.exact}
    inexact = [zero for zero in found if not zero.exact]
    found = sorted([*once.values(), *inexact], key=lambda zero: zero.low)
    apart = all(a.high < b.low for a, b in pairwise(found))
    # The factor that is 0 is defined there, and so is what is made of it.
    inside = all(f.enclosure().value(ball(z.low, z.high)).is_finite() for z in inexact for f in others[z.x])
    if not (apart and inside):
        return None
    between = [(arb(a.high) + arb(b.low)) / 2 for a, b in pairwise(found)]
    signs = [decider.sign(x) for x in (arb(zero.low), *between, arb(zero.high))]
    return [
        replace(z, kind=Kind.UNIQUE if left and right and left != right else Kind.TOUCHING, order=1)
        for z, (left, right) in zip(found, pairwise(signs), strict=True)
    ]
