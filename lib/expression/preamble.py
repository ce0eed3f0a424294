"""What may stand before a formula and is passed over: `>>>`, `2.`, `y =`, `f(x, y) =`, `x ->`, `lambda x:`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression.errors import ExpressionError
from lib.expression.vocabulary import KEYWORDS, REFUSED, look_up
from lib.expression.wishes import WISHES
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

_EQUALS = ("=", ":=")
_BETWEEN = (",", ";", "|")  # f(x; a) and p(x | a)
_DECLARED = frozenset({"let", "const", "var", "auto", "float", "double", "int"})  # of JavaScript and C: let y =
_BRACKETS = {"(": ")", "{": "}"}
# What nobody defines by a formula of its own: `cos(x) = x` is an equation.
_ELEMENTARY = frozenset({"sqrt", "exp", "log", "log10", "log2", "sin", "cos", "tan", "asin", "acos", "atan"})
_LONGEST_SHOWN = 60


def skip_prompt(p: Parser) -> None:
    """Move past `>>>` of Python's shell, `=` of a spreadsheet, `2.` or `(2)` of a list."""
    if p.at(">>") and p.peek().text == ">":
        p.place += 2
    p.accept("=")
    if p.token.kind != "number" and not p.at("("):
        return
    mark = 3 if p.at("(") and p.peek().kind == "number" and p.peek(2).text == ")" else 1
    behind = p.peek(mark)
    if p.token.kind == "number":
        mark += behind.text == ")"
        listed = _begins(p, mark) and (mark == 2 or (p.token.text.endswith(".") and behind.spaced))
    else:  # (2) y = x^2
        listed = mark == 3 and behind.kind == "word" and _after_left_side(p, mark) > 0
    if listed:
        p.note(Message("`{mark}` in front is the number of a list.", mark=p.text[p.token.start : p.peek(mark - 1).end]))
        p.place += mark


def _begins(p: Parser, distance: int) -> bool:
    """Whether a formula with a letter begins there: `2. * x` is a product, and `1) 2` no number."""
    first, second = p.peek(distance), p.peek(distance + 1)
    letter = second if first.kind == "number" and not second.spaced else first
    return letter.kind in ("word", "command")


def skip_preamble(p: Parser) -> None:
    """Move past the left sides of a formula: y = f(x) = x^2 has two, x = y = 1 is no formula."""
    place, named = -1, False
    while place < p.place and not (named and p.peek().text in _EQUALS):
        place, named = p.place, named or p.peek().text in _EQUALS
        _left_side(p)
    if p.at("lambda"):
        skip_lambda(p)


def skip_lambda(p: Parser) -> None:
    p.advance()
    while not p.at(":"):
        _parameter(p)
        if p.accept("="):  # a default
            p.expression()
        if not p.accept(","):
            break
    p.expect(":")


def _left_side(p: Parser) -> None:
    if p.at("@") and p.peek().text == "(":  # @(x) of MATLAB
        p.advance()
        _parameters(p)
        return
    if p.at("(") and _arrow(p, _after_parameters(p, 1)):  # (x) => x^2
        _parameters(p)
        p.place += _arrow(p, 0)
        return
    if p.token.text.lower() in _DECLARED and p.peek().kind == "word" and _after_left_side(p, 1):
        p.advance()
    name = p.token
    if name.kind != "word" or name.text in KEYWORDS or name.text in REFUSED:
        return
    if behind := _after_left_side(p, 0):
        _refuse_equation(p, behind)
        p.place += behind
        return
    if p.peek().text == ":" and _arrow(p, 3):  # f: x -> x^2
        p.place += 2
    if _arrow(p, 1):
        _parameter(p)
        arrow = p.token
        p.place += _arrow(p, 0)
        _refuse_limit(p, arrow.start)


def _after_left_side(p: Parser, distance: int) -> int:
    """The distance of what stands behind `y =`, `f_1(x) =`, `f^-1(x) =`, `f[x_] :=`, `y: float =`, `y <-`; else 0."""
    if p.peek(distance).text in KEYWORDS or p.peek(distance).text in REFUSED:
        return 0
    end = _after_name(p, distance)
    after = p.peek(end)
    if after.text == "^" and p.peek(end + 1).text in _BRACKETS and p.peek(end + 3).text == "1":
        end += 5
    if p.peek(end).text == "(":
        end = _after_parameters(p, end + 1)
    elif after.text == "[" and p.peek(end + 1).text.endswith("_"):
        while p.peek(end).text in ("[", ",") and p.peek(end + 1).text.endswith("_"):
            end += 2
        end += p.peek(end).text == "]"
    elif after.text == ":":
        end += 1
        while p.peek(end).kind == "word" or p.peek(end).text == ".":
            end += 1
    elif after.text == "<" and p.peek(end + 1).text == "-" and p.peek(end + 2).spaced and after.spaced:
        return end + 2 if p.peek(end + 1).start == after.end else 0
    return end + 1 if p.peek(end).text in _EQUALS and not _arrow(p, end) else 0


