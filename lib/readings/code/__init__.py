"""The code reading: Python source in PyTorch or NumPy."""

from lib.readings.code.printer import code, code_and_functions

__all__ = ["code", "code_and_functions"]
