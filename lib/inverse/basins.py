"""Which start leads Newton's method to which solution: along x, and in the complex plane."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from lib import jobs
from lib.expression import Expression
from lib.inverse.problem import checked
from lib.jobs.slices import LIMIT, for_a_while
from lib.readings.analytic import complex_slopes, not_analytic

STARTS = 600  # along x
SIDE, ROWS = 160, 16  # of the picture; of its rows done at once
MOST_STEPS = 50
TOLERANCE = 1e-10  # of |x|: the last step of a run that has converged
ALIKE = 1e-6  # of |x|: ends so near to each other are one solution
MOST_ROOTS = 12  # told apart; further ones count as one

Letters = Mapping[str, float]
Slopes = Callable[[Tensor], tuple[Tensor, Tensor]]


@dataclass(frozen=True, eq=False)
class Basins:
    """roots: the solutions reached, those with the most starts first, at most MOST_ROOTS.

    root: for each start the place of its solution in `roots`, len(roots) for any further one, -1 where the run does not
    converge. steps: how many it took. Of shape (n,) along x, (rows of equal imaginary part, columns) in the plane.
    """

    roots: tuple[complex, ...]
    root: NDArray[np.int64]
    steps: NDArray[np.int64]


def newton_strip(
    expression: Expression,
    y: float,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> Basins:
    """Newton's method from STARTS places of the window. A bad argument is a ValueError."""
    problem = checked(expression, y, window, variable, at)
    return _told_apart(*_newton(problem.slopes, y, torch.linspace(*window, STARTS, dtype=torch.float64)))


@dataclass
class Plane:
    """Newton's method from SIDE × SIDE complex starts, as far as it has got: where the runs from each row end, see
    Basins, and their steps. It can be sent to a worker and back between slices."""

    box: tuple[tuple[float, float], tuple[float, float]]  # the ranges of real and imaginary part
    ends: NDArray[Any]
    steps: NDArray[np.int64]
    rows: int = 0

    @classmethod
    def of(cls, box: tuple[tuple[float, float], tuple[float, float]]) -> "Plane":
        return cls(box, np.full((SIDE, SIDE), np.nan, complex), np.full((SIDE, SIDE), MOST_STEPS))

    @property
    def over(self) -> bool:
        return self.rows == SIDE

    @property
    def progress(self) -> float:
        return self.rows / SIDE

    @property
    def boxes(self) -> int:
        return self.rows * SIDE

    def copy(self) -> "Plane":
        return replace(self, ends=self.ends.copy(), steps=self.steps.copy())

    def advance(self, slopes: Slopes, y: float) -> "Plane":
        """A few rows more."""
        real, imaginary = (torch.linspace(*ends, SIDE, dtype=torch.float64) for ends in self.box)
        some = slice(self.rows, self.rows + ROWS)
        starts = real + 1j * imaginary[some, None]
        ends, steps = _newton(slopes, y, starts.flatten())
        self.ends[some], self.steps[some] = ends.reshape(starts.shape), steps.reshape(starts.shape)
        self.rows = min(some.stop, SIDE)
        return self

    @property
    def basins(self) -> Basins:
        """What is known so far."""
        found = _told_apart(self.ends.flatten(), self.steps.flatten())
        return Basins(found.roots, found.root.reshape(SIDE, SIDE), found.steps.reshape(SIDE, SIDE))


def check_plane(
    expression: Expression, y: float, box: tuple[tuple[float, float], tuple[float, float]], variable: str, at: Letters
) -> None:
    """A function that does not extend to complex numbers is a ValueError, as any bad argument is."""
    reason = not_analytic(expression)
    if reason:
        raise ValueError(reason)
    checked(expression, y, box[0], variable, at)


def request_slice(
    expression: Expression, plane: Plane, y: float, variable: str, at: Letters, owner: Hashable = None
) -> jobs.Job:
    """The job whose result is the plane one slice further; its arguments as `check_plane` wants them."""
    check_plane(expression, y, plane.box, variable, at)
    return jobs.submit(_slice, expression, plane, y, variable, dict(at), limit=LIMIT, owner=owner)


def _slice(expression: Expression, plane: Plane, y: float, variable: str, at: Letters) -> Plane:
    for_a_while(lambda: not plane.advance(lambda z: complex_slopes(expression, z, variable, at), y).over)
    return plane


def _told_apart(ends: NDArray[Any], steps: NDArray[np.int64]) -> Basins:
    root = np.full(len(ends), -1, dtype=np.int64)
    known = np.isfinite(ends)
    roots, places = _alike(ends[known])
    root[known] = places
    return Basins(tuple(_plain(complex(r)) for r in roots), root, steps)


def _plain(z: complex) -> complex:
    """z without a part that is rounding."""
    real, imaginary = (part if abs(part) > TOLERANCE * (1 + abs(z)) else 0.0 for part in (z.real, z.imag))
    return complex(real, imaginary)


def _newton(slopes: Slopes, y: float, starts: Tensor) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Where each run ends, NaN if it does not converge, and its steps. What has converged takes no part in the next."""
    x, left = starts.clone(), torch.arange(len(starts))
    ends = torch.full_like(starts, torch.nan)
    steps = torch.full((len(starts),), MOST_STEPS)
    for k in range(MOST_STEPS):
        f, slope = slopes(x)
        step = torch.where(f == y, 0.0, (f - y) / slope)  # a start may be a solution where f is level
        x = x - step
        done = step.abs() <= TOLERANCE * x.abs() + TOLERANCE**2
        ends[left[done]] = x[done]
        steps[left[done]] = k + 1
        going = ~done & x.isfinite()
        if not going.any():
            break
        x, left = x[going], left[going]
    return ends.numpy(), steps.numpy()


def _alike(ends: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """The different ends, the most frequent first, and for each end its place among them."""
    if not len(ends):
        return ends, np.empty(0, dtype=np.int64)
    size = max(float(np.median(np.abs(ends))), 1e-3)
    rounded = np.round(ends / (ALIKE * size)) * (ALIKE * size)
    values, first, inverse, counts = np.unique(rounded, return_index=True, return_inverse=True, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    place = np.empty(len(values), dtype=np.int64)
    place[order] = np.arange(len(values))
    return ends[first[order[:MOST_ROOTS]]], np.minimum(place[inverse], MOST_ROOTS)
