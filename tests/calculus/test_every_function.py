"""Every function of the table near its special points and far away, against its enclosures at 400 bits.

A value agrees to 1e-14 and a derivative to 1e-10, orders 0 to 6 by Taylor arithmetic and 0 to 3 by autograd, beside
what the last bit of x itself decides: |x f⁽ᵏ⁺¹⁾| · 2^-53. That enclosures hold mpmath's values is shown in
tests/readings/test_ball.py.
"""

import math

import pytest
import torch
from flint import arb

from lib.calculus import derivatives
from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.readings.ball import Enclosure
from lib.readings.ball.values import precision

ORDER = 6
SIZES = (
    *(1e-12, 1e-9, 1e-5, 0.0123, 0.1, 0.5, 0.62, 0.999, 1 - 1e-6, 1 - 1e-12, 1.0, 1 + 1e-12, 1 + 1e-9, 1.001, 1.3),
    *(math.pi / 2 - 1e-8, math.pi / 2, 1.75, 2.0, 2.0001, 2.5, 3 + 1e-9, math.pi, 3.7, 5.2, 8.0, 12.5, 20.0, 33.0),
    *(60.0, 100.5, 170.2, 1e3, 12345.6, 1e5, 1e6 + 0.5, 1e8),
)
POINTS = (*(-x for x in reversed(SIZES)), 0.0, *SIZES)

TWO = {
    "atan2": ("atan2(x, 1.25)", "atan2(1.25, x)"),
    "hypot": ("hypot(x, 1.25)", "hypot(1, x)"),
    "mod": ("mod(x, 1.25)", "mod(0.5, x)", "mod(5, x)"),
    "min": ("min(x, 1.25)",),
    "max": ("max(x, 1.25)",),
    "clamp": ("clamp(x, -1.1, 1.1)",),
    "beta": (
        *("beta(x, 1.25)", "beta(2.5, x)", "beta(x, 0.5)", "beta(x, x)", "beta(3, x)", "beta(x, 20)"),
        *("beta(x, 301/2)", "beta(x, 1)"),
    ),
    "binomial": (
        *("binomial(x, 1.25)", "binomial(5, x)", "binomial(10.5, x)", "binomial(x, 0)", "binomial(x, 2)"),
        *("binomial(x, 3)", "binomial(x, 7)", "binomial(x, 20)", "binomial(x, 21)"),
        *("binomial(x, 60)", "binomial(x, 170)"),
    ),
}
FORMULAS = [text for name in FUNCTIONS for text in TWO.get(name, (f"{name}(x)",))]

# PyTorch's own rules end in a difference from 1, as tanh' = 1 − tanh²: right to 1e-15 of the function's usual size.
OWN_RULES = dict.fromkeys(
    ("expm1", "tanh", "coth", "sigmoid", "softplus", "silu", "mish", "softsign", "sech", "csch"), 1e-15
)
POWERS_OF_E = ("beta", "binomial")  # far from 1 they are e to a power that is itself rounded
OVERFLOWS = 700  # and cosh, which sech divides by, to 0·inf


@pytest.mark.parametrize("text", FORMULAS)
def test_values_and_derivatives_agree_with_the_truth(text: str) -> None:
    expression = parse(text)
    x = torch.tensor(POINTS, dtype=torch.float64)
    taylor = derivatives(expression, x, order=ORDER).T.tolist()
    autograd = derivatives(expression, x, order=3, mode="autograd").T.tolist()
    enclosure = Enclosure(expression)
    name = text.partition("(")[0]
    checked = 0
    for point, by_taylor, by_autograd in zip(POINTS, taylor, autograd, strict=True):
        true, sizes = _true(enclosure, point)
        for k, value in enumerate(true[:-1]):
            room = (1e-10 if k else 1e-14) * abs(value) + 2.0**-51 * abs(point) * sizes[k + 1] + 1e-300
            if not math.isfinite(value + room) or 0 < abs(value) < 1e-290:
                continue
            if k == 0 and value and name in POWERS_OF_E:
                room += 2.0**-52 * abs(math.log(abs(value)) * value)
            assert abs(by_taylor[k] - value) <= room, (point, k, by_taylor[k], value)
            checked += 1
            own = OWN_RULES.get(name, 0.0) * max(1.0, abs(point))
            if k <= 3 and not (own and abs(point) > OVERFLOWS):
                assert abs(by_autograd[k] - value) <= room + own, ("autograd", point, k, by_autograd[k], value)
    assert checked > 50


MANY = 20
FEW = (-2.3, -0.62, 0.37, 0.81, 1.3, 1.9, 4.6)
# High coefficients of these are tiny differences of products: right to 1e-11 of the largest one.
CANCELLING = ("binomial(5, x)", "binomial(10.5, x)")


@pytest.mark.parametrize("text", FORMULAS)
def test_taylor_arithmetic_agrees_with_the_truth_to_order_20(text: str) -> None:
    expression = parse(text)
    taylor = derivatives(expression, torch.tensor(FEW, dtype=torch.float64), order=MANY).T.tolist()
    enclosure = Enclosure(expression)
    checked = 0
    for point, found in zip(FEW, taylor, strict=True):
        true, sizes = _true(enclosure, point, MANY)
        if not all(map(math.isfinite, true)):
            continue
        largest = max(abs(value) / math.factorial(k) for k, value in enumerate(true))
        for k, value in enumerate(true[:-1]):
            room = 1e-10 * abs(value) + 2.0**-50 * abs(point) * sizes[k + 1]
            room += 1e-11 * largest * math.factorial(k) if text in CANCELLING else 0.0
            assert abs(found[k] - value) <= room, (point, k, found[k], value)
        checked += 1
    assert checked >= 2


def _true(enclosure: Enclosure, x: float, order: int = ORDER) -> tuple[list[float], list[float]]:
    """f, f', … to one order more, NaN where f has none, such as at a kink; and what each may be in size, 0 there."""
    with precision(400):
        found = [c * math.factorial(k) for k, c in enumerate(enclosure.series(arb(x), order + 1))]
    exact = [d.is_finite() and d.rad() <= 1e-15 * abs(d.mid()) + 1e-100 for d in found]
    return (
        [float(d.mid()) if sure else math.nan for d, sure in zip(found, exact, strict=True)],
        [float(d.abs_upper()) if d.is_finite() else 0.0 for d in found],
    )
