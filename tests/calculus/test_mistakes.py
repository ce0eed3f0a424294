"""The mistakes: the lines that are shown do what is said of them, and the words use the names of the formula."""

import ast
import math
import warnings

import pytest
import torch

from lib.calculus.tape.mistakes import MISTAKES, make
from lib.expression import parse

FORMULAS = [
    "sin(x)^2",
    "a x y^2 + sin(a) where(a > 1, x, y)",
    "[x^2, 3x]",
    "x + rand()",
    "t exp(t)",
    "sum(x^k, k, 1, n)",
    "x^n/a^2",
    "x + f y",
    "x y z f g",
    "5",
    "log(-1)",
]
OTHERS = {"a": 0.5, "y": 3.0, "n": 3.0, "seed": 4.0, "f": 2.0, "g": 5.0, "z": 1.5}


def said_by(source):
    """What Python says to the lines, as a visitor who pastes them sees it."""
    scope = {"torch": torch, "math": math}
    *lines, last = ast.parse(source).body
    with warnings.catch_warnings(record=True) as warned:
        warnings.simplefilter("always")
        try:
            exec(ast.unparse(lines), scope)  # noqa: S102 the app itself wrote these lines
            shown = (eval if isinstance(last, ast.Expr) else exec)(ast.unparse(last), scope)
        except (RuntimeError, ValueError) as error:
            return f"{type(error).__name__}: {error}"
    said = "\n".join(f"{w.category.__name__}: {w.message}" for w in warned).partition(" (Triggered")[0]
    return said or ("" if shown is None else str(shown))


@pytest.mark.parametrize("text", FORMULAS)
@pytest.mark.parametrize("name", MISTAKES)
def test_the_lines_run_and_go_wrong_as_is_said(name, text):
    expression = parse(text)
    variable = expression.names[0] if expression.names[:1] == ("t",) else "x"
    at = {letter: value for letter, value in OTHERS.items() if letter in (*expression.names, "seed")}
    found = make(name, expression, torch.tensor([2.0]), variable=variable, at=at)
    assert said_by(found.source) == (found.said or found.shown)
    for words in (found.why, found.cure):
        assert "{" not in words


def test_the_words_have_the_names_of_the_formula():
    found = make("twice", parse("u y"), torch.tensor([2.0]), variable="u", at={"y": 3.0})
    assert "Compute z again" in found.cure and "u.grad then adds up" in found.cure
