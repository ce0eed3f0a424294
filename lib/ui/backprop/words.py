"""What happens in a step, in words."""

from collections.abc import Iterator, Mapping, Sequence

from lib.calculus.tape import Edge, Kind, Node, Tape
from lib.calculus.tape.kinks import at_kink
from lib.calculus.tape.steps import Steps
from lib.locale import _, joined, translate
from lib.message import Message
from lib.ui.letters import label_of

_NAMES = {"target": "y", "name": "x", "n": 3}
CHOICES: Mapping[str, Message] = {
    "where": Message("`where` passes it to {name} where it chose {name}, and 0 elsewhere.", **_NAMES),
    "clamp": Message("`clamp` passes it on within its bounds, and 0 beyond them.", **_NAMES),
    "max": Message("`max` passes it to the larger one; where both are equal, half of it to each.", **_NAMES),
    "min": Message("`min` passes it to the smaller one; where both are equal, half of it to each.", **_NAMES),
    "total": Message("The sum passes it to each of the {n} numbers of {name} as it is.", **_NAMES),
    "mean": Message("The mean passes one part in {n} of it to each of the {n} numbers of {name}.", **_NAMES),
    "vector": Message("To each component goes what came to its place in {target}.", **_NAMES),
    **dict.fromkeys(
        ("floor", "ceil", "round", "trunc", "sign", "heaviside"),
        Message("{target} is flat between its jumps, so it passes 0 on.", **_NAMES),
    ),
}


def sentence(tape: Tape, of: Steps, step: int) -> str:
    """What happens in the step."""
    place = of.node(step)
    if place is None:
        return _(
            "The leaves have their values. Nothing is computed yet, and every gradient is None: not 0, but absent."
        )
    node = tape.nodes[place]
    if not of.is_backward(step):
        return _forward(node)
    edges = [edge for edge in tape.outgoing[place] if edge.passed is not None]
    wrong = [*edges]
    if step == of.last:  # what went wrong on the way is said with the last result, too
        wrong += [edge for edge in tape.edges if edge not in edges and _spoils(tape, edge)][:1]
    said = [_backward(tape, place, node), *_choices(tape, edges), _kinks(tape, edges), *_not_finite(tape, wrong)]
    return joined([*said, _products(tape, place)])


def _choices(tape: Tape, edges: Sequence[Edge]) -> Iterator[str]:
    """How operations that are no products pass a gradient on."""
    for target, source in dict.fromkeys((edge.target, edge.source) for edge in edges):
        node, operand = tape.nodes[target], tape.nodes[source]
        if node.operation in CHOICES:
            yield translate(
                Message(
                    CHOICES[node.operation].template,
                    target=label_of(node.name),
                    name=label_of(operand.name),
                    n=operand.value.numel(),
                )
            )


def _kinks(tape: Tape, edges: Sequence[Edge]) -> str:
    """That a gradient went through a kink on its way here."""
    names = [label_of(tape.nodes[edge.target].name) for edge in edges if at_kink(tape, edge)]
    if not names:
        return ""
    return _(
        "{targets} has a kink there, so no derivative: what is shown is PyTorch's convention.",
        targets=", ".join(dict.fromkeys(names)),
    )


def _not_finite(tape: Tape, edges: Sequence[Edge]) -> Iterator[str]:
    """Where infinity or NaN comes from."""
    for edge in edges:
        names = {key: label_of(tape.nodes[k].name) for key, k in (("target", edge.target), ("name", edge.source))}
        if _spoils(tape, edge):
            yield _spoilt(tape, edge)
        elif edge.local is not None and edge.local.isnan().any():
            yield _("{target} has no derivative by {name} there: NaN, and NaN times anything is NaN.", **names)
        elif edge.local is not None and edge.local.isinf().any():
            yield _("The derivative of {target} by {name} is infinite there.", **names)


