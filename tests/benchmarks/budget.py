"""The processor time of calls that cost what limits.BUDGET allows: long formulas of each function."""

import time
from statistics import median

import torch
from timing import bar, ms, title

from lib.calculus import derivatives
from lib.calculus.derivatives import orders_within_effort
from lib.expression import Expression, ExpressionError, parse
from lib.expression.functions import FUNCTIONS
from lib.expression.limits import BUDGET, MAX_CHARACTERS, points_within_budget
from lib.readings.tensor import straight_line

# The points that pages ask for: a surface's values, a curve's derivatives.
POINTS = {0: 101**2, 1: 1001, 2: 1001, 3: 1001, 6: 1001}
OPERATIONS = ("{x}*{x}", "{x}/{x}", "({x})^3", "({x})^63", "({x})^2.5", "2^({x})", "({x})^({x})")


def run() -> None:
    title(f"Long formulas of one function, at as many points as the budget of {BUDGET:.2g} allows")
    torch.set_num_threads(1)  # this and the next as app.py does
    torch.empty(4_000_000, dtype=torch.float64)
    calls = [f"{row.name}({', '.join(['{x}', '1.25', '2.5'][: row.most])})" for row in FUNCTIONS.values()]
    found = []
    for call in (*calls, *OPERATIONS):
        for inner in ("{k}*x", "{k}/(2+x^2)"):
            found += [(*_seconds(_longest(call, inner, order), order), call.format(x=inner), order) for order in POINTS]
    for order in POINTS:
        slowest = sorted((row for row in found if row[-1] == order), reverse=True)
        for seconds, points, text, _ in slowest[:3]:
            print(f"  order {order}: {text:<32} {points} points: {ms(seconds)}")
        bar(slowest[0][0] < 50e-3, f"no call of order {order} takes over 50 ms of processor time")


def _longest(call: str, inner: str, order: int) -> Expression:
    """A sum of as many calls, each with a number of its own, as may be typed and as pages take to that order."""
    terms = [call.format(x=inner.format(k=f"0.{k + 10}")) for k in range(90)]
    for count in range(len(terms), 0, -1):
        text = "+".join(terms[:count])
        if len(text) <= MAX_CHARACTERS:
            try:
                expression = parse(text)
            except ExpressionError:
                continue
            if orders_within_effort(straight_line(expression, {"x": 0.0}).effort) >= order:
                return expression
    raise ValueError(call)


def _seconds(expression: Expression, order: int) -> tuple[float, int]:
    cost = straight_line(expression, {"x": 0.0}).cost
    x = torch.linspace(-5, 5, points_within_budget(cost, POINTS[order], order), dtype=torch.float64)
    times = []
    for _ in range(3):
        start = time.process_time()
        derivatives(expression, x, order=order)
        times.append(time.process_time() - start)
    return median(times), len(x)
