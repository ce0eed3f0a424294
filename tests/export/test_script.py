"""The script reproduces the numbers on screen, to the last bit."""

import runpy
import subprocess
import sys

import numpy as np
import pytest
import torch

from lib.calculus.at_points import at_points
from lib.calculus.audit import raw_autograd
from lib.calculus.derivatives import defined
from lib.calculus.reduction import reduced_gradient
from lib.export.script import derivatives_script
from lib.expression import parse
from lib.expression.components import component
from lib.expression.limits import MAX_SCRIPT_ORDER
from tests.calculus.test_every_function import FORMULAS, POINTS

CASES = [
    ("3*x**2 + 5*x + 6*torch.exp(x)", (2.0,), {}, 2),
    ("x^2+x^3+x^4", (1.0, 2.0, 3.0), {}, 3),
    ("sum(x^i, i, 1, n)", (1.0, 2.0), {"n": 4.0}, 2),
    ("a*sin(k x)", (0.5, 1.5), {"a": 2.5, "k": 3.0}, 3),
    ("x^2 + 0.2*rand()", (1.0, 2.0), {"seed": 5.0}, 2),
    ("sin(t)*e^-t", (0.1,), {}, 2),
    ("t*f + sin(y)", (0.1, 0.2), {"f": 2.5, "y": 3.0}, 2),
    ("y^2 + f", (1.0, 2.0), {"f": 2.5}, 2),
    ("[y, f*y^2]", (1.0, 2.0), {"f": 2.5}, 2),
    ("a*t + rand()", (0.1, 0.2), {"a": 2.0, "seed": 1.0}, 1),
    ("a + rand()", (0.1, 0.2), {"a": 2.0, "seed": 1.0}, 1),
    ("5", (1.0, 2.0), {}, 2),
    ("2x+1", (1.0, 2.0), {}, 2),
    ("[cos(x), x^2, 1]", (0.5, 1.0), {}, 2),
    ("[a*cos(t), b*sin(k t), sum(t^i, i, 1, n)]", (0.5, 1.0), {"a": 2.5, "b": -1.0, "k": 3.0, "n": 4.0}, 3),
    ("[c, a*x + rand()]", (0.5, 1.0), {"c": 2.5, "a": 3.0, "seed": 7.0}, 1),
    ("[sin(x), |x| + a, 1/(x + 1)]", (0.0, 1.0), {"a": 2.0}, 3),
    ("gamma(x) + j0(x) + x^x", (1.5, 2.5), {}, 1),
    ("|x| + max(x, 0)", (0.0, -1.0, 1.0), {}, 2),
    ("max(x, a) + hypot(x, a) + sin(a)", (1.0, 3.0), {"a": 2.5}, 1),
    ("x^a + a^x + [a, 2]·[x^b, a^b]", (0.7, 3.0), {"a": 2.5, "b": -1.5}, 3),
    ("where(a > 1, sin(a x), x) + 1/(a - 2)", (0.7, 3.0), {"a": 3.0}, 3),
    ("beta(x, a) - binomial(x, 3)*binomial(x, a)", (-2.3, 1.0, 700.0), {"a": 1.5}, 3),
]


def _run(script: str) -> list[list[float]]:
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    return [[float(word) for word in line.split()] for line in done.stdout.splitlines() if "grad" not in line]


@pytest.mark.parametrize(("text", "points", "at", "order"), CASES)
def test_the_script_prints_the_numbers_of_the_table(text, points, at, order) -> None:
    expression = parse(text)
    variable = next(name for name in (*expression.names, "x") if name not in at)
    x = torch.tensor(points, dtype=torch.float64)
    expected = at_points(expression, x, order, variable=variable, at=at)
    rows = _run(derivatives_script(expression, points, order, variable=variable, at=at))
    if expression.shape is None:
        assert torch.equal(torch.tensor(rows, dtype=torch.float64), torch.stack([x, *expected], 1))
    else:
        blocks = [torch.stack([x, *expected[:, k]], 1) for k in range(expression.shape)]
        assert torch.equal(torch.tensor(rows, dtype=torch.float64), torch.cat(blocks))


def test_powers_of_letters_that_exceed_a_double_are_infinite_as_on_the_page() -> None:
    expression, at = parse("x*10^(100a) + x/b"), {"a": 5.0, "b": 0.0}
    [row] = _run(derivatives_script(expression, (2.0,), 1, at=at))
    assert all(np.isnan(row[1:]))
    assert at_points(expression, torch.tensor([2.0], dtype=torch.float64), 1, at=at).isnan().all()


