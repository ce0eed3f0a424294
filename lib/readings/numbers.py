"""The numbers that a visitor types in small boxes: points, windows, targets.

Every number may be constant maths, such as pi/2, 2π, 1/3 or -1e-3. All functions raise ExpressionError with the cause,
its place in the text, and the way out.
"""

import re
from math import ceil, floor, isnan

from lib.expression import ExpressionError, parse
from lib.expression.limits import MAX_MAGNITUDE, MAX_POINTS
from lib.message import Message
from lib.readings.pieces import Span, open_text, split_at, split_list
from lib.readings.tensor import evaluate

# A plain decimal needs no parser.
DECIMAL = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# A range as NumPy and PyTorch write it.
CALL = re.compile(r"(?:(?:np|numpy|torch)\.)?(linspace|arange)\s*", re.ASCII)
CALLS = Message("Type it as linspace(0, 1, 5) or arange(0, 1, 0.25).")
SLACK = 1e-9  # of a step: a range's stop may be missed by rounding
VANISHING = 1e-12  # of the larger end: a narrower window has too few floats for a plot


def read_number(text: str) -> float:
    """The one number in the text, finite and at most 1e12 in size."""
    return read_point(text, 1)[0]


def read_point(text: str, count: int) -> tuple[float, ...]:
    """The coordinates of one point, as in "2, 3" or "(2, 3)"."""
    characters, whole = open_text(text)
    pieces = split_list(characters, whole)
    if len(pieces) != count:
        cause = Message("This needs {count} numbers, and there are {found}.", count=count, found=len(pieces))
        if count == 1:
            cause = Message("This needs one number, and there are {found}.", found=len(pieces))
        raise ExpressionError(cause, whole, Message("Separate numbers by commas."))
    return tuple(number_at(text, piece) for piece in pieces)


def read_points(text: str) -> tuple[float, ...]:
    """The points in a list such as "1, 2, 3" or in ranges start:stop:step such as "0:5:0.5", stop included."""
    characters, whole = open_text(text)
    points: list[float] = []
    for piece in split_list(characters, whole):
        points += _range(text, characters, piece)
        if len(points) > MAX_POINTS:
            raise _too_many(piece)
    return tuple(points)


def read_window(text: str) -> tuple[float, float]:
    """The ends of a window or bracket, ascending, as in "-3:3", "-3, 3" or "[-3, 3]"."""
    characters, whole = open_text(text)
    ends = [end for piece in split_list(characters, whole) for end in split_at(characters, piece, ":")]
    hint = Message("Type two numbers, such as -3:3.")
    if len(ends) != 2:
        raise ExpressionError(Message("Two ends are needed."), whole, hint)
    low, high = (number_at(text, end) for end in ends)
    if low >= high:
        raise ExpressionError(Message("The left end isn't below the right end."), whole, hint)
    if high - low <= VANISHING * max(abs(low), abs(high)):
        raise ExpressionError(
            Message("The ends are too close to tell the points between them apart."), whole, Message("Move them apart.")
        )
    return low, high


def _range(text: str, characters: list[str], piece: Span) -> list[float]:
    """The numbers that one piece stands for: itself, or those of start:stop, start:stop:step or a call."""
    if call := CALL.match(text, *piece):
        return _called(text, characters, call[1], (call.end(), piece[1]))
    parts = split_at(characters, piece, ":")
    numbers = [number_at(text, part) for part in parts]
    if len(parts) == 1:
        return numbers
    if len(parts) > 3:
        hint = Message("Type it as start:stop:step, such as 0:5:0.5.")
        raise ExpressionError(Message("A range has a start, a stop and a step."), piece, hint)
    start, stop, step = (*numbers, 1.0)[:3]
    if step == 0:
        raise ExpressionError(Message("The step is 0."), parts[-1], Message("Type another step, such as 0.5."))
    steps = (stop - start) / step
    if steps < 0:
        hint = Message("Change the sign of the step, or swap the ends.")
        raise ExpressionError(Message("This step leads away from the stop."), piece, hint)
    if steps >= MAX_POINTS:
        raise _too_many(piece)
    return _spread(start, stop, step, steps)


def _called(text: str, characters: list[str], name: str, bracket: Span) -> list[float]:
    """The numbers of linspace(start, stop, count), both ends included, or arange(start, stop, step), stop left out."""
    low, high = bracket
    closed = high - low > 2 and characters[low] == "(" and characters[high - 1] == ")"
    numbers = [number_at(text, part) for part in split_list(characters, (low + 1, high - 1))] if closed else []
    if len(numbers) != 3:
        cause = Message("{name} takes three numbers in brackets.", name=name)
        raise ExpressionError(cause, bracket, CALLS)
    start, stop, last = numbers
    if name == "linspace":
        count, step = last, (stop - start) / max(last - 1, 1)
    elif last == 0:
        raise ExpressionError(Message("The step is 0."), bracket, Message("Type another step, such as 0.5."))
    else:
        count, step = max(0, ceil((stop - start) / last - SLACK)), last
    if count > MAX_POINTS:
        raise _too_many(bracket)
    if count < 1 or count != floor(count):
        raise ExpressionError(Message("The number of points must be a whole number from 1."), bracket, CALLS)
    return _spread(start, start + step * (count - 1) if name == "arange" else stop, step, count - 1)


def _spread(start: float, stop: float, step: float, steps: float) -> list[float]:
    """start, start + step, ...; if `steps` is whole but for rounding, up to stop itself, as weighted means of the ends:
    so 0:1:0.1 holds 0.3, where adding steps gives 0.30000000000000004."""
    count = round(steps)
    if count and abs(steps - count) <= SLACK:
        return [(start * (count - k) + stop * k) / count for k in range(count + 1)]
    return [start + step * k for k in range(floor(steps) + 1)]


def _too_many(piece: Span) -> ExpressionError:
    cause = Message("These are more than {limit} points.", limit=MAX_POINTS)
    return ExpressionError(cause, piece, Message("Take fewer, or a larger step."))


def number_at(text: str, piece: Span) -> float:
    """The value of one piece, finite and at most MAX_MAGNITUDE in size."""
    source = text[slice(*piece)]
    value = float(source) if DECIMAL.fullmatch(source) else _constant(source, piece)
    hint = Message("Type a number from -1e12 to 1e12.")
    if isnan(value):
        raise ExpressionError(Message("This has no value."), piece, hint)
    if abs(value) > MAX_MAGNITUDE:
        raise ExpressionError(Message("This number is infinite or too large."), piece, hint)
    return value


def _constant(source: str, piece: Span) -> float:
    start, _ = piece
    try:
        expression = parse(source)
    except ExpressionError as error:
        low, high = error.span
        raise ExpressionError(error.message, (start + low, start + high), error.hint) from None
    hint = Message("Type a number, such as 2, 1/3 or pi/2.")
    if expression.names:
        raise ExpressionError(Message("{name} is a letter, not a number.", name=expression.names[0]), piece, hint)
    if expression.shape is not None:
        raise ExpressionError(Message("This is a vector, not one number."), piece, hint)
    if expression.random:
        raise ExpressionError(Message("A random number won't do here: it would change each time."), piece, hint)
    return float(evaluate(expression, {}))
