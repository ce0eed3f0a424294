"""From a new text to f, f', f'' at 1000 points: what a visitor waits for after each key."""

import gc
from collections.abc import Callable
from statistics import median

import numpy as np
import torch
from formulas import TEMPLATES, fresh
from rivals import jax_compiled, jax_eager, sympy_lambdified
from timing import bar, in_turn, ms, title

from lib.calculus import derivatives
from lib.calculus.blocks import keep_memory
from lib.expression import parse

POINTS = 1000


def run() -> None:
    title(f"From text to f, f', f'' at {POINTS} points")
    torch.set_num_threads(1)  # as the server has it
    keep_memory()
    gc.collect()
    gc.freeze()
    x = np.linspace(-3, 3, POINTS)
    points = torch.from_numpy(x)
    ways: dict[str, Callable[[str], object]] = {
        "Nabla": lambda text: derivatives(parse(text), points),
        "JAX compiled": lambda text: jax_compiled(text, x),
        "JAX not compiled": lambda text: jax_eager(text, x),
        "SymPy": lambda text: sympy_lambdified(text, x),
    }
    ratios: dict[str, list[float]] = {name: [] for name in ways}
    for template in TEMPLATES:
        times = in_turn(ways, lambda template=template: fresh(template), rounds=9)
        for name in ways:
            ratios[name].append(times[name] / times["Nabla"])
        line = ", ".join(f"{name} {ms(times[name])} ({ratios[name][-1]:.0f}×)" for name in list(ways)[1:])
        print(f"  {template:<45} Nabla {ms(times['Nabla'])}; {line}", flush=True)
    for name in list(ways)[1:]:
        print(f"  {name} takes {median(ratios[name]):.0f} times as long (median), {min(ratios[name]):.1f} at the least")
    for name in ("JAX compiled", "SymPy"):
        bar(median(ratios[name]) >= 20, f"at least 20 times faster than {name}, median of the formulas")
        bar(min(ratios[name]) >= 20, f"at least 20 times faster than {name}, every formula")
