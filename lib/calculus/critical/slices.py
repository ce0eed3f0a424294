"""A search cut into slices for a worker, so that its progress shows and it can be stopped."""

from collections.abc import Hashable, Mapping, Sequence

from lib import jobs
from lib.calculus.critical.lagrange import LagrangeEnclosure
from lib.calculus.critical.search import Search
from lib.expression import Expression
from lib.readings.ball_hessian import HessianEnclosure

SLICE = 800  # boxes: some 0.5 s
LIMIT = 10.0  # seconds


def advanced(
    expression: Expression, state: Search, budget: int, variables: Sequence[str], at: Mapping[str, float]
) -> Search:
    """The search after so many more boxes."""
    return state.advance(HessianEnclosure(expression, variables=variables, at=at), budget)


def request_slice(
    expression: Expression, state: Search, variables: Sequence[str], at: Mapping[str, float], owner: Hashable = None
) -> jobs.Job:
    """The job whose result is the search one slice further."""
    return jobs.submit(advanced, expression, state, SLICE, tuple(variables), dict(at), limit=LIMIT, owner=owner)


def advanced_on_curve(
    f: Expression, g: Expression, state: Search, budget: int, variables: Sequence[str], at: Mapping[str, float]
) -> Search:
    """The search on the curve g = 0 after so many more boxes."""
    return state.advance(LagrangeEnclosure(f, g, variables=variables, at=at), budget)


def request_slice_on_curve(
    f: Expression,
    g: Expression,
    state: Search,
    variables: Sequence[str],
    at: Mapping[str, float],
    owner: Hashable = None,
) -> jobs.Job:
    """The job whose result is the search on the curve one slice further."""
    call = (f, g, state, SLICE, tuple(variables), dict(at))
    return jobs.submit(advanced_on_curve, *call, limit=LIMIT, owner=owner)
