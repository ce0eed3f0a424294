"""Samples of a curve (f₁(t), f₂(t)) in the plane, finer where a view of it is small."""

from collections.abc import Mapping

import torch

from lib.calculus.curve.curve import Curve, curve
from lib.calculus.curve.mesh import SAMPLES
from lib.calculus.curve.signs import ORDER
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression

PIECES = 4  # of the curve that are sampled anew; beyond, their hull is
AROUND = 0.5  # of the view's sides: what lies so close to it is sampled too

Box = tuple[tuple[float, float], tuple[float, float]]


def plane_curve(
    expression: Expression,
    window: tuple[float, float],
    view: Box | None = None,
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
) -> Curve:
    """f₁ and f₂ for t in the window; with a view of the plane, only those pieces of the curve that come near it.

    Pieces are a sample of NaN apart. The whole curve where none comes near the view.
    """
    whole = curve(expression, window, order=ORDER, variable=variable, at=at)  # the samples that features are found on
    pieces = _near(whole, view) if view else []
    if not pieces:
        return whole
    count = SAMPLES // len(pieces)
    parts = [curve(expression, piece, order=0, variable=variable, at=at, count=count) for piece in pieces]
    gap = torch.full_like(parts[0].values[..., :1], torch.nan)
    return Curve(
        torch.cat([ends for part in parts for ends in (part.x, part.x[-1:])]),
        torch.cat([rows for part in parts for rows in (part.values, gap)], -1),
        any(part.thinned for part in parts),
        all(part.resolved for part in parts),
    )


def _near(whole: Curve, view: Box) -> list[tuple[float, float]]:
    """The intervals of t over which a chord between two samples may pass through the view."""
    close = torch.ones(len(whole.x) - 1, dtype=torch.bool)
    for values, (low, high) in zip(whole.values[0], view, strict=True):
        room = AROUND * (high - low)
        first, second = values[:-1], values[1:]
        close &= (torch.maximum(first, second) >= low - room) & (torch.minimum(first, second) <= high + room)
    edges = torch.nn.functional.pad(close.to(torch.int8), (1, 1)).diff()
    starts, ends = whole.x[:-1][edges[:-1] == 1], whole.x[edges == -1]
    if len(starts) > PIECES:
        starts, ends = starts[:1], ends[-1:]
    return [(a, b) for a, b in torch.stack([starts, ends], 1).tolist() if a < b]
