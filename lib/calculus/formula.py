"""Formulas and exact values of derivatives, from SymPy in a worker: asked for here, computed there."""

from collections.abc import Hashable, Mapping, Sequence

import torch
from torch import Tensor

from lib import jobs
from lib.calculus.derivatives import NOTHING, derivatives
from lib.expression import Expression, parse
from lib.readings.symbolic.derivative import Formula, exact_partials, exact_values, formula, warm_up

LIMIT = 2.0  # seconds
AGREEMENT = 1e-6  # relative: what formulas lose to rounding stays far below, a wrong one far above

__all__ = ["Formula", "confirms", "exact_rows", "request_exact", "request_formula", "request_partials", "warm_up"]


def request_formula(
    expression: Expression,
    order: int = 1,
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    owner: Hashable = None,
) -> jobs.Job:
    """The job whose result is the Formula of f^(order), order 0 to 4.

    Only letters that bound sums are replaced by their values in `at`: the others stay letters.
    """
    bounds = {name: float(value) for name, value in at.items() if name in expression.bounds}
    return jobs.submit(formula, expression, order, variable, bounds, limit=LIMIT, owner=owner)


def request_exact(
    expression: Expression,
    points: Sequence[float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    owner: Hashable = None,
) -> jobs.Job:
    """The job whose result are f, f', f'' at the points by formulas, to 30 digits: three rows of texts."""
    return jobs.submit(exact_values, expression, tuple(points), 2, variable, dict(at), limit=LIMIT, owner=owner)


def request_partials(
    expression: Expression,
    point: Sequence[float],
    *,
    variables: Sequence[str],
    at: Mapping[str, float] = NOTHING,
    orders: int = 2,
    owner: Hashable = None,
) -> jobs.Job:
    """The job whose result are f and its partial derivatives of 1 or 2 orders at one point, to 30 digits."""
    call = (expression, tuple(point), tuple(variables), dict(at), orders)
    return jobs.submit(exact_partials, *call, limit=LIMIT, owner=owner)


def exact_rows(result: tuple[tuple[str, ...], ...]) -> Tensor:
    """The result of `request_exact` as doubles (3, n), for `audit`."""
    return torch.tensor([[float(text) for text in row] for row in result], dtype=torch.float64)


def confirms(
    found: Formula, expression: Expression, x: Tensor, *, variable: str = "x", at: Mapping[str, float] = NOTHING
) -> bool | None:
    """Whether the formula's values at x (n,) are those of the derivative; None where no point can tell.

    Points count where both are defined.
    """
    if found.text is None or not len(x):
        return None
    said = derivatives(parse(found.text), x, order=0, variable=variable, at=at)[0]
    rows = derivatives(expression, x, order=found.order, variable=variable, at=at)
    known = torch.isfinite(said) & torch.isfinite(rows[-1])
    size = rows.abs().amax(0)
    if said.ndim > 1:
        known, size = known.all(0), size.amax(0)
    if not known.any():
        return None
    gap = (said - rows[-1]).abs()
    return bool((gap <= AGREEMENT * size)[..., known].all())
