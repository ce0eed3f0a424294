"""What scripts call, with arguments of every kind: the numbers that they stand for, or a ValueError of our own."""

from decimal import Decimal
from fractions import Fraction
from functools import partial

import numpy as np
import pytest
import torch

from lib.calculus import critical_points, derivatives, jacobian, local_model, tape
from lib.expression import parse
from lib.inverse import METHODS, solutions, solve
from lib.message import Message


def from_a_bracket(expression, bracket, **others):
    return solve(expression, 1.0, "bisection", bracket=bracket, **others)


def from_a_start(expression, start, **others):
    return solve(expression, 1.0, "newton", start=start, **others)


def in_a_window(expression, window, **others):
    return solutions(expression, 1.0, window, **others)


F, G, V = parse("a x^2 + sin(x)"), parse("a x^2 + y^2"), parse("[x*y, a*x]")
ROW, POINTS, BOX = [1.0, 2.0], [[1.0, 2.0], [0.5, -1.0]], [[-1.0, 2.0], [-2.0, 2.0]]
CALLS = {
    "derivatives": (derivatives, F, ROW),
    "derivatives by autograd": (partial(derivatives, mode="autograd"), F, ROW),
    "local_model": (local_model, G, POINTS),
    "jacobian": (jacobian, V, POINTS),
    "critical_points": (critical_points, G, BOX),
    "tape": (partial(tape, reduction="sum"), F, ROW),
    "solve from a bracket": (from_a_bracket, F, [0.0, 5.0]),
    "solve from a start": (from_a_start, F, 1.0),
    "solutions": (in_a_window, F, [-3.0, 3.0]),
}
every_call = pytest.mark.parametrize("call", CALLS)
A = {"a": 2.0}


def refused(function, *arguments, **named):
    """The sentence is ours, not one of torch's, NumPy's or flint's."""
    with pytest.raises(ValueError) as found:
        function(*arguments, **named)
    assert isinstance(found.value.args[0], Message), found.value


def same(found, expected):
    """Equal, with NaN for NaN and tensors for what holds them."""
    assert repr(getattr(found, "__dict__", found)) == repr(getattr(expected, "__dict__", expected))


NO_NUMBERS = {
    "text": "abc", "texts": ["1", "2"], "a ragged list": [[1, 2], [3]], "a set": {1, 2}, "a mapping": {"x": 1},
    "too large": [10**400, 1], "objects": np.array([1, None], dtype=object), "nothing": [None, None],
    "dates": np.array(["2020-01-01"], dtype="datetime64[D]"), "a complex tensor": torch.tensor([1 + 2j, 0]),
    "complex numbers": [1j, 2], "a complex array": np.array([1j, 2]), "no values": torch.empty(2, device="meta"),
    "too many dimensions": np.zeros((1, 2, 2, 2)),
}  # fmt: skip


@every_call
@pytest.mark.parametrize("kind", NO_NUMBERS)
def test_what_is_no_real_number_is_refused(call, kind):
    function, formula, _ = CALLS[call]
    refused(function, formula, NO_NUMBERS[kind], at=A)


KINDS = {
    "an array": np.array, "whole numbers": lambda given: np.array(given).round().astype(int).tolist(),
    "a reversed array": lambda given: np.flip(np.flip(np.array(given)).copy()), "a tensor": torch.tensor,
    "a tensor with a graph": lambda given: torch.tensor(given, requires_grad=True), "wide": np.longdouble,
    "a sparse tensor": lambda given: torch.tensor(given).to_sparse(),
    "fractions": lambda given: np.vectorize(Fraction, otypes=[object])(np.array(given)),
    "decimals": lambda given: np.vectorize(Decimal, otypes=[object])(np.array(given)),
}  # fmt: skip


@every_call
@pytest.mark.parametrize("kind", KINDS)
def test_numbers_of_every_kind_are_taken_for_what_they_are(call, kind):
    function, formula, given = CALLS[call]
    if kind == "whole numbers":
        given = np.array(given).round().tolist()
    same(function(formula, KINDS[kind](given), at=A), function(formula, given, at=A))


