"""Where the derivative of a single operation is PyTorch's convention, as the operation has a kink."""

import torch

from lib.calculus.tape.graph import Edge, Tape
from lib.readings.switches import SMOOTH
from lib.readings.tensor import evaluate

WITHOUT = SMOOTH | {"pow", "div"}  # their slopes are the same from both sides, or there are none
STEP = 1e-6  # over the size of the operand
APART = 1e-3  # over the size of the slopes: much more than STEP bends the graph of any smooth operation
JUMP = 1e-3  # over the size of the value: much more than a slope makes of STEP


def at_kink(tape: Tape, edge: Edge) -> bool:
    """Whether the operation's slopes by this operand differ on its two sides, at any of the points."""
    source, target = tape.nodes[edge.source], tape.nodes[edge.target]
    if target.operation in WITHOUT:
        return False
    beside = {tape.nodes[e.source].name: tape.nodes[e.source].value for e in tape.incoming[edge.target]}
    if edge.passed is None or target.formula is None or target.value.shape != source.value.shape:
        return False
    if any(value.dtype == torch.bool for value in beside.values()):  # a choice: its pieces are looked at themselves
        return False
    step = STEP * source.value.abs().clamp_min(1.0)
    below, here, above = (evaluate(target.formula, beside | {source.name: source.value + k * step}) for k in (-1, 0, 1))
    left, right = (here - below) / step, (above - here) / step
    rounding = 16 * torch.finfo(torch.float64).eps * here.abs() / step
    apart = (right - left).abs() > APART * (1 + left.abs() + right.abs()) + rounding
    joined = (above - below).abs().maximum((here - below).abs()) < JUMP * (1 + here.abs())
    return bool((apart & joined).any())
