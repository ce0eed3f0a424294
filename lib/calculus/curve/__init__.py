"""The curve of a function of one variable: its window, its samples, and what there is to see on it."""

from lib.calculus.curve.curve import Curve, curve

__all__ = ["Curve", "curve"]
