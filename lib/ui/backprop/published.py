"""What published answers say to questions that people asked, and what is wrong with them."""

import torch

from lib.calculus import derivatives
from lib.expression import Expression, parse
from lib.figures.tape import value_text
from lib.locale import _
from lib.ui.notice import hint
from lib.ui.typed import Typed

POWERS = parse("x**2+x**3+x**4")
SUMS = (parse("sum(x**i for i in range(1, n+1))"), parse("x^2+x^3+x^n"))
SECOND = parse("3*x**2+5*x+6*torch.exp(x)")
HESSIAN = (parse("x**4+2*x**2*y**2+y**4"), parse("(x^2+y^2)^2"))


def show_published(it: Typed) -> None:
    """The note on the function, if it is one of those questions."""
    if it.function == POWERS:
        hint(
            _(
                "The published answer to this question calls `y.item()` at x = [1, 2, 3]. PyTorch refuses: y holds "
                "three numbers. Type these points to see them all, and what sum and mean make of them."
            )
        )
    elif it.function in SUMS:
        hint(
            _(
                "The title of this question leaves n open, its code adds up the powers from 1 to n. Here n has a "
                "slider; of a sum, each power is a node of its own, so that the graph grows with n."
            )
        )
    elif it.function == SECOND:
        first, second = (value_text(v) for v in _at_two(it.function)[1:])
        hint(
            _(
                "The published answer has 38.3534 and 44.2354 for the first and second derivative at x = 2, where they "
                "are {first} and {second}; and its second backward pass raises, as the first has freed the graph.",
                first=first,
                second=second,
            )
        )
    elif it.function in HESSIAN:
        hint(
            _(
                "The published answer calls `grad` twice and raises: the first call has freed the graph. With "
                "`create_graph=True` it stays, and can itself be differentiated."
            )
        )


def _at_two(function: Expression) -> list[float]:
    at_two: list[float] = derivatives(function, torch.tensor([2.0]), order=2)[:, 0].tolist()
    return at_two
