"""The script runs, and prints the tape's numbers."""

import subprocess
import sys
from ast import literal_eval

import pytest
import torch

from lib.calculus import tape
from lib.calculus.tape import Kind
from lib.export.tape_script import tape_script
from lib.expression import parse


def printed(script):
    """What the script prints, by the name of the node."""
    run = subprocess.run([sys.executable, "-"], input=script, capture_output=True, text=True, check=True)
    return {line.split("\t")[0]: line.split("\t")[1:] for line in run.stdout.splitlines()}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "reduction"),
    [
        ("x^a + sin(a) where(a > 1, sin(x y), y)", "mean"),
        ("where(x > 1, sqrt(x), y/x) + 2 pi", "sum"),
        ("[x y, x + rand()]", "given"),
        ("sum(x^k, k, 1, 3) exp(-y)", "given"),
        ("x^2 y", "none"),
        ("x^x hypot(x, y) + sinc(y) gamma(x) + i0(y) digamma(x)", "sum"),
    ],
)
def test_the_script_prints_every_node(text, reduction):
    points = {"x": torch.tensor([0.5, 1.25], dtype=torch.float64), "y": torch.tensor([2.0, 3.0], dtype=torch.float64)}
    expression = parse(text)
    at = {"a": 2.0} if "a" in expression.names else {}
    leaves = {name: value for name, value in points.items() if name in expression.names}
    y = leaves.pop("y", None)
    shape = (2,) if expression.shape is None else (expression.shape, 2)
    upstream = torch.arange(1.0, 1.0 + 2 * (expression.shape or 1), dtype=torch.float64).reshape(shape)
    upstream = upstream if reduction == "given" else None
    others = {} if y is None else {"y": y}
    found = tape(expression, leaves["x"], leaves=others, at=at, reduction=reduction, upstream=upstream)
    said = printed(tape_script(expression, found, upstream=upstream))
    nodes = [n for k, n in enumerate(found.nodes) if n.kind in (Kind.LEAF, Kind.OPERATION) and (k <= found.output)]
    assert said.keys() == {node.name for node in nodes}
    for node in nodes:
        function, value, gradient = said[node.name]
        assert function == (node.functions[0] if node.formula and node.functions else "leaf")
        assert literal_eval(value) == node.value.tolist()
        assert literal_eval(gradient) == (None if node.gradient is None else node.gradient.tolist())


@pytest.mark.slow
@pytest.mark.parametrize(("text", "value"), [("log(-1)", "nan"), ("-1/0", "-inf"), ("rand()", None), ("5", "5.0")])
def test_the_script_of_a_constant_prints_it_at_each_point(text, value):
    found = tape(parse(text), torch.tensor([1.0, 2.0]))
    said = printed(tape_script(parse(text), found))
    assert said["x"][2] == "None"
    value = found.nodes[found.output].value.tolist() if value is None else f"[{value}, {value}]"
    assert said["y"] == ["leaf", str(value), "None"]
