"""Tables of numbers that a visitor types or pastes, and lists of whole numbers."""

import re
from collections.abc import Iterator

from lib.expression import ExpressionError
from lib.message import Message
from lib.readings.numbers import read_point, read_points
from lib.readings.pieces import Span

Rows = tuple[tuple[float, ...], ...]

LIST = re.compile(r"\s*[\[(]\s*[\[(]")  # of Python: [[0, 1], [2, 3]]
IN_BRACKETS = re.compile(r"[\[(][^\[\]()]+[\])]")
SEPARATED = re.compile(r"[,，\s]")
DECIMAL = re.compile(r"[-+−]?\d+(,\d+)?(?:e[-+]?\d+)?", re.IGNORECASE)
THOUSANDS = re.compile(r"[-+−]?[1-9]\d{0,2},\d{3}")
LINE = re.compile(r"[^\n]*[^\n\s][^\n]*")
PIECE = re.compile(r"[^;]*[^;\s][^;]*")
HEADING = re.compile(r"""\s*(#.*|(["']?[^\W\d_][^,，;]*[,，;]?\s*)+)""")  # each cell begins with a letter


def read_table(text: str, columns: int, most: int) -> Rows:
    """The rows of a table, one a line or between semicolons, its numbers separated by commas, spaces or tabs, or by
    semicolons; also a list of rows as Python writes it. A heading in the first line is left out.

    A comma is a decimal one where it can't be anything else, as in lines of "1,5; 2,25". Empty text is a table without
    rows. Raises ExpressionError.
    """
    text = _with_points(text.replace("；", ";"), columns).replace("\t", " ")
    rows: list[tuple[float, ...]] = []
    for low, high in _rows(text, columns):
        if len(rows) == most:
            cause = Message("These are more than {limit} rows.", limit=most)
            raise ExpressionError(cause, (low, high), Message("Take fewer."))
        try:
            rows.append(read_point(text[low:high], columns))
        except ExpressionError as error:
            start, end = error.span
            raise ExpressionError(error.message, (low + start, low + end), error.hint) from None
    return tuple(rows)


def _rows(text: str, columns: int) -> Iterator[Span]:
    """Where the rows stand."""
    if LIST.match(text):
        yield from (row.span() for row in IN_BRACKETS.finditer(text))
        return
    lines = list(LINE.finditer(text))
    if len(lines) > 1 and HEADING.fullmatch(lines[0][0]) and not _is_row(lines[0][0], columns):
        del lines[0]
    for line in lines:
        cells = [cell.span() for cell in PIECE.finditer(line[0])]
        separates = len(cells) == columns and not any(
            SEPARATED.search(line[0][low:high].strip()) for low, high in cells
        )
        yield from [line.span()] if separates else ((line.start() + low, line.start() + high) for low, high in cells)


def _with_points(text: str, columns: int) -> str:
    """The text with points for its decimal commas: those in lines of as many cells, between semicolons or tabs, as
    there are columns, that hold one number each. Where they may be something else, an ExpressionError."""
    lines = list(LINE.finditer(text))
    if len(lines) > 1 and HEADING.fullmatch(lines[0][0]):
        del lines[0]
    tables = [re.split("[;\t]", line[0].strip().rstrip(";")) for line in lines]
    numbers = [cell.strip() for cells in tables for cell in cells]
    commas = [number for number in numbers if "," in number]
    if not commas or not all(map(DECIMAL.fullmatch, numbers)) or {*map(len, tables)} != {columns}:
        return text
    two_rows = len(lines) == 1 and columns == 2 and commas == numbers and "\t" not in text
    if two_rows or all(map(THOUSANDS.fullmatch, commas)):
        cause = Message("These commas may be decimal ones or not.")
        hint = Message(
            "Write decimal points, as in 1.5; 2.25, or rows with a space after the comma, as in 1, 5; 2, 25."
        )
        raise ExpressionError(cause, lines[0].span(), hint)
    start = lines[0].start()
    return text[:start] + text[start:].replace(",", ".")


def _is_row(line: str, columns: int) -> bool:
    """Whether the line holds numbers, such as "pi, e"."""
    try:
        read_point(line, columns)
    except ExpressionError:
        return False
    return True


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
