"""Tokens -> tree: a Pratt parser (V. R. Pratt, "Top down operator precedence", POPL 1973, doi 10.1145/512927.512931).

Every recursion passes through `expression`, which counts the depth; chains of operators are loops.
"""

from dataclasses import replace

from lib.expression import brackets, build, calls, conditions, latex_syntax, products, words
from lib.expression.around import without_frame, without_words
from lib.expression.errors import ExpressionError, too_deep, too_many_operations
from lib.expression.limits import MAX_NESTING, MAX_NOTES, MAX_OPERATIONS
from lib.expression.precedence import AND, COMPARISON, CONDITIONAL, NOT, OR, POWER, PRODUCT, SIGN, SUM
from lib.expression.tokens import Token, tokenize
from lib.expression.tree import Node, Span
from lib.expression.vocabulary import look_up
from lib.expression.wishes import SIGNS
from lib.message import Message

_INFIX = {
    "+": ("add", SUM), "-": ("sub", SUM), "*": ("mul", PRODUCT), "/": ("div", PRODUCT), "//": ("floordiv", PRODUCT),
    "%": ("mod", PRODUCT), "@": ("matmul", PRODUCT), "^": ("pow", POWER), "**": ("pow", POWER),
}  # fmt: skip
_STARTS = frozenset({"(", "[", "{", "√", "∛", "∜", "⌊", "⌈", "|(", "‖("})
_ENDS = frozenset({")", ",", "]", "}", ";"})
_SUFFIXES = frozenset({"[", ".", "!"})
DOTS = frozenset({"·", "⋅", "∙", "•", r"\cdot"})  # between two vectors: the dot product


