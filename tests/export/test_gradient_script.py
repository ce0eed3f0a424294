"""The scripts run, and print the app's numbers."""

import json
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import torch

from lib.calculus import jacobian, local_model
from lib.export.gradient_script import gradient_script, jacobian_script
from lib.expression import parse

WORDS = ("the Hessian is", "second-derivative test")


def said(script: str) -> Iterator[dict[str, Any]]:
    """What it prints of each point."""
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=True)
    for part in run.stdout.split("point: ")[1:]:
        lines = [line.split(": ", 1) for line in part.splitlines()[1:]]
        yield {name: text if name in WORDS else number(text) for name, text in lines}


def number(text: str) -> Any:
    return json.loads(text.replace("nan", "NaN").replace("inf", "Infinity"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "variables", "at", "points"),
    [
        ("x^2 y + u sin(x y) + H", ("x", "y"), {"u": 2.0, "H": 3.0}, [(0.5, 1.25), (2, -1)]),
        ("2x + 1", ("x",), {}, [(0.5,)]),
        ("sin(f) + f x^a + max(x, a)", ("x", "f"), {"a": 2.0}, [(0.5, 1.25)]),
        ("3", ("x", "y"), {}, [(1, 2)]),
        ("sum(x^k z, k, 1, n)", ("x", "z"), {"n": 3.0}, [(0.5, 1.25)]),
        ("x^2 - y^2 + pi", ("x", "y"), {}, [(0, 0), (1, 1)]),
        ("sqrt(x) + y^4", ("x", "y"), {}, [(-1, 0), (1, 0), (0, 1)]),
        ("x^4 + y^2 z^2", ("x", "y", "z"), {}, [(0, 0, 0), (0, 1, 0), (1, 2, 3)]),
    ],
)
def test_the_script_prints_what_the_page_shows_of_each_point(text, variables, at, points):
    direction = list(range(1, len(variables) + 1))
    script = gradient_script(parse(text), points, variables=variables, at=at, direction=direction)
    model = local_model(parse(text), torch.tensor(points), variables=variables, at=at)
    along = torch.stack(model.along(torch.tensor(direction)), 1)
    printed = list(said(script))
    assert len(printed) == len(points)
    for k, of_point in enumerate(printed):
        if model.hessian[k].isnan().any():
            assert "eigenvalues" not in of_point
            continue
        assert of_point["value"] == pytest.approx(float(model.value[k]))
        assert of_point["gradient"] == pytest.approx(model.gradient[k].tolist())
        assert of_point["norm of the gradient"] == pytest.approx(float(model.norm[k]))
        torch.testing.assert_close(torch.tensor(of_point["Hessian"]).double(), model.hessian[k], rtol=1e-6, atol=1e-6)
        assert of_point["first and second derivative along u"] == pytest.approx(along[k].tolist())
        assert of_point["eigenvalues"] == pytest.approx(model.eigenvalues[k].tolist())
        for mine, its in zip(of_point["eigenvectors"], model.eigenvectors[k].T.tolist(), strict=True):
            assert mine == pytest.approx(its) or mine == pytest.approx([-c for c in its])
        assert of_point["determinant"] == pytest.approx(float(model.determinant[k]))
        assert of_point["trace"] == pytest.approx(float(model.trace[k]))
        assert of_point["condition number"] == pytest.approx(float(model.condition[k]), nan_ok=True)
        assert of_point["the Hessian is"] == model.verdict[k].value
        assert of_point.get("second-derivative test") == (model.test[k].value if model.test[k] else None)
        if model.newton[k].isfinite().all():
            assert of_point["a step of Newton's method leads to"] == pytest.approx(model.newton[k].tolist())
        else:
            assert "a step of Newton's method leads to" not in of_point


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "variables", "points"),
    [
        ("[x y, x - y^2]", ("x", "y"), [(1, 2), (3, 4)]),
        ("[y z, x^2, a]", ("x", "y", "z"), [(1, 2, 3)]),
        ("[x, x^2, 3]", ("x",), [(2,)]),
        ("[sqrt(x), y]", ("x", "y"), [(-1, 0)]),
        ("[x sqrt(x), y + x, 2]", ("x", "y"), [(0, 1)]),
        ("[[sqrt(x), 1/y], [y, x]] @ [x, y]", ("x", "y"), [(0, 1), (1, 0)]),
    ],
)
def test_the_script_of_a_vector_prints_its_jacobian_and_what_it_says(text, variables, points):
    script = jacobian_script(parse(text), points, variables=variables, at={"a": 2.0})
    found = jacobian(parse(text), torch.tensor(points), variables=variables, at={"a": 2.0})
    printed = list(said(script))
    assert len(printed) == len(points)
    for k, of_point in enumerate(printed):
        value, matrix = (torch.tensor(of_point[name]).double() for name in ("value", "Jacobian"))
        rows = matrix.masked_fill(~matrix.isfinite() | ~value.isfinite()[:, None], torch.nan)
        torch.testing.assert_close(value.masked_fill(value.isinf(), torch.nan), found.value[k], equal_nan=True)
        torch.testing.assert_close(rows, found.matrix[k], equal_nan=True)
        if found.matrix[k].isnan().any():
            assert "singular values" not in of_point
            continue
        assert of_point["singular values"] == pytest.approx(found.singular_values[k].tolist())
        if found.square:
            assert of_point["determinant"] == pytest.approx(float(found.determinant[k]))
            assert of_point["divergence"] == pytest.approx(float(found.divergence[k]))
        if found.curl is not None:
            curl = found.curl[k].tolist()
            assert of_point["curl"] == pytest.approx(curl if len(curl) > 1 else curl[0])
        assert ("curl" in of_point) == (found.curl is not None)


@pytest.mark.slow
def test_from_a_convention_of_autograd_the_scripts_conclude_nothing():
    points = [(0.0, 2.0), (1.0, 1.0)]
    of = {"variables": ("x", "y"), "at": {}, "kinks": points[:1]}
    for script, last in (
        (gradient_script(parse("abs(x) y"), points, direction=[1, 1], **of), "Hessian"),
        (jacobian_script(parse("[abs(x) y, x + y]"), points, **of), "Jacobian"),
    ):
        kink, other = said(script)
        assert list(kink)[-1] == last
        assert list(other)[-1] != last
