"""Taylor coefficients of a product of eight sines: against JAX's jets, and against torch autograd nested in itself."""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import torch
from formulas import product_of_sines
from rivals import jax_jet
from timing import bar, in_turn, ms, title

from lib.expression import parse
from lib.readings.jet import taylor

ORDER = 10
POINTS = 200
SECONDS, BYTES = 60, 4 << 30  # what nested autograd may take


def run() -> None:
    title(f"Order {ORDER} of a product of 8 sines at {POINTS} points")
    torch.set_num_threads(1)
    x = np.linspace(-3, 3, POINTS)
    points = torch.from_numpy(x)
    ways: dict[str, Callable[[str], object]] = {
        "Nabla": lambda text: taylor(parse(text), points, ORDER),
        "JAX": lambda text: jax_jet(text, x, ORDER),
    }
    times = in_turn(ways, product_of_sines, rounds=5, warm_up=1)
    ratio = times["JAX"] / times["Nabla"]
    print(f"  from text: Nabla {ms(times['Nabla'])}, jax.experimental.jet compiled {ms(times['JAX'])} ({ratio:.0f}×)")
    bar(ratio > 1, "faster than jax.experimental.jet with its compile")
    _against_nested(points)


def _against_nested(points: torch.Tensor) -> None:
    """Up to the highest order that nested autograd reaches in SECONDS and BYTES: order 10 takes 40 s and 14 GB."""
    text = product_of_sines()
    expression = parse(text)
    ratio, order = 0.0, 0
    for order, seconds, size in _nested(text):
        ours = median(_seconds(lambda order=order: taylor(expression, points, order)) for _ in range(20))
        ratio = seconds / ours
        print(
            f"  order {order}: nested autograd {ms(seconds)}, {size >> 20} MiB; Nabla {ms(ours)} ({ratio:.0f}×)",
            flush=True,
        )
    if order < ORDER:
        print(f"  order {order + 1} takes nested autograd more than {SECONDS} s or {BYTES >> 30} GiB: not measured")
    bar(ratio >= 100, f"at least 100 times faster than nested autograd, at order {order}, the highest feasible")


def _nested(text: str) -> list[tuple[int, float, int]]:
    """(order, seconds, bytes) of every order that finishes, in a process of its own, which may run out of memory."""
    child = [sys.executable, str(Path(__file__).with_name("nested.py")), text, str(POINTS), str(ORDER), str(BYTES)]
    try:
        output = subprocess.run(child, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=SECONDS).stdout
    except subprocess.TimeoutExpired as late:
        output = late.stdout or b""
    return [tuple(json.loads(line)) for line in output.splitlines() if line.endswith(b"]")]


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start
