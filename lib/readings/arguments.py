"""What a script hands over, as what it stands for: a ValueError says what to give instead."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lib.expression import Expression
from lib.message import Message


def formula(given: Any) -> Expression:
    """What `parse` has read."""
    if not isinstance(given, Expression):
        raise ValueError(Message("Give a formula that was read: {example}.", example='parse("x^2")'))
    return given


def numbers(given: Any) -> Tensor:
    """Real numbers of any shape as float64, apart from torch's graph."""
    try:
        if isinstance(given, Tensor):
            found = given.detach().to_dense().to("cpu", torch.float64) if not given.is_complex() else None
        else:
            found = _from_array(np.asarray(given))
    except (ArithmeticError, NotImplementedError, RuntimeError, TypeError, ValueError):
        found = None
    if found is None:
        raise ValueError(Message("Give real numbers: a tensor, an array or a list of them."))
    return found


def _from_array(given: np.ndarray[Any, Any]) -> Tensor | None:
    if given.dtype.kind == "O":  # such as fractions, whole numbers beyond 2^63, and what is no number
        return torch.tensor([float(value) for value in given.flat], dtype=torch.float64).reshape(given.shape)
    return torch.from_numpy(given.astype(np.float64)) if given.dtype.kind in "biuf" else None


def number(given: Any, name: str) -> float:
    """One real number."""
    if isinstance(given, float):
        return float(given)
    try:
        return numbers(given).item()
    except (RuntimeError, ValueError):
        raise ValueError(Message("Give `{name}` one real number.", name=name)) from None


def by_name(given: Any) -> Mapping[str, Any]:
    """What is given for each of some letters."""
    if not isinstance(given, Mapping):
        raise ValueError(Message("Give the values of the other letters by their names: {example}.", example='{"a": 2}'))
    return given


def letters(at: Any) -> dict[str, float]:
    """The values of letters."""
    return {name: number(value, name) for name, value in by_name(at).items()}


def names(variables: Any) -> tuple[str, ...]:
    """The names of the variables, each once."""
    found = tuple(variables) if isinstance(variables, Sequence) else ()
    if not found or not all(isinstance(name, str) for name in found) or len({*found}) < len(found):
        raise ValueError(Message("Name each variable once: {example}.", example='("x", "y")'))
    return found


def name(variable: Any) -> str:
    """The name of the variable."""
    if not isinstance(variable, str):
        raise ValueError(Message("Name each variable once: {example}.", example='"x"'))
    return variable
