"""Functions for test_jobs.py to run in workers: importable there by name, without pytest."""

import os
import time
from pathlib import Path

from lib.message import Message


def add(a, b):
    return a + b


def loop():
    while True:
        pass


def loop_in_c():
    return 7 ** (10**9)


def swallow():
    """Work that catches whatever it can."""
    while True:
        try:
            time.sleep(0.01)
        except BaseException:  # noqa: BLE001
            continue


def eat_memory():
    return len(bytearray(64 * 2**30))


def refuse():
    raise ValueError(Message("Choose a number above {limit}.", limit=3))


def break_down():
    raise KeyError("private")


def time_out_itself():
    raise TimeoutError


def leave():
    os._exit(3)


def leave_at(epoch, mark, experiment, checkpoint, seconds, epochs):
    """A slice of a training whose worker dies in the middle of it, once."""
    from lib.learning.training import train_slice

    piece = train_slice(experiment, checkpoint, seconds, epochs)
    if piece.epoch > epoch and not Path(mark).exists():
        Path(mark).touch()
        os._exit(3)
    return piece


def unpicklable():
    return lambda: None


def mark(folder, name, seconds):
    """Leave a file that names this process, then work."""
    Path(folder, name).write_text(str(os.getpid()))
    time.sleep(seconds)
    return name


def settings():
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)[0], os.environ["OMP_NUM_THREADS"], os.getpid()


def main_module():
    import sys

    return getattr(sys.modules["__main__"], "__file__", None)


def warm():
    import fractions  # noqa: F401


def modules():
    import sys

    return sorted(sys.modules)
