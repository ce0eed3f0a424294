"""The commands of LaTeX that a formula may hold, and what each stands for."""

import re

from lib.expression.errors import ExpressionError
from lib.expression.functions import SPELLINGS
from lib.expression.letters import GREEK_NAMES
from lib.expression.nearest import nearest
from lib.expression.wishes import WISHES
from lib.message import Message

_NAME = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_TEXT = re.compile(r"\s*\{\s*((?:[A-Za-z](?:[A-Za-z0-9 ]|\\?_)*)?)\}", re.ASCII)
_DELIMITER = re.compile(r"\s*(\\[{}|]|\\[lr]?[Vv]ert\b|\\[lr](?:vert|floor|ceil|brace|brack)\b|[()\[\]|.])")

# Commands that the parser reads together with their arguments.
STRUCTURES = frozenset({"frac", "sqrt", "sum", "prod", "begin", "end", "binom"})

_SPACES = frozenset(", ; : ! > ( ) [ ] quad qquad displaystyle textstyle limits nolimits".split()) | {" ", "\n"}  # noqa: SIM905
_OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "vert": "|", "lvert": "|(", "rvert": ")|", "|": "‖",
    "Vert": "‖", "lVert": "‖(", "rVert": ")‖", "odot": "*", "{": "(", "}": ")", "%": "%",
    "lbrace": "(", "rbrace": ")", "lbrack": "[", "rbrack": "]", "bmod": "%", "mod": "%",
    "\\": "\\\\", "_": "_", "colon": ":", "to": "->", "mapsto": "->", "rightarrow": "->",
}  # fmt: skip
_WORDS = {
    "infty": "inf", "undefined": "nan", "NaN": "nan", "pi": "pi", "lambda": "lamda",
    "Lambda": "Lambda", "varphi": "phi", "varepsilon": "epsilon",
    "vartheta": "theta", "varrho": "rho", "lor": "or", "vee": "or", "land": "and",
    "wedge": "and", "lnot": "not", "neg": "not",
}  # fmt: skip
_BARS = {"|": "|", "\\vert": "|", "\\lvert": "|", "\\rvert": "|", "\\|": "‖", "\\Vert": "‖", "\\lVert": "‖",
         "\\rVert": "‖"}  # fmt: skip
_FRACTIONS = frozenset({"dfrac", "tfrac", "cfrac"})
_SIZES = frozenset({"left", "right", "bigl", "bigr", "Bigl", "Bigr", "big", "Big", "biggl", "biggr", "middle"})
_NAMED = frozenset({"operatorname", "mathrm", "mathit", "text", "textrm", "mathop"})


def read_command(text: str, place: int) -> tuple[str, str, int]:
    """(kind, text, length) of the token that the command at `place` stands for; kind "space" stands for nothing."""
    match = _NAME.match(text, place)
    if not match:
        raise ExpressionError(
            Message("A backslash starts a LaTeX command."), (place, place + 1), Message("As in `\\sin` or `\\frac`.")
        )
    name, length = match[1], match.end() - place
    if name in _SPACES:
        return "space", "", length
    if name in _SIZES:
        return _delimiter(text, place, name, length)
    if name in _NAMED:
        return _named(text, place, length)
    if name in _OPERATORS:
        return "operator", _OPERATORS[name], length
    if name in STRUCTURES or name in _FRACTIONS:
        return "command", "frac" if name in _FRACTIONS else name, length
    if name in WISHES:
        raise ExpressionError(
            Message("I don't know the LaTeX command `{name}`.", name="\\" + name), match.span(), WISHES[name]
        )
    if name in _WORDS or name in GREEK_NAMES or name in SPELLINGS:
        return "word", _WORDS.get(name, name), length
    close = nearest(name, [*SPELLINGS, *GREEK_NAMES, *_WORDS, *_OPERATORS, *STRUCTURES])
    raise ExpressionError(
        Message("I don't know the LaTeX command `{name}`.", name="\\" + name[:20]),
        match.span(),
        Message("Did you mean `{name}`?", name="\\" + close) if close else Message("Write the formula in plain maths."),
    )


def _delimiter(text: str, place: int, name: str, length: int) -> tuple[str, str, int]:
    """\\left| and \\right| say which bar opens, so their bars become "|(" and ")|"; other sizes stand for nothing."""
    match = _DELIMITER.match(text, place + length)
    if match and match[1] == ".":
        return "space", "", match.end() - place
    if match and match[1] in _BARS and name[-1] not in "ge":
        bar = _BARS[match[1]]
        return "operator", f"{bar}(" if name.endswith("l") or name == "left" else f"){bar}", match.end() - place
    return "space", "", length


def _named(text: str, place: int, length: int) -> tuple[str, str, int]:
    match = _TEXT.match(text, place + length)
    if not match:
        raise ExpressionError(
            Message("I can't read the text in braces here."),
            (place, place + length),
            Message("Only a name may stand there, as in `\\operatorname{{sinh}}`."),
        )
    word = match[1].replace(" ", "").replace("\\", "")
    end = match.end() - place
    return ("word", _WORDS.get(word, word), end) if word else ("space", "", end)
