"""Where a sampled curve must not be joined: poles, jumps and ends of the domain."""

from collections.abc import Callable
from dataclasses import dataclass, fields, replace

import torch
from torch import Tensor

# x (n,) -> (rows, components, n): f, f', ... of each component of f.
Sampler = Callable[[Tensor], Tensor]

MISMATCH = 0.01  # of a row's height: a change that its slope doesn't explain, worth a closer look
STAYS = 0.25  # of that change must remain in the end to be a jump
PEAK = 0.9  # a pole without change of sign: the lower neighbour is below this fraction of the top
RESOLVED = 1e-3  # relative change that may remain in the end at the top of a resolved peak
PARTS, ROUNDS = 16, 7  # a jump keeps 1 part of 16, a peak 2: the interval shrinks 2^28 and 2^21 times
KINDS = 3  # ends of the domain, jumps, peaks
EFFORT = (PARTS + 1) * ROUNDS * KINDS  # samples that one closer look of each kind takes


@dataclass(frozen=True, eq=False)
class Suspects:
    """Intervals in which row `row` of component `component` may break; all fields (c,)."""

    row: Tensor
    component: Tensor
    index: Tensor  # of the sample at the interval's left end
    left: Tensor
    right: Tensor
    change: Tensor  # what must remain of a jump; infinite for an end of the domain
    peak: Tensor  # bool: look for the largest |f| instead of the largest change

    def pick(self, chosen: Tensor) -> "Suspects":
        """The chosen ones, by mask or index."""
        return Suspects(*(getattr(self, field.name)[chosen] for field in fields(self)))


def find_breaks(sample: Sampler, x: Tensor, values: Tensor, most: int) -> Suspects:
    """The breaks of all rows but the last of values (rows, components, n), each shrunk to a millionth of a pixel.

    Looks closer at `most` intervals of each kind (ends of the domain, jumps, peaks), those of low rows first. One
    break an interval and component: that of the lowest row, as f^(k) breaks wherever a lower one does.
    """
    found = _suspects(x, values, most)
    return found if not len(found.row) else _first_rows(_zoom(sample, found))


def _suspects(x: Tensor, values: Tensor, most: int) -> Suspects:
    f, slope = values[:-1], values[1:].nan_to_num()
    finite = torch.isfinite(f)
    known = f.where(finite, torch.nan)
    spread = known.nanquantile(torch.tensor([0.1, 0.5, 0.9], dtype=torch.float64), dim=-1)
    largest = f.abs().where(finite, 0.0).amax(-1)
    height = (spread[2] - spread[0]).nan_to_num()
    height = torch.where(height > 0, height, largest)[..., None]
    unexplained = (f.diff(dim=-1) - x.diff() * (slope[..., 1:] + slope[..., :-1]) / 2).abs()
    edges = finite[..., 1:] != finite[..., :-1]
    edges[1:] &= ~edges[:-1].cumsum(0).bool()
    jumps = unexplained > MISMATCH * height
    size = f.abs()
    lower, higher = torch.minimum(size[..., :-2], size[..., 2:]), torch.maximum(size[..., :-2], size[..., 2:])
    top, towers = size[..., 1:-1], ((f - spread[1][..., None]).abs() > height)[..., 1:-1]
    peaks = towers & (top >= higher) & (lower < PEAK * top)
    return _foremost(
        [
            _intervals(x, edges, torch.full_like(unexplained, torch.inf), 1),
            _intervals(x, jumps, unexplained, 1),
            _intervals(x, peaks, top, 2),
        ],
        most,
    )


def _intervals(x: Tensor, where: Tensor, change: Tensor, width: int) -> Suspects:
    """The suspects at the marked places of (rows, components, n - width)."""
    row, component, index = where.nonzero(as_tuple=True)
    peak = torch.full_like(index, width == 2, dtype=torch.bool)
    return Suspects(row, component, index, x[index], x[index + width], change[where], peak)


def _foremost(groups: list[Suspects], most: int) -> Suspects:
    """All groups in one; of each the lowest rows, and in a row the largest changes, if there are too many."""
    kept = []
    for group in groups:
        by_change = group.change.argsort(descending=True)
        kept.append(group.pick(by_change[group.row[by_change].argsort(stable=True)][:most]))
    return Suspects(*(torch.cat([getattr(group, field.name) for group in kept]) for field in fields(Suspects)))


def _zoom(sample: Sampler, s: Suspects) -> Suspects:
    """The true breaks among the suspects, with left and right close together."""
    parts = torch.linspace(0, 1, PARTS + 1, dtype=torch.float64)
    each = torch.arange(len(s.row))
    for _ in range(ROUNDS):
        x = s.left[:, None] + (s.right - s.left)[:, None] * parts
        x[:, -1] = s.right
        values = sample(x.flatten())
        f = values.reshape(*values.shape[:2], *x.shape)[s.row, s.component, each]
        at = torch.where(s.peak, _before_top(f), _steps(f).argmax(1))
        s = replace(s, left=x[each, at], right=x[each, at + 1 + s.peak.long()])
    step = _steps(f).amax(1)
    jump = (step > STAYS * s.change) | step.isinf()
    resolved = f.diff().abs().amax(1) <= RESOLVED * f.abs().amax(1)
    return s.pick(torch.where(s.peak, ~resolved, jump))


def _steps(f: Tensor) -> Tensor:
    """The size of the change to each next sample: infinite where f begins or ends, negative where it isn't defined."""
    finite = torch.isfinite(f)
    begins = finite[:, 1:] != finite[:, :-1]
    return f.diff().abs().where(finite[:, 1:] & finite[:, :-1], -1.0).masked_fill(begins, torch.inf)


def _before_top(f: Tensor) -> Tensor:
    """The place before the largest |f| that has two neighbours; undefined counts as infinite."""
    return f.abs().nan_to_num(torch.inf, torch.inf)[:, 1:-1].argmax(1)


def _first_rows(s: Suspects) -> Suspects:
    """Of the breaks in the same interval of the same component, that of the lowest row."""
    first: dict[tuple[int, int], int] = {}
    for place in s.row.argsort(stable=True).tolist():
        first.setdefault((int(s.component[place]), int(s.index[place])), place)
    return s.pick(torch.tensor(sorted(first.values()), dtype=torch.long))
