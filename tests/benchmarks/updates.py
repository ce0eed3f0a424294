"""From a change of function, slider or point to its run's last message, beside a bare and a stock Streamlit app."""

import json
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from client import Server, Visitor
from recording import drawn, recorded, weight
from timing import bar, ms, title

ROOT = Path(__file__).parent.parent.parent
BARE = Path(__file__).parent / "bare"
ROUNDS = 20
WARM = 4
PAGES = 8  # recorded ones: more than Streamlit remembers of what it sent
TEXT = "sin(a*x)+x^2/5"


def function(k: int) -> dict[str, str | float]:
    return {"f": f"sin({1 + k / 97:.4f}*a*x)*exp(-x/{2 + k / 31:.3f})+x^2/5"}


def slider(k: int) -> dict[str, str | float]:
    return {"p_a": 0.5 + 0.1 * (k % 40)}


def point(k: int) -> dict[str, str | float]:
    return {"points": f"{1 + k / 50:.2f}"}


CHANGES = {"function": function, "slider": slider, "point": point}


def run() -> None:
    title("From a change to the last message of its run")
    with TemporaryDirectory() as folder, Server(ROOT / "app.py", ROOT) as server, Visitor(server) as nabla:
        recording = Path(folder) / "pages.json"
        nabla.change(f=TEXT)
        nabla.wait(3.0)  # for the formulas
        nabla.change(f=TEXT)
        pages = [recorded(nabla.change(**slider(k))[1]) for k in range(PAGES)]
        recording.write_text(json.dumps(pages), "utf-8")
        extra = {"NABLA_RECORDING": str(recording), "PYTHONPATH": str(ROOT)}
        with (
            Server(BARE / "served.py", ROOT, extra) as served,
            Server(BARE / "app.py", Path(folder), extra | {"NABLA_STOCK": "1"}) as plain,
            Visitor(served) as bare,
            Visitor(plain) as stock,
        ):
            for name in CHANGES:
                compare(name, {"Nabla": nabla, "bare": bare, "stock": stock})


def compare(name: str, visitors: dict[str, Visitor]) -> None:
    """Make the same change everywhere in turn, and print what it took."""
    times: dict[str, list[float]] = {who: [] for who in visitors}
    before: dict[str, str] = {}
    sizes = {}
    for k in range(1, ROUNDS + WARM + 1):
        for who, visitor in visitors.items():
            values: dict[str, str | float] = CHANGES[name](k) if who == "Nabla" else {"turn": float(k)}
            seconds, messages = visitor.change(**values)
            figure = drawn(messages)
            if figure == before.get(who):
                raise RuntimeError(f"{who}: the change did not reach the figure")
            before[who], sizes[who] = figure, weight(messages)
            if k > WARM:
                times[who].append(seconds)
            if who == "Nabla" and name == "function":
                visitor.wait(0.5)  # its formulas are worked out on the cores that the others need
    print(f"  {name}:")
    for who, t in times.items():
        count, size = sizes[who]
        print(f"    {who:<6} median {ms(median(t))}, 95% {ms(quantiles(t, n=20)[-1])}; {count} elements, {size} bytes")
    to_bare, to_stock = (median(times["Nabla"]) / median(times[who]) for who in ("bare", "stock"))
    bar(to_bare <= 1.25, f"{name}: at most 1.25 times the bare app's ({to_bare:.2f})")
    bar(to_stock < 0.5, f"{name}: under half of the stock app's ({to_stock:.2f})")
