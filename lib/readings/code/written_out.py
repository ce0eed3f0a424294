"""Functions written out once, beside the formula that calls them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class WrittenOut:
    """A function too long to be written out at each of its calls.

    cases: conditions, each with the value where it is the first to hold. steps: names and the values given to them.
    """

    parameters: str
    cases: tuple[tuple[str, str], ...]
    steps: Mapping[str, str]
    result: str

    def inline(self) -> str:
        """It as a lambda."""
        steps = ", ".join(f"{name} := ({text})" for name, text in self.steps.items())
        cases = "".join(f"{value} if {condition} else " for condition, value in self.cases)
        return f"lambda {self.parameters}: {cases}({steps}, {self.result})[-1]"
