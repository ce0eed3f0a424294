"""Characters that a formula may hold, and what the ones outside ASCII stand for."""

import re
import unicodedata

from lib.expression.errors import ExpressionError
from lib.expression.letters import GREEK
from lib.expression.limits import MAX_CHARACTERS
from lib.expression.wishes import SIGNS
from lib.message import Message

_OPERATORS = {
    "−": "-", "×": "*", "·": "*", "⋅": "*", "∙": "*", "•": "*", "∗": "*", "\u2062": "*", "÷": "/", "∕": "/",
    "⁄": "/",
    "≤": "<=", "≥": ">=", "≦": "<=", "≧": ">=", "⩽": "<=", "⩾": ">=", "≠": "!=", "∧": " and ", "∨": " or ", "¬": "~",
    "→": "->", "↦": "->", "√": "√", "∛": "∛", "‖": "‖", "⌊": "⌊", "⌋": "⌋", "⌈": "⌈", "⌉": "⌉", "∞": "∞", "∈": "∈",
    "且": " and ", "或": " or ", "∣": "|", "❘": "|", "∥": "‖", "≜": ":=", "≔": ":=", "∜": "∜",
    "，": ",", "、": ",", "。": ".", "｡": ".", "【": "[", "】": "]", "〔": "(", "〕": ")",
}  # fmt: skip
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁽⁾ⁿⁱˣʸᵃᵇᵏᵐᵗᶜᵈʲˡᵖʳˢᵘᵛʷᶻ", "0123456789+-()nixyabkmtcdjlprsuvwz", strict=True))
SUBSCRIPTS = dict(zip("₀₁₂₃₄₅₆₇₈₉ᵢⱼₙₖₐₘₚₛₜₓ", "0123456789ijnkampstx", strict=True))
FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip
_LETTERS = {**GREEK, "µ": "mu", "ϕ": "phi", "ϵ": "epsilon", "π": "pi", "∆": "Delta", "Ω": "Omega", "ħ": "h_bar",
            "ℏ": "h_bar"}  # fmt: skip
# Also of typesetters, and the invisible sign between a function and what it is of.
_SPACES = frozenset(
    " \t\n\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u2061\u3000"
)
_BETWEEN_WORDS = re.compile("[^\u4e00-\u9fff，。；：？！、“”]+")
SERIES = {"∑": "sum", "∏": "prod"}
_KEPT = SUPERSCRIPTS.keys() | SUBSCRIPTS.keys() | FRACTIONS.keys() | SERIES.keys()


def read_characters(text: str) -> list[str]:
    """Each character of the text as what it stands for: " ", ASCII, an operator, a letter's name after a "\\x00" mark.

    The list is as long as the text, so that places in it are places in the text. Raises ExpressionError for a text
    that is too long and for a character that no formula needs: controls, invisible ones, look-alikes of Latin letters.
    """
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(
            Message("The text has {count} characters, more than {limit}.", count=len(text), limit=MAX_CHARACTERS),
            (MAX_CHARACTERS, len(text)),
            Message("Shorten it, or write repeated terms as a sum: `sum(x^i, i, 1, 9)`."),
        )
    if text.isascii() and text.isprintable():
        return list(text)
    return [_stands_for(character, place, text) for place, character in enumerate(text)]


def _stands_for(character: str, place: int, text: str) -> str:
    if character in _SPACES:
        return " "
    if " " < character <= "~":
        return character
    if "\uff01" <= character <= "\uff5e":  # full-width forms of ASCII
        return chr(ord(character) - 0xFEE0)
    if character in _OPERATORS:
        return _OPERATORS[character]
    if "\U0001d400" <= character <= "\U0001d7ff" or character in "ℯⅇℎℓ":  # 𝑥 as it is copied from web pages
        character = unicodedata.normalize("NFKC", character)
        if character.isascii():
            return character
    if character in _LETTERS:
        return "\x00" + _LETTERS[character]
    if character in _KEPT:
        return character
    raise ExpressionError(_refusal(character), (place, place + 1), _way_out(character, text))


def _refusal(character: str) -> Message:
    code = f"U+{ord(character):04X}"
    if character.isprintable() and not unicodedata.combining(character):
        name = unicodedata.name(character, "").lower()
        if not name or name.endswith(code[2:].lower()):  # "cjk unified ideograph-4f60" says no more than the code
            return Message("I can't read the character `{character}` ({code}).", character=character, code=code)
        return Message("I can't read the character `{character}` ({code}, {name}).", character=character, code=code,
                       name=name)  # fmt: skip
    return Message("The text holds an invisible character ({code}).", code=code)


def _way_out(character: str, text: str) -> Message:
    if unicodedata.category(character) == "Pd" or character == "\u00ad":  # some PDFs have soft hyphens for minus
        return Message("For minus, type `-`.")
    plain = unicodedata.normalize("NFKC", character)
    if character in SIGNS:
        return SIGNS[character]
    if unicodedata.category(character) in ("Pi", "Pf", "Ps", "Pe"):
        return Message("Delete them.")
    if character.isalpha() and plain.isascii():
        return Message("Type `{plain}` instead.", plain=plain)
    if unicodedata.name(character, "").startswith("CJK"):
        return Message("Type only the formula, such as `{formula}`.", formula=_formula_in(text))
    if character.isalpha():
        return Message("Letters are a to z, A to Z and the Greek ones.")
    return Message("Delete it and type it again from the keyboard.")


def _formula_in(text: str) -> str:
    """The longest part of a sentence that is no word of it, an example where that is no formula."""
    found = max((part.strip(" \n,.:;?!") for part in _BETWEEN_WORDS.findall(text)), key=len, default="")
    return found if 2 < len(found) < 80 else "x^2 + sin(x)"
