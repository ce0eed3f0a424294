"""The graph of a tape in Graphviz's language, which Streamlit draws in the browser.

Colours come from lib/ui/page.css by the classes written here, so that one graph serves both themes: the kind of a node,
f3 and b9 for the steps in which its value and its gradient arrive, part-0-4 for its place in the typed text.
"""

import re
from collections.abc import Iterable, Sequence
from math import isfinite

from torch import Tensor

from lib.calculus.tape import Edge, Kind, Node, Tape
from lib.calculus.tape.orders import Recorded
from lib.calculus.tape.steps import Steps
from lib.expression.letters import GREEK
from lib.figures.curve import order_name
from lib.figures.figure import Figure
from lib.figures.theme import framed, order_style

MOST = 60  # nodes: more are too small to read
WITH_CONSTANTS = 30  # nodes from which on the constants are left out
WIDE = 7  # operations one after the other that fit side by side; more go downwards
LONG = 26  # characters of a label
SHOWN = 3  # numbers of a tensor
_TEXT = 'fontname="Helvetica", fontsize=11'

_SYMBOLS = {name: symbol for symbol, name in GREEK.items()} | {"pi": "π", "inf": "∞", "sqrt": "√"}
_SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def named(tape: Tape) -> list[int]:
    """The nodes with a name of their own: all but constants."""
    return [k for k, node in enumerate(tape.nodes) if node.kind is not Kind.CONSTANT]


def drawn(tape: Tape) -> list[int]:
    """The nodes to draw: without constants where there are many, none where there are too many."""
    every = list(range(len(tape.nodes)))
    if len(every) > WITH_CONSTANTS:
        every = [k for k in every if tape.nodes[k].kind is not Kind.CONSTANT or k == tape.root]
    return every if len(every) <= MOST else []


def graph(tape: Tape, of: Steps) -> str:
    """The graph in the DOT language, the same in every step; empty where it would have too many nodes."""
    shown = drawn(tape)
    if not shown:
        return ""
    names = _titles(tape)
    lines = [f"{names[k]} {_node(k, tape.nodes[k], of)}" for k in shown]
    lines += [f"{names[e.source]} -> {names[e.target]} {_edge(tape, e, of)}" for e in tape.edges if e.source in shown]
    direction = "LR" if _depth(tape) <= WIDE else "TB"
    root = tape.nodes[tape.root]
    title = _quoted(f"{short(root.name)} = {values(root.value)}")  # d3 would blend a graph into one of the same title
    return f'digraph "{title}" {{\n' + ";\n".join([_head(direction), *lines]) + "\n}"


def _titles(tape: Tape) -> list[str]:
    """What Graphviz calls the nodes, and a pointer at rest reads; the numbers are for constants that occur again."""
    found: dict[str, None] = {}
    for k, node in enumerate(tape.nodes):
        title = _quoted(short(node.name))
        found[title if title not in found else f"{title} ({k})"] = None
    return [f'"{title}"' for title in found]


def recorded_graph(recorded: Recorded, leaf: str) -> str:
    """torch's own nodes behind a derivative; empty where they are too many, or none."""
    if not 0 < len(recorded.functions) <= MOST:
        return ""
    lines = []
    names = recorded.functions
    for k, (name, made) in enumerate(zip(names, recorded.made, strict=True)):
        label = rf"{_quoted(short(leaf))}\n{name}" if name == "AccumulateGrad" else name
        lines.append(f'"{name} {k}" [class="made{made % 4}", label="{label}"]')
    lines += [f'"{names[a]} {a}" -> "{names[b]} {b}"' for a, b in recorded.edges]
    title = f"{order_name(recorded.order)} = {values(recorded.value)}"
    return f'digraph "{title}" {{\n' + ";\n".join([_head("LR"), *lines]) + "\n}"


def orders_figure(orders: Sequence[Recorded]) -> Figure:
    """The number of nodes behind f, f', f'', ..."""
    counts = [len(recorded.functions) for recorded in orders]
    bars = {
        "type": "bar",
        "x": [order_name(recorded.order) for recorded in orders],
        "y": counts,
        "text": list(map(str, counts)),
        "textposition": "outside",
        "cliponaxis": False,
        "marker": {
            "color": [order_style(recorded.order)[0] for recorded in orders],
            "pattern": {"shape": ["/" if recorded.order > 3 else "" for recorded in orders]},  # the colours come again
        },
        "hoverinfo": "skip",
    }
    return Figure([bars], framed(240, x={"type": "category"}, y={"visible": False}))


