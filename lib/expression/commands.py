"""The commands of LaTeX that a formula may hold, and what each stands for."""

import re

from lib.expression.errors import ExpressionError
from lib.expression.functions import SPELLINGS
from lib.expression.glued import glued
from lib.expression.letters import GREEK_NAMES
from lib.expression.nearest import nearest
from lib.expression.wishes import WISHES
from lib.message import Message

_NAME = re.compile(r"\\([A-Za-z]+|.)", re.DOTALL)
_WOLFRAM = re.compile(r"\\\[([A-Z][a-z]+)\]")  # \\[Alpha]
_TEXT = re.compile(
    r"\s*\{\s*(?:\\(?:mathrm|text|rm)\b\s*(\{)?\s*)?((?:[A-Za-z](?:[A-Za-z0-9 ]|\\?_)*)?)[.,]?\s*(?(1)\}\s*)\}",
    re.ASCII,
)
_CHINESE = re.compile(r"\\(?:text|textrm|mathrm|mbox)\s*\{\s*(?:(当|若|如果)|其他|其它|其余|否则)\s*\}")
_DELIMITER = re.compile(r"\s*(\\[{}|]|\\[lr]?[Vv]ert\b|\\[lr](?:vert|floor|ceil|brace|brack)\b|[()\[\]|.])")

# Commands that the parser reads together with their arguments.
STRUCTURES = frozenset({"frac", "sqrt", "sum", "prod", "begin", "end", "binom", "cases", "over", "choose"})

_ACCENTS = {"hat": "hat", "widehat": "hat", "bar": "bar", "overline": "bar", "tilde": "tilde", "widetilde": "tilde"}
_ACCENTED = re.compile(
    r"\s*(\{)?\s*(?:\\mathbf\s*)?(\\[A-Za-z]+|[A-Za-z])\s*(?(1)(?:_\s*\{?\s*(\w+)\s*\}?\s*)?\}|)", re.ASCII
)

# What changes only the look, with its argument in braces.
_LOOKS = re.compile(r"\\(?:color|textcolor|tag\*?|label)\s*\{[^{}\\]*\}")

# Environments around a whole formula, which stand for nothing; and a brace on the left whose lines are cases.
_AROUND = re.compile(r"\\(?:begin|end)\s*\{(?:equation|align|aligned|gather|gathered|split|displaymath|math)\*?\}")
_BRACE_OF_CASES = re.compile(
    r"(?:\\left\s*)?\\(?:\{|lbrace)\s*\\begin\s*\{(?:array\}\s*\{[lcr|@{}\s]*|aligned|align|matrix|gathered|cases)\}"
)

_SPACES = frozenset(
    ", ; : ! > ( ) [ ] quad qquad displaystyle textstyle limits nolimits rm bf it boxed"  # noqa: SIM905
    " large Large LARGE small normalsize scriptstyle nonumber notag"
    " red blue green purple pink gray redD blueD greenD purpleD maroonD goldD tealD redE blueE greenE".split()
) | {" ", "\n"}  # the colours are Khan Academy's
_OPERATORS = {
    "cdot": "*", "times": "*", "ast": "*", "div": "/", "le": "<=", "leq": "<=", "leqslant": "<=", "ge": ">=",
    "geq": ">=", "geqslant": ">=", "ne": "!=", "neq": "!=", "lt": "<", "gt": ">", "lfloor": "⌊", "rfloor": "⌋",
    "lceil": "⌈", "rceil": "⌉", "vert": "|", "lvert": "|(", "rvert": ")|", "|": "‖",
    "Vert": "‖", "lVert": "‖(", "rVert": ")‖", "odot": "*", "{": "{", "}": "}", "%": "%",
    "lbrace": "{", "rbrace": "}", "lbrack": "[", "rbrack": "]", "bmod": "%", "mod": "%",
    "\\": "\\\\", "_": "_", "colon": ":", "to": "->", "mapsto": "->", "rightarrow": "->",
    "in": "∈", "coloneqq": ":=", "triangleq": ":=", "equiv": ":=", "mid": "|",
}  # fmt: skip
_WORDS = {
    "infty": "inf", "undefined": "nan", "NaN": "nan", "pi": "pi", "lambda": "lamda",
    "Lambda": "Lambda", "varphi": "phi", "hbar": "h_bar", "varepsilon": "epsilon",
    "vartheta": "theta", "varrho": "rho", "lor": "or", "vee": "or", "land": "and",
    "wedge": "and", "lnot": "not", "neg": "not",
}  # fmt: skip
_BARS = {"|": "|", "\\vert": "|", "\\lvert": "|", "\\rvert": "|", "\\|": "‖", "\\Vert": "‖", "\\lVert": "‖",
         "\\rVert": "‖"}  # fmt: skip
