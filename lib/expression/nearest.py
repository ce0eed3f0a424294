"""The known name that a visitor probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like this one, or None when none is at all like it."""
    close = get_close_matches(name.lower()[:24], list(known), n=1, cutoff=0.6)
    return close[0] if close else None
