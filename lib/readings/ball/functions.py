"""Each operation on balls: series on balls, and what conditions are known to be."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flint import arb

from lib.readings.ball import series as s
from lib.readings.ball import special as special
from lib.readings.ball import values as e
from lib.readings.ball.series import Line, Series, inv, joined, smooth, square
from lib.readings.ball.values import HALF, ONE, PI, ZERO


@dataclass(frozen=True, slots=True)
class Here:
    """What is so at the one point that the ball is, but may be otherwise right beside it: x = 0 at 0."""

    holds: bool

    def __bool__(self) -> bool:
        return self.holds


Truth = bool | Here | None  # None: true on a part of the interval only, or can't tell


# Conditions


def _compared(a: Series, b: Series, yes: bool, no: bool) -> Truth:
    """Whether a relation of a and b holds. Where both are the same number and one of them moves, slopes can't tell."""
    if not (yes or no):
        return None
    moving = min(a.prec, b.prec) > 1 and max(a.length(), b.length()) > 1
    return Here(yes) if moving and a[0] == b[0] else yes


def _equal(a: Series, b: Series) -> Truth:
    return _compared(a, b, a[0] == b[0], a[0] < b[0] or a[0] > b[0])


def _not(a: Truth) -> Truth:
    return None if a is None else Here(not a) if isinstance(a, Here) else not a


def _and(a: Truth, b: Truth) -> Truth:
    if a is False or b is False:
        return False
    if isinstance(a, Here) or isinstance(b, Here):
        no = any(isinstance(c, Here) and not c for c in (a, b))
        return Here(False) if no else None if a is None or b is None else Here(True)
    return None if a is None or b is None else True


def _where(condition: Truth, a: Series, b: Series) -> Series:
    if condition is None:
        return s.hull(a, b, 1)
    chosen = a if condition else b
    return s.cut(chosen, 1) if isinstance(condition, Here) else chosen


LOOKS_ITSELF = frozenset({
    "lt", "le", "gt", "ge", "eq", "ne", "and", "or", "not", "where", "indicator", "min", "max", "clamp", "neg",
})  # fmt: skip


# Functions that others are made of.

_sinh: Line = smooth(e.guarded(arb.sinh), lambda a: _cosh(a))
_cosh: Line = smooth(e.guarded(arb.cosh), lambda a: _sinh(a))


def _sech_tanh(a: Series) -> tuple[Series, Series]:
    """By exp(−|a|), which underflows quietly."""
    if a[0] < 0:
        sech, tanh = _sech_tanh(-a)
        return sech, -tanh
    if a[0] > 0:
        decay = s.exp(-a)
        half = decay * inv(1 + square(decay))
        sech, tanh = 2 * half, 1 - 2 * decay * half
    else:
        sech = inv(_cosh(a))
        tanh = _sinh(a) * sech
    return s.with_value(sech, e.sech(a[0])), s.with_value(tanh, e.tanh(a[0]))


def _sech_slope(a: Series) -> Series:
    sech, tanh = _sech_tanh(a)
    return -(sech * tanh)


_sech: Line = smooth(e.sech, _sech_slope)
_tanh: Line = smooth(e.tanh, lambda a: square(_sech_tanh(a)[0]))
_sigmoid: Line = smooth(e.sigmoid, lambda a: square(_sech_tanh(a * HALF)[0]) * arb(0.25))
_softplus: Line = smooth(e.softplus, _sigmoid)
_expm1: Line = smooth(e.expm1, s.exp)
_cbrt: Line = smooth(e.cbrt, lambda a: inv(3 * square(_cbrt(a))))
_erf_slope = 2 / PI.sqrt()
_erfc: Line = smooth(e.erfc, lambda a: s.exp(-square(a)) * -_erf_slope)
_erfinv: Line = smooth(e.erfinv, lambda a: s.exp(square(_erfinv(a))) / _erf_slope)
_LOG2, _LOG10 = arb.const_log2(), arb.const_log10()


def _arc(a: Series) -> Series:
    """1/sqrt(1 − a²)"""
    return inv(s.sqrt(1 - square(a)))


def _arc_of_reciprocal(a: Series, sign: int) -> Series:
    """1/(a² sqrt(1 + sign/a²))"""
    over = inv(square(a))
    return over * inv(s.sqrt(1 + sign * over))


