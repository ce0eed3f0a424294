"""Gradient and Hessian at a point by independent methods, and what is found where they differ or can't be right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from math import inf, isfinite, nan

import torch
from torch import Tensor

from lib.calculus.audit.audit import audit
from lib.calculus.audit.differences import extrapolated, richardson
from lib.calculus.audit.verdict import Finding
from lib.calculus.derivatives import NOTHING, gradient
from lib.expression import Expression
from lib.message import Message
from lib.readings.tensor import evaluate

CLOSE = 1e-9  # of the largest entry of its order: autograd and the formula agree
ROUGH = 1e-6  # the same of differences, whose estimated error may be as much of the largest entry of all
SYMMETRIC = 1e-12  # of the largest entry: more is no rounding

Place = tuple[int, ...]  # () of f, (i,) of ∂f/∂x_i, (i, j) of the entry in row i and column j of the Hessian


class Agreement(Enum):
    """What is found of one entry."""

    AGREES = Message("agrees")
    DIFFERS = Message("differs")
    DOUBTFUL = Message("see above")  # as autograd and the formula may share a convention where there is no derivative
    UNDEFINED = Message("undefined")
    UNCHECKED = Message("unchecked")  # there is nothing to compare with


@dataclass(frozen=True)
class Entry:
    """One number by each method, NaN where a method has none. error: estimated, of the differences."""

    place: Place
    autograd: float
    formula: float
    differences: float
    error: float
    agreement: Agreement


@dataclass(frozen=True, eq=False)
class GradientAudit:
    """f, its gradient and its Hessian by autograd as torch returns them, by formulas and by differences.

    along: for each variable, what an audit finds of f as a function of that variable alone. gap: the largest
    difference of f_ij and f_ji by autograd, NaN where some are undefined; symmetric: whether rounding explains it.
    by_order: where it isn't symmetric, each (i, j) with f_ij and f_ji that differ as derivatives, not by rounding.
    """

    entries: tuple[Entry, ...]
    along: tuple[Finding, ...]
    gap: float
    symmetric: bool
    by_order: tuple[tuple[Place, float, float], ...] = ()


def gradient_audit(
    expression: Expression,
    point: Sequence[float],
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    formula: Mapping[Place, float] | None = None,
) -> GradientAudit:
    """The audit at one point (d,); formula: exact values of entries, with i <= j, if they are there.

    Raises ValueError for a vector.
    """
    if expression.shape is not None:
        raise ValueError(Message("A gradient belongs to a function with one value; this one is a vector."))
    values = {**at, **dict(zip(variables, point, strict=True))}
    raw = raw_partials(expression, point, variables, at)
    rough = partial_differences(expression, point, variables, at)
    along: list[Finding] = []
    for name, x in zip(variables, point, strict=True):
        others = {other: value for other, value in values.items() if other != name}
        along += audit(expression, torch.tensor([x], dtype=torch.float64), variable=name, at=others).findings
    known = dict(formula or {})
    sizes = {order: largest(raw, known, order) for order in range(3)}
    entries = []
    for place, autograd in raw.items():
        exact = known.get(tuple(sorted(place)), nan)
        differences, error = rough.get(tuple(sorted(place)), (nan, inf))
        found = agreement(autograd, exact, differences, error, sizes[len(place)], max(sizes.values()))
        if found is Agreement.AGREES and not all(along[i].fine for i in place):
            found = Agreement.DOUBTFUL
        if any(is_lost(along[i], place.count(i)) for i in place):
            differences = nan
        entries.append(Entry(place, autograd, exact, differences, error, found))
    count = len(variables)
    hessian = torch.tensor([[raw[i, j] for j in range(count)] for i in range(count)], dtype=torch.float64)
    gap, symmetric = symmetry(hessian)
    by_order = () if symmetric or not isfinite(raw[()]) else mixed_by_order(expression, point, variables, at)
    return GradientAudit(tuple(entries), tuple(along), gap, symmetric, by_order)


def is_lost(along: Finding, order: int) -> bool:
    """Whether there is certainly no derivative of that order along a variable: differences then are no estimate."""
    return along.verdict.lost <= order


def raw_partials(
    expression: Expression, point: Sequence[float], variables: Sequence[str], at: Mapping[str, float]
) -> dict[Place, float]:
    """f, f_i and f_ij at the point as torch.autograd returns them, whether or not they make sense."""
    columns = [torch.tensor([x], dtype=torch.float64, requires_grad=True) for x in point]
    value = evaluate(expression, {**at, **dict(zip(variables, columns, strict=True))}).expand(1)
    found: dict[Place, float] = {(): value.item()}
    for i, slope in enumerate(gradient(value, columns)):
        found[i,] = slope.item() + 0.0
        found |= {(i, j): bend.item() + 0.0 for j, bend in enumerate(gradient(slope, columns))}
    return dict(sorted(found.items(), key=lambda item: (len(item[0]), item[0])))


def partial_differences(
    expression: Expression,
    point: Sequence[float],
    variables: Sequence[str],
    at: Mapping[str, float],
    *,
    mixed: bool = True,
) -> dict[Place, tuple[float, float]]:
    """f_i, and f_ij with i <= j, from values of f alone by Richardson's extrapolation, each with its estimated error.

    f_ij comes from the second derivatives along x_i, x_j and the diagonal between them, if `mixed` ones are wanted.
    """
    places = dict(zip(variables, (torch.tensor(x, dtype=torch.float64) for x in point), strict=True))
    found: dict[Place, tuple[float, float]] = {}
    for i, name in enumerate(variables):
        others = {other: float(x) for other, x in places.items() if other != name}
        estimate, error = richardson(expression, places[name][None], variable=name, at={**at, **others})
        found[i,], found[i, i] = zip(estimate[:, 0].tolist(), error[:, 0].tolist(), strict=True)
    for i, first in enumerate(variables):
        for j in range(i + 1, len(variables) if mixed else 0):
            second = variables[j]

            def diagonal(t: Tensor, first: str = first, second: str = second) -> Tensor:
                moved = {name: x + t if name in (first, second) else x for name, x in places.items()}
                return evaluate(expression, {**at, **moved}).expand_as(t)

            estimate, error = extrapolated(diagonal, torch.zeros(1, dtype=torch.float64))
            (a, da), (b, db) = found[i, i], found[j, j]
            found[i, j] = (float(estimate[1, 0]) - a - b) / 2, (float(error[1, 0]) + da + db) / 2
    return found


def mixed_by_order(
    expression: Expression, point: Sequence[float], variables: Sequence[str], at: Mapping[str, float]
) -> tuple[tuple[Place, float, float], ...]:
    """Each (i, j), i < j, with f_ij and f_ji where they are known and differ: by differences of autograd's f_i along
    x_j, and of f_j along x_i, which needn't be defined at the point itself."""

    def change(i: int, j: int) -> tuple[float, float]:
        def slope(t: Tensor) -> Tensor:
            with torch.enable_grad():
                columns = [torch.full_like(t, x) + (t if k == j else 0.0) for k, x in enumerate(point)]
                columns = [column.requires_grad_() for column in columns]
                value = evaluate(expression, {**at, **dict(zip(variables, columns, strict=True))}).expand_as(t)
                found = gradient(value, columns, again=False)[i]
            return torch.where((t == 0) & ~found.isfinite(), 0.0, found)

        estimate, error = extrapolated(slope, torch.zeros(1, dtype=torch.float64))
        return float(estimate[0, 0]), float(error[0, 0])

    found = []
    for i in range(len(point)):
        for j in range(i + 1, len(point)):
            (a, da), (b, db) = change(i, j), change(j, i)
            if abs(a - b) > 10 * (da + db) + ROUGH * max(abs(a), abs(b)):
                found.append(((i, j), a, b))
    return tuple(found)


