"""Columns brought to mean 0 and deviation 1, and back."""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True, eq=False)
class Scaling:
    """The mean and the deviation of each column."""

    mean: Tensor  # (k,)
    deviation: Tensor  # (k,)

    @staticmethod
    def of(columns: Tensor, *, wanted: bool) -> "Scaling":
        """That of the rows (n, k), or one that changes nothing. A constant column is only moved."""
        if not wanted:
            return Scaling(torch.zeros_like(columns[0]), torch.ones_like(columns[0]))
        deviation, mean = torch.std_mean(columns, 0)
        return Scaling(mean, torch.where(deviation > 0, deviation, 1.0))

    def into(self, columns: Tensor) -> Tensor:
        return (columns - self.mean) / self.deviation

    def back(self, columns: Tensor) -> Tensor:
        return columns * self.deviation + self.mean
