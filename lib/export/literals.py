"""The values of a formula's other letters as Python source."""

from collections.abc import Mapping, Sequence

from lib.expression import Expression


def assignments(expression: Expression, variables: Sequence[str], at: Mapping[str, float]) -> list[str]:
    """A line `letter = value` for each letter that isn't a variable, a whole number where it bounds a sum."""
    others = [name for name in expression.names if name not in variables]
    return [f"{name} = {int(at[name]) if name in expression.bounds else float(at[name])!r}" for name in others]
