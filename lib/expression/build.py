"""Nodes with their shapes: every operation says here which shapes it takes, and what the shape of its value is."""

from lib.expression.errors import ExpressionError
from lib.expression.limits import MAX_COMPONENTS
from lib.expression.tree import Node, Shape, Span
from lib.message import Message

LOGIC = {"and": "and", "or": "or", "&": "and", "|": "or"}
COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne", "=": "eq"}


def number(value: float, span: Span = (0, 0)) -> Node:
    return Node("number", (), float(value), (), span)


def letter(name: str, span: Span) -> Node:
    return Node("letter", (), name, (), span)


def constant(name: str, span: Span) -> Node:
    return Node("constant", (), name, (), span)


def numeric(node: Node) -> Node:
    """The node as a number: a comparison counts 1 where it is true and 0 where it is false."""
    return node if node.shape is not None else Node("indicator", (node,), None, (), node.span)


def elementwise(operation: str, operands: tuple[Node, ...], span: Span) -> Node:
    """An operation on numbers, component by component on vectors and matrices; a number goes with every component."""
    operands = tuple(numeric(o) for o in operands)
    if operation == "factorial" and operands[0].operation == "number" and float(operands[0].value or 0) > 170:
        raise ExpressionError(
            Message("This factorial is larger than any number that a computer's double holds."),
            span,
            Message("Take one of at most `170!`."),
        )
    shape: Shape = ()
    for operand in operands:
        if operand.shape and shape and operand.shape != shape:
            raise ExpressionError(
                Message("The shapes {first} and {second} don't go together.", first=_say(shape),
                        second=_say(operand.shape)),
                span,
                Message("Component by component both need the same shape; `@` multiplies matrices and vectors."),
            )  # fmt: skip
        shape = operand.shape or shape
    return Node(operation, operands, None, shape, span)


def power(base: Node, exponent: Node, span: Span) -> Node:
    """base^exponent; a power of e is its exponential, however it is typed."""
    if base.operation == "constant" and base.value == "e":
        return elementwise("exp", (exponent,), span)
    return elementwise("pow", (base, exponent), span)


def root(inner: Node, degree: Node, span: Span) -> Node:
    """The n-th root; the third is defined for negative numbers too."""
    if degree.operation == "number" and degree.value == 3:
        return elementwise("cbrt", (inner,), span)
    if degree.operation == "number" and degree.value == 2:
        return elementwise("sqrt", (inner,), span)
    return power(inner, elementwise("div", (number(1, span), degree), span), span)


def compare(operation: str, left: Node, right: Node, span: Span) -> Node:
    operands = scalar(left), scalar(right)
    return Node(operation, operands, None, None, span)


def logic(operation: str, operands: tuple[Node, ...], span: Span) -> Node:
    return Node(operation, tuple(truth(o) for o in operands), None, None, span)


def truth(node: Node) -> Node:
    """The node as a condition. Raises ExpressionError for a number: conditions are comparisons."""
    if node.shape is not None:
        raise ExpressionError(
            Message("A condition is needed here, such as `x > 0`."),
            node.span,
            Message("Compare it: `… > 0` or `… != 0`."),
        )
    return node


def scalar(node: Node) -> Node:
    node = numeric(node)
    if node.shape:
        raise ExpressionError(
            Message("A single number is needed here, not {shape}.", shape=_say(node.shape)),
            node.span,
            Message("Take a component, or a number such as its `norm` or `sum`."),
        )
    return node


def where(condition: Node, then: Node, otherwise: Node, span: Span) -> Node:
    both = elementwise("where", (numeric(then), numeric(otherwise)), span)
    return Node("where", (truth(condition), *both.operands), None, both.shape, span)


def vector(items: tuple[Node, ...], span: Span) -> Node:
    """A vector of numbers, or a matrix of rows; `[x > 0]` is Iverson's bracket, the number 1 where it is true."""
    if len(items) == 1 and (items[0].shape is None or items[0].operation == "indicator"):
        return numeric(items[0])
    items = tuple(numeric(item) for item in items)
    first = items[0].shape or ()
    if len(items) > MAX_COMPONENTS:
        raise ExpressionError(
            Message("A vector has at most {limit} components.", limit=MAX_COMPONENTS), span, Message("Shorten it.")
        )
    if len(first) > 1 or any(item.shape != first for item in items):
        raise ExpressionError(
            Message("The components of a vector are numbers, the rows of a matrix vectors of one length."),
            span,
            Message("As in `[x*y, x+y]` or `[[1, 2], [3, 4]]`."),
        )
    return Node("vector", items, None, (len(items), *first), span)


def component(node: Node, index: int, span: Span) -> Node:
    if node.operation != "vector":
        raise ExpressionError(
            Message("An index picks a component of a vector, and none is written out before it."),
            span,
            Message("As in `[x, y][0]`; for a product write `*`."),
        )
    if not 0 <= index < len(node.operands):
        raise ExpressionError(
            Message("There is no component {index} here.", index=index), span, Message("Components count from 0.")
        )
    return node.operands[index]


def matmul(left: Node, right: Node, span: Span) -> Node:
    """left @ right as in Python: matrices and vectors, a vector is a row on the left, a column on the right."""
    a, b = left.shape or (), right.shape or ()
    if not a or not b:
        raise ExpressionError(
            Message("`@` multiplies vectors and matrices, not numbers."),
            span,
            Message("For a product of numbers type `*`."),
        )
    if a[-1] != b[0]:
        raise ExpressionError(
            Message("The shapes {first} and {second} don't go together.", first=_say(a), second=_say(b)),
            span,
            Message("As many columns on the left as rows on the right are needed."),
        )
    return Node("matmul", (left, right), None, a[:-1] + b[1:], span)


def over_components(operation: str, node: Node, span: Span) -> Node:
    """A number made of all components of a vector: norm, sum, mean, product."""
    if not node.shape:
        raise ExpressionError(
            Message("A vector is needed here."), node.span, Message("As in `{name}([x, y])`.", name=operation)
        )
    if len(node.shape) > 1:
        raise ExpressionError(
            Message("A vector is needed here, not {shape}.", shape=_say(node.shape)),
            node.span,
            Message("Give one row."),
        )
    return Node(operation, (node,), None, (), span)


def norm(node: Node, span: Span) -> Node:
    """The Euclidean norm of a vector, the absolute value of a number."""
    return over_components("norm", node, span) if node.shape else elementwise("abs", (node,), span)


def _say(shape: Shape) -> Message:
    if not shape:
        return Message("a number")
    if len(shape) == 1:
        return Message("a vector of {count}", count=shape[0])
    return Message("a matrix of {rows} by {columns}", rows=shape[0], columns=shape[1])
