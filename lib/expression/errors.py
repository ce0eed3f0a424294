"""The one error that text from a visitor can cause."""

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
