"""Solutions of f(x) = y by methods that can be watched step by step."""

from lib.inverse.methods import METHODS
from lib.inverse.problem import Accuracy
from lib.inverse.proof.solutions import Break, Root, Solutions, solutions
from lib.inverse.solver import solve
from lib.inverse.status import Status
from lib.inverse.trace import Step, Trace

__all__ = ["METHODS", "Accuracy", "Break", "Root", "Solutions", "Status", "Step", "Trace", "solutions", "solve"]
