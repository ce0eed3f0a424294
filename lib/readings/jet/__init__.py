"""The jet reading: truncated Taylor series of torch tensors."""

from lib.readings.jet.taylor import jets, taylor

__all__ = ["jets", "taylor"]
