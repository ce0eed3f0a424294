"""How fast a run converges: its errors, their ratios, and the order that they show."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite, log, nan

from lib.inverse.problem import RELATIVE
from lib.inverse.proof.label import Label
from lib.inverse.proof.solutions import Solutions
from lib.inverse.trace import Trace

NOISE = 32 * RELATIVE  # of the largest |x|: smaller errors are rounding
SAME = 1e3  # a proved solution so many times the run's own error away is the one that it found
HIGHEST = 3.5  # an order above is chance: no method here has one above 3
LINEAR = 0.8, 1.2  # errors that rise now and then show an order only if it is 1, as those of bisection do


@dataclass(frozen=True)
class Convergence:
    """errors: |x_k − x*| for each step, NaN where no solution x* is known; ratios: each error over the one before.

    order: the p in error_{k+1} ≈ C · error_k^p that the errors above rounding show, None if they show none.
    """

    errors: tuple[float, ...]
    order: float | None

    @property
    def ratios(self) -> tuple[float, ...]:
        """NaN for the first, and after an error of 0."""
        return nan, *(b / a if a else nan for a, b in pairwise(self.errors))


def convergence(trace: Trace, solution: float | None) -> Convergence:
    """The errors of the run with respect to a solution, see `destination`."""
    if solution is None:
        return Convergence((nan,) * len(trace.steps), None)
    errors = tuple(abs(step.x - solution) for step in trace.steps)
    size = max([abs(solution), *(abs(step.x) for step in trace.steps if isfinite(step.x))], default=0.0)
    return Convergence(errors, observed_order(errors, NOISE * min(size, 1e3 * abs(solution) or size)))


def destination(trace: Trace, found: Solutions | None) -> float | None:
    """The solution that the run went to: the proved one next to its end, or its end, as on a stretch of solutions.
    Where it found none, the solution nearest to its last x, None if there are none."""
    if found and any(root.status is Label.STRETCH and root.low <= trace.x <= root.high for root in found.roots):
        return trace.x
    ends = [root.x for root in found.roots if root.certain] if found else []
    nearest = min(ends, key=lambda x: abs(x - trace.x), default=None) if isfinite(trace.x) else None
    if not trace.status.found:
        return nearest
    reach = SAME * max(trace.error, RELATIVE * abs(trace.x))
    return nearest if nearest is not None and abs(nearest - trace.x) <= reach else trace.x


def observed_order(errors: Sequence[float], noise: float) -> float | None:
    """The slope of log error_{k+1} over log error_k, by least squares on the later half of the errors above the noise:
    on the last three of a fast run. None where they are too few or don't shrink."""
    seen = []
    for error in errors:
        if not error > noise:
            break
        seen.append(log(error))
    pairs = list(pairwise(seen))
    pairs = pairs[-max(2, len(pairs) // 2) :]
    if len(pairs) < 2 or not pairs[-1][1] < pairs[0][0]:
        return None
    x, y = ([pair[k] for pair in pairs] for k in (0, 1))
    middle, centre = sum(x) / len(x), sum(y) / len(y)
    spread = sum((a - middle) ** 2 for a in x)
    order = sum((a - middle) * (b - centre) for a, b in pairs) / spread if spread else nan
    falling = all(b < a for a, b in pairs)
    return order if (LINEAR[0] < order < (HIGHEST if falling else LINEAR[1])) else None
