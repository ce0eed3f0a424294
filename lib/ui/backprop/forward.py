"""Forward mode beside reverse mode."""

from collections.abc import Sequence

import torch

from lib.calculus.tape import Kind, Tape
from lib.calculus.tape.dual import costs, forward_pass
from lib.figures.tape import short, values
from lib.locale import _
from lib.ui.backprop.inputs import TapeInput
from lib.ui.backprop.mistakes import NO_LEAF
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import table
from lib.ui.typed import Typed

AT_ONCE = 200  # operations of all passes: some 50 ms


def show_forward(it: Typed, chosen: TapeInput, tape: Tape) -> None:
    """Every operation as a dual number, one column for each leaf, and what both modes cost."""
    leaves = {name: torch.tensor(row, dtype=torch.float64) for name, row in chosen.leaves}
    if not leaves:
        hint(NO_LEAF)
        return
    at = it.at | {name: torch.tensor(row, dtype=torch.float64) for name, row in chosen.still}
    size = sum(node.kind is Kind.OPERATION for node in tape.nodes)
    some = list(leaves)[: max(1, AT_ONCE // max(1, size))]
    passes = [forward_pass(it.function, leaves, name, at=at) for name in some]
    hint(
        _(
            "Forward mode moves one leaf by ε and computes with dual numbers v + v′ε, where ε² = 0: the derivative "
            "travels along with the value, and nothing is kept. One pass gives all derivatives by one leaf; one "
            "backward pass gives those of one output by all leaves."
        )
    )
    operations = [node for node in tape.nodes if node.kind is Kind.OPERATION and node.value.ndim == 1]
    rows: list[Sequence[float | str]] = [
        [label_of(name), _("leaf"), _cell(row), *(1.0 if run.by == name else 0.0 for run in passes)]
        for name, row in leaves.items()
    ]
    rows += [
        [
            label_of(node.name),
            short(node.formula.canonical()) if node.formula else "",
            _cell(node.value),
            *(_cell(run.tangents[k]) for run in passes),
        ]
        for k, node in enumerate(operations[: len(passes[0].tangents)])
    ]
    head = [_("node"), _("computed as"), _("value v"), *(_("v′ by {x}", x=label_of(run.by)) for run in passes)]
    table(head, rows, _("The operations on dual numbers"), named_rows=True)
    if len(some) < len(leaves):
        hint(_("The passes by the first {n} of {all} leaves are shown.", n=len(some), all=len(leaves)))
    if not all(run.torch for run in passes):
        hint(_("PyTorch has no forward rule for some of these operations; their local derivatives stand in for it."))
    outputs = it.function.shape or 1
    forward, reverse = costs(tape, outputs)
    counted: list[Sequence[float | str]] = [
        [_("forward, a pass for each leaf"), str(forward.passes), str(forward.products)],
        [_("reverse, a pass for each output"), str(reverse.passes), str(reverse.products)],
    ]
    table(["", _("passes"), _("multiplications")], counted, _("What both modes cost"), named_rows=True)
    hint(_("Counted are the multiplications by a local derivative, but for those by 1 and −1."))
    say(_verdict(forward.passes, reverse.passes))


def _cell(tensor: torch.Tensor) -> float | str:
    one = tensor.numel() == 1 and tensor.dtype != torch.bool
    return float(tensor.item()) if one else values(tensor)


def _verdict(leaves: int, outputs: int) -> str:
    if leaves > outputs:
        return _(
            "Fewer outputs than leaves, {k} < {n}: reverse mode is cheaper. A network has millions of leaves and one "
            "loss; this is why it learns by backward().",
            n=leaves,
            k=outputs,
        )
    if leaves < outputs:
        return _("Fewer leaves than outputs, {n} < {k}: forward mode is cheaper.", n=leaves, k=outputs)
    return _("As many leaves as outputs: both modes need the same number of passes.")
