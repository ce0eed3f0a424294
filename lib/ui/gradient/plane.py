"""The plane that the plots show: both variables, or any two of more, the others held at the point."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import torch
from torch import Tensor

from lib.calculus import Field, Grid, LocalModel, gradient_field, grid, local_model
from lib.calculus.audit.partials import existing_partials, missing_partials
from lib.calculus.streamlines import Array, streamlines
from lib.expression import Expression
from lib.ui.gradient.place import GradientInput
from lib.ui.inputs import Window
from lib.ui.letters import label_of
from lib.ui.results import number
from lib.ui.typed import Typed

CLOSE = 1e-3  # of its window: a coordinate so near to where it is held lies in the slice
REMEMBERED = 16  # grids, of 80 kB


@dataclass(frozen=True)
class Plane:
    """f of the two letters, and the points in their coordinates. What is sampled is sampled once, when asked for."""

    function: Expression
    pair: tuple[str, str]
    at: dict[str, float] = field(hash=False)
    windows: tuple[Window, Window]
    point: tuple[float, float]
    others: tuple[tuple[float, float], ...] = ()  # further points to mark
    axes: tuple[int, int] = (0, 1)  # which of all coordinates it shows
    levels: tuple[tuple[int, float, float], ...] = ()  # of a slice: each other coordinate, where it is held, how nearly
    held: str = ""  # the same in words: "z = 1"
    f: str = "f"  # its name

    @property
    def names(self) -> tuple[str, str]:
        """The letters as a reader writes them."""
        return label_of(self.pair[0]), label_of(self.pair[1])

    def holds(self, point: Sequence[float]) -> bool:
        """Whether a point of all coordinates lies in the plane."""
        return all(abs(point[k] - x) <= room for k, x, room in self.levels)

    @cached_property
    def place(self) -> Tensor:
        """The point (2,)."""
        return torch.tensor(self.point, dtype=torch.float64)

    @cached_property
    def model(self) -> LocalModel:
        """The local model at the point, in the plane, without what is autograd's convention."""
        f, point, at = self.function, self.place[None], self.at
        missing = missing_partials(f, point, variables=self.pair, at=at)
        return existing_partials(local_model(f, point, variables=self.pair, at=at), missing)

    @cached_property
    def land(self) -> Grid:
        """f over the windows."""
        return _land(self.function, self.windows, self.pair, tuple(sorted(self.at.items())))

    @property
    def streamlines(self) -> list[Array]:
        """The streamlines of f's gradient over the windows."""
        return _streamlines(self.function, self.windows, self.pair, tuple(sorted(self.at.items())))

    @cached_property
    def field(self) -> Field:
        """f's gradient and Hessian over the windows."""
        return gradient_field(self.function, *self.windows, variables=self.pair, at=self.at)


@lru_cache(REMEMBERED)
def _streamlines(
    function: Expression, windows: tuple[Window, Window], pair: tuple[str, str], at: tuple[tuple[str, float], ...]
) -> list[Array]:
    """Remembered likewise."""
    return streamlines(gradient_field(function, *windows, variables=pair, at=dict(at)))


@lru_cache(REMEMBERED)
def _land(
    function: Expression, windows: tuple[Window, Window], pair: tuple[str, str], at: tuple[tuple[str, float], ...]
) -> Grid:
    """Remembered, as a point that moves leaves it as it is."""
    return grid(function, *windows, variables=pair, at=dict(at))


def plane_of(it: Typed, chosen: GradientInput) -> Plane | None:
    """The plane through the point, None for one variable."""
    if len(chosen.windows) < 2:
        return None
    i, j = chosen.pair
    windows, point = chosen.windows, chosen.point
    rest = [k for k in range(len(point)) if k not in (i, j)]
    others = [p for k, p in enumerate(chosen.points) if k != chosen.row and not rest]
    return Plane(
        it.function,
        (it.variables[i], it.variables[j]),
        it.at | {it.variables[k]: point[k] for k in rest},
        (windows[i], windows[j]),
        (point[i], point[j]),
        tuple((p[i], p[j]) for p in others),
        (i, j),
        tuple((k, point[k], CLOSE * (windows[k][1] - windows[k][0])) for k in rest),
        held=", ".join(f"{label_of(it.variables[k])} = {number(point[k])}" for k in rest),
        f=it.name,
    )
