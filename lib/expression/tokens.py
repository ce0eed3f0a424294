"""Text -> tokens, in every dialect at once: Python, maths and LaTeX."""

import re
from dataclasses import dataclass, replace

from lib.expression.characters import FRACTIONS, SERIES, SUBSCRIPTS, SUPERSCRIPTS, read_characters
from lib.expression.commands import read_command, words_in_english
from lib.expression.errors import ExpressionError
from lib.expression.limits import MAX_DIGITS
from lib.expression.wishes import SIGNS
from lib.message import Message

_NUMBER = re.compile(r"(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_SUFFIX = re.compile(r"[fF](?![A-Za-z0-9_(\[])", re.ASCII)  # of C: 2.0f
_NOT_DECIMAL = re.compile(r"0[xXbBoO][0-9a-fA-F]+", re.ASCII)
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_OPERATOR = re.compile(
    r"\.(?<!\.\.)[-+*/^(]|&=|&&|<>|~=|\*\*|//|<<|>>|<=|>=|==|!=|:=|->|\\\\|[-+*/^%@=<>|&~!?.,;:()\[\]{}_√∛⌊⌋⌈⌉‖]"
)

_SHORT_SUBSCRIPT = re.compile(r"[A-Za-z]_[a-z][xyzt]")  # \\sum a_nx^n of LaTeX: a_n x^n

_CAPITALS = {"\x00Sigma": "sum", "\x00Pi": "prod"}  # Σ_{i=1}^n
_ALIKE = {
    ".*": "*", "./": "/", ".^": "^", ".+": "+", ".-": "-", ".(": "(", "~=": "!=",  # of MATLAB and Julia
    "&=": "=", "&&": "and", "<>": "!=",  # of LaTeX's aligned lines, of C, of spreadsheets
}  # fmt: skip

_DIGITS = frozenset("0123456789.")
_SIGNS = frozenset("-+*/^%@=<>|&~!?.,;:()[]{}#'\"`")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_")


@dataclass(slots=True)  # never changed; to freeze them would double the time to make them
class Token:
    """kind: number, word, operator, command (of LaTeX) or end. spaced: white space stands before it."""

    kind: str
    text: str
    start: int
    end: int
    spaced: bool = False
    value: float = 0.0

    @property
    def span(self) -> tuple[int, int]:
        return self.start, self.end


def tokenize(text: str) -> list[Token]:
    """The tokens of a text, an `end` token last. Raises ExpressionError where the text holds what no formula has."""
    return _Lexer(read_characters(words_in_english(text))).run()


class _Lexer:
    def __init__(self, characters: list[str]) -> None:
        self.characters = characters
        # Names and longer operators would shift places: they are a "?" here and looked up in `characters`.
        self.plain = "".join(characters)
        if len(self.plain) != len(characters) or not self.plain.isascii():
            self.plain = "".join(c if len(c) == 1 and c.isascii() else "\x01" for c in characters)
        self.place = 0
        self.tokens: list[Token] = []
        self.spaced = False

    def run(self) -> list[Token]:
        while self.place < len(self.characters):
            if self.characters[self.place] == " ":
                self.spaced = self.spaced or not self.after_command()
                self.place += 1
            else:
                tokens = len(self.tokens)
                self.read()
                self.spaced = self.spaced and len(self.tokens) == tokens  # \left and \, are no tokens
        self.emit("end", "", 0)
        return self.tokens

    def after_command(self) -> bool:
        """Whether a LaTeX command ends here: the space after it only ends its name."""
        last = self.tokens[-1] if self.tokens else None
        return last is not None and last.end == self.place and self.plain[last.start : last.start + 1] == "\\"

    def emit(self, kind: str, text: str, length: int, value: float = 0.0) -> None:
        self.tokens.append(Token(kind, text, self.place, self.place + length, self.spaced, value))
        self.place += length

    def read(self) -> None:
        character = self.characters[self.place]
        if character in _DIGITS and self.number():
            return
        if character in _LETTERS:
            self.word()
        elif character in _SIGNS:
            if not self.operator():
                self.refuse(character)
        elif character in _CAPITALS and self.characters[self.place + 1 : self.place + 3] == ["_", "{"]:
            self.emit("command", _CAPITALS[character], 1)
        elif character.startswith("\x00"):
            self.emit("word", character[1:], 1)
        elif character in SUPERSCRIPTS:
            self.superscript()
        elif character in SUBSCRIPTS:
            self.subscript()
        elif character in FRACTIONS:
            self.fraction(*FRACTIONS[character])
        elif character in SERIES:
            self.emit("command", SERIES[character], 1)
        elif character == "∞":
            self.emit("word", "inf", 1)
        elif character in (" or ", " and "):
            self.emit("word", character.strip(), 1)
        elif len(character) == 2:
            self.emit("operator", character, 1)
        elif character == "\\":
            self.command()
        elif character == "$":
            self.place += 1
        elif not self.operator():
            self.refuse(character)

    def number(self) -> bool:
        if self.characters[self.place] == "0" and (match := _NOT_DECIMAL.match(self.plain, self.place)):
            raise ExpressionError(
                Message("`{text}` is not a decimal number.", text=_short(match[0])),
                match.span(),
                Message("Write it in decimal digits."),
            )
        match = _NUMBER.match(self.plain, self.place)
        if not match:
            return False
        too_long = len(match[0]) > MAX_DIGITS and sum(c.isdigit() for c in match[0]) > MAX_DIGITS
        if too_long or float(match[0]) == float("inf"):
            raise ExpressionError(
                Message("The number `{text}` is too long or too large.", text=_short(match[0])),
                match.span(),
                Message("A number has at most {digits} digits and lies below 1.8e308.", digits=MAX_DIGITS),
            )
        text = match[0]
        if not text.isdigit() and _SUFFIX.match(self.plain, match.end()):
            text += "f"
        self.emit("number", text, len(text), float(match[0]))
        return True

    def word(self) -> None:
        match = _WORD.match(self.plain, self.place)
        text = match[0] if match else self.characters[self.place]
        last = self.tokens[-1] if self.tokens else None
        touching = last is not None and last.end == self.place
        after_command = touching and last is not None and (last.kind == "word" or last.text in ("‖", ")‖"))
        if text.startswith("_") and not text.startswith("__") and after_command:  # \log_2, \|x\|_2
            self.emit("operator", "_", 1)
        elif (
            text.endswith("_") and len(text) > 1 and (self.peek(len(text)) == "{" or text in ("sum_", "prod_"))
        ):  # x_{1}
            self.emit("word", text[:-1], len(text) - 1)
        elif text[1:2] == "_" and "\\" in self.plain and _SHORT_SUBSCRIPT.fullmatch(text):
            self.emit("word", text[:3], 3)
        elif text.startswith("log_") and self.peek(len(text)) == "." and self.peek(len(text) + 1).isdigit():  # log_0.5
            self.emit("word", "log", 3)
        elif text == "mod" and self.tokens and not self.plain[self.place + 3 :].lstrip().startswith("("):  # x mod 2
            self.emit("operator", "%", 3)
        else:
            self.emit("word", text, len(text))

    def operator(self) -> bool:
        match = _OPERATOR.match(self.plain, self.place)
        text = match[0] if match else self.characters[self.place]
        if match or text in "√∛∜⌊⌋⌈⌉‖∈":
            self.emit("operator", _ALIKE.get(text, text), len(text))
            return True
        return False

    def peek(self, distance: int) -> str:
        return self.plain[self.place + distance : self.place + distance + 1]

    def command(self) -> None:
        kind, text, length = read_command(self.plain, self.place)
        if kind == "space":
            self.place += length
        else:
            self.emit(kind, text, length)

    def superscript(self) -> None:
        """`x²` is x^(2): the raised characters are read as an exponent in brackets, each at its own place."""
        start = end = self.place
        while end < len(self.characters) and self.characters[end] in SUPERSCRIPTS:
            end += 1
        raised = [SUPERSCRIPTS[c] for c in self.characters[start:end]]
        if self.characters[end : end + 1] == ["√"] and raised in (["3"], ["4"]):  # ³√x
            self.emit("operator", "∛" if raised == ["3"] else "∜", 2)
            return
        for place in range(end - start - 1):  # e⁻ˣ² is e^(-x²)
            if raised[place + 1].isdigit() and (raised[place].isalpha() or raised[place] in SUPERSCRIPTS):
                raised[place + 1] = self.characters[start + place + 1]
        inner = [replace(t, start=t.start + start, end=t.end + start) for t in _Lexer(raised).run()[:-1]]
        self.emit("operator", "^", 0)
        self.emit("operator", "(", 0)
        self.tokens += inner
        self.place = end
        self.emit("operator", ")", 0)

    def subscript(self) -> None:
        """`x₁` is the letter x_1."""
        start = end = self.place
        while end < len(self.characters) and self.characters[end] in SUBSCRIPTS:
            end += 1
        low = "".join(SUBSCRIPTS[c] for c in self.characters[start:end])
        last = self.tokens[-1] if self.tokens else None
        if last is None or last.kind != "word" or last.end != start:
            raise ExpressionError(
                Message("A subscript needs a letter before it."), (start, end), Message("As in `x₁` or `log₂(x)`.")
            )
        self.tokens[-1] = replace(last, text=f"{last.text}_{low}", end=end)
        self.place = end

    def fraction(self, numerator: int, denominator: int) -> None:
        if self.tokens and self.tokens[-1].kind == "number" and not self.spaced:
            raise ExpressionError(
                Message("I don't read mixed numbers."),
                (self.tokens[-1].start, self.place + 1),
                Message("Write it as a sum: `2+½`."),
            )
        self.emit("operator", "(", 0)
        self.emit("number", str(numerator), 0, float(numerator))
        self.emit("operator", "/", 0)
        self.emit("number", str(denominator), 0, float(denominator))
        self.emit("operator", ")", 1)

    def refuse(self, character: str) -> None:
        span = (self.place, self.place + 1)
        if character in "'\"`":
            raise ExpressionError(
                Message("Quotes have no meaning in a formula."),
                span,
                SIGNS["'"] if character == "'" else Message("Delete them."),
            )
        raise ExpressionError(
            Message("The sign `{character}` has no meaning in a formula.", character=character),
            span,
            Message("Delete it."),
        )


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:20] + "…"
