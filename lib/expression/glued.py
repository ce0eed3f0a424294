"""Functions written without a space or brackets, as students do: `sinx`, `xsin2x`, `sinxcosx`, `Asin(ωx)`."""

import re
from collections.abc import Iterator

from lib.expression.functions import FUNCTIONS, SPELLINGS
from lib.expression.letters import GREEK_NAMES

Way = tuple[tuple[str, ...], ...]  # (("x",), ("sin", "2", "x")) of xsin2x

_LONGEST = 24
_FUNCTIONS = frozenset(
    name for name, row in SPELLINGS.items()
    if FUNCTIONS[row].least == 1 and name[:2].isalpha() and name.isalnum() and name not in GREEK_NAMES | {"int", "fix"}
)  # fmt: skip
_COEFFICIENTS = frozenset("xyztuvwnabkmprsABCKR")
_ARGUMENT = re.compile(r"(\d*)((?:pi)?)([abkmnw]?(?=[xyz]))?([xyztuvwnab]?)", re.ASCII)
_BASED = re.compile(r"log\d+", re.ASCII)


def glued(word: str) -> Way:
    """Its letter and functions, each with what it is of; () where there is no such way to part it, or more than one.

    `asinx` is a·sin(x) or asin(x), `log2x` is log2(x) or log(2x).
    """
    if not 2 < len(word) <= _LONGEST:
        return ()
    ways = list(_ways(word))
    if word[0] in _COEFFICIENTS:
        ways += [((word[0],), *way) for way in _ways(word[1:])]
    return ways[0] if len(ways) == 1 else ()


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
    """x·sin 2x, ln sin x"""
    text = ""
    for name, *of in way:
        text += f"{name} {''.join(of)}·" if of else name + ("·" if len(name) == 1 else " ")
    return text[:-1]
