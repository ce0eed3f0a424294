"""Where one number ends and the next begins in a text that a visitor typed.

Spans are places (start, end) in the typed text; characters are what lib.expression.characters reads there, one a place,
so that full-width commas and colons separate too.
"""

import re
from collections.abc import Iterator

from lib.expression import ExpressionError
from lib.expression.characters import read_characters
from lib.message import Message

Span = tuple[int, int]

NAMED = re.compile(
    r"(?:[^\W\d]\w*\s*=\s*)?((?:(?:np|numpy|torch)\.)?(?:tensor|array|asarray)\s*\(\s*(?=[\[(]))?", re.ASCII
)  # what source code has in front of the numbers


def open_text(text: str) -> tuple[list[str], Span]:
    """What each character stands for, and the span of the text without outer spaces and brackets; of x = 1, 2 or
    x = torch.tensor([1, 2], requires_grad=True) the span of 1, 2."""
    characters = read_characters(text)
    span = _trim(characters, (0, len(text)))
    if (named := NAMED.match(text, *span)) and named.end() > span[0]:
        start = named.end()
        close = _closes(characters, start) if named[1] else -1
        span = _trim(characters, (start, close + 1 if close >= 0 else span[1]))
    if span[0] < span[1] and characters[span[0]] in "([{" and _closes(characters, span[0]) == span[1] - 1:
        span = _trim(characters, (span[0] + 1, span[1] - 1))
    if span[0] == span[1]:
        raise ExpressionError(
            Message("There is no number here."), (0, len(text)), Message("Type one, such as 2 or pi/2.")
        )
    return characters, span


def _closes(characters: list[str], start: int) -> int:
    """The place of the bracket that closes the one at `start`, or -1."""
    depth = 0
    for place in range(start, len(characters)):
        depth += (characters[place] in "([{") - (characters[place] in ")]}")
        if depth == 0:
            return place
    return -1


def _trim(characters: list[str], span: Span) -> Span:
    start, end = span
    while start < end and characters[start] == " ":
        start += 1
    while start < end and characters[end - 1] == " ":
        end -= 1
    return start, end


def split_list(characters: list[str], whole: Span) -> list[Span]:
    """The spans between commas, semicolons and separating spaces; one comma at the end is allowed while typing."""
    if characters[whole[1] - 1] in ",;" and whole[1] - whole[0] > 1:
        whole = (whole[0], whole[1] - 1)
    pieces: list[Span] = []
    for piece in split_at(characters, whole, ",;"):
        pieces += _split_at_spaces(characters, piece)
    return pieces


def split_at(characters: list[str], whole: Span, separators: str) -> list[Span]:
    """The trimmed spans between the separators outside brackets; an empty one is an error."""
    start, end = whole
    cuts = [place for place in _outside_brackets(characters, whole) if characters[place] in separators]
    spans = [_trim(characters, span) for span in zip([start, *(c + 1 for c in cuts)], [*cuts, end], strict=True)]
    for low, high in spans:
        if low == high:
            raise ExpressionError(
                Message("A number is missing here."), (low, high), Message("Put one, or remove the separator.")
            )
    return spans


def _outside_brackets(characters: list[str], whole: Span) -> Iterator[int]:
    depth = 0
    for place in range(*whole):
        depth += (characters[place] in "([{") - (characters[place] in ")]}")
        if depth == 0:
            yield place


def _split_at_spaces(characters: list[str], whole: Span) -> list[Span]:
    """The spans between spaces that separate: "1 2" and "1 -2" are two numbers, "pi / 2" and "1 - 2" are one."""
    spans, start = [], whole[0]
    for place in _outside_brackets(characters, whole):
        if characters[place] != " " or characters[place - 1] == " ":
            continue
        after = place
        while characters[after] == " ":
            after += 1
        sign = characters[after] in "+-" and characters[after + 1 : after + 2] != [" "]
        if characters[place - 1] not in "+-*/^:" and (sign or characters[after] not in "+-*/^:"):
            spans.append((start, place))
            start = after
    return [*spans, (start, whole[1])]
