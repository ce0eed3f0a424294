"""The verdict on one point, from what the methods say and from what f does on both sides of it."""

from dataclasses import dataclass, replace
from math import inf, isfinite, isinf, isnan, log10, nan

from lib.calculus.audit.sides import ORDERS, SETTLED, Numbers, Surroundings
from lib.calculus.audit.verdict import Finding, Verdict, answer
from lib.message import Message

VANISHING = 1e-25  # of the terms: what is left of a limit of 0
APART = 1e-7  # relative difference from which the two sides count as different
ROUNDING = 1e-15  # a few units in the last place of x
ENOUGH = 10  # digits: fewer are reported
SYMBOLS = ("f", "f ′", "f ″")
FLOOR = 1e-4  # of the largest of f, f', f'': what one of them is compared with where it is smaller


@dataclass(frozen=True)
class Evidence:
    """One point: f, f', f'' by each method (f''' too by Taylor arithmetic), and its surroundings."""

    letter: str
    x: float
    autograd: Numbers
    taylor: Numbers
    formula: Numbers
    differences: Numbers  # f', f''
    around: Surroundings
    overflow: bool
    has_where: bool

    @property
    def proof(self) -> Numbers:
        """What is proved of f, f', f'': derivatives only where both sides lead to them."""
        proved = [self.around.proof[0]]
        for k in (1, 2):
            left, right, scale = self.sides(k)
            centre = self.around.proof[k]
            one = (
                self.continuous and not any(self.differ(j) for j in range(k + 1)) and not (k == 2 and isnan(proved[1]))
            )
            near = abs(left - centre) <= SETTLED * scale and abs(right - centre) <= SETTLED * scale
            proved.append(centre if near and one else left if isnan(centre) and one and left == right else nan)
        return tuple(proved)

    @property
    def continuous(self) -> bool:
        """Whether f tends to its value from both sides, as far as is known."""
        left, right, scale = self.sides(0)
        value = self.autograd[0]
        known = isfinite(left) and isfinite(right)
        return not known or (not self.differ(0) and abs(left - value) <= max(APART * scale, self._rounding()))

    def _rounding(self) -> float:
        """How far f may be from its proved value, by rounding."""
        gap = abs(self.autograd[0] - self.around.proof[0])
        return 0.0 if isnan(gap) else 2 * gap

    def sides(self, order: int) -> tuple[float, float, float]:
        """The limits on the left and right, and the size of the terms that they are sums of."""
        left, right = self.around.left, self.around.right
        return left.limits[order], right.limits[order], max(left.scale[order], right.scale[order])

    def differ(self, order: int) -> bool:
        """Whether both limits were found and differ by more than the rounding of x explains."""
        left, right, scale = self.sides(order)
        rounding = ROUNDING * abs(self.x) * self.sides(order + 1)[2] if order + 1 < ORDERS else 0.0
        return abs(left - right) > max(APART * scale, rounding)

    def digits(self, found: Numbers, most: int = 16) -> tuple[float, ...]:
        """To how many digits each of f, f', f'' agrees with the best that is known."""
        best = [t if isnan(p) else p for t, p in zip(self.taylor, self.proof, strict=False)]
        return tuple(float(self.common(k, a, b, most)) for k, (a, b) in enumerate(zip(found, best, strict=True)))

    def common(self, order: int, a: float, b: float, most: int = 16, *, forgiving: bool = True) -> int:
        """The digits that a and b have in common as values of f^(order), 0 where one is undefined.

        forgiving: what a change of x in its last digit would change as well is no difference of the methods.
        """
        if a == b:
            return most
        if not (isfinite(a) and isfinite(b)):
            return 0
        largest = max(abs(t) for t in (*self.taylor[:3], a, b) if isfinite(t))
        shift = abs(self.x * self.taylor[order + 1]) if forgiving else 0.0
        size = max(abs(a), abs(b), FLOOR * largest, shift if isfinite(shift) else 0.0)
        return max(0, min(most, int(-log10(abs(a - b) / size))))


def judge(e: Evidence) -> Finding:
    """The finding at a point: the first thing that is wrong there, from f to f''."""
    if not isfinite(e.autograd[0]):
        return _undefined(e)
    found = _break(e) or _slope(e) or _second(e) or _accuracy(e)
    return replace(found, also=_one_piece(e) or _further(e, found))


