"""Work on many points in blocks that stay in the processor's cache, shared out among the cores."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count

import torch
from torch import Tensor

# The half dozen pieces of memory in use, 512 KB each, stay in the caches; a call of torch costs little beside the 15 µs
# that it computes for.
BLOCK = 65536


def keep_memory() -> None:
    """Have the C library keep freed memory for reuse: it does so up to the size of the largest block freed so far.

    Otherwise each tensor of more than 128 KB is fetched from the system anew, which costs more than computing it.
    """
    torch.empty(4_000_000, dtype=torch.float64)


@cache
def _pool(threads: int) -> ThreadPoolExecutor:
    """Threads that stay, each with one core: torch's own would wait for each other after every operation."""
    keep_memory()
    numbers = count()

    def begin() -> None:
        torch.set_num_threads(1)
        _stay_on_core(next(numbers))

    return ThreadPoolExecutor(threads, "block", initializer=begin)


def _stay_on_core(number: int) -> None:
    """Keep this thread on a core of its own: Linux would wake all of them on the core of the one that asks, and take
    longer than they work to move them apart."""
    if hasattr(os, "sched_setaffinity"):
        cores = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {cores[number % len(cores)]})


def in_blocks(work: Callable[[Tensor, Tensor], None], x: Tensor, rows: Tensor) -> None:
    """work(x, rows) on block after block of points x (..., n) and results (..., n), on as many threads as torch has."""
    blocks = -(-x.shape[-1] // BLOCK)
    threads = min(torch.get_num_threads(), blocks)
    waiting = iter(list(zip(x.chunk(blocks, -1), rows.chunk(blocks, -1), strict=True)))

    def take() -> None:
        for block in waiting:
            work(*block)

    if threads == 1:
        take()
    else:
        for done in [_pool(torch.get_num_threads()).submit(take) for _ in range(threads)]:
            done.result()
