"""The check of gradient and Hessian: agreement with mpmath's digits, and what is found where something is wrong."""

from math import isnan

import mpmath
import pytest
import torch

from lib.calculus import local_model
from lib.calculus.audit.gradient_audit import Agreement, gradient_audit, partial_differences, symmetry
from lib.calculus.undefined import why_undefined_at
from lib.expression import parse
from lib.readings.symbolic.derivative import exact_partials

XY = ("x", "y")


def audited(text, point, variables=XY, *, exact=True, **at):
    f = parse(text)
    formula = None
    if exact:
        formula = {place: float(digits) for place, digits in exact_partials(f, point, variables, at).items()}
    return gradient_audit(f, point, variables=variables, at=at, formula=formula)


def test_exact_partials_against_mpmath():
    f = parse("x^2 sin(y z) + exp(a x) / z")
    point = (0.7, -1.2, 0.4)
    found = exact_partials(f, point, ("x", "y", "z"), {"a": 0.5})
    with mpmath.workdps(50):
        own = lambda x, y, z: x**2 * mpmath.sin(y * z) + mpmath.exp(x / 2) / z  # noqa: E731
        at = [mpmath.mpf(c) for c in point]
        assert len(found) == 1 + 3 + 6
        for place, digits in found.items():
            exact = mpmath.diff(own, at, tuple(place.count(k) for k in range(3))) if place else own(*at)
            assert abs(mpmath.mpf(digits) - exact) < mpmath.mpf(10) ** -20


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("x^2 y + sin(x y)", (1.0, 2.0)),
        ("(1 - x)^2 + 100 (y - x^2)^2", (-1.2, 1.0)),
        ("2x + 1", (3.0, 4.0)),
        ("5", (1.0, 1.0)),
        ("1e8 (x - y)^2 + exp(x y)", (1.0, 1.0)),
    ],
)
@pytest.mark.parametrize("exact", [True, False])
def test_where_nothing_is_wrong_all_agrees(text, point, exact):
    found = audited(text, point, exact=exact)
    assert found.symmetric
    assert all(finding.fine for finding in found.along)
    checked = [e.agreement for e in found.entries if exact or e.place]
    assert set(checked) == {Agreement.AGREES}
    assert [e.place for e in found.entries] == [(), (0,), (1,), (0, 0), (0, 1), (1, 0), (1, 1)]


def test_differences_of_mixed_derivatives():
    rough = partial_differences(parse("exp(x y) + z x"), (0.5, 0.3, 2.0), ("x", "y", "z"), {})
    exact = mpmath.exp(0.15) * 1.15
    value, error = rough[0, 1]
    assert abs(value - exact) <= 10 * error < 1e-6
    assert rough[0, 2][0] == pytest.approx(1, abs=1e-7)
    assert rough[1, 2][0] == pytest.approx(0, abs=1e-7)


def test_a_trap_of_where_differs_from_the_formula():
    """f_x(0, 0) = f_y(0, 0) = 0, as f is 0 on both axes; autograd says NaN."""
    found = audited("where(x^2 + y^2 == 0, 0, x y (x^2 - y^2)/(x^2 + y^2))", (0.0, 0.0))
    assert {e.agreement for e in found.entries if e.place} == {Agreement.DIFFERS}
    assert all("where" in finding.message for finding in found.along)
    assert isnan(found.gap)
    assert not found.symmetric


def test_a_convention_is_no_agreement():
    found = audited("abs(x) y", (0.0, 2.0))
    verdicts = {e.place: e.agreement for e in found.entries}
    assert verdicts[0,] is verdicts[0, 1] is verdicts[1, 0] is Agreement.DOUBTFUL
    assert verdicts[1,] is verdicts[1, 1] is Agreement.AGREES
    assert "kink" in found.along[0].message
    assert found.along[1].fine
    differences = {e.place: e.differences for e in found.entries}
    assert isnan(differences[0,])  # though those from both sides have the mean 0
    assert isnan(differences[0, 1])
    assert differences[1,] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where(x^2 + y^2 > 0, x y (x^2 - y^2)/(x^2 + y^2), 0)", (-1, 1)),  # Peano's: f_x(0, y) = -y, f_y(x, 0) = x
        ("where(x^2 + y^2 > 0, 3x y^3/(x^2 + y^2), 0)", (3, 0)),  # f_x(0, y) = 3y, f_y(x, 0) = 0
        ("where(x^2 + y^2 > 0, x^2 y^2/(x^2 + y^2), 0)", None),
        ("x y (x^2 - y^2)/(x^2 + y^2)", None),  # undefined at 0
        ("sqrt(x^2 + y^2)", None),
        ("abs(x - y)", None),
        ("x^2 y", None),
    ],
)
def test_mixed_derivatives_that_depend_on_their_order(text, expected):
    found = gradient_audit(parse(text), (0, 0)).by_order
    assert found == (() if expected is None else (((0, 1), *map(pytest.approx, expected)),))


def test_symmetry_of_a_matrix():
    assert symmetry(torch.tensor([[1.0, 2.0], [2.0, 5.0]])) == (0, True)
    assert symmetry(torch.tensor([[1.0, 2.0], [2.0 + 4e-16, 5.0]], dtype=torch.float64))[1]
    gap, symmetric = symmetry(torch.tensor([[0.0, -1.0], [1.0, 0.0]]))
    assert (gap, symmetric) == (2, False)


@pytest.mark.parametrize(
    ("text", "point", "words"),
    [
        ("log(x) + y", (-1.0, 1.0), "f is undefined"),
        ("1/x + y", (0.0, 1.0), "f is infinite"),
        ("sqrt(x) + y", (0.0, 1.0), "f is defined here"),
    ],
)
def test_why_an_entry_is_undefined(text, point, words):
    f = parse(text)
    model = local_model(f, torch.tensor([point], dtype=torch.float64))
    why = why_undefined_at(f, point, model.gradient[0], model.hessian[0], variables=XY)
    assert words in why[0,]
    assert (0, 0) in why
    fine = local_model(f, torch.tensor([[2.0, 1.0]], dtype=torch.float64))
    assert why_undefined_at(f, (2.0, 1.0), fine.gradient[0], fine.hessian[0], variables=XY) == {}


def test_a_vector_is_refused():
    with pytest.raises(ValueError, match="vector"):
        gradient_audit(parse("[x, y]"), (1.0, 1.0))
