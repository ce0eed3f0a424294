"""Published problems: 154 of Alefeld, Potra and Shi, and 45 of Chandrupatla, as SciPy ships them, typed as formulas."""

from __future__ import annotations

from math import e, exp

import pytest
from scipy.optimize import _tstutils

from lib.expression import parse
from lib.inverse import METHODS, Accuracy, Status, solve

SUM = "-2*(" + "+".join(f"{(2 * i - 5) ** 2}/(x-{i * i})^3" for i in range(1, 21)) + ")"

# Of each family the formula, with its arguments in the place of n, a and b.
FAMILIES = {
    "aps01": lambda: "sin(x) - x/2",
    "aps02": lambda: SUM,
    "aps03": lambda a, b: f"{a}*x*exp({b}*x)",
    "aps04": lambda n, a: f"x^{n} - {a}",
    "aps05": lambda: "sin(x) - 1/2",
    "aps06": lambda n: f"2*x*{exp(-n)!r} - 2*exp(-{n}*x) + 1",
    "aps07": lambda n: f"{1 + (1 - n) ** 2}*x - (1 - {n}*x)^2",
    "aps08": lambda n: f"x^2 - (1 - x)^{n}",
    "aps09": lambda n: f"{1 + (1 - n) ** 4}*x - (1 - {n}*x)^4",
    "aps10": lambda n: f"exp(-{n}*x)*(x - 1) + x^{n}",
    "aps11": lambda n: f"({n}*x - 1)/({n - 1}*x)",
    "aps12": lambda n: f"x^(1/{n}) - {n}^(1/{n})",
    "aps13": lambda: "where(x == 0, 0, x*exp(-1/x^2))",
    "aps14": lambda n: f"where(x <= 0, -{n}/20, {n}/20*(x/1.5 + sin(x) - 1))",
    "aps15": lambda n: (
        f"where(x < 0, -0.859, where(x > {2e-3 / (1 + n)!r}, {e - 1.859!r}, exp({n + 1}*x/2*1000) - 1.859))"
    ),
}
APS = [
    (p["ID"], FAMILIES[p["ID"][:3] + p["ID"][4:6]](*p["args"]), p["bracket"], p["root"])
    for p in _tstutils.get_tests("aps")
]
BRACKETING = [name for name, method in METHODS.items() if method.brackets]
# Regula falsi as it was published can keep one end for ever.
SURE = [name for name in BRACKETING if name != "regula_falsi"]

CHANDRUPATLA = {
    "fun1": "x^3 - 2*x - 5",
    "fun2": "1 - 1/x^2",
    "fun3": "(x-3)^3",
    "fun4": "6*(x-2)^5",
    "fun5": "x^9",
    "fun6": "x^19",
    "fun7": "where(abs(x) < 3.8e-4, 0, x*exp(-1/x^2))",
    "fun8": "-(3062*(1-0.61489)*exp(-x))/(0.61489 + (1-0.61489)*exp(-x)) - 1013 + 1628/x",
    "fun9": "exp(x) - 2 - 0.01/x^2 + 0.000002/x^3",
}


def test_there_are_as_many_problems_as_were_published():
    assert len(APS) == 154
    assert len(_tstutils.get_tests("chandrupatla")) == 45


@pytest.mark.parametrize("method", SURE)
def test_every_bracketing_method_finds_all_154(method):
    missed = []
    for name, text, bracket, root in APS:
        trace = solve(parse(text), 0, method, bracket=tuple(bracket), accuracy=Accuracy(steps=1000))
        flat = trace.status is Status.EXACT_WITHIN  # rounding makes f equal y at many x: f can't tell them apart
        near = 1e-12 * abs(root) + 1e-12 if not flat else 0.1
        if not trace.status.found or abs(trace.x - root) > near:
            missed.append((name, trace.x, root, str(trace.message)))
    assert missed == []


@pytest.mark.parametrize("problem", _tstutils.get_tests("chandrupatla"), ids=lambda problem: problem["ID"])
def test_chandrupatla_takes_the_published_number_of_evaluations(problem):
    text = CHANDRUPATLA[problem["f"].__name__]
    accuracy = Accuracy(relative=4e-10, absolute=1e-5)
    trace = solve(parse(text), 0, "chandrupatla", bracket=tuple(problem["bracket"]), accuracy=accuracy)
    assert trace.status.found
    assert trace.steps[-1].evaluations == (problem["nfeval"], 0)
