"""The function of a script as Python source."""

from collections.abc import Mapping, Sequence

from lib.expression import Expression
from lib.readings.code import code_and_definitions


def function_source(
    expression: Expression,
    variables: Sequence[str],
    at: Mapping[str, float],
    *,
    name: str = "f",
    apart: bool = False,
) -> tuple[str, str]:
    """What the function calls, and itself, of its variables; apart: a vector as the list of its components.

    The values of the other letters stand inside, where they meet no name of the script. They are Python's own numbers,
    with which x**a is computed as on the page, to the last bit; bounds of sums are whole.
    """
    others = [letter for letter in expression.names if letter not in variables]
    seed = int(at.get("seed", 0))
    source, definitions = code_and_definitions(expression, seed, variables[0], others, apart=apart)
    kinds = [int if letter in expression.bounds else float for letter in others]
    values = [f"    {letter} = {kind(at[letter])!r}\n" for letter, kind in zip(others, kinds, strict=True)]
    return definitions, f"def {name}({', '.join(variables)}):\n{''.join(values)}    return {source}\n"
