"""The one error that text from a visitor can cause."""

from lib.expression.limits import MAX_NESTING, MAX_OPERATIONS
from lib.message import Message


class ExpressionError(ValueError):
    """Text that can't be read: the cause, the place and the way out.

    message: the cause, one sentence. span: (start, end) into the typed text, for underlining; start = end points
    between two characters. hint: the way out, one sentence, or None where the message already says it.
    """

    def __init__(self, message: Message, span: tuple[int, int], hint: Message | None = None) -> None:
        super().__init__(message, span, hint)
        self.message = message
        self.span = span
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}" if self.hint else str(self.message)


def too_deep(span: tuple[int, int]) -> ExpressionError:
    return ExpressionError(
        Message("The formula is nested more than {limit} deep.", limit=MAX_NESTING),
        span,
        Message("Remove brackets or exponents, or write it in parts."),
    )


def too_many_operations(span: tuple[int, int]) -> ExpressionError:
    return ExpressionError(
        Message("The formula takes more than {limit} operations.", limit=MAX_OPERATIONS),
        span,
        Message("Shorten it, or let a sum run over fewer terms."),
    )


def too_much_effort(name: str, span: tuple[int, int]) -> ExpressionError:
    return ExpressionError(
        Message("`{name}` takes long to compute, and the formula has it too often.", name=name),
        span,
        Message("Shorten it, or let a sum run over fewer terms."),
    )
