"""Tokens -> tree: a Pratt parser (V. R. Pratt, "Top down operator precedence", POPL 1973, doi 10.1145/512927.512931).

Every recursion passes through `expression`, which counts the depth; chains of operators are loops.
"""

from dataclasses import replace

from lib.expression import brackets, build, calls, latex_syntax, words
from lib.expression.errors import ExpressionError
from lib.expression.limits import MAX_NESTING
from lib.expression.precedence import AND, COMPARISON, CONDITIONAL, NOT, OR, POWER, PRODUCT, SIGN, SUM
from lib.expression.tokens import Token, tokenize
from lib.expression.tree import Node, Span
from lib.expression.vocabulary import look_up
from lib.message import Message

_INFIX = {
    "+": ("add", SUM), "-": ("sub", SUM), "*": ("mul", PRODUCT), "/": ("div", PRODUCT), "//": ("floordiv", PRODUCT),
    "%": ("mod", PRODUCT), "@": ("matmul", PRODUCT), "^": ("pow", POWER), "**": ("pow", POWER),
}  # fmt: skip
_STARTS = frozenset({"(", "[", "√", "∛", "⌊", "⌈", "|("})


class Parser:
    """One text being read. `notes` collects what the echo announces about the reading."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokenize(text)
        self.place = 0
        self.depth = 0
        self.bars = 0  # bars |…| that are open in the innermost bracket
        self.noises = 0  # calls of rand() and randn() so far
        self.notes: list[Message] = []

    # tokens

    @property
    def token(self) -> Token:
        return self.tokens[self.place]

    def peek(self, distance: int = 1) -> Token:
        return self.tokens[min(self.place + distance, len(self.tokens) - 1)]

    def advance(self) -> Token:
        token = self.token
        self.place = min(self.place + 1, len(self.tokens) - 1)
        return token

    def at(self, *texts: str) -> bool:
        return self.token.kind in ("operator", "word") and self.token.text in texts

    def accept(self, *texts: str) -> Token | None:
        return self.advance() if self.at(*texts) else None

    def expect(self, text: str, opened: Token | None = None) -> Token:
        if found := self.accept(text):
            return found
        if opened is not None and self.token.kind == "end":
            raise self.error(
                Message("The bracket `{bracket}` is never closed.", bracket=opened.text.strip("(") or "("),
                opened.span,
                Message("Add `{bracket}`.", bracket=text.strip(")") or ")"),
            )
        raise self.unexpected(Message("I expected `{expected}` here.", expected=text.strip(")") or ")"))

    def error(self, message: Message, span: Span, hint: Message | None = None) -> ExpressionError:
        return ExpressionError(message, span, hint)

    def unexpected(self, hint: Message) -> ExpressionError:
        if self.token.kind == "end":
            return self.error(Message("The formula ends too early."), self.token.span, hint)
        shown = self.token.text if len(self.token.text) <= 20 else self.token.text[:20] + "…"
        return self.error(Message("I don't understand `{text}` here.", text=shown), self.token.span, hint)

    def source(self, span: Span) -> str:
        text = " ".join(self.text[span[0] : span[1]].split())
        return text if len(text) <= 30 else text[:29] + "…"

    def note(self, note: Message) -> None:
        if note not in self.notes:
            self.notes.append(note)

    # expressions

    def expression(self, power: int = 0) -> Node:
        """The longest expression whose operators all bind tighter than `power`."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise self.error(
                Message("The formula is nested more than {limit} deep.", limit=MAX_NESTING),
                self.token.span,
                Message("Remove brackets or exponents, or write it in parts."),
            )
        node = self.operators(self.suffixes(self.operand()), power)
        self.depth -= 1
        return node

    def operators(self, left: Node, power: int) -> Node:
        """The operand with the operators behind it that bind tighter than `power`."""
        while True:
            if self.token.text in build.COMPARISONS and self.token.kind == "operator" and power < COMPARISON:
                left = self.comparison(left)
            elif self.token.kind == "operator" and self.token.text in _INFIX:
                operation, strength = _INFIX[self.token.text]
                if strength <= power:
                    return left
                left = self.infix(left, operation, strength)
            elif self.at("and", "&", "or") and power < (OR if self.at("or") else AND):
                strength = OR if self.at("or") else AND
                operation = build.LOGIC[self.advance().text]
                right = self.expression(strength)
                left = build.logic(operation, (left, right), (left.span[0], right.span[1]))
            elif self.at("if") and power < CONDITIONAL:
                left = self.conditional(left)
            elif power < PRODUCT and self.starts_operand():
                left = self.juxtaposition(left)
            else:
                return left

    def infix(self, left: Node, operation: str, strength: int) -> Node:
        operator = self.advance()
        # A power takes the next sign into its exponent, and is right-associative: 2^-x, 2^3^2 = 2^(3^2).
        right = self.exponent() if operation == "pow" else self.expression(strength)
        span = (left.span[0], right.span[1])
        if operation == "matmul":
            return build.matmul(left, right, span)
        if operation == "pow" and left == replace(build.constant("e", left.span), span=left.span):
            return build.elementwise("exp", (right,), span)
        if operation == "floordiv" and right.operation == "number" and right.value == 0:
            raise self.error(
                Message("This divides by 0."), (operator.start, right.span[1]), Message("Change the divisor.")
            )
        return build.elementwise(operation, (left, right), span)

    def exponent(self) -> Node:
        if self.at("{"):
            return brackets.bracketed(self, "}")
        return self.expression(POWER - 1)

    def comparison(self, left: Node) -> Node:
        """`0 < x < 1` is `0 < x and x < 1`, as in Python."""
        parts = []
        while self.token.kind == "operator" and self.token.text in build.COMPARISONS:
            operation = build.COMPARISONS[self.advance().text]
            right = self.expression(COMPARISON)
            parts.append(build.compare(operation, left, right, (left.span[0], right.span[1])))
            left = right
        result = parts[0]
        for part in parts[1:]:
            result = build.logic("and", (result, part), (result.span[0], part.span[1]))
        return result

    def conditional(self, then: Node) -> Node:
        """`a if c else b`, as in Python."""
        self.advance()
        condition = self.expression(CONDITIONAL)
        if not self.accept("else"):
            raise self.unexpected(Message("A condition goes as in `x if x > 0 else 0`."))
        otherwise = self.expression(0)
        return build.where(condition, then, otherwise, (then.span[0], otherwise.span[1]))

    # juxtaposition: 2x, x sin(x), (x+1)(x-1)

    def starts_operand(self) -> bool:
        token = self.token
        if token.kind == "operator":
            return token.text in _STARTS or (token.text == "|" and not self.bars)
        if token.kind == "word":
            return look_up(token.text).kind not in ("keyword", "truth")
        return token.kind in ("number", "command") and token.text not in ("end",)

    def juxtaposition(self, left: Node) -> Node:
        token = self.token
        if token.kind == "number":
            raise self.error(
                Message("An operator is missing before `{text}`.", text=token.text[:20]),
                (left.span[0], token.end),
                Message("For a product write `*`, for a power `^`."),
            )
        self.refuse_call_of_call(left)
        self.announce_product(left)
        right = self.expression(PRODUCT)
        return build.elementwise("mul", (left, right), (left.span[0], right.span[1]))

    def refuse_call_of_call(self, left: Node) -> None:
        before = self.tokens[self.place - 1]
        called = calls.is_call(left) and before.text == ")" and self.text[left.span[0] : left.span[0] + 1].isalpha()
        if self.at("(") and not self.token.spaced and called:
            raise self.error(
                Message("A function's value can't be called again."),
                self.token.span,
                Message("For a product write `*` between the brackets."),
            )

    def announce_product(self, left: Node) -> None:
        shown = self.source((left.span[0], self.token.end))
        before = self.tokens[self.place - 1]
        touching = not self.token.spaced
        if left.operation == "div" and before.text not in (")", "}"):
            self.note(Message("`{text}`… is read from left to right: the division comes first.", text=shown))
        elif touching and before.kind in ("number", "word") and self.tokens[self.place - 2].text in ("^", "**", "-"):
            if left.operation == "exp" or (left.operation == "pow" and left.operands[1].operation != "number"):
                self.note(Message("`{text}`… is read with the exponent ending before the product.", text=shown))
        elif touching and self.at("(") and before.kind == "word":
            self.refuse_unknown_function(before)
            self.note(Message("`{text}…)` is read as a product.", text=shown))

    def refuse_unknown_function(self, before: Token) -> None:
        if before.text in ("f", "g", "h"):
            raise self.error(
                Message("I don't know the function `{name}`.", name=before.text),
                before.span,
                Message("Type its formula; for a product write `*`."),
            )

    # operands

    def operand(self) -> Node:
        token = self.advance()
        if token.kind == "number":
            return build.number(token.value, token.span)
        if token.kind == "command":
            return latex_syntax.read_structure(self, token)
        if token.kind == "word":
            return words.read_word(self, token)
        if token.text in ("-", "+"):
            inner = self.expression(SIGN)
            span = (token.start, inner.span[1])
            return build.elementwise("neg", (inner,), span) if token.text == "-" else replace(inner, span=span)
        if token.text == "~":
            return build.logic("not", (self.expression(NOT),), token.span)
        if token.text in brackets.CLOSING and token.kind == "operator":
            return brackets.read_opened(self, token)
        if token.text in ("√", "∛"):
            return brackets.read_radical(self, token)
        self.place -= token.kind != "end"
        raise self.unexpected(Message("A number, a letter, a function or a bracket is expected."))

    def suffixes(self, node: Node) -> Node:
        """What may follow an operand directly: an index, a method."""
        while True:
            if self.at("[") and not self.token.spaced and node.operation in ("letter", "vector"):
                node = calls.index(self, node)
            elif self.at(".") and self.peek().kind == "word":
                node = calls.method(self, node)
            elif self.at("!"):
                node = calls.factorial(self, node)
            else:
                return node
