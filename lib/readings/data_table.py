"""Tables of numbers that a visitor types or pastes, and lists of whole numbers."""

from re import finditer

from lib.expression import ExpressionError
from lib.message import Message
from lib.readings.numbers import read_point, read_points

Rows = tuple[tuple[float, ...], ...]


def read_table(text: str, columns: int, most: int) -> Rows:
    """The rows of a table, one a line or between semicolons, its numbers separated by commas, spaces or tabs.

    Empty text is a table without rows. Raises ExpressionError.
    """
    rows: list[tuple[float, ...]] = []
    for line in finditer(r"[^\n;]*[^\n;\s][^\n;]*", text.replace("；", ";")):
        if len(rows) == most:
            cause = Message("These are more than {limit} rows.", limit=most)
            raise ExpressionError(cause, line.span(), Message("Take fewer."))
        try:
            rows.append(read_point(line[0].replace("\t", " "), columns))
        except ExpressionError as error:
            low, high = error.span
            raise ExpressionError(error.message, (line.start() + low, line.start() + high), error.hint) from None
    return tuple(rows)


def read_widths(text: str, most: int, largest: int) -> tuple[int, ...]:
    """One to `most` whole numbers from 1 to `largest`, as in "64, 64". Raises ExpressionError."""
    numbers = read_points(text)
    hint = Message("Type 1 to {most} whole numbers from 1 to {largest}, such as 64, 64.", most=most, largest=largest)
    if len(numbers) > most:
        raise ExpressionError(Message("These are {n} layers.", n=len(numbers)), (0, len(text)), hint)
    wrong = next((number for number in numbers if number != int(number) or not 1 <= number <= largest), None)
    if wrong is not None:
        raise ExpressionError(Message("No layer has {n:g} units.", n=wrong), (0, len(text)), hint)
    return tuple(map(int, numbers))