def _further(e: Evidence, found: Finding) -> Message | None:
    """That f'' has different sides, where the finding is about autograd's f' only."""
    of_slope = found.verdict in (Verdict.WHERE, Verdict.CHAIN, Verdict.PIECE) and not isfinite(e.autograd[1])
    if not of_slope or not e.differ(2):
        return None
    left, right, _ = e.sides(2)
    return _found(e, Verdict.BEND, left=left, right=right, answer=answer(e.autograd[2])).message


def _found(e: Evidence, verdict: Verdict, **values: object) -> Finding:
    return Finding(verdict, verdict.message(letter=e.letter, x=e.x, **values))


def _undefined(e: Evidence) -> Finding:
    grows = e.around.left.grows[0] or e.around.right.grows[0]
    if e.overflow and not grows:
        return _overflow(e, 0)
    left, right, _ = e.sides(0)
    if isfinite(left) and isfinite(right) and not e.differ(0):
        return _found(e, Verdict.REMOVABLE, limit=right)
    if isinf(e.autograd[0]) or grows:
        return _found(e, Verdict.POLE)
    if isfinite(e.autograd[1]):
        return _found(e, Verdict.UNDEFINED_VALUE, autograd=e.autograd[1])
    return _found(e, Verdict.UNDEFINED)


def _overflow(e: Evidence, order: int) -> Finding:
    true = e.proof[order]
    if isfinite(true):
        return _found(e, Verdict.OVERFLOW_KNOWN, symbol=SYMBOLS[order], computed=e.autograd[order], true=true)
    return _found(e, Verdict.OVERFLOW, symbol=SYMBOLS[order])


def _break(e: Evidence) -> Finding | None:
    """f itself breaks."""
    left, right, _ = e.sides(0)
    said = answer(e.autograd[1])
    if e.differ(0):
        return _found(e, Verdict.JUMP, left=left, right=right, answer=said)
    alone = _alone(e)
    if alone is not None:
        return _found(e, Verdict.ALONE, value=e.autograd[0], limit=alone, answer=said)
    if _lonely(e):
        return _found(e, Verdict.LONELY, value=e.autograd[0], answer=said)
    if not e.continuous:
        return _found(e, Verdict.ISOLATED, value=e.autograd[0], limit=right, answer=said)
    if e.around.left.grows[0] or e.around.right.grows[0]:
        return _found(e, Verdict.POLE)
    return None


def _lonely(e: Evidence) -> bool:
    """Whether f has a value at the point, and none is known close to it, nor a derivative."""
    around = e.around.left.defined or e.around.right.defined
    return isfinite(e.around.proof[0]) and not around and not any(map(isfinite, (e.autograd[1], *e.differences)))


def _alone(e: Evidence) -> float | None:
    """The limit from the one side on which f is defined, where f has another value at the point."""
    left, right, _scale = e.sides(0)
    if e.around.left.defined == e.around.right.defined or isfinite(left) == isfinite(right):
        return None
    limit = left if isfinite(left) else right
    size = e.around.left.scale[0] if isfinite(left) else e.around.right.scale[0]
    return limit if abs(limit - e.autograd[0]) > max(APART * max(size, abs(e.autograd[0])), e._rounding()) else None


def _slope(e: Evidence) -> Finding | None:
    """f' has different sides, none, or one that autograd misses."""
    before, after = e.around.left.grows[1], e.around.right.grows[1]
    said = answer(e.autograd[1])
    left, right, _ = e.sides(1)
    if before or after:
        if isfinite(left) or isfinite(right):
            left, right = (inf * grows if grows else limit for grows, limit in ((before, left), (after, right)))
            return _found(e, Verdict.KINK, left=left, right=right, answer=said)
        return _found(e, Verdict.CUSP if before * after < 0 else Verdict.VERTICAL, answer=said)
    if e.differ(1):
        return _found(e, Verdict.KINK, left=left, right=right, answer=said)
    if e.around.left.defined != e.around.right.defined and isfinite(left) != isfinite(right):
        return _found(e, Verdict.END, slope=left if isfinite(left) else right, answer=said)
    return _missed(e, 1)


