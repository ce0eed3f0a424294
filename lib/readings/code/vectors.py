"""Source of operations on vectors: written out in operations on numbers, as the tensor reading does."""

from collections.abc import Sequence
from functools import reduce

from lib.expression.tree import Step
from lib.readings.code.numbers import NumberPrinter, whole_number
from lib.readings.printing import Line, Piece


class VectorPrinter(NumberPrinter):
    """Prints operations on vectors, too: a piece with components."""

    def applied(self, line: Line) -> Line:
        """The line for numbers, applied to each component of vectors."""
        line = super().applied(line)

        def each(step: Step, a: list[Piece]) -> Piece:
            count = max((len(p.components) for p in a), default=0)
            if not count:
                return line(step, a)
            parts = (each(step, [p.components[i] if p.components else p for p in a]) for i in range(count))
            return Piece("", components=tuple(parts))

        return each

    def whole(self) -> dict[str, Line]:
        """Lines of operations on whole vectors."""
        return {
            "vector": lambda step, a: Piece("", components=tuple(a)),
            "matmul": lambda step, a: self.matmul(*a),
            "total": lambda step, a: self.joined("add", a[0].components),
            "product": lambda step, a: self.joined("mul", a[0].components),
            "mean": lambda step, a: self.operation(
                "div", self.joined("add", a[0].components), whole_number(len(a[0].components))
            ),
            "norm": lambda step, a: self.operation("sqrt", self.dot(a[0], a[0])),
        }

    def joined(self, name: str, parts: Sequence[Piece]) -> Piece:
        return reduce(lambda total, part: self.operation(name, total, part), parts)

    def dot(self, left: Piece, right: Piece) -> Piece:
        pairs = zip(left.components, right.components, strict=True)
        return self.joined("add", [self.operation("mul", *pair) for pair in pairs])

    def matmul(self, left: Piece, right: Piece) -> Piece:
        rows = left.components if left.components[0].components else (left,)
        matrix = bool(right.components[0].components)
        columns = [right]
        if matrix:
            columns = [Piece("", components=c) for c in zip(*(r.components for r in right.components), strict=True)]
        entries = [[self.dot(row, column) for column in columns] for row in rows]
        lines = [Piece("", components=tuple(e)) if matrix else e[0] for e in entries]
        return Piece("", components=tuple(lines)) if left.components[0].components else lines[0]

    def stacked(self, piece: Piece) -> str:
        """The finished source; a vector's components share the shape of the letters, of which some may be numbers."""
        if not piece.components:
            return self.tensor(piece)
        parts = ", ".join(self.tensor(p) for p in piece.components)
        if self.dialect == "torch" and len(self.names) > 1:
            return f"torch.stack(torch.broadcast_tensors(*map(torch.as_tensor, [{parts}])))"
        if self.dialect == "torch":
            return f"torch.stack(torch.broadcast_tensors({parts}))"
        return f"np.stack(np.broadcast_arrays({parts}))"
