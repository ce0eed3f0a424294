"""From a visitor's change of a function to its run's last message, with and without others' trainings on the server."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median, quantiles
from threading import Event, Thread

from client import Server, Visitor
from recording import drawn
from timing import bar, ms, title
from updates import PAGES, Values

ROOT = Path(__file__).parent.parent.parent
TRAININGS = 4
ROUNDS = 4
CHANGES = 25  # a round, with trainings and without
PATIENCE = 120.0  # seconds until all trainings have begun: on a busy machine the workers start slowly
TRAINED = "f=x^2%2Bx^3%2Bx^4&epochs=5000"


def run() -> None:
    title(f"A change on one page while {TRAININGS} others train")
    quiet: list[float] = []
    busy: list[float] = []
    with Server(ROOT / "app.py", ROOT) as server, trainees_of(server) as trainees, Visitor(server) as visitor:
        page = PAGES["Derivatives"]
        changes = (page.changes["function"](k) for k in range(10**6))
        visitor.change(**page.first)
        _times(visitor, changes)  # a first round, to warm up
        for _ in range(ROUNDS):
            quiet += _times(visitor, changes)
            with training(trainees):
                busy += _times(visitor, changes)
    p95 = []
    for name, times in (("alone", quiet), ("beside trainings", busy)):
        p95.append(quantiles(times, n=20)[-1])
        print(f"  {name}: median {ms(median(times))}, 95% {ms(p95[-1])} of {len(times)}; load {os.getloadavg()[0]:.1f}")
    ratio = p95[1] / p95[0]
    bar(ratio < 1.5, f"95% under 1.5 times that without trainings ({ratio:.2f})")


def _times(visitor: Visitor, changes: Iterator[Values]) -> list[float]:
    """Those of a round; between changes the visitor looks at what came."""
    times = []
    for _, change in zip(range(CHANGES), changes, strict=False):
        times.append(visitor.change(**change)[0])
        visitor.wait(0.3)
    return times


@contextmanager
def trainees_of(server: Server) -> Iterator[Connection]:
    """Other visitors, in a process of their own, so that what their browsers do isn't measured; see `training`."""
    here, there = get_context("fork").Pipe()
    process = get_context("fork").Process(target=_visit, args=(server, there), daemon=True)
    process.start()
    there.close()
    here.recv()
    yield here
    here.send(False)
    process.join()


def _visit(server: Server, asked: Connection) -> None:
    """Train from one word to the next, until there is none."""
    with ExitStack() as visits:
        trainees = [visits.enter_context(Visitor(server, "learn", TRAINED)) for _ in range(TRAININGS)]
        asked.send(True)
        while asked.recv():
            with _training(trainees):
                asked.send(True)
                asked.recv()
            asked.send(True)


@contextmanager
def training(trainees: Connection) -> Iterator[None]:
    """All of them train to the end of the block."""
    trainees.send(True)
    trainees.recv()
    yield
    trainees.send(True)
    trainees.recv()


@contextmanager
def _training(trainees: list[Visitor]) -> Iterator[None]:
    """All of them train, and look at it as browsers do, from when the last has losses to the end of the block."""
    over = Event()
    losses: dict[int, set[str]] = {number: set() for number in range(len(trainees))}

    def train(number: int) -> None:
        trainees[number].press("train_start")
        while not over.is_set():
            time.sleep(trainees[number].interval)
            losses[number].add(drawn(trainees[number].poll()))
        trainees[number].press("train_stop")

    threads = [Thread(target=train, args=(number,)) for number in losses]
    for thread in threads:
        thread.start()
    try:
        _until(lambda: all(len(seen) > 2 for seen in losses.values()))
        before = [len(seen) for seen in losses.values()]
        yield
    finally:
        over.set()
        for thread in threads:
            thread.join()
    if any(len(seen) < 3 + old for seen, old in zip(losses.values(), before, strict=True)):
        raise RuntimeError("a training stood still")


def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("the trainings don't begin")
        time.sleep(0.1)
