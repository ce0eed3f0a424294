"""The passes as steps: the leaves, each operation forward, then each gradient backward in torch's own order."""

from dataclasses import dataclass

from lib.calculus.tape.graph import Kind, Tape


@dataclass(frozen=True)
class Steps:
    """forward: the operations, steps 1, 2, …; backward: the nodes that the gradients come to, the steps after these.

    Step 0 is before the first operation.
    """

    forward: tuple[int, ...]
    backward: tuple[int, ...]

    @property
    def last(self) -> int:
        """The number of the last step."""
        return len(self.forward) + len(self.backward)

    def node(self, step: int) -> int | None:
        """The node that the step is about; None for step 0."""
        return (*self.forward, *self.backward)[step - 1] if 1 <= step <= self.last else None

    def is_backward(self, step: int) -> bool:
        """Whether the step belongs to the backward pass."""
        return step > len(self.forward)

    def computed(self, node: int) -> int:
        """The step from which on the node has its value."""
        return self.forward.index(node) + 1 if node in self.forward else 0

    def reached(self, node: int) -> int | None:
        """The step from which on the node has its gradient."""
        return len(self.forward) + self.backward.index(node) + 1 if node in self.backward else None


def steps(tape: Tape) -> Steps:
    """The steps of a tape."""
    operations = tuple(k for k, node in enumerate(tape.nodes) if node.kind is Kind.OPERATION)
    return Steps(operations, tape.order)