def _after_name(p: Parser, distance: int) -> int:
    """The distance of what stands behind a name with its subscript."""
    if p.peek(distance + 1).text != "_":
        return distance + 1
    return distance + (5 if p.peek(distance + 2).text == "{" else 3)


def _refuse_equation(p: Parser, behind: int) -> None:
    """`cos(x) = x` and `tanh(x) = 1/2` define nothing; `tanh(x) = (e^x - e^-x)/(e^x + e^-x)` may, and `x = cos(x)`."""
    word = look_up(p.token.text)
    function = p.peek().text == "(" and word.kind in ("function", "written")
    letters = {p.peek(k).text for k in range(2 if function else 0, behind) if p.peek(k).kind == "word"}
    both = any(token.text in letters for token in p.tokens[p.place + behind :])
    if function and (word.name in _ELEMENTARY or not both):
        raise equation(p, p.place + behind - 1)
    if function or (both and p.peek().text == "="):
        left = p.source((p.token.start, p.peek(behind - 1).end))
        p.note(Message("`{left}` in front is passed over; of an equation, type left side minus right side.", left=left))


def equation(p: Parser, place: int) -> ExpressionError:
    """The refusal of an equation whose sign stands at this place."""
    sign = p.tokens[place]
    last = len(p.tokens) - 2
    while p.tokens[last].text in (".", ";", ","):
        last -= 1
    left = " ".join(p.text[p.tokens[0].start : sign.start].split())
    right = " ".join(p.text[sign.end : p.tokens[last].end].split())
    difference = left if right == "0" else f"{left} - {right}" if last == place + 1 else f"{left} - ({right})"
    one = not any(token.text in (*_EQUALS, *_BETWEEN, "==") for token in p.tokens if token is not sign)
    if one and left and right and len(difference) <= _LONGEST_SHOWN:
        way_out = Message("Type `{difference}`, and find where it is 0 on the Inverse page.", difference=difference)
    elif not one:
        way_out = Message("Of sides that are always equal type one; else the left side minus the right side, and find"
                          " where it is 0 on the Inverse page.")  # fmt: skip
    else:
        way_out = Message("Type the left side minus the right side, and find where it is 0 on the Inverse page.")
    return p.error(Message("This is an equation, not a function."), sign.span, way_out)


def _refuse_limit(p: Parser, start: int) -> None:
    """`x -> 0` and `x \\to \\infty` are no functions."""
    sign = p.at("-", "+")
    value, behind = p.peek(sign), p.peek(sign + 1)
    if behind.kind == "end" and (value.kind == "number" or look_up(value.text).kind == "constant"):
        raise ExpressionError(Message("This is a limit, not a function."), (start, value.end), WISHES["limit"])


def _arrow(p: Parser, distance: int) -> int:
    """The tokens of the arrow `->` or `=>` that stands there, 0 for none."""
    first, second = p.peek(distance), p.peek(distance + 1)
    if first.text == "=" and second.text == ">" and not second.spaced:
        return 2
    return int(first.text == "->")


def _after_parameters(p: Parser, distance: int) -> int:
    """The distance of what stands behind letters with commas and a closing bracket, of nothing where they don't."""
    start = distance
    while p.peek(distance).kind == "word" and look_up(p.peek(distance).text).kind == "letter":
        distance = _after_name(p, distance)
        if p.peek(distance).text not in _BETWEEN:
            break
        distance += 1
    return distance + 1 if distance > start and p.peek(distance).text == ")" else len(p.tokens)


def _parameters(p: Parser) -> None:
    opened = p.expect("(")
    while not p.at(")"):
        _parameter(p)
        if not p.accept(*_BETWEEN):
            break
    p.expect(")", opened)


def _parameter(p: Parser) -> None:
    token = p.advance()
    if token.kind != "word" or look_up(token.text).kind != "letter":
        raise p.error(
            Message("The variables of a function are single letters."), token.span, Message("As in `f(x, y) = x*y`.")
        )
