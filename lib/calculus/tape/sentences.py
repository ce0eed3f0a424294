"""What happens in a step as a line of mathematics, the chain rule with the numbers in it, in LaTeX."""

from math import isfinite, isinf, isnan

import torch
from torch import Tensor

from lib.calculus.tape.graph import Edge, Node, Tape
from lib.expression import Expression
from lib.expression.tree import Step
from lib.readings.latex import factor, letter

SHOWN = 3  # numbers of a tensor, and terms of a sum


def numbers(value: Tensor) -> str:
    """A tensor in LaTeX, to 6 digits: one number without brackets, many as the first ones and the last."""
    if value.numel() == 1:
        return number(value.item())
    if value.ndim > 1 and value.shape[-1] == 1:
        value = value.flatten()
    parts = [numbers(part) for part in value] if value.ndim > 1 else [number(part) for part in value.tolist()]
    if len(parts) > SHOWN:
        parts = [*parts[: SHOWN - 1], r"\dots", parts[-1]]
    return r"\left[" + r",\, ".join(parts) + r"\right]"


def number(value: float | bool) -> str:
    """A number in LaTeX, to 6 digits."""
    if isinstance(value, bool):
        return rf"\mathrm{{{value}}}"
    if isnan(value):
        return r"\mathrm{NaN}"
    if isinf(value):
        return r"\infty" if value > 0 else r"-\infty"
    digits, _, power = f"{value + 0.0:.6g}".partition("e")
    return rf"{digits} \cdot 10^{{{int(power)}}}" if power else digits


def forward_line(tape: Tape, place: int) -> str:
    """v_3 = v_1 + v_2 = 4 + 8 = 12"""
    node = tape.nodes[place]
    if node.formula is None:
        return rf"{name(node)} = {numbers(node.value)}"
    parts = [node.formula.latex()]
    put = _with_numbers(tape, place, node.formula)
    if put not in ("", *parts, numbers(node.value)):
        parts.append(put)
    if node.value.dtype == torch.bool:
        parts = [rf"\left({part}\right)" for part in parts]  # its own sign may be =
    return " = ".join([name(node), *parts, numbers(node.value)])


def backward_line(tape: Tape, place: int) -> str:
    """∂y/∂v_3 = ∂y/∂v_5 · ∂v_5/∂v_3 = 1 · 4x³ = 32; a sum of these where the node is used several times.

    The factor ∂y/∂y is left out.
    """
    node = tape.nodes[place]
    total = numbers(node.gradient) if node.gradient is not None else r"\mathrm{None}"
    left = _slope(tape.objective, name(node))
    if place == tape.root:
        return f"{left} = {total}"
    used = [edge for edge in tape.outgoing[place] if edge.passed is not None]
    if len(used) == 1:
        chain, flow, product = _term(tape, used[0])
        if _begins(tape, used[0]):  # ∂y/∂v_3 is the local derivative itself
            rule = used[0].rule
            chain, flow, product = left, rule.latex() if rule else left, total
        steps = [left, chain, flow, product, total]
        return " = ".join(part for i, part in enumerate(steps) if part and part != steps[i - 1])
    terms = [_term(tape, edge) for edge in used]
    chained = not any(_begins(tape, edge) for edge in used)
    return _sum_of(left, terms, [edge.passed for edge in used], total, chained=chained)


def _begins(tape: Tape, edge: Edge) -> bool:
    """Whether the edge leaves the objective itself, where the backward pass begins with 1."""
    return edge.target == tape.root and tape.nodes[edge.target].name == tape.objective


def _sum_of(
    left: str, terms: list[tuple[str, str, str]], passed: list[Tensor | None], total: str, *, chained: bool
) -> str:
    """Several ways to the objective: one line for the chain rule, one for the numbers that flow along each way.

    chained: False where a way leads from the objective itself, so that the first line would say ∂y/∂x = ∂y/∂x + …
    """
    more = r" + \dots" if len(terms) > SHOWN else ""
    lines = [
        *([" + ".join(chain for chain, _, _ in terms[:SHOWN]) + more] if chained else []),
        " + ".join(flow for _, flow, _ in terms[:SHOWN]) + more,
        " + ".join(_bracketed(numbers(p)) for p in passed if p is not None) + f" = {total}"
        if len(terms) <= 2 * SHOWN
        else total,
    ]
    return rf"\begin{{aligned}}{left} &= " + r" \\ &= ".join(lines) + r"\end{aligned}"


def _bracketed(text: str) -> str:
    return rf"\left({text}\right)" if text.startswith("-") else text


def name(node: Node) -> str:
    """A node's name in LaTeX."""
    return letter(node.name) if node.functions or node.formula else node.name


def _slope(objective: str, by: str) -> str:
    return rf"\frac{{\partial {letter(objective)}}}{{\partial {by}}}"


def _term(tape: Tape, edge: Edge) -> tuple[str, str, str]:
    """∂y/∂v_5 · ∂v_5/∂v_3, then 1 · 4x³, then 1 · 32."""
    source, target = tape.nodes[edge.source], tape.nodes[edge.target]
    came, used = target.gradient, name(target)
    local = _bracketed(numbers(edge.local)) if edge.local is not None else ""
    if target.operation == "vector" and came is not None:  # each component is a number of its own
        came, used, local = came[edge.operand], f"{used}_{{{edge.operand + 1}}}", "1"
    between = rf"\frac{{\partial {used}}}{{\partial {name(source)}}}"
    chain = rf"{_slope(tape.objective, used)} \cdot {between}"
    upstream = _bracketed(numbers(came)) if came is not None else ""
    if _begins(tape, edge):
        return between, factor(edge.rule) if edge.rule else local, local
    product = rf"{upstream} \cdot {local}"
    if edge.rule is None:
        return chain, product, product
    flow = rf"{upstream} \cdot {factor(edge.rule)}"
    return chain, flow, product if edge.rule.names else flow


def _with_numbers(tape: Tape, place: int, formula: Expression) -> str:
    """The formula with the values of its letters in it, where they are single numbers; a sum or mean with them all."""
    values = {tape.nodes[edge.source].name: tape.nodes[edge.source].value for edge in tape.incoming[place]}
    if tape.nodes[place].operation in ("total", "mean"):
        [whole] = values.values()
        return formula.latex().partition(r"\left(")[0] + numbers(whole)
    if tape.nodes[place].operation == "vector":
        return ""
    program: list[Step] = []
    for step in formula.program:
        value = values.get(str(step.value)) if step.operation == "letter" else None
        if value is None:
            program.append(step)
        elif value.numel() != 1 or isinstance(value.item(), bool) or not isfinite(value.item()):
            return ""
        else:
            program.append(Step("number", value=float(f"{abs(value.item()):.6g}")))
            program += [Step("neg", 1)] if value.item() < 0 else []
    return Expression(tuple(program), "").latex()
