"""Evenly spaced numbers."""

import torch
from torch import Tensor


def evenly(window: tuple[float, float], count: int) -> Tensor:
    """`count` numbers from end to end of the window, float64, as weighted means of its ends.

    So round numbers come out exact, where torch.linspace(-5, 5, 1001) misses 0.
    """
    low, high = window
    k = torch.arange(count, dtype=torch.float64)
    last = max(count - 1, 1)
    return ((low * (last - k) + high * k) / last).clamp(low, high)
