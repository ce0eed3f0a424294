"""Solutions of f(x) = y by methods that can be watched step by step."""

from lib.inverse.automatic import automatic_bracket, automatic_start
from lib.inverse.branches import Branch, Branches, branches
from lib.inverse.convergence import Convergence, convergence, destination
from lib.inverse.inverse_function import inverse_values
from lib.inverse.methods import METHODS
from lib.inverse.problem import TO_THE_LAST_DIGIT, Accuracy
from lib.inverse.proof.proof import solutions
from lib.inverse.proof.solutions import Break, Root, Solutions
from lib.inverse.solver import solve
from lib.inverse.status import Status
from lib.inverse.trace import Step, Trace

__all__ = [
    "METHODS",
    "TO_THE_LAST_DIGIT",
    "Accuracy",
    "Branch",
    "Branches",
    "Break",
    "Convergence",
    "Root",
    "Solutions",
    "Status",
    "Step",
    "Trace",
    "automatic_bracket",
    "automatic_start",
    "branches",
    "convergence",
    "destination",
    "inverse_values",
    "solutions",
    "solve",
]