BALL: dict[str, Callable[..., Any] | None] = {
    "rand": None,
    "randn": None,
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": s.div,
    "neg": lambda a: -a,
    "pow": s.power,
    "lt": lambda a, b: _compared(a, b, a[0] < b[0], a[0] >= b[0]),
    "le": lambda a, b: _compared(a, b, a[0] <= b[0], a[0] > b[0]),
    "gt": lambda a, b: _compared(a, b, a[0] > b[0], a[0] <= b[0]),
    "ge": lambda a, b: _compared(a, b, a[0] >= b[0], a[0] < b[0]),
    "eq": _equal,
    "ne": lambda a, b: _not(_equal(a, b)),
    "and": _and,
    "or": lambda a, b: _not(_and(_not(a), _not(b))),
    "not": _not,
    "indicator": lambda c: _where(c, s.constant(ONE), s.constant(ZERO)),
    "where": _where,
    "sqrt": s.sqrt,
    "cbrt": _cbrt,
    "exp": s.exp,
    "exp2": lambda a: s.exp(a * _LOG2),
    "expm1": _expm1,
    "log": s.log,
    "log10": lambda a: s.log(a) / _LOG10,
    "log2": lambda a: s.log(a) / _LOG2,
    "log1p": smooth(arb.log1p, lambda a: inv(1 + a)),
    "sin": lambda a: a.sin(),
    "cos": lambda a: a.cos(),
    "tan": smooth(arb.tan, lambda a: square(inv(a.cos()))),
    "cot": smooth(arb.cot, lambda a: -square(inv(a.sin()))),
    "sec": lambda a: inv(a.cos()),
    "csc": lambda a: inv(a.sin()),
    "asin": smooth(e.asin, _arc),
    "acos": smooth(e.acos, lambda a: -_arc(a)),
    "atan": smooth(arb.atan, lambda a: inv(1 + square(a))),
    "acot": smooth(lambda x: PI / 2 - x.atan(), lambda a: -inv(1 + square(a))),
    "asec": smooth(e.asec, lambda a: _arc_of_reciprocal(a, -1)),
    "acsc": smooth(e.acsc, lambda a: -_arc_of_reciprocal(a, -1)),
    "atan2": s.atan2,
    "hypot": s.hypot,
    "sinc": special.sinc,
    "sinh": _sinh,
    "cosh": _cosh,
    "tanh": _tanh,
    "coth": smooth(e.coth, lambda a: -square(inv(_sinh(a)))),
    "sech": _sech,
    "csch": smooth(e.csch, lambda a: -(inv(_sinh(a)) * inv(_tanh(a)))),
    "asinh": smooth(e.asinh, lambda a: inv(s.sqrt(1 + square(a)))),
    "acosh": smooth(e.acosh, lambda a: inv(s.sqrt(square(a) - 1))),
    "atanh": smooth(e.atanh, lambda a: inv(1 - square(a))),
    "acoth": smooth(e.acoth, lambda a: inv(1 - square(a))),
    "asech": smooth(e.asech, lambda a: -(inv(a) * _arc(a))),
    "acsch": smooth(e.acsch, lambda a: -_arc_of_reciprocal(a, 1)),
    "abs": s.absolute,
    "sign": s.sign,
    "floor": s.floor,
    "ceil": s.ceil,
    "round": s.round_,
    "trunc": s.trunc,
    "frac": s.fraction,
    "mod": s.modulo,
    "min": s.minimum,
    "max": s.maximum,
    "clamp": lambda a, low, high: s.minimum(s.maximum(a, low), high),
    "heaviside": s.heaviside,
    "sigmoid": _sigmoid,
    "logit": smooth(e.logit, lambda a: inv(a) + inv(1 - a)),
    "softplus": _softplus,
    "softsign": smooth(e.softsign, lambda a: inv(square(1 + s.absolute(a)))),
    "relu": lambda a: joined(a, lambda x: x * 0, lambda x: x),
    "leaky_relu": lambda a, slope: joined(a, lambda x: x * slope, lambda x: x),
    "elu": lambda a, alpha: joined(a, lambda x: alpha * _expm1(x), lambda x: x),
    "gelu": lambda a: a * _erfc(a * -HALF.sqrt()) * HALF,
    "silu": lambda a: a * _sigmoid(a),
    "mish": lambda a: a * _tanh(_softplus(a)),
    "erf": smooth(e.erf, lambda a: s.exp(-square(a)) * _erf_slope),
    "erfc": _erfc,
    "erfinv": _erfinv,
    "gamma": special.gamma,
    "lgamma": smooth(e.lgamma, special.digamma),
    "digamma": special.digamma,
    "beta": special.beta,
    "factorial": lambda a: special.gamma(a + 1),
    "binomial": special.binomial,
    "j0": special.bessel_j(0),
    "j1": special.bessel_j(1),
    "i0": special.bessel_i(0),
    "i1": special.bessel_i(1),
}