class Parser:
    """One text being read; `formula` is the text with what only stands around as spaces. `notes` collects what the echo
    announces about the reading."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.formula, words = without_words(without_frame(text))
        self.tokens = tokenize(self.formula)
        self.place = 0  # of self.token
        self.depth = 0
        self.operations = 0
        self.bars = 0  # bars |…| that are open in the innermost bracket
        self.row = False  # whether the next bracket is a row of a matrix
        self.columns = 0  # environments of LaTeX that are open: there & parts the columns
        self.notes: list[Message] = []
        self.definitions: dict[str, Node] = {}  # names that stand for what they were given
        self.functions: dict[str, Node] = {}  # and functions, for what they return
        self.differentiated: Node | None = None  # of a program, what backward() is called on
        if words:
            self.note(Message("The words around the formula are passed over: `{words}`.", words=words[:60]))

    # tokens

    @property
    def place(self) -> int:
        return self._place

    @place.setter
    def place(self, place: int) -> None:
        self._place = place
        self.token = self.tokens[place]

    def replace_tokens(self, start: int, stop: int, tokens: list[Token]) -> None:
        self.tokens[start:stop] = tokens
        self.token = self.tokens[self._place]

    def peek(self, distance: int = 1) -> Token:
        return self.tokens[min(self.place + distance, len(self.tokens) - 1)]

    def advance(self) -> Token:
        token = self.token
        if self._place + 1 < len(self.tokens):
            self.place = self._place + 1
        return token

    def at(self, *texts: str) -> bool:
        token = self.token
        return token.text in texts and token.kind in ("operator", "word")

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
        text = " ".join(self.text[span[0] : min(span[1], span[0] + 100)].split())
        return text if len(text) <= 30 else text[:29] + "…"

    def note(self, note: Message) -> None:
        if len(self.notes) < MAX_NOTES and note not in self.notes:
            self.notes.append(note)

    # expressions

    def expression(self, power: int = 0) -> Node:
        """The longest expression whose operators all bind tighter than `power`."""
        self.depth += 1
        if self.depth > MAX_NESTING:
            raise too_deep(self.token.span)
        node = self.operators(self.suffixes(self.operand()), power)
        self.depth -= 1
        return node

    def operators(self, left: Node, power: int) -> Node:
        """The operand with the operators behind it that bind tighter than `power`."""
        while True:
            token = self.token
            if token.kind == "operator" and token.text in _INFIX:
                operation, strength = _INFIX[token.text]
                if strength <= power:
                    return left
                self.count(token)
                left = self.infix(left, operation, strength)
            elif power >= PRODUCT or token.kind == "end" or token.text in _ENDS:  # nothing else binds so tightly
                return left
            elif power < COMPARISON and self.at_comparison():
                left = self.comparison(left)
            elif strength := self.at_logic(left, power):
                if strength <= power:
                    return left
                self.place += self.at("|") and self.peek().text == "|" and not self.peek().spaced  # || of C
                operation = build.LOGIC[self.advance().text]
                right = self.expression(strength)
                left = build.logic(operation, (left, right), (left.span[0], right.span[1]))
            elif self.at("if") and power < CONDITIONAL and not self.columns:
                left = conditions.conditional(self, left)
            elif left.shape is None and power < CONDITIONAL and self.at("?"):
                left = conditions.choice(self, left)
            elif self.starts_operand():
                self.count(token)
                left = products.juxtaposition(self, left)
            else:
                return left

    def count(self, token: Token) -> None:
        """Each operator of the text is an operation at least: too many are refused before the rest is read."""
        self.operations += 1
        if self.operations > MAX_OPERATIONS:
            raise too_many_operations(token.span)

    def infix(self, left: Node, operation: str, strength: int) -> Node:
        operator = self.advance()
        if operation == "mod":
            products.tell_percentage(self, operator)
        # A power takes the next sign into its exponent, and is right-associative: 2^-x, 2^3^2 = 2^(3^2).
        self.row = operation == "matmul" and self.at("[")
        right = self.exponent() if operation == "pow" else self.expression(strength)
        span = (left.span[0], right.span[1])
        if operation == "matmul":
            return build.matmul(left, right, span)
        if operation == "pow":
            if right.value == "T" and left.operation == "letter":  # w^T x
                self.note(Message("`^T` is read as a power; products of vectors go as in `[a, b] @ [x, y]`."))
            if str(left.value).startswith("C_"):
                self.note(Message("`{text}` is read as a power; the binomial coefficient is `binomial(n, k)`.",
                                  text=self.source(span)))  # fmt: skip
            return build.power(left, right, span)
        if operation == "mul" and left.shape and right.shape and self.text[operator.start : operator.end] in DOTS:
            return build.matmul(left, right, span)
        if operation == "floordiv" and right.operation == "number" and right.value == 0:
            raise self.error(
                Message("This divides by 0."), (operator.start, right.span[1]), Message("Change the divisor.")
            )
        return build.elementwise(operation, (left, right), span)

    def exponent(self) -> Node:
        if brace := self.accept("{"):
            return brackets.braces(self, brace)
        return self.expression(POWER - 1)

    def at_comparison(self) -> bool:
        """Whether a comparison's sign stands here: inside brackets = is one, elsewhere it makes an equation."""
        token = self.token
        return token.kind == "operator" and token.text in build.COMPARISONS and (token.text != "=" or self.depth > 1)

    def at_logic(self, left: Node, power: int) -> int:
        """How tightly the `and` or `or` that stands here binds, 0 for none."""
        sign = self.token.text
        if sign not in build.LOGIC or (sign == "&" and self.columns):
            return 0
        condition = left.shape is None or power == COMPARISON  # no bar of 2|x|
        if sign == "|" and (not condition or self.bars or not brackets.is_or(self)):
            return 0
        return OR if sign in ("or", "|") else AND

    def comparison(self, left: Node) -> Node:
        """`0 < x < 1` is `0 < x and x < 1`, as in Python."""
        parts = []
        while self.at_comparison():
            self.count(self.token)
            operation = build.COMPARISONS[self.advance().text]
            right = self.expression(COMPARISON)
            parts.append(build.compare(operation, left, right, (left.span[0], right.span[1])))
            left = right
        result = parts[0]
        for part in parts[1:]:
            result = build.logic("and", (result, part), (result.span[0], part.span[1]))
        return result

    # juxtaposition: 2x, x sin(x), (x+1)(x-1)

    def starts_operand(self) -> bool:
        token = self.token
        if token.kind == "operator":
            return token.text in _STARTS or (token.text == "|" and not self.bars)
        if token.kind == "word":
            behind = token.text == "where" and self.peek().text != "("  # x^2 where x > 0
            return look_up(token.text).kind not in ("keyword", "truth") and not behind
        return token.kind in ("number", "command") and token.text not in ("end", "over", "choose")

    # operands

    def operand(self) -> Node:
        token = self.advance()
        if token.kind == "number":
            if token.text[-1] == "f":
                self.note(Message("`{number}f` is read as a number; for a product write `{number}*f`.",
                                  number=token.text[:-1]))  # fmt: skip
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
        if token.text in ("√", "∛", "∜"):
            return brackets.read_radical(self, token)
        if token.text == "." and self.at("."):
            raise self.error(Message("I can't read dots."), (token.start, self.token.end), SIGNS["…"])
        self.place -= token.kind != "end"
        raise self.unexpected(Message("A number, a letter, a function or a bracket is expected."))

    def at_index(self) -> bool:
        """Whether `[0]` stands here, right behind an operand: an index and no factor."""
        touching = self.at("[") and self.token.start == self.tokens[self.place - 1].end
        return touching and self.peek().kind == "number" and self.peek(2).text in ("]", "")

    def is_index(self, node: Node) -> bool:
        """Whether the bracket here, right behind an operand, is its index: of a letter also x[i], x[-1], x[:, 0]."""
        if self.at_index() or node.operation == "vector":
            return True
        first, second = self.peek(), self.peek(2)
        only = second.text in ("]", "") or first.text in (":", ".") or (first.kind == "number" and second.text == ",")
        only = only or (first.text == "-" and second.kind == "number" and self.peek(3).text == "]")
        return only and node.operation == "letter" and self.text[node.span[0] : node.span[0] + 1] != "["

    def suffixes(self, node: Node) -> Node:
        """What may follow an operand directly: an index, a method."""
        while self.token.text in _SUFFIXES:
            touching = self.token.start == self.tokens[self.place - 1].end
            if self.at("[") and touching and self.is_index(node):
                node = calls.index(self, node)
            elif self.at(".") and self.peek().kind == "word":
                node = calls.method(self, node)
            elif self.at("!"):
                node = calls.factorial(self, node)
            else:
                break
        return node
