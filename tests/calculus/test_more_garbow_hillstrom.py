"""Gradient and Hessian of the problems of Moré, Garbow and Hillstrom at their standard starts, against mpmath."""

import mpmath
import pytest
import torch

from lib.calculus import local_model
from lib.expression import parse
from tests.cases.more_garbow_hillstrom import PROBLEMS


@pytest.mark.parametrize("number", PROBLEMS)
def test_gradient_and_hessian_at_the_standard_start(number):
    problem = PROBLEMS[number]
    count = len(problem.start)
    model = local_model(parse(problem.text), torch.tensor([problem.start]).double(), variables=problem.variables)
    with mpmath.workdps(40):
        at = [mpmath.mpf(c) for c in torch.tensor(problem.start).double().tolist()]
        unit = [tuple(int(i == j) for j in range(count)) for i in range(count)]
        pairs = [(u, v) for i, u in enumerate(unit) for v in unit[: i + 1]]
        value = float(problem.value(*at))
        gradient = [float(mpmath.diff(problem.value, at, u)) for u in unit]
        entries = [float(mpmath.diff(problem.value, at, tuple(map(sum, zip(u, v, strict=True))))) for u, v in pairs]
    found = [float(model.hessian[0, u.index(1), v.index(1)]) for u, v in pairs]
    assert float(model.value[0]) == pytest.approx(value, rel=1e-12)
    assert model.gradient[0].tolist() == pytest.approx(gradient, rel=1e-9, abs=1e-12 * max(map(abs, gradient)))
    assert found == pytest.approx(entries, rel=1e-9, abs=1e-12 * max(map(abs, entries)))
    assert torch.equal(model.hessian, model.hessian.mT)