def _spoils(tape: Tape, edge: Edge) -> bool:
    """Whether a gradient of 0 becomes NaN on its way along the edge."""
    upstream = tape.nodes[edge.target].gradient
    if edge.local is None or edge.passed is None or upstream is None or upstream.shape != edge.local.shape:
        return False
    return bool(((upstream == 0) & ~edge.local.isfinite() & edge.passed.isnan()).any())


def _spoilt(tape: Tape, edge: Edge) -> str:
    """Why a gradient is NaN though nothing depends on it: often for a branch that `where` did not choose."""
    target = label_of(tape.nodes[edge.target].name)
    said = _(
        "NaN: the gradient 0 came to {target}, whose local derivative is not finite there, and 0 times that is NaN.",
        target=target,
    )
    if all(tape.nodes[k].operation != "where" for k in _behind(tape, edge.target)):
        return said
    return joined([said, _("So a branch that `where` does not choose spoils the gradient.")])


def _behind(tape: Tape, place: int) -> set[int]:
    """The nodes that the value of this one goes into."""
    found, pending = set[int](), [place]
    while pending:
        fresh = {edge.target for edge in tape.outgoing[pending.pop()]} - found
        found |= fresh
        pending += fresh
    return found


def _products(tape: Tape, place: int) -> str:
    """How tensors are multiplied, and which number `backward(gradient=g)` differentiates."""
    y = tape.nodes[tape.output]
    if tape.output == tape.root and tape.objective != y.name:
        return _(
            "Here {objective} = Σ gᵢ·{y}ᵢ, and products are element by element.",
            objective=tape.objective,
            y=label_of(y.name),
        )
    return _("Products are element by element.") if place != tape.root and tape.nodes[place].value.numel() > 1 else ""


def _forward(node: Node) -> str:
    name, functions = label_of(node.name), ", ".join(node.functions)
    if not functions:
        return _("Forward: {name} is computed. It has no `grad_fn`, so no gradient comes back through it.", name=name)
    if functions.startswith("_"):
        return _(
            "Forward: {name} is computed. `{function}` joins the tape: Nabla's own rule, as PyTorch's is inexact.",
            name=name,
            function=functions,
        )
    if node.saved:
        return _(
            "Forward: {name} is computed. `{function}` joins the tape and keeps `{saved}` for the way back.",
            name=name,
            function=functions,
            saved=", ".join(map(label_of, node.saved)),
        )
    return _("Forward: {name} is computed. `{function}` joins the tape.", name=name, function=functions)


def _backward(tape: Tape, place: int, node: Node) -> str:
    name = label_of(node.name)
    if place == tape.root:
        if place == tape.output and tape.objective != node.name:
            return _("Backward: `{call}` begins with the g that it is given.", call=tape.call)
        said = _("Backward: `{call}` begins with ∂{name}/∂{name} = 1.", call=tape.call, name=name)
        into = _("`AccumulateGrad` puts it into `{name}.grad`.", name=name)
        return joined([said, into]) if node.kind is Kind.LEAF else said
    uses = sum(edge.passed is not None for edge in tape.outgoing[place])
    if node.kind is Kind.LEAF and uses > 1:
        return _(
            "Backward: {name} is used {n} times, {n} gradients add up; `AccumulateGrad` puts them into `{name}.grad`.",
            name=name,
            n=uses,
        )
    if node.kind is Kind.LEAF:
        return _("Backward: the gradient has come to the leaf; `AccumulateGrad` puts it into `{name}.grad`.", name=name)
    if uses > 1:
        return _("Backward: {name} is used {n} times, so {n} gradients add up.", name=name, n=uses)
    target = next(edge.target for edge in tape.outgoing[place] if edge.passed is not None)
    return _(
        "Backward: `{function}` multiplies what came to {target} by its local derivative, and passes it to {name}.",
        function=tape.nodes[target].functions[0],
        target=label_of(tape.nodes[target].name),
        name=name,
    )
