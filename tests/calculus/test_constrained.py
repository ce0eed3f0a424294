"""Critical points on a curve against those that Lagrange's rule gives by hand, and what can't be proved."""

import pytest
import torch

from lib.calculus import SecondDerivativeTest
from lib.calculus.critical import Certificate, Search, constrained_points, search
from lib.calculus.critical.constrained import conclude_on_curve
from lib.calculus.critical.lagrange import LagrangeEnclosure, Multipliers
from lib.calculus.critical.slices import request_slice, request_slice_on_curve
from lib.expression import parse
from lib.readings.ball.values import ball

ROOT = 2**0.5


def on_curve(f, g, reach=5.0, **options):
    return constrained_points(parse(f), parse(g), ((-reach, reach),) * 2, **options)


@pytest.mark.parametrize(
    ("f", "g", "points"),
    [
        ("x y", "x^2 + y^2 - 8", {(-2, -2): "MAX", (-2, 2): "MIN", (2, -2): "MIN", (2, 2): "MAX"}),
        ("x + 2y", "x^2 + y^2 - 5", {(-1, -2): "MIN", (1, 2): "MAX"}),
        ("x^2 + y^2", "x y - 1", {(-1, -1): "MIN", (1, 1): "MIN"}),
        ("x^4 + y^4", "x + y - 1", {(0.5, 0.5): "MIN"}),
        (
            "x^2 y",
            "x^2 + y^2 - 3",
            {
                (-ROOT, -1): "MIN",
                (-ROOT, 1): "MAX",
                (0, -(3**0.5)): "MAX",
                (0, 3**0.5): "MIN",
                (ROOT, -1): "MIN",
                (ROOT, 1): "MAX",
            },
        ),
        ("x", "x^2 + y^2 + 1", {}),
        ("2x + 1", "x^2 - y", {}),
        ("2x + 1", "y - 3", {}),
    ],
)
def test_all_points_on_a_curve_are_proved(f, g, points):
    found = on_curve(f, g)
    assert found.complete
    assert {p.certificate for p in found.points} <= {Certificate.PROVED}
    assert len(found.points) == len(points)
    for p, (place, kind) in zip(found.points, points.items(), strict=True):
        assert p.point == pytest.approx(place, abs=1e-12)
        assert p.kind.name == f"{kind}IMUM"


def test_multiplier_value_and_bordered_determinant():
    """Of x y on x² + y² = 8 at (2, 2): λ = 1/2, and |0 4 4; 4 −1 1; 4 1 −1| = 64."""
    (*_, last) = on_curve("x y", "x^2 + y^2 - 8").points
    assert (last.value, last.multiplier, last.determinant) == pytest.approx((4, 0.5, 64))


def test_the_systems_enclosure_holds_its_values_and_its_jacobian_is_that_of_differences():
    f, g = parse("sin(x) y + x^2"), parse("x^3 - y exp(x)")
    at = torch.tensor([[0.4, 0.7], [0.41, 0.72]], dtype=torch.float64)
    local = LagrangeEnclosure(f, g, variables=("x", "y"), at={})([ball(0.4, 0.41), ball(0.7, 0.72)])
    here = Multipliers.at(f, g, at, ("x", "y"), {})
    for row, matrix in zip(here.residual.tolist(), here.jacobian.tolist(), strict=True):
        assert all(slope.contains(x) for slope, x in zip(local.slopes, row, strict=True))
        assert all(local.second(i, j).contains(matrix[i][j]) for i in range(2) for j in range(2))
    h = 1e-6
    for j, step in enumerate(torch.eye(2, dtype=torch.float64) * h):
        above, below = (Multipliers.at(f, g, at[:1] + s, ("x", "y"), {}).residual[0] for s in (step, -step))
        torch.testing.assert_close(here.jacobian[0, :, j], (above - below) / (2 * h), rtol=1e-7, atol=1e-8)


def test_at_a_cusp_the_rule_says_nothing():
    """x is least on y² = x³ at (0, 0), where ∇g is 0."""
    found = on_curve("x", "y^2 - x^3")
    assert not found.complete
    (point,) = found.points
    assert point.point == (0, 0)
    assert (point.kind, point.certificate) == (SecondDerivativeTest.UNKNOWN, Certificate.LIKELY)


@pytest.mark.parametrize(("g", "rough"), [("log(x) + y", True), ("x^2 + y^2 - 2", False), ("y^2 - x^3", False)])
def test_it_is_told_where_the_curve_has_no_derivatives(g, rough):
    assert on_curve("x y", g).rough == rough


def test_an_inflection_along_the_curve_is_undecided():
    found = on_curve("y^3", "y - x")
    (point,) = found.points
    assert (point.kind, point.certificate) == (SecondDerivativeTest.UNDECIDED, Certificate.LIKELY)


def test_where_f_has_no_derivative_nothing_is_decided():
    found = on_curve("abs(x) + y", "x^2 + y^2 - 1", 3.0)
    assert not found.complete
    proved = [p for p in found.points if p.certificate is Certificate.PROVED]
    assert [p.point for p in proved] == [pytest.approx((-(0.5**0.5), 0.5**0.5)), pytest.approx((0.5**0.5, 0.5**0.5))]
    others = [p for p in found.points if p.certificate is Certificate.UNDECIDED]
    assert sorted(round(p.point[1]) for p in others) == [-1, 1]


def test_a_constant_is_critical_along_the_whole_curve():
    assert on_curve("5", "x^2 + y^2 - 4").flat
    found = on_curve("x^2 + y^2", "x^2 + y^2 - 4")
    assert not found.complete
    assert found.boxes < 5000  # it stops where a whole curve is in sight


def test_noise_and_slices():
    found = on_curve("x + y + rand()", "x^2 + y^2 - 2")
    assert not found.complete
    assert {p.certificate for p in found.points} == {Certificate.LIKELY}
    f, g = parse("x y"), parse("x^2 + y^2 - 8")
    state = Search.of(((-5.0, 5.0),) * 2)
    enclosure = LagrangeEnclosure(f, g, variables=("x", "y"), at={})
    while not state.done:
        state.advance(enclosure, 10)
    assert conclude_on_curve(f, g, state) == on_curve("x y", "x^2 + y^2 - 8")


@pytest.mark.slow
def test_a_worker_proves_the_same_slice_by_slice():
    f, g = parse("sin(3x) cos(3y)"), parse("x^2 + y^2 - 4")
    on_curve_state, plain = Search.of(((-3.0, 3.0),) * 2), Search.of(((-3.0, 3.1),) * 2)
    while not on_curve_state.done:
        on_curve_state = request_slice_on_curve(f, g, on_curve_state, ("x", "y"), {}).result()
    while not plain.done:
        plain = request_slice(f, plain, ("x", "y"), {}).result()
    assert len(on_curve_state.proved) == 14
    assert len(plain.proved) == len(search(f, ((-3.0, 3.1),) * 2).points)


def test_a_bad_argument_is_refused():
    with pytest.raises(ValueError, match="two variables"):
        constrained_points(parse("x + y + z"), parse("x"), ((-1, 1),) * 3, variables=("x", "y", "z"))
    with pytest.raises(ValueError, match="vector"):
        on_curve("[x, y]", "x")
