"""The autograd tape: what one forward and one backward pass of torch did, operation by operation."""

from lib.calculus.tape.graph import Edge, Kind, Node, Tape
from lib.calculus.tape.record import CALLS, tape

__all__ = ["CALLS", "Edge", "Kind", "Node", "Tape", "tape"]
