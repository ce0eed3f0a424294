"""A formula with its noise at its mean."""

from dataclasses import replace

from lib.expression import Expression

MEANS = {"rand": 0.5, "randn": 0.0}


def expected(expression: Expression) -> Expression:
    """The formula with every rand() as 0.5 and every randn() as 0; itself where it has none."""
    if not expression.random:
        return expression
    program = tuple(
        replace(step, operation="number", value=MEANS[step.operation]) if step.operation in MEANS else step
        for step in expression.program
    )
    return Expression(program, expression.source, expression.notes)
