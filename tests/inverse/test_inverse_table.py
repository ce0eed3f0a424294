"""Many targets at once, and all methods side by side."""

import pytest
import torch

from lib.expression import parse
from lib.inverse import METHODS, branches
from lib.inverse.comparison import compare
from lib.inverse.inverse_table import inverse_table


def tensor(*values):
    return torch.tensor(values, dtype=torch.float64)


def test_the_inverse_of_exp_is_log_with_its_derivatives():
    f = parse("exp(x)")
    (branch,) = branches(f, (-3, 3)).branches
    found = inverse_table(f, tensor(0.5, 1, 2, 1000), branch)
    y = tensor(0.5, 1, 2)
    torch.testing.assert_close(found.y, y)
    torch.testing.assert_close(found.x, y.log(), rtol=1e-15, atol=1e-15)
    torch.testing.assert_close(found.derivatives, torch.stack([1 / y, -1 / y**2]), rtol=1e-14, atol=0)
    torch.testing.assert_close(found.differences[0], 1 / y, rtol=1e-8, atol=0)
    torch.testing.assert_close(found.differences[1], -1 / y**2, rtol=1e-6, atol=0)
    assert float(found.residual.abs().max()) <= 4 * 2.0**-52


def test_a_line_has_an_inverse_with_a_second_derivative_of_0():
    f = parse("2x + 1")
    (branch,) = branches(f, (-2, 2)).branches
    found = inverse_table(f, tensor(0, 2), branch)
    assert found.x.tolist() == [-0.5, 0.5]
    assert found.derivatives.tolist() == [[0.5, 0.5], [0, 0]]


def test_differences_beyond_the_range_are_left_out():
    f = parse("x^2")
    right = branches(f, (-2, 2)).branches[1]
    found = inverse_table(f, tensor(0, 4), right)
    assert found.x.tolist() == [0, 2]
    assert found.differences.isnan().all()
    assert found.derivatives[:, 0].isnan().all()
    assert found.derivatives[:, 1].tolist() == pytest.approx([0.25, -1 / 32])


def test_at_a_turn_of_f_the_inverse_has_no_derivative_and_close_to_it_it_has():
    f = parse("sin(x)")
    found = inverse_table(f, tensor(-1, 0.999999999999, 1), branches(f, (-7, 7)).branches[2])
    assert found.derivatives[:, [0, 2]].isnan().all()
    assert float(found.derivatives[0, 1]) == pytest.approx((1 - 0.999999999999**2) ** -0.5, rel=1e-4)
    level = parse("cos(x) + 1")
    assert inverse_table(level, tensor(0), branches(level, (0, 7)).branches[0]).derivatives.isnan().all()
    tiny = inverse_table(parse("x^2"), tensor(1e-20), branches(parse("x^2"), (-2, 2)).branches[1])
    assert tiny.derivatives[:, 0].tolist() == pytest.approx([5e9, -2.5e29])


def test_a_branch_that_no_target_reaches_gives_an_empty_table():
    f = parse("x^2")
    assert len(inverse_table(f, tensor(9), branches(f, (-2, 2)).branches[0]).x) == 0


def test_every_method_is_compared():
    runs = compare(parse("x^2+x^3+x^4"), 1, start=1, bracket=(0, 2))
    assert [run.method for run in runs] == list(METHODS)
    ends = {run.method: run for run in runs}
    assert ends["newton"].trace.x == pytest.approx(0.6823278038280193)
    assert ends["newton"].evaluations == (8, 8)
    assert ends["bisection"].evaluations[1] == 0
    assert str(ends["regula_falsi"].trace.status.outcome) == "still on its way"
    assert all(run.seconds > 0 for run in runs)
