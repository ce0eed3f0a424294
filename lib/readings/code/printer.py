"""The code reading: Python source in PyTorch or NumPy that computes the formula.

The PyTorch source does what lib/readings/tensor.py does, operation by operation, so that its values are bit-equal.
"""

from collections.abc import Collection
from dataclasses import replace

from lib.expression import Expression
from lib.expression.expression import Dialect
from lib.expression.tree import Program, bound_letters
from lib.readings.code.vectors import VectorPrinter
from lib.readings.code.written_out import WrittenOut
from lib.readings.printing import fold


def code(
    expression: Expression,
    dialect: Dialect = "torch",
    seed: int = 0,
    variable: str = "",
    numbers: Collection[str] = (),
) -> str:
    """One Python expression. In scope: `torch`, `math`; or `np`, `math`, `scipy.special`; its letters as arrays.

    variable: the letter whose shape noise has; x, or the first one, where it is not told. numbers: letters that are
    Python numbers. Functions that are written out once are arguments of a lambda around the formula.
    """
    source, functions = code_and_functions(expression, dialect, seed, variable, numbers)
    if not functions:
        return source
    return f"(lambda {', '.join(functions)}: {source})({', '.join(f.inline() for f in functions.values())})"


def code_and_functions(
    expression: Expression,
    dialect: Dialect = "torch",
    seed: int = 0,
    variable: str = "",
    numbers: Collection[str] = (),
    *,
    apart: bool = False,
) -> tuple[str, dict[str, WrittenOut]]:
    """The expression, and by name the functions that it calls and are written out beside it. apart: a vector as the
    list of its components."""
    printer = VectorPrinter(dialect, expression, seed, variable, numbers)
    lines = {name: printer.applied(line) for name, line in printer.lines().items()} | printer.whole()
    piece = fold(_indexed(expression.program), lines, printer.applied(printer.call))
    if apart and piece.components:
        return f"[{', '.join(map(printer.tensor, piece.components))}]", printer.functions
    return printer.stacked(piece), printer.functions


def _indexed(program: Program) -> Program:
    """The program with the letters that sums run over marked: they are numbers of Python's."""
    bound = bound_letters(program)
    return tuple(
        replace(step, operation="index") if step.operation == "letter" and step.value in inside else step
        for step, inside in zip(program, bound, strict=True)
    )
