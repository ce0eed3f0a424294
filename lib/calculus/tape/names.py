"""Names for what the formula itself doesn't name, from the letters that it leaves free."""

from string import ascii_lowercase, ascii_uppercase

from lib.expression import Expression


def free(expression: Expression, letters: str) -> str:
    """The first of the letters that the formula doesn't use; if it uses them all, another one, small or capital too."""
    used = {name.partition("_")[0] for name in expression.names}
    others = ascii_uppercase if letters.isupper() else ascii_lowercase  # a formula has at most 20
    return next(letter for letter in letters + others if letter not in used)


def output_name(expression: Expression) -> str:
    """What the value of the function is called: y, unless that is one of its letters."""
    return free(expression, "yzfg")
