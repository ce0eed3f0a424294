"""What there is to see on a curve, in words."""

from dataclasses import dataclass
from enum import Enum
from math import nan

import torch
from torch import Tensor

from lib.message import Message


class Kind(Enum):
    """The kind of a feature; its value is its name."""

    ROOT = Message("root")
    TOUCHING_ROOT = Message("touching root")
    ZERO_STRETCH = Message("zero throughout, as computed")
    MINIMUM = Message("minimum")
    MAXIMUM = Message("maximum")
    INFLECTION = Message("inflection point")
    KINK = Message("kink")
    CUSP = Message("cusp")
    VERTICAL_TANGENT = Message("vertical tangent")
    JUMP = Message("jump")
    GAP = Message("removable gap")
    POLE = Message("pole")
    VERTICAL_ASYMPTOTE = Message("vertical asymptote on one side")
    NO_LIMIT = Message("no limit found")
    DOMAIN_END = Message("end of the domain")
    OVERFLOW = Message("beyond here too large for double precision")
    HORIZONTAL_ASYMPTOTE = Message("horizontal asymptote")
    OBLIQUE_ASYMPTOTE = Message("oblique asymptote")


MOST = 100  # features of a kind that are listed
EVEN = 4.0  # places whose distances differ by no more than this factor are evenly spaced


def widest(x: Tensor, most: int) -> Tensor:
    """The indices, ascending, of at most so many of the places x (n,), ascending: those farthest from their neighbours,
    as the outermost of sin(1/x) are; of a wave that is evenly spaced, evenly chosen ones."""
    count = len(x)
    if count <= most:
        return torch.arange(count)
    gap = x.diff()
    room = torch.minimum(torch.cat([gap[:1], gap]), torch.cat([gap, gap[-1:]]))
    if room.amax() <= EVEN * room.median():
        return torch.linspace(0, count - 1, most, dtype=torch.float64).round().long()
    return room.argsort(descending=True, stable=True)[:most].sort().values


@dataclass(frozen=True)
class Feature:
    """One feature at x, found numerically in double precision, not proved."""

    kind: Kind
    x: float  # ±inf for a horizontal or oblique asymptote
    value: float  # f(x) or its limit; NaN where there is none; an asymptote y = slope·x + value
    low: float  # x lies between low and high, as a rule neighbouring numbers
    high: float
    before: float = nan  # the limits from the left and right: of f; at a kink, cusp or vertical tangent of f'
    after: float = nan
    slope: float = nan  # of a horizontal or oblique asymptote


@dataclass(frozen=True)
class Features:
    """The features in a window."""

    found: tuple[Feature, ...]  # by x; at most MOST of each kind
    more: frozenset[Kind]  # the kinds of which there are more
    resolved: (
        bool  # False: f has detail finer than the samples, or costs too much for all of them, so some may be missing
    )

    def of(self, *kinds: Kind) -> tuple[Feature, ...]:
        """Those of the given kinds."""
        return tuple(feature for feature in self.found if feature.kind in kinds)
