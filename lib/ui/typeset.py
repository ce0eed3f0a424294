"""Formulas for the visitor's eyes: the LaTeX that the core writes, with its one English word translated."""

from lib.locale import _

OTHERWISE = r"\text{otherwise}"


def typeset(latex: str) -> str:
    """The same LaTeX in the visitor's language. It is only to be seen: the parser reads the English word."""
    word = _("otherwise")
    return latex.replace(OTHERWISE, rf"\text{{{word}}}")
