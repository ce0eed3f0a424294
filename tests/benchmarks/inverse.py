"""Inverse functions at many targets against SciPy, and all solutions with proofs of ten functions."""

import numpy as np
import torch
from scipy.optimize import brentq
from scipy.optimize.elementwise import find_root
from timing import bar, in_turn, ms, title

from lib.expression import parse
from lib.inverse import branches, inverse_values, solutions

MANY, SOME = 10**5, 1000
TEXT = "x^3 + x + sin(x)"
WINDOW = (-3.0, 3.0)
FUNCTIONS = (
    ("x^2 + x^3 + x^4", 1.0, (-2.0, 2.0)),
    ("sin(20x)", 0.0, (-3.0, 3.0)),
    ("tan(x)", 1.0, (-5.0, 5.0)),
    ("x*exp(-x)", 0.2, (-1.0, 6.0)),
    ("cos(x) - x", 0.0, (-4.0, 4.0)),
    ("1/x + x", 3.0, (-5.0, 5.0)),
    ("exp(-x^2)", 0.5, (-3.0, 3.0)),
    ("x^5 - 3x + 1", 0.0, (-2.0, 2.0)),
    ("|x| - 1", 0.0, (-3.0, 3.0)),
    ("log(x) + sqrt(x)", 1.0, (0.0, 5.0)),
)


def _formula(x):
    return x**3 + x + np.sin(x)


def run() -> None:
    title(f"The inverse of {TEXT}")
    torch.set_num_threads(1)  # as the app does
    expression = parse(TEXT)
    (branch,) = branches(expression, WINDOW).branches
    for count in (MANY, SOME):
        y = torch.linspace(branch.bottom * 0.99, branch.top * 0.99, count, dtype=torch.float64)
        targets = y.numpy()

        def with_scipy(_task, targets=targets):
            ends = (np.full_like(targets, WINDOW[0]), np.full_like(targets, WINDOW[1]))
            found = find_root(
                lambda x, level: _formula(x) - level, ends, args=(targets,), tolerances={"xrtol": 2.0**-52}
            )
            return found.x

        def with_brentq(_task, targets=targets):
            return [brentq(lambda x, y=y: _formula(x) - y, *WINDOW, xtol=1e-15, rtol=1e-15) for y in targets.tolist()]

        ways = {
            "Nabla": lambda _task, y=y: inverse_values(expression, y, branch),
            "find_root": with_scipy,
        }
        if count == SOME:
            ways["brentq"] = with_brentq
        assert np.allclose(ways["Nabla"](None).numpy(), with_scipy(None), rtol=1e-12, atol=1e-15)
        times = in_turn(ways, lambda: None, rounds=7, warm_up=1)
        print(f"  {count} targets: " + ", ".join(f"{name} {ms(t)}" for name, t in times.items()))
        if count == MANY:
            ratio = times["Nabla"] / times["find_root"]
            bar(ratio <= 0.5, f"at most 0.5 times scipy.optimize.elementwise.find_root ({ratio:.2f})")
        else:
            ratio = times["brentq"] / times["Nabla"]
            bar(ratio >= 5, f"at least 5 times faster than a loop of brentq ({ratio:.0f})")
    _proofs()


def _proofs() -> None:
    title("All solutions, with proofs")
    slowest = 0.0
    for text, y, window in FUNCTIONS:
        expression = parse(text)
        found = solutions(expression, y, window)
        took = in_turn({"": lambda _, e=expression, y=y, w=window: solutions(e, y, w)}, lambda: None, rounds=15)[""]
        proved = "proved" if found.complete else "NOT proved"
        print(f"  {text} = {y:g}: {len(found.roots)} solutions, {proved}, {ms(took)}")
        slowest = max(slowest, took)
    bar(slowest < 0.01, f"each in less than 10 ms ({ms(slowest)})")
