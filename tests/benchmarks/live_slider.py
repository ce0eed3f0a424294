"""How many updates a second a dragged slider gets from a server that has one core."""

import os
import time
from pathlib import Path

from client import Server, Visitor
from recording import drawn
from timing import bar, title

ROOT = Path(__file__).parent.parent.parent
UPDATES = 60
WANTED = 10  # a second


def run() -> None:
    title("Updates of a dragged slider, the server on one core")
    if not hasattr(os, "sched_setaffinity"):
        print("  needs Linux")
        return
    with Server(ROOT / "app.py", ROOT) as server, Visitor(server) as nabla:
        nabla.change(f="sin(a*x)+x^2/5")
        nabla.wait(3.0)  # for the formulas
        every = min(os.sched_getaffinity(0))
        for thread in os.listdir(f"/proc/{server.process.pid}/task"):
            os.sched_setaffinity(int(thread), {every})
        for k in range(5):
            nabla.change(drag=f"p_a={1 + k / 100}", f="sin(a*x)+x^2/5")
        before, start = _processor(server.process.pid), time.perf_counter()
        figures = {drawn(nabla.change(drag=f"p_a={2 + k / 50}")[1]) for k in range(UPDATES)}
        seconds, busy = time.perf_counter() - start, _processor(server.process.pid) - before
    if len(figures) < UPDATES:
        raise RuntimeError("a drag did not reach the figure")
    print(f"  {UPDATES / seconds:.3g} a second; {busy / UPDATES * 1e3:.3g} ms of the core each")
    bar(UPDATES / seconds >= WANTED, f"at least {WANTED} a second")
    bar(busy / UPDATES <= 1 / WANTED, f"at most {1000 // WANTED} ms of the core each")


def _processor(pid: int) -> float:
    """Seconds of processor time that the process has had."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