def symmetry(hessian: Tensor) -> tuple[float, bool]:
    """The largest |f_ij − f_ji| of a matrix (d, d), and whether rounding explains it; NaN and False where undefined."""
    gap = float((hessian - hessian.T).abs().max())
    return gap, gap <= SYMMETRIC * float(hessian.abs().max())


def largest(raw: Mapping[Place, float], known: Mapping[Place, float], order: int) -> float:
    """The largest entry of that order."""
    every = [*raw.items(), *known.items()]
    return max((abs(x) for place, x in every if len(place) == order and isfinite(x)), default=0.0)


def agreement(
    autograd: float, exact: float, differences: float, error: float, size: float, overall: float
) -> Agreement:
    """size: the largest entry of its order; overall: of all, as differences of f carry f's rounding errors."""
    if isfinite(exact):
        close = isfinite(autograd) and abs(autograd - exact) <= CLOSE * size
        return Agreement.AGREES if close else Agreement.DIFFERS
    estimated = isfinite(differences) and isfinite(error)
    if not isfinite(autograd):
        return Agreement.UNDEFINED
    if not estimated or error > ROUGH * overall:
        return Agreement.UNCHECKED
    return Agreement.AGREES if abs(autograd - differences) <= 10 * error + ROUGH * size else Agreement.DIFFERS
