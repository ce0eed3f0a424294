"""Derivatives at points, the tape behind them, curves with their features, the local model in several variables."""

from lib.calculus.critical import CriticalPoint, CriticalPoints, critical_points
from lib.calculus.curve import Curve, curve
from lib.calculus.curve.feature import Feature, Features, Kind
from lib.calculus.curve.features import features
from lib.calculus.curve.sketch import Sketch, sketch
from lib.calculus.curve.window import automatic_window
from lib.calculus.definiteness import Definiteness, SecondDerivativeTest
from lib.calculus.derivatives import derivatives
from lib.calculus.gradient_field import Field, gradient_field
from lib.calculus.grid import Grid, grid
from lib.calculus.jacobian import Jacobian, jacobian
from lib.calculus.local_geometry import LocalGeometry, graph_geometry, parametric_geometry
from lib.calculus.local_model import LocalModel, local_model
from lib.calculus.reduction import reduced_gradient
from lib.calculus.tape import Tape, tape
from lib.calculus.taylor import TaylorPolynomial, remainder, taylor_polynomial

__all__ = [
    "CriticalPoint",
    "CriticalPoints",
    "Curve",
    "Definiteness",
    "Feature",
    "Features",
    "Field",
    "Grid",
    "Jacobian",
    "Kind",
    "LocalGeometry",
    "LocalModel",
    "SecondDerivativeTest",
    "Sketch",
    "Tape",
    "TaylorPolynomial",
    "automatic_window",
    "critical_points",
    "curve",
    "derivatives",
    "features",
    "gradient_field",
    "graph_geometry",
    "grid",
    "jacobian",
    "local_model",
    "parametric_geometry",
    "reduced_gradient",
    "remainder",
    "sketch",
    "tape",
    "taylor_polynomial",
]
