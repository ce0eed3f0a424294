"""Functions written without a space or brackets, as students do: `sinx`, `cosnx`, `sinxcosx`, `lnsinx`."""

import re
from collections.abc import Iterator

from lib.expression.functions import FUNCTIONS, SPELLINGS
from lib.expression.letters import GREEK_NAMES

Way = tuple[tuple[str, ...], ...]  # (("sin", "2", "x"),) of sin2x

_LONGEST = 24
_FUNCTIONS = frozenset(
    name for name, row in SPELLINGS.items()
    if FUNCTIONS[row].least == 1 and name[:2].isalpha() and name.isalnum() and name not in GREEK_NAMES | {"int", "fix"}
)  # fmt: skip
_ARGUMENT = re.compile(r"(\d*)((?:pi)?)([abkmnw]?(?=[xyz]))?([xyztuvwnab]?)", re.ASCII)
_BASED = re.compile(r"log\d+", re.ASCII)


def glued(word: str) -> Way:
    """Its functions, each with what it is of; () where there is no such way to part it, or more than one.

    `log2x` is log2(x) or log(2x), `asinx` is asin(x) or a·sin(x). `xsin(x)` may be a slip, and is left alone.
    """
    if not 2 < len(word) <= _LONGEST:
        return ()
    ways = [*_ways(word), *_ways(word[1:])]
    return ways[0] if len(ways) == 1 and word.startswith(ways[0][0][0]) else ()


def _ways(word: str) -> Iterator[Way]:
    """All ways to part a word into functions and what they are of; that of the last may stand behind the word."""
    for cut in range(2, len(word) + 1):
        name, rest = word[:cut], word[cut:]
        if name not in _FUNCTIONS and not _BASED.fullmatch(name):
            continue
        if not rest and cut > 2:
            yield ((name,),)
        for way in _ways(rest):  # lnsinx
            yield ((name,), *way)
        found = _ARGUMENT.match(rest)
        if rest and found and found[0]:
            part = (name, *filter(None, found.groups()))
            behind = rest[found.end() :]
            for way in _ways(behind) if behind else [()]:
                yield (part, *way)


def shown(way: Way) -> str:
    """sin 2x·cos x, ln sin x"""
    text = ""
    for name, *of in way:
        text += f"{name} {''.join(of)}·" if of else f"{name} "
    return text[:-1]
