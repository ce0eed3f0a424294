"""The code reading: Python source in PyTorch or NumPy that computes the formula.

The PyTorch source does what lib/readings/tensor.py does, operation by operation, so that its values are bit-equal.
"""

from collections.abc import Collection
from dataclasses import replace

from lib.expression import Expression
from lib.expression.expression import Dialect
from lib.expression.tree import Program, bound_letters
from lib.readings.code.definitions import definitions
from lib.readings.code.vectors import VectorPrinter
from lib.readings.printing import Piece, fold


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
    printer = VectorPrinter(dialect, expression, seed, variable, numbers, in_line=True)
    source, functions = printer.stacked(_printed(printer, expression)), printer.functions
    if not functions:
        return source
    return f"(lambda {', '.join(functions)}: {source})({', '.join(f.inline() for f in functions.values())})"


def code_and_definitions(
    expression: Expression,
    seed: int = 0,
    variable: str = "",
    numbers: Collection[str] = (),
    *,
    apart: bool = False,
) -> tuple[str, str]:
    """The expression in PyTorch, and definitions of the functions that it calls, to stand before it: derivatives of
    the expression are bit-equal, too. apart: a vector as the list of its components."""
    printer = VectorPrinter("torch", expression, seed, variable, numbers, in_line=False)
    piece = _printed(printer, expression)
    if apart and piece.components:
        source = f"[{', '.join(map(printer.tensor, piece.components))}]"
    else:
        source = printer.stacked(piece)
    return source, definitions(printer.own)


def _printed(printer: VectorPrinter, expression: Expression) -> Piece:
    lines = {name: printer.applied(line) for name, line in printer.lines().items()} | printer.whole()
    return fold(_indexed(expression.program), lines, printer.applied(printer.call))


def _indexed(program: Program) -> Program:
    """The program with the letters that sums run over marked: they are numbers of Python's."""
    bound = bound_letters(program)
    return tuple(
        replace(step, operation="index") if step.operation == "letter" and step.value in inside else step
        for step, inside in zip(program, bound, strict=True)
    )
