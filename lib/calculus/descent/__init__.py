"""The way down from a point, by several methods in one loop."""

from lib.calculus.descent.methods import METHODS
from lib.calculus.descent.path import Ending, Iterate, Path, descend

__all__ = ["METHODS", "Ending", "Iterate", "Path", "descend"]
