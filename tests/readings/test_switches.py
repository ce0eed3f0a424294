"""Switches: 0 wherever a formula breaks."""

import pytest
import torch

from lib.expression import parse
from lib.readings.switches import SMOOTH, SWITCHES, switches
from lib.readings.tensor import TENSOR, run, straight_line


def switches_at(text, x):
    line = straight_line(parse(text), {"x": 0.0})
    point = torch.tensor([float(x)], dtype=torch.float64)
    return [float(v) for v in run(switches(line, "x"), {"x": point}, point.shape)[len(line.outputs) :]]


def test_every_operation_is_smooth_or_has_switches():
    assert set(TENSOR) == SMOOTH | set(SWITCHES)
    assert SMOOTH & set(SWITCHES) == set()


@pytest.mark.parametrize(
    "text, places",
    [
        ("1/x", [0]), ("1/(x-2)^2", [2]), ("1/(x(x-1))", [0, 1]), ("x^-3", [0]), ("x^0.5", [0]), ("x^x", [0]),
        ("sqrt(x-1)", [1]), ("log(x^2)", [0]), ("log1p(x)", [-1]), ("abs(x+3)", [-3]), ("sign(x)", [0]),
        ("floor(x)", [-2, 0, 5]), ("round(x)", [0.5, -1.5]), ("mod(x, 3)", [0, 3, -6]), ("frac(x)", [1, -1]),
        ("tan(x)", [torch.pi / 2]), ("cot(x)", [0, torch.pi]), ("asin(x)", [1, -1]), ("acosh(x)", [1]),
        ("asec(x)", [0, 1, -1]), ("max(x, 1)", [1]), ("clamp(x, -1, 2)", [-1, 2]), ("where(x < 4, 1, 2)", [4]),
        ("gamma(x)", [0, -1, -2]), ("x!", [-1, -2]), ("heaviside(x, 1)", [0]), ("hypot(x, 0)", [0]),
        ("logit(x)", [0, 1]), ("atan2(x, -1)", [0]), ("binomial(x, 2.5)", [-1]), ("beta(x, 2)", [0, -1]),
    ],
)  # fmt: skip
def test_a_switch_is_zero_at_every_break_and_none_a_little_away(text, places):
    for place in places:
        assert min(abs(s) for s in switches_at(text, place)) < 1e-15
        assert min(abs(s) for s in switches_at(text, place + 0.01)) > 1e-5


@pytest.mark.parametrize(
    "text", ["x^3 + 2x", "sin(x)*exp(-x^2)", "x/2", "7", "gamma(3)", "sqrt(2)*x", "atan(x)", "binomial(x, 3)"]
)
def test_a_formula_without_breaks_has_no_switches(text):
    assert switches_at(text, 0.3) == []
