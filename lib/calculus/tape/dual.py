"""Forward mode: the same operations on dual numbers v + v' ε with ε² = 0, one pass for each input.

Source: A. Griewank, A. Walther, Evaluating Derivatives, SIAM 2008, doi 10.1137/1.9780898717761, chapter 3.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.autograd import forward_ad

from lib.calculus.derivatives import NOTHING
from lib.calculus.tape.alone import Single, alone
from lib.calculus.tape.graph import Edge, Kind, Tape
from lib.expression import Expression
from lib.readings.tensor import NOISE, Value, apply, noise, straight_line


@dataclass(frozen=True, eq=False)
class Pass:
    """One forward pass: the tangent of each operation on tensors, in the order of the tape, when `by` moves by ε.

    torch: whether torch.autograd.forward_ad has a rule for every operation; else the local derivatives stand in.
    """

    by: str
    tangents: tuple[Tensor, ...]
    torch: bool


@dataclass(frozen=True)
class Cost:
    """Passes, and multiplications by a local derivative in all of them; one that is always 1 or −1 costs none."""

    passes: int
    products: int


def forward_pass(
    expression: Expression, leaves: Mapping[str, Tensor], by: str, *, at: Mapping[str, float | Tensor] = NOTHING
) -> Pass:
    """The pass that differentiates by one of the leaves, (n,) each."""
    shape = leaves[by].shape
    plain = {name: torch.as_tensor(leaf, dtype=torch.float64).detach() for name, leaf in leaves.items()}
    tangents: list[Tensor] = []
    known = True
    with forward_ad.dual_level():
        moved = {name: _dual(leaf, torch.full_like(leaf, float(name == by))) for name, leaf in plain.items()}
        values = {**at, **moved}
        results: list[Value] = []
        for step in straight_line(expression, {**at, **plain}).operations:
            if step.name == "number":
                results.append(step.value)
            elif step.name == "letter":
                results.append(values[str(step.value)])
            elif step.name in NOISE:
                results.append(noise(step.name, step.value, at, shape))
            else:
                arguments = [results[k] for k in step.operands]
                try:
                    results.append(apply(step.name, arguments))
                except RuntimeError:  # torch has no forward rule for it
                    known = False
                    results.append(_by_rule(step.name, arguments))
                if isinstance(results[-1], Tensor):
                    tangents.append(_parts(results[-1])[1])
    return Pass(by, tuple(tangents), known)


def _dual(value: Tensor, tangent: Tensor) -> Tensor:
    dual: Tensor = forward_ad.make_dual(value, tangent)  # type: ignore[no-untyped-call]
    return dual


def _parts(dual: Tensor) -> tuple[Tensor, Tensor]:
    """The value and the tangent, zeros where there is none."""
    parts = forward_ad.unpack_dual(dual)  # type: ignore[no-untyped-call]
    none = parts.tangent is None
    return parts.primal.detach(), torch.zeros(dual.shape, dtype=torch.float64) if none else parts.tangent + 0.0


def _by_rule(name: str, arguments: list[Value]) -> Tensor:
    """The operation on dual numbers by the chain rule: each tangent times the local derivative."""
    plain = [_parts(a)[0] if isinstance(a, Tensor) else a for a in arguments]
    watched = [a.clone().requires_grad_() if isinstance(a, Tensor) and a.is_floating_point() else a for a in plain]
    [flows] = alone([Single(lambda *operands: apply(name, list(operands)), watched)])
    value = apply(name, plain)
    tangent = torch.zeros_like(value)
    for place, (local, _) in flows.items():
        tangent = tangent + local * _parts(arguments[place])[1]
    return _dual(value, tangent)


def costs(tape: Tape, outputs: int) -> tuple[Cost, Cost]:
    """Of forward mode, a pass for each leaf, and of reverse mode, a pass for each output."""
    edges = sum(_multiplies(edge) for edge in tape.edges)
    inputs = sum(node.kind is Kind.LEAF for node in tape.nodes)
    return Cost(inputs, inputs * edges), Cost(outputs, outputs * edges)


def _multiplies(edge: Edge) -> bool:
    """Whether a factor other than a constant 1 or -1 lies on the edge."""
    if edge.local is None:
        return False
    return bool(edge.rule and edge.rule.names) or not bool((edge.local.abs() == 1).all())
