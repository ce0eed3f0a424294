"""Samples of f and its derivatives for a line that never crosses a gap."""

from collections.abc import Mapping
from dataclasses import dataclass

from torch import Tensor

from lib.calculus.curve.mesh import SAMPLES, Mesh, by_name, mesh_of
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression


@dataclass(frozen=True, eq=False)
class Curve:
    """Samples of f, f', ...: join neighbours that are both finite.

    values[k] is NaN where f^(k) is undefined and at its breaks (poles, jumps, ends of the domain).
    """

    x: Tensor  # (n,), ascending; repeated at a break
    values: Tensor  # (order + 1, n), or (order + 1, k, n) for a vector
    thinned: bool = False  # there are fewer samples than a plot has pixels, as the formula is costly
    resolved: bool = True  # False: the curve has detail finer than the samples


def curve(
    expression: Expression,
    window: tuple[float, float],
    *,
    order: int = 2,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    count: int = SAMPLES,
) -> Curve:
    """f, ..., f^(order) at `count` evenly spaced points of the window, its ends included, and where it matters.

    More samples, up to 2000 in all, are at breaks (down to neighbouring numbers), at narrow peaks as far as four probes
    a sample meet them, and where a straight line would miss the curve by more than a pixel. A break is a pole, a jump,
    a gap or an end of the domain; a kink of f is a jump of f'. A costly formula gets fewer samples, see limits.BUDGET.
    Noise has no breaks to find: its samples are returned as they are.
    """
    return curve_of(expression, mesh_of(expression, window, order, variable, by_name(at), count), order)


def curve_of(expression: Expression, found: Mesh, order: int) -> Curve:
    """The curve through the samples of a mesh, of that order or more."""
    values = found.rows[: order + 1]
    return Curve(found.x, values[:, 0] if expression.shape is None else values, found.thinned, found.resolved)
