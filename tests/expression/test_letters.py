"""Which letters of a formula are variables."""

import pytest

from lib.expression.letters import split


@pytest.mark.parametrize(
    ("names", "least", "variables", "parameters"),
    [
        (("a", "x"), 1, ("x",), ("a",)),
        (("y", "x", "k"), 1, ("x", "y"), ("k",)),
        (("x_10", "x_2", "x"), 1, ("x", "x_2", "x_10"), ()),
        (("a", "b"), 1, ("a",), ("b",)),
        (("a", "b", "c"), 2, ("a", "b"), ("c",)),
        (("a", "x"), 2, ("x", "a"), ()),
        (("theta", "a"), 1, ("theta",), ("a",)),
        ((), 1, (), ()),
    ],
)
def test_variable_letters_come_first_and_others_fill_up(names, least, variables, parameters) -> None:
    assert split(names, least) == (variables, parameters)


def test_bounds_are_never_variables() -> None:
    assert split(("x", "n"), 2, {"n"}) == (("x",), ("n",))
    assert split(("n",), 1, {"n"}) == ((), ("n",))
