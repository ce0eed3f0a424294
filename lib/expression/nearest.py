"""The known name that a visitor probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The longest known name that this one begins with (`cosine`, `logarithm`), else the one most like it, if any."""
    if len(name) < 2:
        return None
    known = list(known)
    beginnings = [k for k in known if len(k) > 2 and name.lower().startswith(k)]
    if beginnings:
        return max(beginnings, key=len)
    close = get_close_matches(name.lower()[:24], known, n=1, cutoff=0.65)
    return close[0] if close else None
