"""Tangents, curvature and osculating circles against closed forms."""

import math

import pytest
import torch

from lib.calculus import graph_geometry, parametric_geometry
from lib.expression import parse


def tensor(*values):
    return torch.tensor(values, dtype=torch.float64)


def test_a_half_circle_is_its_own_osculating_circle():
    g = graph_geometry(parse("sqrt(4 - x^2)"), tensor(-1.5, 0, 0.3, 1.99))
    torch.testing.assert_close(g.curvature, torch.full_like(g.curvature, -0.5), rtol=1e-10, atol=0)
    torch.testing.assert_close(g.radius, torch.full_like(g.radius, 2.0), rtol=1e-10, atol=0)
    torch.testing.assert_close(g.centre, torch.zeros_like(g.centre), rtol=0, atol=1e-9)


def test_a_parabola():
    x = tensor(-2, 0, 0.5, 3)
    g = graph_geometry(parse("x^2"), x)
    torch.testing.assert_close(g.curvature, 2 / (1 + 4 * x**2) ** 1.5, rtol=1e-14, atol=0)
    torch.testing.assert_close(g.centre, torch.stack([-4 * x**3, 3 * x**2 + 0.5], 1), rtol=1e-13, atol=1e-13)
    torch.testing.assert_close(g.velocity, torch.stack([torch.ones_like(x), 2 * x], 1))
    torch.testing.assert_close(g.speed, torch.sqrt(1 + 4 * x**2))


def test_unit_vectors_are_perpendicular_and_the_normal_is_to_the_left():
    g = graph_geometry(parse("sin(x)"), torch.linspace(-3, 3, 31, dtype=torch.float64))
    torch.testing.assert_close(g.tangent.norm(dim=1), torch.ones(31, dtype=torch.float64))
    turned = g.tangent[:, 0] * g.normal[:, 1] - g.tangent[:, 1] * g.normal[:, 0]
    torch.testing.assert_close(turned, torch.ones(31, dtype=torch.float64))


def test_a_straight_line_has_no_osculating_circle():
    g = graph_geometry(parse("2x + 1"), tensor(0, 1))
    assert g.curvature.tolist() == [0, 0]
    assert g.radius.tolist() == [math.inf, math.inf]
    assert g.centre.isnan().all()


def test_steep_slopes_do_not_overflow():
    g = graph_geometry(parse("1e200 x + 1e200 x^2"), tensor(0.0))
    assert g.curvature.isfinite().all()
    assert g.tangent.tolist() == [pytest.approx([1e-200, 1])]


def test_undefined_is_nan():
    g = graph_geometry(parse("sqrt(x)"), tensor(-1, 0, 1))
    assert g.point.isnan().any(1).tolist() == [True, False, False]
    assert g.curvature.isnan().tolist() == [True, True, False]


def test_an_ellipse():
    t = tensor(0, 0.4, math.pi / 2, 3)
    g = parametric_geometry(parse("[3cos(t), 2sin(t)]"), t, variable="t")
    speed = torch.sqrt(9 * torch.sin(t) ** 2 + 4 * torch.cos(t) ** 2)
    torch.testing.assert_close(g.speed, speed)
    torch.testing.assert_close(g.curvature, 6 / speed**3)
    torch.testing.assert_close(g.centre[0], tensor(3 - 4 / 3, 0), atol=1e-14, rtol=0)
    torch.testing.assert_close(g.point, torch.stack([3 * torch.cos(t), 2 * torch.sin(t)], 1))


def test_a_curve_that_stops_has_no_tangent_there():
    g = parametric_geometry(parse("[t^2, t^3]"), tensor(0, 1), variable="t")
    assert g.speed.tolist() == pytest.approx([0, math.sqrt(13)])
    assert g.tangent[0].isnan().all()
    assert g.curvature.isnan().tolist() == [True, False]


def test_shapes_that_are_no_plane_curve_are_refused():
    with pytest.raises(ValueError, match="one value"):
        graph_geometry(parse("[x, x]"), tensor(0))
    with pytest.raises(ValueError, match="two components"):
        parametric_geometry(parse("[x, x, x]"), tensor(0))
