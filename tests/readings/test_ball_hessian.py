"""Enclosures of gradient and Hessian hold autograd's at every point of the box."""

import pytest
import torch
from flint import arb

from lib.calculus import local_model
from lib.expression import parse
from lib.readings.ball.hessian import HessianEnclosure
from lib.readings.ball.values import ball

TEXTS = [
    "x^2 y + sin(x y) + exp(y - x)",
    "x / y + y / x",
    "x^y + atan2(x, y)",
    "hypot(x, y) log(x + y)",
    "min(x, y + 9) + max(x, y - 9) + where(x > -1, x y, 0)",
    "(x - y)^3 / (1 + x^2 y^2)",
    "gamma(x + y) + erf(x - y) + tanh(x y)",
    "x x y",
    "3",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [0.0, 1e-3, 0.2])
def test_holds_autograds_numbers(text, width):
    low = (0.8, 1.7)
    found = HessianEnclosure(parse(text), variables=("x", "y"), at={})([ball(c, c + width) for c in low])
    ends = torch.linspace(0, width, 4, dtype=torch.float64)
    model = local_model(parse(text), torch.cartesian_prod(low[0] + ends, low[1] + ends))
    slack = arb(0, 1e-11)
    for value, gradient, hessian in zip(model.value, model.gradient, model.hessian, strict=True):
        assert (found.value + slack).contains(arb(float(value)))
        for i in range(2):
            slope = found.slopes[i] if found.slopes else arb(0)
            assert slope.is_finite()
            assert (slope + slack).contains(arb(float(gradient[i])))
            for j in range(2):
                assert found.second(i, j).is_finite()
                assert (found.second(i, j) + slack).contains(arb(float(hessian[i, j])))


def test_a_box_outside_the_domain_is_told_from_one_that_crosses_its_edge():
    f = HessianEnclosure(parse("log(x) + y"), variables=("x", "y"), at={})
    assert f([ball(-2, -1), ball(0, 1)]).outside
    edge = f([ball(-1, 1), ball(0, 1)])
    assert not edge.outside
    assert not edge.slopes[0].is_finite()


def test_at_a_kink_the_slopes_are_known_and_the_bends_are_not():
    found = HessianEnclosure(parse("abs(x) y"), variables=("x", "y"), at={})([ball(-1, 1), ball(1, 2)])
    assert found.slopes[0].contains(arb(-2))
    assert found.slopes[0].contains(arb(2))
    assert not found.second(0, 0).is_finite()


@pytest.mark.parametrize(
    ("text", "slopes", "mixed"),
    [
        ("sqrt(x) + 3y", (None, 3), 0),
        ("log(x) + y^2", (None, 4), 0),
        ("floor(x) + x + y", (None, 1), 0),
        ("y sqrt(x)", (None, None), None),
    ],
)
def test_what_does_not_depend_on_a_variable_has_the_slope_0_along_it_though_it_has_an_edge(text, slopes, mixed):
    local = HessianEnclosure(parse(text), variables=("x", "y"), at={})([ball(-0.5, 0.5), ball(2, 2)])
    for found, known in zip([*local.slopes, local.second(0, 1)], [*slopes, mixed], strict=True):
        assert not found.is_finite() if known is None else found == known


def test_where_f_may_be_undefined_no_critical_point_is_proved():
    enclosure = HessianEnclosure(parse("(x + 0.0001)^2 + y^2 + 0 log(x)"), variables=("x", "y"), at={})
    local = enclosure([ball(-0.5, 0.5), ball(-1, 1)])
    assert not local.slopes[0].is_finite()
    assert not local.second(0, 0).is_finite()
