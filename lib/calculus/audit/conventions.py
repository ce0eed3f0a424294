"""Where a derivative that autograd returns is its convention: f has a kink or a jump there."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter

import torch
from torch import Tensor

from lib.calculus.audit.audit import audit
from lib.calculus.audit.verdict import Verdict
from lib.calculus.curve.mesh import Values, by_name
from lib.calculus.curve.sampler import sampler
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.expression.components import component
from lib.message import Message

AT_SWITCH = 1e-12  # a switch so near to 0 is at its zero: only there a formula can have a kink or a jump
MOST = 30  # points that are looked at closely, at some milliseconds each

Missing = dict[int, tuple[int, Message]]


def missing_derivatives(
    expression: Expression, x: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> Missing:
    """Point -> the order of the first derivative that f (a number) doesn't have there, and why; of the points x (n,) at
    a kink or a jump of f or f'.

    A formula without switches costs next to nothing, and so does a point away from their zeros.
    """
    return _missing(expression, tuple(x.tolist()), variable, by_name(at))


def missing_by_component(
    expression: Expression, x: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> list[Missing]:
    """The same of each component of a vector."""
    parts = (component(expression, k) for k in range(expression.shape or 0))
    return [missing_derivatives(part, x, variable=variable, at=at) for part in parts]


def first_missing(components: Iterable[Missing]) -> Missing:
    """The same of the curve that the components make up: of each point the lowest order."""
    found: Missing = {}
    for missing in components:
        for i, first in missing.items():
            found[i] = min(first, found.get(i, first), key=itemgetter(0))
    return found


@lru_cache(maxsize=128)
def _missing(expression: Expression, x: tuple[float, ...], variable: str, at: Values) -> Missing:
    if expression.random:
        return {}
    f = sampler(expression, variable, dict(at))
    if f.smooth:
        return {}
    points = torch.tensor(x, dtype=torch.float64)
    switches = f.probe(points)[1]
    near = (switches.abs() <= AT_SWITCH).any(0).nonzero()[:MOST, 0]
    if not len(near):
        return {}
    findings = audit(expression, points[near], variable=variable, at=dict(at)).findings
    first = {i: (_first(f.verdict), f.message) for i, f in zip(near.tolist(), findings, strict=False)}
    return {i: (order, why) for i, (order, why) in first.items() if order <= 2}


def _first(verdict: Verdict) -> int:
    if verdict is Verdict.POLE:  # a double beside a pole: its derivatives are no convention
        return 3
    return verdict.lost


def existing(values: Tensor, missing: Missing) -> Tensor:
    """values (orders, n), the f, f', … at the points, NaN instead of the derivatives that f doesn't have."""
    values = values.clone()
    for i, (order, _why) in missing.items():
        values[order:, i] = torch.nan
    return values
