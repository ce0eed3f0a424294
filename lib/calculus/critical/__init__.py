"""All points of a box where the gradient vanishes, with proofs."""

from lib.calculus.critical.constrained import Constrained, ConstrainedPoint, constrained_points
from lib.calculus.critical.critical_points import critical_points, search
from lib.calculus.critical.point import Certificate, CriticalPoint, CriticalPoints
from lib.calculus.critical.search import Search

__all__ = [
    "Certificate",
    "Constrained",
    "ConstrainedPoint",
    "CriticalPoint",
    "CriticalPoints",
    "Search",
    "constrained_points",
    "critical_points",
    "search",
]