def _second(e: Evidence) -> Finding | None:
    said = answer(e.autograd[2])
    if e.around.left.grows[2] or e.around.right.grows[2]:
        return _found(e, Verdict.SHARP, slope=e.autograd[1], answer=said)
    left, right, _ = e.sides(2)
    if e.differ(2):
        return _found(e, Verdict.BEND, left=left, right=right, answer=said)
    return _missed(e, 2)


def _missed(e: Evidence, order: int) -> Finding | None:
    """Autograd's derivative isn't the one that both sides lead to."""
    said = e.autograd[order]
    left, right, scale = e.sides(order)
    true = e.proof[order] if isfinite(e.proof[order]) else (left + right) / 2
    if isnan(true):
        return None
    if abs(true) <= VANISHING * scale:
        true = 0.0
    if not isfinite(said):
        if e.overflow or isinf(true) or abs(true) > 1e300:
            return _overflow(e, order)
        verdict = Verdict.WHERE if e.has_where else Verdict.CHAIN
        return _found(e, verdict, autograd=said, slope=true, symbol=SYMBOLS[order])
    at_a_piece = isnan(e.around.proof[order]) and abs(said - true) > APART * scale
    if at_a_piece:
        return _found(e, Verdict.PIECE, autograd=said, slope=true, symbol=SYMBOLS[order])
    return None


def _one_piece(e: Evidence) -> Message | None:
    """Taylor arithmetic and the formula differentiate a piece of `where` that holds at the point only."""
    if not (e.has_where and e.continuous):
        return None
    for order in (1, 2):
        left, right, scale = e.sides(order)
        if e.differ(order):
            return None
        true = (left + right) / 2
        if isnan(true) and isfinite(e.autograd[0]) and isnan(e.around.proof[order]):
            true = e.differences[order - 1]
        wrong = [
            (method, value)
            for method, value in zip(METHODS[1:], (e.taylor[order], e.formula[order]), strict=True)
            if isfinite(value) and isnan(e.around.proof[order]) and abs(value - true) > max(APART * scale, 0.0)
        ]
        if wrong:
            return Message(
                "At {letter} = {x:.6g} a piece of `where` holds at this one point only, and is what {method} "
                "differentiated: its {symbol} = {value:.6g} is not that of f, which is {true:.6g} from both sides.",
                letter=e.letter, x=e.x, method=wrong[0][0] if len(wrong) == 1 else BOTH, symbol=SYMBOLS[order],
                value=wrong[0][1], true=true,
            )  # fmt: skip
    return None


METHODS = (Message("autograd"), Message("Taylor arithmetic"), Message("the formula"))
BOTH = Message("both Taylor arithmetic and the formula")


def _accuracy(e: Evidence) -> Finding:
    """How far the methods agree, with the proof where there is one."""
    worst, fewest, shared = None, 16, 16
    for order in range(3):
        formula, proof = e.formula[order], e.proof[order]
        known = [e.autograd[order], e.taylor[order], *([] if isnan(formula) else [formula])]
        for method, value in zip(METHODS, known, strict=False):
            best = known[0] if isnan(proof) else proof
            digits, strict = e.common(order, value, best), e.common(order, value, best, forgiving=False)
            shared = min(shared, strict)
            if digits < fewest:
                worst, fewest = (order, method, value, proof), digits
    if fewest >= ENOUGH or worst is None:
        return Finding(Verdict.AGREE, Verdict.AGREE.message(letter=e.letter, x=e.x, digits=shared), shared)
    order, method, value, proof = worst
    if e.overflow:
        return _overflow(e, order)
    estimate = e.differences[order - 1] if order else nan
    if not isfinite(value) and isfinite(estimate):
        return _found(e, Verdict.SILENT, method=method, symbol=SYMBOLS[order], estimate=estimate)
    if isnan(proof) or not isfinite(value):
        return Finding(Verdict.DISAGREE, Verdict.DISAGREE.message(letter=e.letter, x=e.x, digits=fewest), fewest)
    message = Verdict.CANCELLATION.message(
        letter=e.letter, x=e.x, digits=fewest, symbol=SYMBOLS[order], method=method, computed=value, true=proof
    )
    return Finding(Verdict.CANCELLATION, message, fewest)
