"""Work on many points in blocks that stay in the processor's cache, shared out among the cores."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

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
def _pool(helpers: int) -> ThreadPoolExecutor:
    """Threads that stay, each with one core: torch's own would wait for each other after every operation."""
    keep_memory()
    return ThreadPoolExecutor(helpers, "block", initializer=torch.set_num_threads, initargs=(1,))


def in_blocks(work: Callable[[Tensor, Tensor], None], x: Tensor, rows: Tensor) -> None:
    """work(x, rows) on block after block of points x (..., n) and results (..., n), on as many threads as torch has."""
    threads = torch.get_num_threads()
    count = -(-x.shape[-1] // BLOCK)
    blocks = iter(list(zip(x.chunk(count, -1), rows.chunk(count, -1), strict=True)))

    def take() -> None:
        for block in blocks:
            work(*block)

    helpers = [_pool(threads - 1).submit(take) for _ in range(min(threads, count) - 1)]
    torch.set_num_threads(1)
    try:
        take()
    finally:
        torch.set_num_threads(threads)
    for helper in helpers:
        if not helper.cancel():  # one that has not begun has nothing left to do
            helper.result()
