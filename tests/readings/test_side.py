"""The sign of a function right beside a jump, and what it tends to there."""

import pytest
import torch

from lib.expression import parse
from lib.inverse.proof.equation import equation
from lib.readings.tensor import evaluate

REACH = 2.0**-20


@pytest.mark.parametrize("text, place, left, right", [
    ("sign(x)", 0, (-1, False), (1, False)),
    ("floor(x)+x-1", 1, (-1, True), (1, False)),
    ("where(x<=1,x-1,x)", 1, (-1, True), (1, False)),
    ("mod(x,1)", 2, (1, False), (1, True)),
    ("frac(x)", -2, (-1, True), (-1, False)),
    ("trunc(x)-x", 0, (1, True), (-1, True)),
    ("abs(x)*sign(x)", 0, (-1, True), (1, True)),
    ("heaviside(x^3,1/2)-1/2", 0, (-1, False), (1, False)),
    ("where(x^2<=0,1,0)-1", 0, (-1, False), (-1, False)),
    ("ceil(-x^2)+x^2", 0, (1, True), (1, True)),
    ("floor(x^4)", 0, (0, True), (0, True)),
    ("round(x+1/2)-1/2", 1, (1, False), (1, False)),
    ("where((x>0)&(x<1),1,-1)", 0, (-1, False), (1, False)),
    ("floor(1-x^2)*x", 0, (0, True), (0, True)),
    ("sign(1/x)", 0, None, None),
    ("sqrt(x)*floor(x)", 0, None, None),
])  # fmt: skip
def test_the_sign_beside_a_jump(text, place, left, right):
    function = parse(text)
    side = equation(function, 0.0, "x", {}).itself.side()
    for way, expected in ((-1, left), (1, right)):
        assert side.sign(place, place + way * REACH) == expected
        x = place + way * REACH * torch.linspace(0.01, 0.99, 50, dtype=torch.float64)
        signs = evaluate(function, {"x": x}).expand_as(x).sign()
        assert expected is None or bool((signs == expected[0]).all())
