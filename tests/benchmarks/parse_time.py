"""The time to read a text, new each time: of 60 characters, and of as many as are allowed."""

import random
import time
from contextlib import suppress
from statistics import median, quantiles

from formulas import constant
from timing import bar, ms, title

from lib.expression import ExpressionError, parse
from lib.expression.limits import MAX_CHARACTERS

SHORT = (
    "exp(-{a}*x)*sin({b}*x) + x**2/(1 + {a}*x**2) - {b}",
    r"\frac{{{a}x^2}}{{1+x}} + \sin^2 x - e^{{-{b}x}}\cos(2\pi x)",
    "torch.where(x > 0, {a}*x, torch.exp(x) - 1) + np.sin(x)*{b}",
    "y = 3x² + 5x + 6e^x - |x-{a}| + √(x²+{b}) + 2sin(x)cos(3x)",
)
# What fills a text up to the limit: sums, products without signs, brackets, names, and what is refused at the end.
LONG = ("+x*{a}", "+sin(x)*x^2", "+({a}-x)/(1+x)", "x y ", "2(x+1)", "+|x-{a}|", "+torch.exp(x)", "-" * 3, "(" * 5,
        "ab ", r"+\frac{{x}}{{{a}}}", "x²", "，", "[x,", "sin ", "<x", "+sum(x^i,i,1,9)", "9" * 30 + "+")  # fmt: skip


def run() -> None:
    title("Parse")
    short = [_seconds((random.choice(SHORT).format(a=constant(), b=constant()) + " " * 60)[:60]) for _ in range(400)]
    print(f"  60 characters: median {ms(median(short[20:]))}, 99 % under {ms(quantiles(short[20:], n=100)[-1])}")
    bar(median(short[20:]) < 0.5e-3, "median under 0.5 ms")
    by_kind = {unit: [_seconds(_long(unit)) for _ in range(20)] for unit in LONG}
    long = [s for times in by_kind.values() for s in times]
    worst = max(by_kind, key=lambda unit: median(by_kind[unit]))
    print(f"  {MAX_CHARACTERS} characters of {len(LONG)} kinds: median {ms(median(long))}, 99 % under "
          f"{ms(quantiles(long, n=100)[-1])}; slowest is {worst!r} repeated, {ms(median(by_kind[worst]))}")  # fmt: skip
    bar(quantiles(long, n=100)[-1] < 20e-3, "at the length limit 99th percentile under 20 ms")


def _long(unit: str) -> str:
    text = "x"
    while len(text) < MAX_CHARACTERS:
        text += unit.format(a=constant())
    return f"{text[: MAX_CHARACTERS - 8]}{constant()}"


def _seconds(text: str) -> float:
    start = time.perf_counter()
    with suppress(ExpressionError):
        parse(text)
    return time.perf_counter() - start
