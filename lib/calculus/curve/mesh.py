"""The samples of f, wherever it matters, that a curve and its features are taken from."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import torch
from torch import Tensor

from lib.calculus.curve.breaks import MOST, Breaks, Places, apart, find_breaks, find_places
from lib.calculus.curve.hidden import BETWEEN, between, hidden_peaks
from lib.calculus.curve.one_sided import LEVELS
from lib.calculus.curve.refine import refined, visible
from lib.calculus.curve.sampler import Sampler, sampler
from lib.calculus.curve.samples import evenly
from lib.calculus.curve.strokes import lifted
from lib.expression import Expression
from lib.expression.limits import MAX_ORDER
from lib.message import Message

SAMPLES = 1001  # one a pixel of a wide plot; odd, so that the middle of a symmetric window is a sample
MAX_SAMPLES = 2000  # with those added at features
PEAKS = 500  # of them, at the most, at peaks between even samples
EFFORT = 2 * (LEVELS + 1)  # points that a closer look at one place takes
REMEMBERED = 32  # meshes, of 64 kB mostly and 3 MB at the most

Values = tuple[tuple[str, float], ...]  # of letters, by name


@dataclass(frozen=True, eq=False)
class Mesh:
    """Samples of f, ..., f^(order) and one derivative more, with the breaks."""

    x: Tensor  # (n,)
    rows: Tensor  # (order + 2, components, n)
    breaks: Breaks | None  # None: there are no places to look at
    thinned: bool
    resolved: bool


def mesh(f: Sampler, window: tuple[float, float], order: int, count: int = SAMPLES) -> Mesh:
    """Samples of f in the window for orders 0 to 20, within one call's budget: half of it for even samples, a quarter
    each for breaks and for refinement; probes and peaks come on top, at a tenth each. Noise has even samples only."""
    if not window[0] < window[1]:
        raise ValueError(Message("Give the window as two numbers, the smaller first."))
    slopes = min(order + 1, MAX_ORDER)
    x = evenly(window, f.affordable(count, slopes, 1.0 if f.expression.random else 0.5))
    rows, thinned = f.rows(x, slopes), f.affordable(count, slopes, 0.5) < count
    if f.expression.random or len(x) < 2:
        return Mesh(x, rows, None, thinned, True)
    heights = visible(rows[:-1], window[1] - window[0])
    probes = between(x)[:, : f.affordable(BETWEEN * len(x), 0, 0.1) // len(x)]
    points = torch.cat([torch.cat([x[:-1, None], probes], 1).flatten(), x[-1:]])
    values, s = f.probe(points)
    places = find_places(f, points, values, s).first(f.affordable(MOST * EFFORT, slopes, 0.25) // EFFORT)
    places, room = apart(f, places, float(x[1] - x[0]))
    breaks = find_breaks(f, places, room, slopes) if len(places.left) else None
    inner = values[:, :-1].reshape(len(values), len(x) - 1, -1)[..., 1:]
    if probes.shape[1] and f.calls(1, slopes):
        more = hidden_peaks(f, x, rows, probes, inner, _free(x, places))[:PEAKS]
        x, by_x = torch.cat([x, more]).sort(stable=True)
        rows = torch.cat([rows, f.rows(more, slopes)], -1)[..., by_x]
    if breaks:
        x, rows = lifted(x, rows, breaks, window, heights[1] - heights[0])
    more_samples = f.affordable(max(0, MAX_SAMPLES - len(x)), slopes, 0.25)
    x, rows, resolved = refined(f, x, rows, heights, more_samples)
    return Mesh(x, rows, breaks, thinned, resolved and not len(places.overlooked))


def by_name(at: Mapping[str, float]) -> Values:
    """The values of letters as a key of what is remembered."""
    return tuple(sorted(at.items()))


@lru_cache(REMEMBERED)
def mesh_of(
    expression: Expression, window: tuple[float, float], order: int, variable: str, at: Values, count: int
) -> Mesh:
    """What `mesh` gives, remembered: a page asks again whenever a point is moved or something else is opened."""
    return mesh(sampler(expression, variable, dict(at)), window, order, count)


def _free(x: Tensor, places: Places) -> Tensor:
    """Which of the intervals between samples (n - 1,) hold no break and have no neighbour that does."""
    bound = torch.zeros(len(x) - 1)
    for place in (places.left, places.right):
        bound[(torch.searchsorted(x, place) - 1).clamp(0, len(x) - 2)] = 1.0
    return torch.nn.functional.max_pool1d(bound[None], 3, 1, 1)[0] == 0
