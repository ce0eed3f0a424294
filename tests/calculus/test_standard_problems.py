"""Problems of J. J. Moré, B. S. Garbow, K. E. Hillstrom, ACM TOMS 7 (1981) 17, doi 10.1145/355934.355936, and others:
f at the standard start as published, gradient and Hessian there by SymPy's own reading of the text, at 30 digits."""

import pytest
import sympy
import torch
from sympy.parsing.sympy_parser import T, parse_expr

from lib.calculus import local_model
from lib.expression import parse

PROBLEMS = {
    "Rosenbrock": ("(10(y - x^2))^2 + (1 - x)^2", (-1.2, 1), 24.2),
    "Freudenstein and Roth": (
        "(-13 + x + ((5 - y)y - 2)y)^2 + (-29 + x + ((y + 1)y - 14)y)^2",
        (0.5, -2),
        400.5,
    ),
    "Powell badly scaled": ("(10000 x y - 1)^2 + (exp(-x) + exp(-y) - 1.0001)^2", (0, 1), 1.1352618),
    "Brown badly scaled": ("(x - 1000000)^2 + (y - 0.000002)^2 + (x y - 2)^2", (1, 1), 999998000003.0),
    "Beale": ("(1.5 - x(1 - y))^2 + (2.25 - x(1 - y^2))^2 + (2.625 - x(1 - y^3))^2", (1, 1), 14.203125),
    "Powell singular": ("(x + 10y)^2 + 5(z - w)^2 + (y - 2z)^4 + 10(x - w)^4", (3, -1, 0, 1), 215.0),
    "Wood": (
        "(10(y - x^2))^2 + (1 - x)^2 + 90(w - z^2)^2 + (1 - z)^2 + 10(y + w - 2)^2 + 0.1(y - w)^2",
        (-3, -1, -3, -1),
        19192.0,
    ),
    "Goldstein and Price": (
        "(1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6x y + 3y^2))"
        "(30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36x y + 27y^2))",
        (0, -1),
        3.0,
    ),
    "Booth": ("(x + 2y - 7)^2 + (2x + y - 5)^2", (1, 3), 0.0),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_gradient_and_hessian_at_the_standard_start(name):
    text, start, value = PROBLEMS[name]
    variables = ("x", "y", "z", "w")[: len(start)]
    model = local_model(parse(text), torch.tensor([start], dtype=torch.float64), variables=variables)
    assert float(model.value[0]) == pytest.approx(value, rel=1e-6)
    letters = dict(zip(variables, sympy.symbols(variables), strict=True))
    exact = parse_expr(text, local_dict=letters, transformations=T[:7])
    at = {letters[n]: sympy.Rational(str(c)) for n, c in zip(variables, start, strict=True)}
    order = [letters[n] for n in variables]
    gradient = [float(exact.diff(a).subs(at).evalf(30)) for a in order]
    hessian = [[float(exact.diff(a, b).subs(at).evalf(30)) for b in order] for a in order]
    assert model.gradient[0].tolist() == pytest.approx(gradient, rel=1e-9, abs=1e-9)
    torch.testing.assert_close(model.hessian[0], torch.tensor(hessian, dtype=torch.float64), rtol=1e-12, atol=1e-9)
