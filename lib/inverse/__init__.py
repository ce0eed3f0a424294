"""Solutions of f(x) = y by methods that can be watched step by step."""

from lib.inverse.branches import Branch, Branches, branches
from lib.inverse.inverse_function import inverse_values
from lib.inverse.methods import METHODS
from lib.inverse.problem import Accuracy
from lib.inverse.proof.solutions import Break, Root, Solutions, solutions
from lib.inverse.solver import solve
from lib.inverse.status import Status
from lib.inverse.trace import Step, Trace

__all__ = [
    "METHODS",
    "Accuracy",
    "Branch",
    "Branches",
    "Break",
    "Root",
    "Solutions",
    "Status",
    "Step",
    "Trace",
    "branches",
    "inverse_values",
    "solutions",
    "solve",
]
