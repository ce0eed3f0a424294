"""A start and a bracket for whoever hasn't chosen one."""

from collections.abc import Mapping
from types import MappingProxyType

from lib.expression import Expression
from lib.inverse.methods import METHODS
from lib.inverse.problem import checked
from lib.inverse.scan import find_bracket, find_start

SURE = "chandrupatla"  # tells a solution from a pole or a jump, in few steps


def automatic_start(
    expression: Expression,
    y: float,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> float:
    """A place in the window where f has a value. A bad argument is a ValueError."""
    return find_start(checked(expression, y, window, variable, at), window)


def automatic_bracket(
    expression: Expression,
    y: float,
    window: tuple[float, float],
    *,
    variable: str = "x",
    at: Mapping[str, float] = MappingProxyType({}),
) -> tuple[float, float] | None:
    """A part of the window that holds a solution with a change of sign, near the automatic start; None if a scan meets
    none. A bad argument is a ValueError."""
    problem = checked(expression, y, window, variable, at)
    return find_bracket(problem, METHODS[SURE], window, find_start(problem, window))
