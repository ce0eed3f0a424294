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
from lib.readings.enclosure import precision

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
    "beta": (),
    "binomial": (),
}
FORMULAS = [text for name in FUNCTIONS for text in TWO.get(name, (f"{name}(x)",))]

# PyTorch's own rules end in a difference from 1, as tanh' = 1 − tanh²: right to 1e-15 of the function's usual size.
OWN_RULES = dict.fromkeys(
    ("expm1", "tanh", "coth", "sigmoid", "softplus", "silu", "mish", "softsign", "sech", "csch"), 1e-15
)
OVERFLOWS = 700  # and cosh, which sech divides by, to 0·inf


@pytest.mark.parametrize("text", FORMULAS)
def test_values_and_derivatives_agree_with_the_truth(text: str) -> None:
    expression = parse(text)
    x = torch.tensor(POINTS, dtype=torch.float64)
    taylor = derivatives(expression, x, order=ORDER).T.tolist()
    autograd = derivatives(expression, x, order=3, mode="autograd").T.tolist()
    enclosure = Enclosure(expression)
    checked = 0
    for point, by_taylor, by_autograd in zip(POINTS, taylor, autograd, strict=True):
        true = _true(enclosure, point)
        for k, value in enumerate(true[:-1]):
            if value is None or (value != 0 and not 1e-290 < abs(value) < 1e290):
                continue
            room = (1e-10 if k else 1e-14) * abs(value) + 2.0**-51 * abs(point) * abs(true[k + 1] or 0.0) + 1e-300
            assert abs(by_taylor[k] - value) <= room, (point, k, by_taylor[k], value)
            checked += 1
            own = OWN_RULES.get(text.partition("(")[0], 0.0) * max(1.0, abs(point))
            if k <= 3 and not (own and abs(point) > OVERFLOWS):
                assert abs(by_autograd[k] - value) <= room + own, ("autograd", point, k, by_autograd[k], value)
    assert checked > 50


def _true(enclosure: Enclosure, x: float) -> list[float | None]:
    """f, f', … to one order more; None where f has none, such as at a kink."""
    with precision(400):
        derivatives = [c * math.factorial(k) for k, c in enumerate(enclosure.series(arb(x), ORDER + 1))]
    return [float(d.mid()) if d.is_finite() and d.rad() <= 1e-15 * abs(d.mid()) + 1e-100 else None for d in derivatives]
