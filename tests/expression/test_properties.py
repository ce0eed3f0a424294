"""What holds for every formula, on trees that hypothesis builds over the whole table of operations."""

import math
import warnings

import numpy as np
import pytest
import scipy.special
import torch
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from torch import Tensor

from lib.expression import Expression, ExpressionError, parse
from lib.expression.functions import FUNCTIONS
from lib.expression.limits import MAX_CHARACTERS, MAX_EFFORT
from lib.expression.parser import Parser
from lib.expression.tree import Node, nesting
from lib.readings.tensor import evaluate
from tests.expression.strategies import CALLS, DIALECTS, Printer, expression, printed, trees

pytestmark = pytest.mark.slow

# The same examples each time, so that what passes here passes everywhere.
settings.register_profile(
    "formulas", derandomize=True, deadline=None, max_examples=300, suppress_health_check=list(HealthCheck)
)
FORMULAS = settings.get_profile("formulas")

X = torch.tensor([0.3, -1.7, 2.0, 0.0], dtype=torch.float64)


def read(text: str) -> Expression:
    """The expression; texts over a limit are not what these tests are about."""
    assume(len(text) <= MAX_CHARACTERS)
    try:
        return parse(text)
    except ExpressionError as error:
        if "more than" in error.message:  # operations, nesting or letters
            assume(False)
        raise


def test_trees_are_built_over_the_whole_table() -> None:
    assert set(CALLS) == FUNCTIONS.keys()


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("name", CALLS)
def test_every_function_printed_in_a_dialect_is_read_back(name: str, dialect: str) -> None:
    root = Node(name, tuple(Node("letter", (), letter) for letter in "xya"[: FUNCTIONS[name].most]))
    for turn in range(8):
        text = Printer(dialect, lambda options, turn=turn: options[turn % len(options)]).text(root)
        assert parse(text) == expression(root)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_tree_printed_in_a_dialect_is_read_back(dialect: str) -> None:
    @settings(FORMULAS)
    @given(printed(dialect))
    def holds(pair: tuple[str, Node]) -> None:
        text, root = pair
        assert read(text) == expression(root)

    holds()


@settings(FORMULAS)
@given(trees(noise=True))
def test_canonical_text_is_read_back(root: Node) -> None:
    formula = expression(root)
    text = formula.canonical()
    assert read(text) == formula
    assert read(text).canonical() == text


@settings(FORMULAS)
@given(trees(noise=True))
def test_latex_text_is_read_back(root: Node) -> None:
    """But ⌊a/b⌋, which typesets both a//b and floor(a/b), is read as the latter: the same operations."""
    formula = expression(_spelt_out(root))
    assert read(formula.latex()) == formula
    assert read(expression(root).latex()) == formula


def _spelt_out(node: Node) -> Node:
    operands = tuple(_spelt_out(o) for o in node.operands)
    if node.operation == "floordiv":
        return Node("floor", (Node("div", operands, None, node.shape),), None, node.shape)
    return Node(node.operation, operands, node.value, node.shape)


@settings(FORMULAS)
@given(trees(size=30))
def test_nesting_is_never_less_than_the_parser_needs_for_the_canonical_text(root: Node) -> None:
    formula = expression(root)
    deepest = _Depths(formula.canonical()) if len(formula.canonical()) <= MAX_CHARACTERS else None
    assume(deepest is not None)
    deepest.expression()
    assert deepest.deepest <= 1 + nesting(formula.program)


class _Depths(Parser):
    """A parser that remembers how deep it was."""

    deepest = 0

    def expression(self, power: int = 0) -> Node:
        self.deepest = max(self.deepest, self.depth + 1)
        return super().expression(power)


def _values(formula: Expression) -> dict[str, Tensor | float]:
    """A tensor for each letter, one number for those that bound sums."""
    two = torch.tensor(2.0, dtype=torch.float64)
    values: dict[str, Tensor | float] = {"x": X}
    for i, name in enumerate(formula.names):
        values[name] = two if name in formula.bounds else X + 0.25 * i
    return values


def _run(source: str, scope: dict[str, object]) -> object:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return eval(source, scope)
    except OverflowError:
        assume(False)  # 1e300**i in a sum: a power of Python's numbers is an exception where the formula has inf
        raise


def _of_the_shape(value: Tensor, formula: Expression, shape: torch.Size) -> Tensor:
    """Components without letters, or a sum without terms, have no points: they are the same at each."""
    if formula.shape is not None and value.dim() == 1:
        value = value.reshape(-1, *[1] * (len(shape) - 1))
    return value.expand(shape)


@settings(FORMULAS)
@given(trees())
def test_torch_source_gives_the_value_bit_for_bit(root: Node) -> None:
    formula = expression(root)
    values = _values(formula)
    value = _evaluated(formula, values)
    found = torch.as_tensor(_run(formula.code("torch"), {"torch": torch, "math": math, **values}), dtype=torch.float64)
    found = _of_the_shape(found, formula, value.shape)
    assert torch.equal(value.isnan(), found.isnan())
    assert torch.equal(value[~value.isnan()], found[~found.isnan()])


@settings(FORMULAS)
@given(trees(size=6))
def test_numpy_source_runs(root: Node) -> None:
    formula = expression(root)
    values = {k: v.numpy() if isinstance(v, Tensor) else v for k, v in _values(formula).items()}
    value = _evaluated(formula, _values(formula))
    scope = {"np": np, "math": math, "scipy": scipy, **values}
    found = torch.as_tensor(np.asarray(_run(formula.code("numpy"), scope), dtype=float))
    assert _of_the_shape(found, formula, value.shape).shape == value.shape


def _evaluated(formula: Expression, values: dict[str, Tensor | float]) -> Tensor:
    try:
        return evaluate(formula, values)
    except ExpressionError:  # sums of more terms than are allowed
        assume(False)
        raise


@settings(FORMULAS)
@given(st.sampled_from(CALLS), st.integers(8, 50))
def test_source_does_not_grow_faster_than_the_formula(name: str, depth: int) -> None:
    depth = min(depth, MAX_EFFORT // FUNCTIONS[name].effort - 2)
    rest = ", 2, 3"[: 3 * (FUNCTIONS[name].most - 1)]
    lengths = [len(parse(f"{name}(" * d + "x" + f"{rest})" * d).code()) for d in (depth, depth + 1)]
    assert lengths[1] - lengths[0] < 400


@settings(FORMULAS)
@given(trees(noise=True))
def test_equal_formulas_have_equal_hashes_names_and_shapes(root: Node) -> None:
    formula = expression(root)
    again = read(formula.canonical())
    assert hash(again) == hash(formula)
    assert set(again.names) == set(formula.names)
    assert again.shape == formula.shape
    assert again.random == formula.random
