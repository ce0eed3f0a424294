"""What elementwise torch code does to its points, recorded once and repeated on block after block in fewer passes."""

from lib.calculus.passes.program import Output, Program, recorded

__all__ = ["Output", "Program", "recorded"]