@every_call
@pytest.mark.parametrize(
    "at", [None, [("a", 1)], {}, {"b": 2}, *({"a": a} for a in (None, "q", 1j, [1, 2], 10**400, torch.ones(3)))]
)
def test_a_letter_without_one_number_is_refused(call, at):
    function, formula, given = CALLS[call]
    refused(function, formula, given, at=at)


@every_call
@pytest.mark.parametrize("a", [2, np.float32(2), Fraction(2), Decimal(2), torch.tensor(2), np.array([2.0]), True + 1])
def test_a_letter_has_any_kind_of_number(call, a):
    function, formula, given = CALLS[call]
    same(function(formula, given, at={"a": a}), function(formula, given, at=A))


@every_call
@pytest.mark.parametrize("formula", ["a x^2", None, 3, F.program])
def test_what_parse_has_not_read_is_refused(call, formula):
    function, _, given = CALLS[call]
    refused(function, formula, given, at=A)


@pytest.mark.parametrize("text", [None, 3, b"x", ["x"]])
def test_what_is_no_text_is_refused(text):
    refused(parse, text)


@every_call
@pytest.mark.parametrize("name", [None, 1, ["x"], "z"])
def test_a_variable_is_a_letter_of_the_formula(call, name):
    function, formula, given = CALLS[call]
    many = call in ("local_model", "jacobian", "critical_points")
    refused(function, formula, given, at=A, **({"variables": (name, "y")} if many else {"variable": name}))


@pytest.mark.parametrize("call", ["local_model", "jacobian", "critical_points"])
@pytest.mark.parametrize("variables", [None, 2, (), ("x",), ("x", "x"), ("x", "y", "z"), {"x", "y"}])
def test_variables_are_as_many_as_the_coordinates_and_named_once(call, variables):
    function, formula, given = CALLS[call]
    refused(function, formula, given, at=A | {"x": 1.0, "y": 1.0}, variables=variables)


@pytest.mark.parametrize("mode", ["taylor", "autograd"])
@pytest.mark.parametrize("order", [-1, 21, 2.5, 1.0, "2", None, [1], float("nan")])
def test_orders_are_whole_numbers_in_range(mode, order):
    refused(derivatives, F, ROW, order=order, at=A, mode=mode)


@pytest.mark.parametrize("word", ["x", None, 1, []])
def test_words_are_of_the_list(word):
    refused(derivatives, F, ROW, at=A, mode=word)
    refused(tape, F, ROW, at=A, reduction=word)
    refused(solve, F, 1.0, word, start=1.0, at=A)


@pytest.mark.parametrize("y", [None, "1", 1j, [1, 2], 10**400, float("nan"), float("inf"), torch.ones(2)])
@pytest.mark.parametrize("method", METHODS)
def test_a_target_is_one_finite_number(method, y):
    refused(solve, F, y, method, start=1.0, bracket=(0, 5), at=A)
    refused(solutions, F, y, (0, 5), at=A)


@pytest.mark.parametrize(
    "others",
    [*({"leaves": leaves} for leaves in ({"a": "q"}, {"a": [1.0]}, {"a": None}, None)), {"requires_grad": ["q"]},
     {"reduction": "given", "upstream": "q"}, {"reduction": "given", "upstream": [1j, 2]}],
)  # fmt: skip
def test_the_leaves_of_a_tape_are_rows_of_numbers(others):
    refused(tape, F, ROW, at=A, **others)


@pytest.mark.parametrize("seed", [None, "q", float("nan"), float("inf"), 2**70, 1j])
def test_a_seed_is_a_number_that_a_double_holds(seed):
    refused(derivatives, parse("x + rand()"), ROW, at={"seed": seed})


def test_no_points_have_no_numbers():
    assert derivatives(F, [], at=A).shape == (3, 0)
    assert derivatives(parse("[x, x^2]"), [], order=1, mode="autograd").shape == (2, 2, 0)
    model, matrix = local_model(G, np.zeros((0, 2)), at=A), jacobian(V, np.zeros((0, 2)), at=A)
    assert model.hessian.shape == (0, 2, 2) and matrix.matrix.shape == (0, 2, 2)
