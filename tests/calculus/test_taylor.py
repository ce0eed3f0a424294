"""Taylor polynomials against mpmath at 40 digits."""

import mpmath
import pytest
import torch

from lib.calculus import remainder, taylor_polynomial
from lib.expression import parse

CASES = [
    ("sin(x)", mpmath.sin, 0.3), ("exp(x)", mpmath.exp, -1.0), ("log(x)", mpmath.log, 2.0),
    ("1/(1+x^2)", lambda x: 1 / (1 + x**2), 0.5), ("sqrt(x)", mpmath.sqrt, 1.5), ("tan(x)", mpmath.tan, 0.7),
    ("erf(x)", mpmath.erf, 0.2), ("x^3 - 2x", lambda x: x**3 - 2 * x, 1.0), ("gamma(x)", mpmath.gamma, 2.5),
]  # fmt: skip


@pytest.mark.parametrize("text, truth, about", CASES, ids=[c[0] for c in CASES])
def test_coefficients_up_to_degree_20(text, truth, about):
    p = taylor_polynomial(parse(text), about, 20)
    with mpmath.workdps(40):
        expected = [float(c) for c in mpmath.taylor(truth, mpmath.mpf(about), 20)]
    assert p.coefficients.tolist() == pytest.approx(expected, rel=1e-10, abs=1e-17)
    assert p.exists


@pytest.mark.parametrize("degree", [0, 1, 5, 20])
def test_values_and_the_remainder_add_up_to_f(degree):
    f = parse("sin(x)")
    x = torch.linspace(-3, 3, 61, dtype=torch.float64)
    p = taylor_polynomial(f, 0.0, degree)
    assert p.coefficients.shape == (degree + 1,)
    torch.testing.assert_close(p(x) + remainder(f, p, x), torch.sin(x), rtol=1e-14, atol=1e-15)
    horner = sum(c * x**k for k, c in enumerate(p.coefficients))
    torch.testing.assert_close(p(x), horner, rtol=1e-13, atol=1e-14)


def test_the_remainder_of_the_sine_is_below_the_next_term():
    f = parse("sin(x)")
    x = torch.linspace(-1, 1, 21, dtype=torch.float64)
    r = remainder(f, taylor_polynomial(f, 0.0, 5), x)
    assert (r.abs() <= x.abs() ** 7 / 5040 + 1e-16).all()


def test_undefined_derivatives_leave_no_polynomial():
    p = taylor_polynomial(parse("sqrt(x)"), 0.0, 3)
    assert p.coefficients[0] == 0
    assert p.coefficients[1:].isnan().all()
    assert not p.exists
    assert taylor_polynomial(parse("log(x)"), -1.0, 2).coefficients.isnan().all()


def test_the_remainder_is_undefined_where_f_is():
    f = parse("log(x)")
    r = remainder(f, taylor_polynomial(f, 1.0, 3), torch.tensor([-1.0, 0.0, 1.0]))
    assert r.isnan().tolist() == [True, True, False]


def test_vectors_letters_and_variables():
    f = parse("[a t, t^2]")
    p = taylor_polynomial(f, 1.0, 2, variable="t", at={"a": 3.0})
    assert p.coefficients.tolist() == [[3, 1], [3, 2], [0, 1]]
    t = torch.tensor([2.0, 5.0], dtype=torch.float64)
    assert p(t).tolist() == [[6, 15], [4, 25]]
    assert remainder(f, p, t, variable="t", at={"a": 3.0}).abs().max() < 1e-12


@pytest.mark.parametrize("degree", [-1, 21])
def test_degrees_end_at_20(degree):
    with pytest.raises(ValueError, match="from 0 to 20"):
        taylor_polynomial(parse("x"), 0.0, degree)