_ALIKE = {"dfrac": "frac", "tfrac": "frac", "cfrac": "frac", "tbinom": "binom", "dbinom": "binom"}
_SIZES = frozenset({"left", "right", "bigl", "bigr", "Bigl", "Bigr", "big", "Big", "biggl", "biggr", "middle"})
_NAMED = frozenset({
    "operatorname", "mathrm", "mathit", "mathbf", "mathsf", "boldsymbol", "text", "textrm", "textit", "mbox", "mathop",
    "bm", "pmb", "mathcal", "mathscr", "vec", "underline",
})  # fmt: skip
_FONTS = frozenset({"mathrm", "mathit", "mathbf", "mathsf", "boldsymbol", "bm", "pmb", "mathcal", "mathscr",
                    "vec", "underline"})  # fmt: skip


def words_in_english(text: str) -> str:
    """The text with the Chinese words of cases in English, each at its place: \\text{其他} is otherwise."""
    if "\\" not in text or text.isascii():
        return text
    return _CHINESE.sub(lambda m: ("if" if m[1] else "else").ljust(len(m[0])), text)


def read_command(text: str, place: int) -> tuple[str, str, int]:
    """(kind, text, length) of the token that the command at `place` stands for; kind "space" stands for nothing."""
    match = _NAME.match(text, place)
    if not match:
        raise ExpressionError(
            Message("A backslash starts a LaTeX command."), (place, place + 1), Message("As in `\\sin` or `\\frac`.")
        )
    name, length = match[1], match.end() - place
    if wolfram := _WOLFRAM.match(text, place):
        return "word", _WORDS.get(wolfram[1].lower(), wolfram[1].lower()), len(wolfram[0])
    if around := _AROUND.match(text, place):
        return "space", "", len(around[0])
    if cases := _BRACE_OF_CASES.match(text, place):
        return "command", "cases", len(cases[0])
    if looks := _LOOKS.match(text, place):
        return "space", "", len(looks[0])
    if name in _SPACES:
        return "space", "", length
    if name in _ACCENTS:
        return _accented(text, place, name, length)
    if name in _SIZES:
        return _delimiter(text, place, name, length)
    if name in _NAMED:
        return _named(text, place, length, name)
    if name in _OPERATORS:
        return "operator", _OPERATORS[name], length
    if name in STRUCTURES or name in _ALIKE:
        return "command", _ALIKE.get(name, name), length
    if name in WISHES:
        raise ExpressionError(
            Message("I don't know the LaTeX command `{name}`.", name="\\" + name), match.span(), WISHES[name]
        )
    if name in _WORDS or name in GREEK_NAMES or name in SPELLINGS:
        return "word", _WORDS.get(name, name), length
    if glued(name):
        return "word", name, length
    close = nearest(name, [*SPELLINGS, *GREEK_NAMES, *_WORDS, *_OPERATORS, *STRUCTURES, *_ALIKE, *_NAMED])
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


def _accented(text: str, place: int, name: str, length: int) -> tuple[str, str, int]:
    match = _ACCENTED.match(text, place + length)
    letter = match[2].lstrip("\\") if match else ""
    letter = _WORDS.get(letter, letter)
    if not match or not (len(letter) == 1 or letter in GREEK_NAMES):
        raise ExpressionError(
            Message("`{name}` stands over one letter only.", name="\\" + name),
            (place, place + length),
            Message("As in `\\bar{{x}}`; write the formula without it."),
        )
    below = f"_{match[3]}" if match[3] else ""  # \\hat{y_1}
    return "word", f"{letter}_{_ACCENTS[name]}{below}", match.end() - place


def _named(text: str, place: int, length: int, name: str) -> tuple[str, str, int]:
    match = _TEXT.match(text, place + length)
    if not match and name in _FONTS:
        return "space", "", length
    if not match:
        raise ExpressionError(
            Message("I can't read the text in braces here."),
            (place, place + length),
            Message("Only a name may stand there, as in `\\operatorname{{sinh}}`."),
        )
    word = match[2].replace(" ", "").replace("\\", "")
    end = match.end() - place
    return ("word", _WORDS.get(word, word), end) if word else ("space", "", end)
