"""What the text readings share: a fold over the program, and brackets where precedence needs them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from lib.expression.precedence import ATOM
from lib.expression.tree import Program, Shape, Step


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of a part of a formula, with the precedence of its outermost operation."""

    text: str
    precedence: int = ATOM
    operation: str = ""
    constant: bool = False  # no letter and no noise in it
    value: float | None = None  # of a constant, where it is known
    whole: bool = False  # its source is a whole number of Python's
    shape: Shape = ()
    components: tuple["Piece", ...] = ()  # of a vector, or the rows of a matrix

    def within(self, precedence: int, brackets: tuple[str, str] = ("(", ")")) -> str:
        """The text, in brackets when it binds looser than `precedence`."""
        return self.text if self.precedence >= precedence else brackets[0] + self.text + brackets[1]


Line = Callable[[Step, list[Piece]], Piece]


def fold(program: Program, lines: Mapping[str, Line], otherwise: Line) -> Piece:
    """The piece of a whole program, each step's made by its line from those of its operands."""
    stack: list[Piece] = []
    for step in program:
        arguments = stack[len(stack) - step.arity :]
        del stack[len(stack) - step.arity :]
        piece = lines.get(step.operation, otherwise)(step, arguments)
        stack.append(piece if step.shape == () else replace(piece, shape=step.shape))
    return stack[0]


def plain_number(value: float) -> str:
    """The shortest decimal text of a number, without a trailing .0."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)
