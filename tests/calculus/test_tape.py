"""The tape against torch itself, mpmath, and the questions that people asked."""

import json
import operator
from collections import Counter
from math import isfinite
from pathlib import Path

import mpmath
import pytest
import torch

from lib.calculus import tape
from lib.calculus.tape import Kind
from lib.calculus.tape.dual import costs, forward_pass
from lib.calculus.tape.kinks import at_kink
from lib.calculus.tape.orders import recorded_orders
from lib.calculus.tape.sentences import backward_line, forward_line
from lib.calculus.tape.steps import steps
from lib.expression import parse
from lib.expression.functions import FUNCTIONS
from lib.readings.rules import RULES
from lib.readings.tensor import evaluate
from tests.readings.test_functions import CALLS, ORACLE, POINTS
from tests.readings.test_functions import _truth as truth

QUESTIONS = {q["id"]: q for q in json.loads((Path(__file__).parent.parent / "cases/questions.json").read_text("utf-8"))}
MORE = [
    "x^2+x^3+x^4",
    "where(x>0, sqrt(x), 0)",
    "1<x<2",
    "x^x",
    "(x+1)*2/x",
    "-x",
    "sum(x^k, k, 1, 4)",
    "sin(x)*sin(x)",
]
X = torch.tensor(POINTS, dtype=torch.float64)


def nodes_of_torch(y):
    """The names of all nodes behind y, by a walk of our own."""
    found, pending = set(), [y.grad_fn]
    while pending:
        node = pending.pop()
        if node is not None and node not in found:
            found.add(node)
            pending += [before for before, _ in node.next_functions]
    return Counter(node.name().rpartition("::")[2] for node in found)


@pytest.mark.parametrize("text", [*CALLS.values(), *MORE])
def test_the_nodes_are_those_of_torch(text):
    y = evaluate(parse(text), {"x": X.clone().requires_grad_()})
    drawn = Counter(name for node in tape(parse(text), X).nodes for name in node.functions)
    assert drawn == nodes_of_torch(y) or (y.grad_fn is None and drawn == {"AccumulateGrad": 1})


@pytest.mark.parametrize("text", [*CALLS.values(), *MORE])
@pytest.mark.parametrize("reduction", ["sum", "mean"])
def test_the_gradients_of_leaves_are_those_of_torch_to_the_bit(text, reduction):
    expression = parse(text)
    x = X.clone().requires_grad_()
    y = evaluate(expression, {"x": x})
    found = tape(expression, X, reduction=reduction)
    if not y.requires_grad:
        assert found.error
        assert found.leaves == {"x": None}
        return
    [truth] = torch.autograd.grad(getattr(y, reduction)(), x, materialize_grads=True)
    assert torch.equal(found.leaves["x"].nan_to_num(nan=-1e300), truth.nan_to_num(nan=-1e300))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_local_derivatives_agree_with_mpmath_and_with_their_formulas(name):
    found = tape(parse(CALLS[name]), X, reduction="sum")
    edges = [e for e in found.edges if found.nodes[e.source].name == "x" and e.local is not None]
    for edge in edges:
        exact = torch.tensor([truth(name, p, 1) for p in POINTS], dtype=torch.float64)
        defined = found.nodes[edge.target].value.isfinite()
        torch.testing.assert_close(edge.local[defined], exact[defined], rtol=1e-11, atol=1e-13)
        if edge.rule is not None:
            rule = evaluate(edge.rule, {"x": X})
            torch.testing.assert_close(rule[defined], exact[defined], rtol=1e-11, atol=1e-12)


