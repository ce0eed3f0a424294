"""Where an entry of a gradient or a Hessian that autograd returns is its convention: f has a kink or a jump along a
variable there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from lib.calculus.audit.conventions import AT_SWITCH, MOST, missing_derivatives
from lib.calculus.derivatives import NOTHING
from lib.calculus.local_model import LocalModel
from lib.expression import Expression
from lib.message import Message
from lib.readings.switches import switches
from lib.readings.tensor import run, straight_line

MissingPartials = dict[tuple[int, int], tuple[int, Message]]


@torch.no_grad()
def _at_switches(
    expression: Expression, points: Tensor, variables: Sequence[str], at: Mapping[str, float], k: int
) -> list[int]:
    """The points (m, d) at a zero of a switch that depends on variable k, the first few."""
    line = switches(straight_line(expression, {**at, **dict.fromkeys(variables, 0.0)}), variables[k])
    columns = dict(zip(variables, points.unbind(1), strict=True))
    _value, *found = run(line, {**at, **columns}, points.shape[:1])
    if not found:
        return []
    near: list[int] = (torch.stack(found).abs() <= AT_SWITCH).any(0).nonzero()[:MOST, 0].tolist()
    return near


def missing_partials(
    expression: Expression,
    points: Tensor,
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
) -> MissingPartials:
    """(point, variable) -> the order of the first derivative along that variable that f (a number) doesn't have at the
    point, and why; of the points (m, d) at a kink or a jump along it.

    A formula without switches costs next to nothing, and so does a point away from their zeros.
    """
    found: MissingPartials = {}
    if expression.random:
        return found
    for k, name in enumerate(variables):
        for i in _at_switches(expression, points, variables, at, k):
            others = {letter: x for letter, x in zip(variables, points[i].tolist(), strict=True) if letter != name}
            missing = missing_derivatives(expression, points[i, k : k + 1], variable=name, at={**at, **others})
            if 0 in missing:
                found[i, k] = missing[0]
    return found


def existing_partials(model: LocalModel, missing: MissingPartials) -> LocalModel:
    """The model, NaN instead of what f doesn't have."""
    if not missing:
        return model
    gradient, hessian = model.gradient.clone(), model.hessian.clone()
    for (i, k), (order, _why) in missing.items():
        hessian[i, k, k] = torch.nan
        if order < 2:
            gradient[i, k] = hessian[i, k, :] = hessian[i, :, k] = torch.nan
    return replace(model, gradient=gradient, hessian=hessian)
