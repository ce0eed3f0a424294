"""Where the statements of a pasted program begin: a box of one line has no other mark between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.expression.vocabulary import is_namesake, look_up

if TYPE_CHECKING:
    from lib.expression.parser import Parser

# Words of statements that only set, show or differentiate.
PASSED_OVER = frozenset({
    "print", "plt", "plot", "fplot", "disp", "display",
    "backward", "requires_grad", "requires_grad_", "grad", "retain_grad", "zero_grad",
    "manual_seed", "seed", "autograd", "optim",
    "pprint", "ezplot", "fsurf", "diff", "gradient", "hessian", "jacobian", "integrate", "subs", "lambdify", "solve",
    "solveset", "nsolve", "fsolve",
})  # fmt: skip
# What makes a variable whatever its name.
VARIABLE_MAKERS = frozenset({
    "linspace", "arange", "logspace", "meshgrid", "unsqueeze", "symbols", "Symbol", "Variable", "Parameter",
})  # fmt: skip
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


def starts(p: Parser) -> list[int]:
    """The places where a statement begins that no `;` parts from the one before."""
    found, depth, end = [], 0, _own_end(p, p.place)
    for place in range(p.place, len(p.tokens) - 1):
        token = p.tokens[place]
        if depth == 0 and place > p.place and token.kind == "word" and (place == end or _begins(p, place)):
            found.append(place)
            end = _own_end(p, place)
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
    return found


def _own_end(p: Parser, place: int) -> int:
    """The place behind a statement whose end is seen from itself: `from sympy import *`, `x = symbols("x")`; else 0."""
    if p.tokens[place].text in ("import", "from"):
        while p.tokens[place + 1].text in (".", ",", "*", "import", "as") or (
            p.tokens[place + 1].kind == "word" and p.tokens[place].text in (".", ",", "from", "import", "as")
        ):
            place += 1
        return place + 1
    end, words = chain(p, place + 2 * len(targets(p, place)))
    return end if words & VARIABLE_MAKERS else 0


def _begins(p: Parser, place: int) -> bool:
    before, token = p.tokens[place - 1], p.tokens[place]
    if before.text in (";", ":"):
        return before.text == ";"
    if (before.kind not in ("number", "word") and before.text not in _CLOSING) or before.text == "lambda":
        return False
    if look_up(before.text).kind == "function" and not is_namesake(before.text):  # x = cos t, y = sin t
        return p.tokens[place - 2].text in ("import", ",")
    if token.text in ("def", "return", "elif", "while", "with") or (
        token.text == "else" and p.tokens[place + 1].text == ":"
    ):
        return True
    if token.text == "for":  # x^2 for x > 0
        return any(t.text == "in" for t in p.tokens[place + 2 : place + 3])
    if token.text in ("import", "from"):
        return not any(t.text == "from" for t in p.tokens[max(0, place - 6) : place])
    return bool(targets(p, place)) or bool(chain(p, place)[1] & PASSED_OVER)


def targets(p: Parser, place: int) -> list[str]:
    """The names of `x =` or `a, b =` at a place, none where no assignment stands there."""
    names = []
    while p.tokens[place].kind == "word":
        names.append(p.tokens[place].text)
        after = p.tokens[place + 1].text
        if after == "=":
            return names
        if after != ",":
            break
        place += 2
    return []


def chain(p: Parser, place: int) -> tuple[int, set[str]]:
    """Where `torch.sum(y).backward()` at a place ends, and the words that its dots and calls join."""
    words: set[str] = set()
    if p.tokens[place].kind != "word" or p.tokens[place + 1].text not in (".", "(", "["):
        return place, words
    words.add(p.tokens[place].text)
    place += 1
    while True:
        token = p.tokens[place]
        if token.text == "." and p.tokens[place + 1].kind == "word":
            words.add(p.tokens[place + 1].text)
            place += 2
        elif token.text in ("(", "["):
            place = group_end(p, place)
        else:
            return place, words


def group_end(p: Parser, place: int) -> int:
    """The place behind the bracket that closes the one at a place, the last where none does."""
    depth = 0
    for end in range(place, len(p.tokens) - 1):
        text = p.tokens[end].text
        depth += (text in _OPENING) - (text in _CLOSING)
        if depth == 0:
            return end + 1
    return len(p.tokens) - 1
