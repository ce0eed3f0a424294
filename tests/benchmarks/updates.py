"""From a change to its run's last message, beside a bare and a stock Streamlit app that send the same elements."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from client import Server, Visitor
from recording import drawn, recording, weight
from timing import bar, ms, title

ROOT = Path(__file__).parent.parent.parent
BARE = Path(__file__).parent / "bare"
ROUNDS = 20
WARM = 4
KEPT = 8  # recorded runs of each change: more than Streamlit remembers of what it sent

Values = Mapping[str, str | float]


@dataclass(frozen=True)
class Page:
    """A page: its address, what its boxes hold at first, and the changes: the values of widgets in round k."""

    path: str
    first: Values
    changes: Mapping[str, Callable[[int], Values]]


# The only place to add a page.
PAGES = {
    "Derivatives": Page(
        "",
        {"f": "sin(a*x)+x^2/5"},
        {
            "function": lambda k: {"f": f"sin({1 + k / 97:.4f}*a*x)*exp(-x/{2 + k / 31:.3f})+x^2/5"},
            "slider": lambda k: {"p_a": 0.5 + 0.1 * (k % 40)},
            "point": lambda k: {"points": f"{1 + k / 50:.2f}"},
        },
    ),
    "Gradient": Page(
        "gradient",
        {"f": "x^4+2x^2*y^2+y^4"},
        {
            "function": lambda k: {"f": f"sin({1 + k / 97:.4f}*x*y)+x^2/{2 + k / 31:.3f}+y^2/5"},
            "point": lambda k: {"point": f"{1 + k / 50:.2f}, 1"},
        },
    ),
    "Inverse": Page(
        "inverse",
        {"f": "x^2+x^3+x^4", "y": "1"},
        {
            "function": lambda k: {"f": f"sin({1 + k / 97:.4f}*x)+x^3/{2 + k / 31:.3f}"},
            "target": lambda k: {"y": f"{1 + k / 50:.2f}"},
        },
    ),
    "Backprop": Page(
        "backprop",
        {"f": "x^2+x^3+x^4"},
        {
            "function": lambda k: {"f": f"sin({1 + k / 97:.4f}*x)*exp(-x/{2 + k / 31:.3f})+x^2/5"},
            "point": lambda k: {"points": f"{1 + k / 50:.2f}"},
            "step": lambda k: {"stage": 1 + k % 9},
        },
    ),
}


def run() -> None:
    title("From a change to the last message of its run")
    for name, page in PAGES.items():
        with Server(ROOT / "app.py", ROOT) as server, Visitor(server, page.path) as nabla:
            for change, values in page.changes.items():
                with (
                    recorded_runs(nabla, page, change) as extra,
                    Server(BARE / "served.py", ROOT, extra) as served,
                    Server(BARE / "app.py", BARE, extra | {"NABLA_STOCK": "1"}) as plain,
                    Visitor(served) as bare,
                    Visitor(plain) as stock,
                ):
                    print(f"  {name}, {change}:")
                    settled(nabla, page, change)
                    compare(values, {"Nabla": nabla, "bare": bare, "stock": stock})


@contextmanager
def recorded_runs(nabla: Visitor, page: Page, change: str) -> Iterator[dict[str, str]]:
    """What the bare app is to be started with, to send again what Nabla has sent."""
    settled(nabla, page, change)
    whole = nabla.change(**page.first)[1]
    runs = [nabla.change(**page.changes[change](k))[1] for k in range(KEPT)]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "runs.json"
        path.write_text(json.dumps(recording(whole, runs, *page.changes[change](0))), "utf-8")
        yield {"NABLA_RECORDING": str(path), "PYTHONPATH": str(ROOT)}


def settled(nabla: Visitor, page: Page, change: str) -> None:
    """The page as a change finds it, all that it works out by itself being there."""
    if change != "function":
        nabla.change(**page.first)
        nabla.wait(3.0)
        nabla.change(**page.first)


def compare(change: Callable[[int], Values], visitors: Mapping[str, Visitor]) -> None:
    """Make the same change everywhere in turn, and print what it took."""
    times: dict[str, list[float]] = {who: [] for who in visitors}
    before: dict[str, str] = {}
    sizes = {}
    for k in range(1, ROUNDS + WARM + 1):
        for who, visitor in visitors.items():
            values: Values = change(k) if who == "Nabla" else {"turn": float(k % KEPT)}
            seconds, messages = visitor.change(**values)
            shown = drawn(messages)
            if shown == before.get(who):
                raise RuntimeError(f"{who}: the change did not reach the page")
            before[who], sizes[who] = shown, weight(messages)
            if k > WARM:
                times[who].append(seconds)
            if who == "Nabla":
                visitor.wait(0.5 if "f" in values else 0)  # formulas are worked out on the cores that the others need
    for who, t in times.items():
        count, size = sizes[who]
        print(f"    {who:<6} median {ms(median(t))}, 95% {ms(quantiles(t, n=20)[-1])}; {count} elements, {size} bytes")
    to_bare, to_stock = (median(times["Nabla"]) / median(times[who]) for who in ("bare", "stock"))
    bar(to_bare <= 1.25, f"at most 1.25 times the bare app's ({to_bare:.2f})")
    bar(to_stock < 0.5, f"under half of the stock app's ({to_stock:.2f})")
