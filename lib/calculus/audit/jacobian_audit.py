"""Values and Jacobian of a vector at a point by independent methods: every component in one audit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, nan

import torch

from lib.calculus.audit.audit import audit
from lib.calculus.audit.gradient_audit import (
    Agreement,
    Entry,
    Place,
    agreement,
    is_lost,
    largest,
    partial_differences,
    raw_partials,
)
from lib.calculus.audit.verdict import Finding
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.expression.components import component
from lib.message import Message

LOOKED_AT = 30  # components along variables: some 10 ms each


@dataclass(frozen=True, eq=False)
class JacobianAudit:
    """The entries, of place (k,) the value of component k, of (k, i) its derivative by x_i.

    along: what an audit finds of component k as a function of x_i alone, where it depends on it. whole: whether all
    of these were looked at, or only the first LOOKED_AT.
    """

    entries: tuple[Entry, ...]
    along: Mapping[tuple[int, int], Finding]
    whole: bool


def jacobian_audit(
    expression: Expression,
    point: Sequence[float],
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    formula: Mapping[Place, float] | None = None,
) -> JacobianAudit:
    """The audit at one point (d,); formula: exact values by place, if they are there.

    Raises ValueError for a scalar.
    """
    if expression.shape is None:
        raise ValueError(Message("A Jacobian's rows belong to a vector; this function has one value."))
    components = [component(expression, k) for k in range(expression.shape)]
    values = {**at, **dict(zip(variables, point, strict=True))}
    depends = [(k, i) for k, f in enumerate(components) for i, name in enumerate(variables) if name in f.names]
    along: dict[tuple[int, int], Finding] = {}
    for k, i in depends[:LOOKED_AT]:
        others = {name: value for name, value in values.items() if name != variables[i]}
        x = torch.tensor([point[i]], dtype=torch.float64)
        (along[k, i],) = audit(components[k], x, variable=variables[i], at=others).findings
    entries: list[Entry] = []
    for k, f in enumerate(components):
        exact = {place[1:]: value for place, value in (formula or {}).items() if place[0] == k}
        findings: dict[Place, Finding] = {(i,): finding for (row, i), finding in along.items() if row == k}
        entries += _entries(k, f, point, variables, at, exact, findings)
    return JacobianAudit(tuple(entries), along, len(depends) <= LOOKED_AT)


def _entries(
    k: int,
    f: Expression,
    point: Sequence[float],
    variables: Sequence[str],
    at: Mapping[str, float],
    exact: Mapping[Place, float],
    along: Mapping[Place, Finding],
) -> list[Entry]:
    """Of component k."""
    raw = {place: value for place, value in raw_partials(f, point, variables, at).items() if len(place) < 2}
    rough = partial_differences(f, point, variables, at, mixed=False)
    sizes = {order: largest(raw, exact, order) for order in range(2)}
    entries = []
    for place, autograd in raw.items():
        formula, (differences, error) = exact.get(place, nan), rough.get(place, (nan, inf))
        found = agreement(autograd, formula, differences, error, sizes[len(place)], max(sizes.values()))
        if place in along and found is Agreement.AGREES and not along[place].fine:
            found = Agreement.DOUBTFUL
        if place in along and is_lost(along[place], 1):
            differences = nan
        entries.append(Entry((k, *place), autograd, formula, differences, error, found))
    return entries