TWO = {"add": "x + y", "sub": "x - y", "mul": "x y", "div": "x/y", "pow": "x^y"}
OF_TWO = {"add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "pow": operator.pow}


@pytest.mark.parametrize("name", [name for name, rules in RULES.items() if len(rules) > 1])
def test_rules_of_both_operands_agree_with_mpmath(name):
    points = [(0.7, 1.3), (2.6, 0.4), (1.9, 1.2)]
    x, y = (torch.tensor(row, dtype=torch.float64) for row in zip(*points, strict=True))
    found = tape(parse(TWO.get(name, f"{name}(x, y)")), x, leaves={"y": y}, reduction="sum")
    local = {found.nodes[e.source].name: e for e in found.edges if e.target == found.output and e.local is not None}
    for place, letter in enumerate("xy"):
        order = tuple(int(k == place) for k in (0, 1))
        exact = [float(mpmath.diff({**ORACLE, **OF_TWO}[name], tuple(map(mpmath.mpf, at)), order)) for at in points]
        truth = torch.tensor(exact, dtype=torch.float64)
        torch.testing.assert_close(local[letter].local, truth, rtol=1e-11, atol=1e-13)
        rule = evaluate(local[letter].rule, {"x": x, "y": y})
        torch.testing.assert_close(rule, truth, rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize("text", [text for text in MORE if "where" not in text and "<" not in text])
def test_what_flows_along_the_edges_adds_up_to_each_gradient(text):
    found = tape(parse(text), X.abs(), reduction="sum")
    for place, node in enumerate(found.nodes):
        passed = [edge.passed for edge in found.outgoing[place] if edge.passed is not None]
        if node.gradient is not None and place != found.root:
            torch.testing.assert_close(sum(passed), node.gradient)


@pytest.mark.parametrize("typed", QUESTIONS["powers-backward"]["typed"])
def test_the_question_of_powers(typed):
    question = QUESTIONS["powers-backward"]
    x = torch.tensor(question["points"], dtype=torch.float64)
    for reduction in ("sum", "mean"):
        found = tape(parse(typed), x, reduction=reduction)
        assert found.nodes[found.output].value.tolist() == question["values"]
        torch.testing.assert_close(found.leaves["x"].tolist(), question[f"gradient_of_{reduction}"], rtol=1e-15, atol=0)
        used = next(k for k, node in enumerate(found.nodes) if node.name == "x")
        assert len(found.outgoing[used]) == 3


def test_a_sum_of_n_powers():
    question = QUESTIONS["powers-sum-n"]
    x = torch.tensor(question["points"], dtype=torch.float64)
    found = tape(parse(question["typed"][1]), x, at={"n": 4.0}, reduction="sum")
    assert found.nodes[found.output].value.tolist() == question["values"]
    assert found.leaves["x"].tolist() == question["gradient_of_sum"]


def test_two_leaves():
    question = QUESTIONS["hessian"]
    x, y = (torch.tensor([value], dtype=torch.float64) for value in question["point"])
    found = tape(parse(question["typed"][0]), x, leaves={"y": y})
    assert [float(gradient) for gradient in found.leaves.values()] == question["gradient"]
    assert found.nodes[found.output].name == "z"


def test_no_node_has_the_name_of_a_letter():
    letters = "yzfgvwuhq"
    found = tape(parse(" + ".join(letters)), torch.ones(1), variable="y", at=dict.fromkeys(letters[1:], 1.0))
    names = [node.name for node in found.nodes]
    assert len(set(names)) == len(names)


def test_noise_alone_is_the_output():
    found = tape(parse("rand()"), torch.ones(2))
    assert [node.name for node in found.nodes] == ["x", "y"]
    assert found.call == "y.backward()"


def test_a_vector_refuses_backward_until_it_gets_a_gradient():
    x = torch.tensor([1.0, 2.0, 3.0])
    refused = tape(parse("x^2"), x)
    assert refused.error == "grad can be implicitly created only for scalar outputs"
    assert refused.leaves == {"x": None}
    assert refused.order == ()
    given = tape(parse("x^2"), x, reduction="given", upstream=torch.tensor([1.0, 0.0, 10.0]))
    assert given.leaves["x"].tolist() == [2, 0, 60]
    mistaken = tape(parse("x^2"), x, reduction="given", upstream=torch.ones(2))
    assert mistaken.error.startswith("Mismatch in shape: grad_output[0] has a shape of torch.Size([2])")
    assert mistaken.leaves == {"x": None}


def test_parameters_and_constants_have_no_gradient():
    found = tape(parse("a x^2 + 3 pi"), torch.tensor([2.0]), at={"a": 5.0})
    kinds = {node.name: node.kind for node in found.nodes}
    assert kinds == {
        "x": Kind.LEAF, "a": Kind.PARAMETER, "2": Kind.CONSTANT, "3*pi": Kind.CONSTANT,
        "v_1": Kind.OPERATION, "v_2": Kind.OPERATION, "y": Kind.OPERATION,
    }  # fmt: skip
    assert all(node.gradient is None for node in found.nodes if node.kind in (Kind.PARAMETER, Kind.CONSTANT))


def test_without_a_leaf_there_is_no_tape():
    found = tape(parse("x y"), torch.tensor([2.0]), leaves={"y": torch.tensor([3.0])}, requires_grad=())
    assert found.error == "element 0 of tensors does not require grad and does not have a grad_fn"
    assert found.leaves == {}
    half = tape(parse("x y"), torch.tensor([2.0]), leaves={"y": torch.tensor([3.0])}, requires_grad=("y",))
    assert [float(gradient) for gradient in half.leaves.values()] == [2]


def test_what_a_node_keeps_has_the_name_that_the_formula_has_for_it():
    found = tape(parse("a x + max(x^2, 2)"), torch.tensor([2.0]), at={"a": 5.0})
    assert {node.name: node.saved for node in found.nodes if node.saved} == {
        "v_1": ("a",), "v_2": ("x",), "v_3": ("2", "v_2"),
    }  # fmt: skip


def test_components_of_a_vector_are_stacked():
    found = tape(parse("[x^2, 3x]"), torch.tensor([2.0]), reduction="sum")
    assert found.nodes[found.output].functions == ("StackBackward0",)
    assert found.leaves["x"].tolist() == [7]


@pytest.mark.parametrize("text", ["x**2 + 3*sin(x)", "x**2+3*sin(x)"])
def test_every_part_points_at_its_text(text):
    found = tape(parse(text), torch.tensor([2.0]))
    parts = {node.name: text[slice(*node.span)] for node in found.nodes if node.span}
    assert parts == {"v_1": "x**2", "v_2": "sin(x)", "v_3": "3*sin(x)", "y": text}


def test_the_steps_in_words_of_mathematics():
    found = tape(parse("x^2+x^3+x^4"), torch.tensor([2.0]))
    taken = steps(found)
    assert taken.last == 11
    assert forward_line(found, taken.node(3)) == "v_{3} = v_{1} + v_{2} = 4 + 8 = 12"
    last = backward_line(found, taken.node(11))
    assert r"1 \cdot 2 x + 1 \cdot 3 x^{2} + 1 \cdot 4 x^{3}" in last
    assert "4 + 12 + 32 = 48" in last
    chain = backward_line(tape(parse("sin(x^2)"), torch.tensor([1.0])), 2)
    assert chain == r"\frac{\partial y}{\partial v_{1}} = \cos\left(v_{1}\right) = 0.540302"
    square = tape(parse("x*x"), torch.tensor([3.0]))
    assert backward_line(square, square.order[-1]).endswith(r"{\partial x} &= x + x \\ &= 3 + 3 = 6\end{aligned}")


@pytest.mark.parametrize(
    ("text", "reduction", "step", "line"),
    [
        (
            "[x^2, 3x]",
            "sum",
            8,
            r"{\partial y_{1}} \cdot \frac{\partial y_{1}}{\partial v_{1}} = 1 \cdot 1",
        ),
        ("x^2", "mean", 2, r"\operatorname{mean}\left(y\right) = \operatorname{mean}\left[4,\, 9\right] = 6.5"),
        ("2 rand()", "none", 1, r"y = 2 \, \operatorname{rand}\left(\right) = 1."),
        ("where(x == 2, 1, 0)", "none", 1, r"v_{1} = \left(x = 2\right) = \left(2 = 2\right) = \mathrm{True}"),
    ],
)
def test_lines_of_vectors_reductions_and_conditions(text, reduction, step, line):
    found = tape(parse(text), torch.tensor([2.0, 3.0][: 1 + (reduction == "mean")]), reduction=reduction)
    taken = steps(found)
    assert line in (backward_line if taken.is_backward(step) else forward_line)(found, taken.node(step))


@pytest.mark.parametrize(
    "text, at, kinks",
    [
        ("abs(x)", 0.0, True), ("relu(x)", 0.0, True), ("max(x, 1)", 1.0, True), ("abs(x)", 1.0, False),
        ("floor(x)", 1.0, False), ("exp(x)", 30.0, False), ("x + 1e9", 1.0, False), ("1/x", 1e-3, False),
    ],
)  # fmt: skip
def test_a_kink_of_an_operation_is_known_from_both_sides(text, at, kinks):
    found = tape(parse(text), torch.tensor([at]))
    assert any(at_kink(found, edge) for edge in found.edges) == kinks


def test_gradients_come_after_all_that_they_are_made_of():
    found = tape(parse("sin(x^2)*x + log(x)/x"), torch.tensor([2.0]))
    turns = [node.turn for node in found.nodes]
    for edge in found.edges:
        if edge.passed is not None:
            assert turns[edge.target] < turns[edge.source]


def test_a_masked_branch_passes_nan():
    found = tape(parse("where(x>0, sqrt(x), 0)"), torch.tensor([-1.0]))
    assert not isfinite(float(found.leaves["x"]))


@pytest.mark.parametrize("text", [*CALLS.values(), *MORE])
def test_forward_mode_by_dual_numbers_gives_the_same_derivative(text):
    found = tape(parse(text), X, reduction="sum")
    run = forward_pass(parse(text), {"x": X}, "x")
    operations = [n for n in found.nodes[: found.output + 1] if n.kind is Kind.OPERATION]
    assert len(run.tangents) == len(operations)
    if found.leaves["x"] is not None:
        finite = found.leaves["x"].isfinite()
        torch.testing.assert_close(run.tangents[-1][finite], found.leaves["x"][finite], rtol=1e-12, atol=1e-14)


def test_passes_are_counted_for_inputs_and_outputs():
    found = tape(parse("[x y, y z]"), torch.ones(1), leaves={"y": torch.ones(1), "z": torch.ones(1)}, reduction="sum")
    forward, reverse = costs(found, 2)
    assert (forward.passes, reverse.passes) == (3, 2)
    assert forward.products * 2 == reverse.products * 3
    circle = tape(parse("[cos(t), sin(t)]"), torch.ones(1), variable="t", reduction="sum")
    assert [cost.products for cost in costs(circle, 2)] == [2, 4]  # not those by 1


def test_the_graph_grows_by_order():
    orders = recorded_orders(parse("3x^2 + 5x + 6exp(x)"), torch.tensor([2.0]))
    question = QUESTIONS["second-derivative"]
    assert [float(o.value) for o in orders[:3]] == pytest.approx(
        [question["values"][0], question["first"][0], question["second"][0]], rel=1e-14
    )
    assert set(orders[1].made) == {0, 1}
    x = torch.tensor([2.0], requires_grad=True)
    y = 3 * x**2 + 5 * x + 6 * torch.exp(x)
    [g] = torch.autograd.grad(y, x, torch.ones_like(y), create_graph=True)
    assert [Counter(order.functions) for order in orders[:2]] == [nodes_of_torch(y), nodes_of_torch(g)]


@pytest.mark.parametrize("text", ["x^2", "x", "sin(x)^2", "x^2+x^3+x^4"])
def test_the_graph_of_f_has_the_nodes_that_its_tape_has(text):
    on_the_tape = [name for node in tape(parse(text), torch.tensor([2.0])).nodes for name in node.functions]
    [f, *_] = recorded_orders(parse(text), torch.tensor([2.0]))
    assert sorted(f.functions) == sorted(on_the_tape)


def test_orders_end_with_the_first_constant_derivative():
    orders = recorded_orders(parse("x^2"), torch.tensor([2.0]))
    assert [float(o.value) for o in orders] == [4, 4, 2, 0]
    sizes = [len(o.functions) for o in recorded_orders(parse("sin(x) exp(x)"), torch.tensor([2.0]))]
    assert sizes == sorted(sizes)
    large = recorded_orders(parse("prod(sin(x + k), k, 0, 19)"), torch.tensor([2.0]))
    assert len(large) < 6
