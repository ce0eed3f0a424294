"""The script runs, and prints the app's numbers."""

import subprocess
import sys
from ast import literal_eval

import pytest
import torch

from lib.calculus import local_model
from lib.export.gradient_script import gradient_script
from lib.expression import parse


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "variables", "at"),
    [
        ("x^2 y + a sin(x y)", ("x", "y"), {"a": 2.0}),
        ("2x + 1", ("x",), {}),
        ("3", ("x", "y"), {}),
        ("sum(x^k z, k, 1, n)", ("x", "z"), {"n": 3.0}),
    ],
)
def test_the_script_prints_value_gradient_and_hessian(text, variables, at):
    point = [0.5, 1.25][: len(variables)]
    script = gradient_script(parse(text), point, variables=variables, at=at)
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=True)
    said = {line.split(": ")[0]: literal_eval(line.split(": ")[1]) for line in run.stdout.splitlines()}
    model = local_model(parse(text), torch.tensor([point]), variables=variables, at=at)
    assert said["value"] == pytest.approx(float(model.value[0]))
    assert said["gradient"] == pytest.approx(model.gradient[0].tolist())
    torch.testing.assert_close(torch.tensor(said["Hessian"]).double(), model.hessian[0], rtol=1e-6, atol=1e-6)
