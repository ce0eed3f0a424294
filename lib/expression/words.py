"""What a word in a formula stands for: a letter, a constant, a product of letters, a function, or nothing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lib.expression import build, calls, conditions
from lib.expression.errors import ExpressionError
from lib.expression.functions import SPELLINGS
from lib.expression.glued import glued, shown
from lib.expression.nearest import nearest
from lib.expression.precedence import NOT
from lib.expression.statements import group_end
from lib.expression.tokens import Token
from lib.expression.tree import Node
from lib.expression.vocabulary import ACCENTS, KNOWN, MODULES, Word, is_namesake, is_subscript, look_up, suggestion
from lib.expression.wishes import WISHES
from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

_LETTER = re.compile(r"[A-Za-z](?:_[\da-z])?")
_OF_WOLFRAM = {"Pi": "pi", "E": "e"}


def read_word(p: Parser, token: Token) -> Node:
    if token.text in p.definitions:
        return replace(p.definitions[token.text], span=token.span)
    if p.at(".") and p.peek().kind == "word":
        path = _module_path(p, token)
        if path is not None:
            return calls.read_call(p, path, module=True)
    word = look_up(token.text)
    if p.at("_") and len(token.text) == 1 and token.text.isalpha():  # e_{1} is a letter
        return _letter(p, token)
    if word.kind == "constant":
        if p.at("(") and p.peek().text == ")":  # PI() of a spreadsheet
            p.place += 2
        return build.constant(word.name, token.span)
    if word.kind == "letter":
        if token.text in _OF_WOLFRAM and _is_wolfram(p):
            return build.constant(_OF_WOLFRAM[token.text], token.span)
        return _letter(p, token)
    if token.text in ("mv", "mm") and not p.at("("):  # ½mv²
        word = Word("product", token.text)
    called = p.at("(") or (p.at("[") and token.text == "Gamma")  # Gamma[x] of Wolfram
    if is_namesake(token.text) and not called:  # the letters γ and β; gamma(x) and beta(x, y) are functions
        return _letter(p, token)
    if word.kind in ("function", "written"):
        return calls.read_call(p, token)
    if word.kind == "product" or (len(token.text) == 2 and token.text[1] == "e" and p.at("^", "**")):  # xe^x
        return _product(p, token)
    if word.name == "if" and p.at("(") and any(t.text == "," for t in p.tokens[p.place : group_end(p, p.place)]):
        return calls.read_call(p, replace(token, text="where"))  # of a spreadsheet: if(x > 0, x, -x)
    if word.name == "if" and any(t.text == "then" for t in p.tokens[p.place :]):
        return conditions.if_then(p, token)
    if word.kind == "keyword" and word.name == "not":
        inner = p.expression(NOT)
        return build.logic("not", (inner,), (token.start, inner.span[1]))
    if word.kind == "unknown" and (way := glued(token.text)):
        return _parted(p, token, [text for part in way for text in part], shown(way))
    raise _unknown(p, token, word)


def _is_wolfram(p: Parser) -> bool:
    """Whether a function is called as in Sin[x], so that Pi and E are its constants."""
    pairs = zip(p.tokens, p.tokens[1:], strict=False)
    return any(a.text[:1].isupper() and len(a.text) > 2 and b.text == "[" for a, b in pairs)


def _letter(p: Parser, token: Token) -> Node:
    name = token.text
    if name == "Pi" and token.end - token.start == 2:
        p.note(Message("`Pi` is the capital letter Π; the number is `pi`."))
    elif name == "E" and p.at("^", "**"):
        p.note(Message("`E` is a letter; Euler's number is `e`."))
    if p.at("_"):
        if "_" in name and name.partition("_")[2] not in ACCENTS:
            raise p.error(Message("A letter has one subscript."), p.token.span, Message("As in `x_1` or `x_{{n}}`."))
        name = f"{name}_{_subscript(p)}"
        if name in SPELLINGS and p.at("("):  # J_{0}(x)
            return calls.read_call(p, replace(token, text=name))
    return build.letter(name, (token.start, p.tokens[p.place - 1].end))


def _subscript(p: Parser) -> str:
    p.advance()
    opened = p.accept("{")
    token = p.advance()
    if token.kind not in ("number", "word") or not is_subscript(token.text):
        raise p.error(Message("A subscript is a number or a letter."), token.span, Message("As in `x_1` or `x_{{n}}`."))
    if opened:
        p.expect("}", opened)
    return token.text


def _product(p: Parser, token: Token) -> Node:
    """`xy` is x·y."""
    if p.at("(") and not p.token.spaced:
        raise _unknown(p, token, Word("unknown", token.text))
    letters = _LETTER.findall(token.text)
    return _parted(p, token, letters, "·".join(letters))


def _parted(p: Parser, token: Token, parts: list[str], product: str) -> Node:
    """The word is replaced by its parts, and the first of them is read."""
    p.note(Message("`{text}` is read as {product}.", text=token.text, product=product))
    tokens, end = [], token.start
    for part in parts:
        start, end = end, end + len(part)
        number = part.isdigit()
        tokens.append(Token("number" if number else "word", part, start, end, value=float(part) if number else 0.0))
    tokens[-1].end = token.end  # of \\sinx
    p.replace_tokens(p.place - 1, p.place, tokens)
    return read_word(p, tokens[0])


def _module_path(p: Parser, token: Token) -> Token | None:
    """The last name of a dotted path that starts at a module, or None where the word is no module."""
    parts = [token.text]
    place = p.place
    while p.tokens[place].text == "." and p.tokens[place + 1].kind == "word" and ".".join(parts) in MODULES:
        parts.append(p.tokens[place + 1].text)
        place += 2
    if len(parts) > 1:
        p.place = place
        last = p.tokens[place - 1]
        if look_up(last.text).kind not in ("function", "written", "constant") and last.text != "tau":
            raise _unknown_of_module(p, replace(last, start=token.start))
        return replace(last, start=token.start)
    if look_up(token.text).kind != "letter":
        name = p.peek().text
        raise p.error(
            Message("I don't know the module `{name}`.", name=token.text[:20]),
            token.span,
            Message("Write `{name}` without what stands before the dot.", name=name)
            if look_up(name).kind in ("function", "written", "constant")
            else Message("Functions of `torch`, `np` and `math` are read, and plain names such as `sin`."),
        )
    return None


def _unknown_of_module(p: Parser, token: Token) -> ExpressionError:
    close = nearest(token.text, KNOWN)
    return p.error(
        Message("I don't know `{name}`.", name=token.text[:20]),
        token.span,
        WISHES.get(token.text.lower())
        or (
            Message("Did you mean `{name}`?", name=close)
            if close
            else Message("The Help page lists the functions that are read.")
        ),
    )


def _unknown(p: Parser, token: Token, word: Word) -> ExpressionError:
    said = word.name if len(word.name) <= 20 else word.name[:20] + "…"
    if wish := WISHES.get(word.name.lower()):
        return p.error(Message("I don't know `{name}`.", name=said), token.span, wish)
    if word.kind in ("keyword", "refused", "truth"):
        return p.error(
            Message("`{name}` is a word of Python's, not of a formula.", name=said),
            token.span,
            Message("A condition goes as in `x if x > 0 else 0`.")
            if word.name in ("if", "else")
            else Message("Type only the formula, such as `x^2 + sin(x)`."),
        )
    if word.name[:1].isalpha() and word.name[1:].isdigit() and len(word.name) <= 4:
        return p.error(
            Message("I don't know `{name}`.", name=said),
            token.span,
            Message(
                "Write `{letter}*{digits}`, `{letter}^{digits}`, or `{letter}_{digits}` for a letter with a subscript.",
                letter=word.name[0],
                digits=word.name[1:],
            ),
        )
    close = None if len(word.name) == 3 and not word.name[1:].islower() else suggestion(word.name)  # nRT
    sentence = p.token.kind == "word" and p.token.spaced and look_up(p.token.text).kind == "unknown"
    return p.error(
        Message("I don't know `{name}`.", name=said),
        token.span,
        Message("Type only the formula, such as `x^2 + sin(x)`.")
        if sentence
        else Message("Did you mean `{name}`?", name=close)
        if close
        else Message("The Help page lists the functions that are read.")
        if p.at("(") and not p.token.spaced
        else Message("Letters are single: for a product write `*`, as in `a*x`."),
    )
