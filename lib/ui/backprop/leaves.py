"""What .grad of each leaf holds, beside the graph, in the step that is shown."""

from collections.abc import Sequence
from math import isfinite

from lib.calculus.tape import Kind, Node, Tape
from lib.calculus.tape.steps import Steps
from lib.figures.tape import SHOWN, value_text, values
from lib.locale import _
from lib.ui.letters import label_of
from lib.ui.results import table_html


def leaves_table(tape: Tape, of: Steps, step: int) -> str:
    """.grad of each leaf as HTML, None until the backward pass has come to it: a row for each point of a single leaf,
    else for each leaf."""
    leaves = [(k, node) for k, node in enumerate(tape.nodes) if node.kind is Kind.LEAF]
    if not leaves:
        return ""
    there = {node.name: step >= (of.reached(k) or 0) for k, node in leaves}
    rows: list[Sequence[float | str]] = [
        [label_of(n.name), held(n, "value"), held(n, "gradient") if there[n.name] else "None"] for _k, n in leaves
    ]
    if len(leaves) == 1 and leaves[0][1].value.numel() > 1:
        [(_place, leaf)] = leaves
        known = leaf.gradient if there[leaf.name] else None
        grads = ["None"] * leaf.value.numel() if known is None else known.tolist()
        rows = [[label_of(leaf.name), *map(_told, pair)] for pair in zip(leaf.value.tolist(), grads, strict=True)]
    return table_html(["", _("value"), ".grad"], rows, _("What .grad of each leaf holds in this step"), named_rows=True)


def _told(value: float | str) -> float | str:
    """As PyTorch says it, which is NaN where other tables have a dash."""
    return value if isinstance(value, str) or isfinite(value) else value_text(value)


def held(node: Node, of: str, shown: int = SHOWN) -> float | str:
    """Value or gradient of a node: a number in full, several as text, at most so many of them."""
    tensor = node.value if of == "value" else node.gradient
    if tensor is None:
        return "None"
    if tensor.numel() == 1 and not isinstance(tensor.item(), bool):
        return _told(float(tensor.item()))
    return values(tensor, shown)