def _head(direction: str) -> str:
    """How nodes and edges look, and which way the graph runs."""
    return (
        f'rankdir={direction}; bgcolor="transparent"; nodesep=0.14; ranksep=0.3;\n'
        f'node [shape=box, style=rounded, {_TEXT}, height=0.2, width=0.3, margin="0.09,0.04"];\n'
        f"edge [{_TEXT}, arrowsize=0.6]"
    )


def _node(k: int, node: Node, of: Steps) -> str:
    classes = [node.kind.value]
    if node.kind is Kind.OPERATION and not node.differentiable:
        classes.append("fixed")
    classes += _steps(of.computed(k), of.reached(k))
    if node.span:
        classes.append(f"part-{node.span[0]}-{node.span[1]}")
    look = {Kind.CONSTANT: ", shape=plaintext", Kind.LEAF: ", penwidth=2", Kind.PARAMETER: ', style="rounded,dashed"'}
    label = r"\n".join(_quoted(line) for line in _lines(node))
    return f'[id="node{k}", class="{" ".join(classes)}", label="{label}"{look.get(node.kind, "")}]'


def _lines(node: Node) -> Iterable[str]:
    """Name and formula, torch's nodes, value, gradient."""
    yield short(node.name if node.formula is None else f"{node.name} = {node.formula.canonical()}")
    if node.kind is Kind.CONSTANT:
        return
    if node.kind is Kind.OPERATION:
        yield from node.functions or ("no grad_fn",)
    else:
        yield "AccumulateGrad" if node.functions else "requires_grad=False"
    yield values(node.value)
    if node.differentiable:
        yield "grad " + ("None" if node.gradient is None else values(node.gradient))


def _edge(tape: Tape, edge: Edge, of: Steps) -> str:
    classes = [f"from{edge.source}", f"to{edge.target}"]
    if edge.local is None:
        return f'[class="still {" ".join(classes)}", style=dashed]'
    classes += _steps(of.computed(edge.target), of.reached(edge.source))
    return f'[class="{" ".join(classes)}", label=" {_quoted(local_text(edge))} "]'


def _steps(forward: int, backward: int | None) -> list[str]:
    return [f"f{forward}", *([] if backward is None else [f"b{backward}"])]


def local_text(edge: Edge, *, alone: bool = False) -> str:
    """The local derivative: its formula; unless that is to stand alone, with its value where that is one number."""
    if edge.local is None:
        return ""
    if edge.rule is None:
        return values(edge.local)
    rule = short(edge.rule.canonical())
    return rule if alone or edge.local.numel() > 1 or not edge.rule.names else f"{rule} = {values(edge.local)}"


def _depth(tape: Tape) -> int:
    """The most operations one after the other."""
    depth = [0] * len(tape.nodes)
    for k, node in enumerate(tape.nodes):
        if node.kind is Kind.OPERATION:
            depth[k] = 1 + max((depth[edge.source] for edge in tape.incoming[k]), default=0)
    return max(depth)


def values(value: Tensor, shown: int = SHOWN) -> str:
    """One number to 6 digits, or several to 4 in brackets: the first ones and the last where more than are shown."""
    if value.numel() == 1:
        return value_text(value.item())
    if value.ndim > 1 and value.shape[-1] == 1:
        value = value.flatten()
    several = value.ndim > 1
    parts = [values(part, shown) for part in value] if several else [value_text(part, 4) for part in value.tolist()]
    if len(parts) > shown:
        parts = [*parts[: shown - 1], "…", parts[-1]]
    return f"[{', '.join(parts)}]"


def value_text(value: float | bool, digits: int = 6) -> str:
    """A number to so many digits."""
    if isinstance(value, bool):
        return str(value)
    return (
        f"{value + 0.0:.{digits}g}"
        if isfinite(value)
        else {"nan": "NaN"}.get(str(value), str(value).replace("inf", "∞"))
    )


def short(text: str) -> str:
    """Canonical text as a reader writes it, cut where it is long."""
    text = re.sub(r"[A-Za-z]+", lambda word: _SYMBOLS.get(word[0], word[0]), text)
    text = re.sub(r"_(\d+)", lambda index: index[1].translate(_SUBSCRIPTS), text)
    text = re.sub(r"\^(\d+)(?![\d.])", lambda power: power[1].translate(_SUPERSCRIPTS), text)
    text = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)\*(?=[^\W\d])", r"\1", text)
    text = text.replace("*", "·").replace(" - ", " − ")
    return text if len(text) <= LONG else text[: LONG - 1] + "…"


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
