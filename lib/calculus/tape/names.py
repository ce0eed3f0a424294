"""Names for what the formula itself doesn't name, from the letters that it leaves free."""

from lib.expression import Expression


def free(expression: Expression, letters: str) -> str:
    """The first of the letters that the formula doesn't use; the first of all if it uses them all."""
    used = {name.partition("_")[0] for name in expression.names}
    return next((letter for letter in letters if letter not in used), letters[0])


def output_name(expression: Expression) -> str:
    """What the value of the function is called: y, unless that is one of its letters."""
    return free(expression, "yzfg")
