"""The processor time of a call that costs just what limits.BUDGET allows, for every function and several orders."""

import time
from statistics import median

import torch
from timing import bar, ms, title

from lib.calculus import derivatives
from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.expression.limits import BUDGET, points_within_budget
from lib.readings.tensor import straight_line

ORDERS = (0, 1, 2, 3, 6, 20)


def run() -> None:
    title(f"Calls that cost the whole budget of {BUDGET:.2g}")
    torch.set_num_threads(1)
    found = []
    for name, row in FUNCTIONS.items():
        rest = [f"{1.25 * k}" for k in range(1, row.most)]
        for inner in ("x", "(x^2 - x/2 + 1.1)"):
            text = f"{name}({', '.join([inner, *rest])})"
            found += [(_seconds(text, order), text, order) for order in ORDERS]
    found.sort(reverse=True)
    for seconds, text, order in found[:12]:
        print(f"  {text:<32} order {order:<3} {ms(seconds)}")
    print(f"  median of {len(found)} calls {ms(median(row[0] for row in found))}")
    bar(found[0][0] < 50e-3, "no call within the budget takes over 50 ms of processor time")


def _seconds(text: str, order: int) -> float:
    expression = parse(text)
    cost = straight_line(expression, {"x": 0.0}).cost
    x = torch.linspace(-5, 5, points_within_budget(cost, 10**6, order), dtype=torch.float64)
    times = []
    for _ in range(3):
        start = time.process_time()
        derivatives(expression, x, order=order)
        times.append(time.process_time() - start)
    return median(times)
