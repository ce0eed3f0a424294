"""The point that a function opens with."""

from functools import lru_cache

import torch

from lib.expression import Expression
from lib.readings.tensor import evaluate
from lib.ui.inputs import first_point
from lib.ui.typed import Typed

ALIKE = (1.0, 0.5, 0.1, 2.0, 5.0, 0.0, -0.1, -1.0)  # places with all coordinates alike, in the order they are tried in


def first_place(it: Typed) -> str:
    """The point as text: the usual one, or where f is undefined there the first of some others where it is not."""
    if len(it.variables) == 1:
        return first_point(it)
    return ", ".join(f"{x:g}" for x in _first_defined(it.function, it.variables, tuple(sorted(it.at.items()))))


@lru_cache(maxsize=64)
def _first_defined(
    function: Expression, variables: tuple[str, ...], at: tuple[tuple[str, float], ...]
) -> tuple[float, ...]:
    count = len(variables)
    usual = (2.0, 3.0) if count == 2 else (1.0,) * count
    rising = tuple(1.0 + k for k in range(count))
    tried = [usual, *((x,) * count for x in ALIKE), rising, rising[::-1]]
    columns = torch.tensor(tried, dtype=torch.float64).unbind(1)
    try:
        values = evaluate(function, {**dict(at), **dict(zip(variables, columns, strict=True))})
    except ValueError:  # the page says why where it computes
        return usual
    defined = values.reshape(-1, len(tried)).isfinite().all(0).tolist()
    return next((place for place, known in zip(tried, defined, strict=True) if known), usual)
