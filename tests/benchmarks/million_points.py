"""f, f', f'' at a million points, against JAX's compiled code once it is compiled; both with every core."""

import os
from collections.abc import Callable
from math import exp, log
from statistics import mean

import jax
import jax.numpy as jnp
import numpy as np
import torch
from formulas import TEMPLATES, fresh
from rivals import forward, read, reverse
from timing import bar, in_turn, ms, title

from lib.calculus import derivatives
from lib.expression import parse

POINTS = 10**6


def run() -> None:
    title("f, f', f'' at a million points, JAX compiled beforehand")
    torch.set_num_threads(os.cpu_count() or 1)
    x = np.linspace(-3, 3, POINTS)
    points, array = torch.from_numpy(x), jnp.asarray(x)
    ratios = []
    for template in TEMPLATES:
        text = fresh(template)
        expression = parse(text)
        compiled = [jax.jit(mode(read(text))) for mode in (forward, reverse)]
        ways: dict[str, Callable[[None], object]] = {
            "Nabla": lambda _, f=expression: derivatives(f, points),
            "forward": lambda _, f=compiled[0]: jax.block_until_ready(f(array)),
            "reverse": lambda _, f=compiled[1]: jax.block_until_ready(f(array)),
        }
        times = in_turn(ways, lambda: None, rounds=11, warm_up=3)
        best = min(times["forward"], times["reverse"])
        ratios.append(best / times["Nabla"])
        print(f"  {template:<45} Nabla {ms(times['Nabla'])}, JAX {ms(best)} ({ratios[-1]:.2f}×)", flush=True)
    middle = exp(mean(map(log, ratios)))
    print(f"  JAX takes {middle:.2f} times as long (geometric mean), {min(ratios):.2f} at the least")
    bar(middle >= 1, "no slower than JAX's compiled steady state, geometric mean of the formulas")
    bar(min(ratios) >= 1, "no slower than JAX's compiled steady state, every formula")
