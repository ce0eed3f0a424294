"""Points of several coordinates, directions, and windows, as they are typed. Errors: as in lib/readings/numbers.py."""

from math import cos, hypot, pi, sin

from lib.expression import ExpressionError
from lib.expression.limits import MAX_POINTS
from lib.message import Message
from lib.readings.numbers import number_at, read_point, read_points, read_window
from lib.readings.pieces import Span, open_text, split_at, split_list

DEGREES = ("°", "deg", "degrees", "度")


def read_rows(text: str, count: int) -> tuple[tuple[float, ...], ...]:
    """The points of so many coordinates in "2, 3; 1, 0" or "(2, 3), (1, 0)"; of one coordinate, a list of numbers."""
    if count == 1:
        return tuple((x,) for x in read_points(text))
    characters, whole = open_text(text)
    closed = characters[whole[1] - 1] == ";" and whole[1] - whole[0] > 1
    rows: list[list[Span]] = []
    for line in split_at(characters, (whole[0], whole[1] - closed), ";"):
        pieces = split_list(characters, line)
        inner = [_opened(text, characters, piece) for piece in pieces]
        rows += [row for row in inner if row is not None] if None not in inner else [pieces]
    if len(rows) == count and all(len(row) == 1 for row in rows):
        rows = [[piece for row in rows for piece in row]]
    if len(rows) > MAX_POINTS:
        raise ExpressionError(
            Message("These are more than {limit} points.", limit=MAX_POINTS), whole, Message("Take fewer.")
        )
    for row in rows:
        if len(row) != count:
            raise ExpressionError(
                Message("A point needs {count} numbers, and here are {found}.", count=count, found=len(row)),
                (row[0][0], row[-1][1]),
                Message("Separate coordinates by commas and points by semicolons."),
            )
    return tuple(tuple(number_at(text, piece) for piece in row) for row in rows)


def _opened(text: str, characters: list[str], piece: Span) -> list[Span] | None:
    """The pieces inside the brackets of one point; None where the piece is a number."""
    start, end = piece
    if characters[start] not in "([{" or characters[end - 1] not in ")]}":
        return None
    _, (low, high) = open_text(text[start:end])
    pieces = split_list(characters, (start + low, start + high))
    return pieces if len(pieces) > 1 else None


def read_direction(text: str, count: int) -> tuple[float, ...]:
    """A vector of so many components, "1, 1"; in the plane also an angle, "30°" or in radians "pi/6"."""
    angle = text.strip()
    for unit in DEGREES:
        if angle.endswith(unit):
            angle = angle.removesuffix(unit)
            return _turned(text, read_point(angle, 1)[0] * pi / 180, count)
    characters, whole = open_text(text)
    if len(split_list(characters, whole)) == 1 and count != 1:
        return _turned(text, read_point(text, 1)[0], count)
    vector = read_point(text, count)
    if hypot(*vector) == 0:
        raise ExpressionError(Message("The vector 0 has no direction."), whole, Message("Type another, such as 1, 0."))
    return vector


def _turned(text: str, angle: float, count: int) -> tuple[float, ...]:
    if count != 2:
        cause = Message("An angle is a direction in the plane only.")
        raise ExpressionError(cause, (0, len(text)), Message("Type a vector of {count} numbers.", count=count))
    return cos(angle), sin(angle)


def read_windows(text: str, count: int) -> tuple[tuple[float, float], ...]:
    """A window for each of so many variables, "-3:3, 0:1, 0:5", or one for all, "-3:3"."""
    characters, whole = open_text(text)
    pieces = split_list(characters, whole)
    if len(pieces) == 1 or ":" not in characters:
        return (read_window(text),) * count
    if len(pieces) != count:
        cause = Message("These are {found} windows for {count} variables.", found=len(pieces), count=count)
        raise ExpressionError(cause, whole, Message("Type one for all, such as -3:3, or one for each."))
    windows = []
    for start, end in pieces:
        try:
            windows.append(read_window(text[start:end]))
        except ExpressionError as error:
            low, high = error.span
            raise ExpressionError(error.message, (start + low, start + high), error.hint) from None
    return tuple(windows)