SINGLES = [
    ("exp(x)", (1.0, 100.0), {}, 1),  # exp(100) is infinite in float32
    ("(1 - cos(x))/x^2", (1e-4, 0.0), {}, 2),
    ("a*x^a + sin(a)/x + max(x, a)", (0.5, 1.5), {"a": 2.3}, 5),
    ("x^2 + 0.2*rand()", (1.0, 2.0), {"seed": 5.0}, 2),
    ("beta(x, a) - binomial(x, 3) + j0(x)", (2.3, 7.0), {"a": 1.5}, 2),
    ("log(x) + sqrt(x)", (-1.0, 0.0, 1e-30), {}, 2),
    ("sin(x*y)", (0.1, 0.2), {"y": 3.0}, 2),
    ("5", (1.0,), {}, 0),
]


@pytest.mark.parametrize(("text", "points", "at", "order"), SINGLES)
def test_the_script_prints_the_columns_of_float32(text, points, at, order) -> None:
    expression, x = parse(text), torch.tensor(points, dtype=torch.float64)
    single = raw_autograd(expression, x, "x", at, torch.float32).double()[: order + 1]
    rows = _run(derivatives_script(expression, points, order, at=at, single=True))
    printed = torch.tensor(rows, dtype=torch.float64)[:, order + 2 :].T
    torch.testing.assert_close(printed, defined(single), rtol=0, atol=0, equal_nan=True)


HIGH = [
    ("sin(x)*exp(x)", (0.5, -2.0), {}),
    ("x^a/(1 + x^2)", (0.7, 3.0), {"a": 2.5}),
    ("j0(x)*erf(x)", (1.5, 4.5), {}),
    ("[x^10, log(x)]", (1.0, -1.0), {}),
    ("sqrt(x)", (0.0, 4.0), {}),
]


@pytest.mark.parametrize("text, points, at", HIGH)
def test_orders_above_those_of_autograd_agree_with_taylor_arithmetic(text, points, at) -> None:
    expression, x = parse(text), torch.tensor(points, dtype=torch.float64)
    expected = at_points(expression, x, MAX_SCRIPT_ORDER, at=at)
    rows = torch.tensor(_run(derivatives_script(expression, points, 20, at=at)), dtype=torch.float64)
    printed = rows.T[1:] if expression.shape is None else rows[:, 1:].unflatten(0, (-1, len(points))).permute(2, 0, 1)
    assert torch.equal(printed[:4].nan_to_num(-7.5), expected[:4].nan_to_num(-7.5))
    torch.testing.assert_close(printed, expected, rtol=1e-9, atol=1e-9, equal_nan=True)


OTHERS = [
    *("x^x", "(1 + x)^(x - x)", "a^x", "x^a", "hypot(x, a)", "hypot(a, sin(x))", "hypot(x, x)", "sinc(a*x^2)"),
    *("i0(a*x)", "lgamma(x^2) - digamma(-x)", "(x/2)!", "beta(x, a)", "binomial(a, x)", "where(x > 0, x, a)^x"),
]
EDGES = (*POINTS, -12.0, -3.0, -2.0, 1e-200, 3.0, 5.0)


@pytest.mark.parametrize("text", [*FORMULAS, *OTHERS])
def test_the_script_of_every_function_has_the_bits_of_the_table(text, tmp_path, capsys) -> None:
    expression, x = parse(text), torch.tensor(EDGES, dtype=torch.float64)
    at = dict.fromkeys(set(expression.names) - {"x"}, 1.7)
    script = tmp_path / "script.py"
    script.write_text(derivatives_script(expression, EDGES, 3, at=at, single=True))
    try:
        runpy.run_path(str(script))
    finally:
        torch.set_default_dtype(torch.float32)
    printed = [[float(word) for word in line.split()] for line in capsys.readouterr().out.splitlines()]
    single = defined(raw_autograd(expression, x, "x", at, torch.float32).double())
    expected = torch.cat([x[None], at_points(expression, x, 3, at=at), single])
    torch.testing.assert_close(torch.tensor(printed, dtype=torch.float64).T, expected, rtol=0, atol=0, equal_nan=True)


def test_the_script_prints_float32_of_every_component() -> None:
    expression, points = parse("[exp(x), 3, (1 - cos(x))/x^2]"), (1e-4, 100.0)
    rows = torch.tensor(_run(derivatives_script(expression, points, 1, single=True)), dtype=torch.float64)
    printed = rows[6:, 1:].unflatten(0, (-1, 2)).transpose(1, 2)
    x = torch.tensor(points, dtype=torch.float64)
    for k, found in enumerate(printed):
        single = defined(raw_autograd(component(expression, k), x, "x", {}, torch.float32).double()[:2])
        torch.testing.assert_close(found, single, rtol=0, atol=0, equal_nan=True)


def test_the_script_prints_what_x_grad_holds() -> None:
    expression = parse("x^2+x^3+x^4")
    script = derivatives_script(expression, (1.0, 2.0, 3.0), 1, reduction="mean")
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=120, check=True)
    printed = done.stdout.splitlines()[-1].removeprefix("x.grad: ")
    x = torch.tensor([1.0, 2.0, 3.0], dtype=torch.float64)
    assert eval(printed) == reduced_gradient(expression, x, "mean").tolist() == pytest.approx([3.0, 16.0, 47.0])
