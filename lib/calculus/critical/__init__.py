"""All points of a box where the gradient vanishes, with proofs."""

from lib.calculus.critical.critical_points import critical_points, search
from lib.calculus.critical.point import Certificate, CriticalPoint, CriticalPoints
from lib.calculus.critical.search import Search

__all__ = ["Certificate", "CriticalPoint", "CriticalPoints", "Search", "critical_points", "search"]
