"""Derivatives by independent methods, and a verdict where they differ or can't be right."""

from lib.calculus.audit.audit import Audit, audit, raw_autograd

__all__ = ["Audit", "audit", "raw_autograd"]
