"""Tables as CSV text."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

# A spreadsheet would run a cell that starts with one of these as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(head: Sequence[str], rows: Iterable[Sequence[float | str]]) -> str:
    """The table with all digits of its numbers; text that a spreadsheet could take for a formula is quoted with '."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_safe(name) for name in head])
    for row in rows:
        writer.writerow([_safe(value) if isinstance(value, str) else repr(float(value)) for value in row])
    return out.getvalue()


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
