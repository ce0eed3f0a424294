"""A search cut into slices for a worker, so that its progress shows and it can be stopped."""

from collections.abc import Hashable, Mapping, Sequence

from lib import jobs
from lib.calculus.critical.krawczyk import Enclosure
from lib.calculus.critical.lagrange import LagrangeEnclosure
from lib.calculus.critical.search import Search
from lib.expression import Expression
from lib.jobs.slices import LIMIT, for_a_while
from lib.readings.ball.hessian import HessianEnclosure

CHUNK = 20  # boxes between two looks at the clock


def advanced(
    expression: Expression, state: Search, budget: int, variables: Sequence[str], at: Mapping[str, float]
) -> Search:
    """The search after so many more boxes."""
    return state.advance(HessianEnclosure(expression, variables=variables, at=at), budget)


def advanced_on_curve(
    f: Expression, g: Expression, state: Search, budget: int, variables: Sequence[str], at: Mapping[str, float]
) -> Search:
    """The search on the curve g = 0 after so many more boxes."""
    return state.advance(LagrangeEnclosure(f, g, variables=variables, at=at), budget)


def request_slice(
    expression: Expression, state: Search, variables: Sequence[str], at: Mapping[str, float], owner: Hashable = None
) -> jobs.Job:
    """The job whose result is the search one slice further."""
    return jobs.submit(_slice, expression, state, tuple(variables), dict(at), limit=LIMIT, owner=owner)


def request_slice_on_curve(
    f: Expression,
    g: Expression,
    state: Search,
    variables: Sequence[str],
    at: Mapping[str, float],
    owner: Hashable = None,
) -> jobs.Job:
    """The job whose result is the search on the curve one slice further."""
    return jobs.submit(_slice_on_curve, f, g, state, tuple(variables), dict(at), limit=LIMIT, owner=owner)


def _slice(expression: Expression, state: Search, variables: Sequence[str], at: Mapping[str, float]) -> Search:
    return _for_a_while(HessianEnclosure(expression, variables=variables, at=at), state)


def _slice_on_curve(
    f: Expression, g: Expression, state: Search, variables: Sequence[str], at: Mapping[str, float]
) -> Search:
    return _for_a_while(LagrangeEnclosure(f, g, variables=variables, at=at), state)


def _for_a_while(enclosure: Enclosure, state: Search) -> Search:
    for_a_while(lambda: not state.advance(enclosure, CHUNK).over)
    return state
