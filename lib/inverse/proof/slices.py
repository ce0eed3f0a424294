"""The search for all solutions, cut into slices for a worker."""

from collections.abc import Hashable, Mapping

from lib import jobs
from lib.expression import Expression
from lib.inverse.proof.proof import Proof
from lib.inverse.proof.search import Search
from lib.jobs.slices import LIMIT, for_a_while

CHUNK = 50  # boxes between two looks at the clock


def request_slice(
    expression: Expression, search: Search, y: float, variable: str, at: Mapping[str, float], owner: Hashable = None
) -> jobs.Job:
    """The job whose result is the search one slice further."""
    return jobs.submit(_slice, expression, search, y, variable, dict(at), limit=LIMIT, owner=owner)


def _slice(expression: Expression, search: Search, y: float, variable: str, at: Mapping[str, float]) -> Search:
    proof = Proof(expression, y, search.window, variable=variable, at=at)
    for_a_while(lambda: not proof.advance(search, CHUNK).over)
    return search
