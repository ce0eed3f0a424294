"""Derivatives at points, the local model in several variables, and samples for plots."""

from lib.calculus.curve import Curve, curve
from lib.calculus.definiteness import Definiteness, SecondDerivativeTest
from lib.calculus.derivatives import derivatives
from lib.calculus.grid import Grid, grid
from lib.calculus.local_model import LocalModel, local_model
from lib.calculus.reduction import reduced_gradient

__all__ = [
    "Curve",
    "Definiteness",
    "Grid",
    "LocalModel",
    "SecondDerivativeTest",
    "curve",
    "derivatives",
    "grid",
    "local_model",
    "reduced_gradient",
]
