"""The code reading: Python source in PyTorch or NumPy."""

from lib.readings.code.printer import code, code_and_definitions

__all__ = ["code", "code_and_definitions"]
