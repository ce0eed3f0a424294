"""Limits of f on the two sides of a point as doubles have them, where ball arithmetic has none."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import isnan

import torch
from torch import Tensor

from lib.calculus.audit.sides import DISTANCES, SETTLED, Side, Surroundings
from lib.expression import Expression
from lib.readings.tensor import evaluate


@torch.no_grad()
def as_computed(
    expression: Expression, x: Tensor, around: Sequence[Surroundings], variable: str, at: Mapping[str, float]
) -> list[Surroundings]:
    """The surroundings of each point, a missing limit of f filled in where its values at all distances are the same.

    exp(1/x) exceeds any enclosure's reach close to 0, and 1/(1 + exp(1/x)) is 0 there in doubles all the same.
    """
    if expression.random or all(not isnan(s.limits[0]) for each in around for s in (each.left, each.right)):
        return list(around)
    step = torch.tensor(DISTANCES, dtype=torch.float64) * x.abs().clamp(min=1.0)[:, None]
    sides = torch.stack([x[:, None] - step, x[:, None] + step])
    values = evaluate(expression, {**at, variable: sides}).expand_as(sides).tolist()
    return [
        replace(each, left=_filled(each.left, left), right=_filled(each.right, right))
        for each, left, right in zip(around, *values, strict=True)
    ]


def _filled(side: Side, values: Sequence[float]) -> Side:
    size = max(map(abs, values))
    settled = max(values) - min(values) <= SETTLED * size  # False for NaN and infinity
    if not isnan(side.limits[0]) or not settled:
        return side
    return replace(side, limits=(values[-1], *side.limits[1:]), scale=(size, *side.scale[1:]), defined=True)
