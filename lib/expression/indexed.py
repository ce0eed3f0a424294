"""Sums and products over letters with the running letter as their subscript: x_i, i from 1 to 3, is x_1, x_2, x_3."""

from dataclasses import replace

from lib.expression.errors import ExpressionError
from lib.expression.limits import MAX_LETTERS, MAX_STEPS
from lib.expression.tree import Program, Step, extents, operands
from lib.expression.unroll import constant
from lib.message import Message


def written_out(program: Program) -> Program:
    """The program with such sums and products term by term.

    Raises ExpressionError where their bounds aren't known, OverflowError beyond limits.MAX_STEPS.
    """
    while (index := _first_indexed(program)) is not None:
        starts = extents(program)
        body, low, high = operands(program, starts, index)
        first, last = (_whole(constant(program[slice(*part)], {})) for part in (low, high))
        if not 0 <= first <= last < first + MAX_LETTERS:
            raise ExpressionError(
                Message("How many letters this sum runs over is not known, or more than {limit}.", limit=MAX_LETTERS),
                program[index].span,
                Message("Give it whole numbers as bounds, as in `sum(x_i^2, i, 1, 3)`."),
            )
        series = program[index]
        joined = Step("add" if series.operation == "sum" else "mul", 2, span=series.span)
        steps: list[Step] = []
        for k in range(first, last + 1):
            steps += [_term(step, str(series.value), k) for step in program[slice(*body)]]
            steps += [joined] * (k > first)
        program = (*program[: starts[index]], *steps, *program[index + 1 :])
        if len(program) > MAX_STEPS:
            raise OverflowError(MAX_STEPS)
    return program


def _whole(value: float | None) -> int:
    """The whole number that a bound is, −1 for any other and for none."""
    return -1 if value is None or value != int(value) else int(value)


def _first_indexed(program: Program) -> int | None:
    """The first sum or product whose body has a letter with the running one as its subscript."""
    series = [index for index, step in enumerate(program) if step.operation in ("sum", "prod")]
    if not series:
        return None
    starts = extents(program)
    for index in series:
        body = next(operands(program, starts, index))
        end = f"_{program[index].value}"
        if any(step.operation == "letter" and str(step.value).endswith(end) for step in program[slice(*body)]):
            return index
    return None


def _term(step: Step, letter: str, k: int) -> Step:
    if step.operation == "letter" and step.value == letter:
        return replace(step, operation="number", value=float(k))
    if step.operation == "letter" and str(step.value).endswith(f"_{letter}"):
        return replace(step, value=f"{str(step.value)[: -len(letter)]}{k}")
    return step
