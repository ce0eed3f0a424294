"""Powers of constants."""


def python_power(base: float, exponent: float) -> float:
    """base ** exponent as Python has it for floats, where its exceptions are inf and NaN."""
    try:
        result = float(base) ** float(exponent)
    except OverflowError:
        return float("-inf") if base < 0 and exponent % 2 == 1 else float("inf")
    except ZeroDivisionError:
        return float("inf")
    return result if isinstance(result, float) else float("nan")
