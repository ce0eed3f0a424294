"""Formulas of every kind: trees over the whole table of operations, and a printer of the tests' own for each dialect.

`Grower(choose).formula()` makes one tree, asking `choose(options)` at every turn: hypothesis answers in the property
tests (the first option is the simplest, so failures shrink), a seeded generator in the fuzz test.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from hypothesis import strategies as st

from lib.expression import Expression
from lib.expression.functions import FUNCTIONS
from lib.expression.letters import GREEK
from lib.expression.tree import Node, flatten

T = TypeVar("T")
Choose = Callable[[Sequence[Any]], Any]

LETTERS = (
    "x", "y", "a", "n", "i", "f", "x_1", "y_12", "x_n", "alpha", "lamda", "gamma", "beta", "phi", "omega_0", "Delta",
)  # fmt: skip
NUMBERS = (
    1.0, 2.0, 0.0, 3.0, 10.0, 0.5, 0.1, 2.75, 12.0, 1e-3, 1e-7, 2.5e10, 1e15, 6.02e23, 1e300, 5e-324, 123456789.0,
)  # fmt: skip
ARITHMETIC = ("add", "sub", "mul", "div", "pow")
COMPARISONS = ("lt", "le", "gt", "ge", "eq", "ne")
# From a reading's point of view each is a call: name(arguments).
CALLS = tuple(sorted(FUNCTIONS))
Shape = tuple[int, ...]


class Grower:
    """Makes trees of at most `size` inner nodes, as the parser makes them: same operations, same shapes."""

    def __init__(self, choose: Choose, *, size: int = 12, noise: bool = False, vectors: bool = True) -> None:
        self.choose = choose
        self.left = size
        self.noise = noise
        self.noises = 0
        self.vectors = vectors
        self.bound: list[str] = []

    def formula(self) -> Node:
        """A number, a vector, or a condition that counts as 0 or 1."""
        kind = self.choose(("number", "number", "number", "vector", "condition") if self.vectors else ("number",))
        if kind == "vector":
            return self.vector(self.choose((2, 1, 3)))
        root = _indicator(self.condition()) if kind == "condition" else self.number()
        equation = root.operation == "indicator" and root.operands[0].operation == "eq"
        return Node("neg", (root,)) if equation else root  # an equation is refused

    def number(self) -> Node:
        self.left -= 1
        if self.left < 0:
            return self.leaf()
        kinds = ["leaf", "arithmetic", "call", "neg", "leaf", "arithmetic", "call", "call"]
        kinds += ["floordiv", "where", "sum", "indicator"]
        if self.vectors:
            kinds += ["whole", "matmul"]
        kind = self.choose(kinds)
        return getattr(self, f"_{kind}")() if kind != "leaf" else self.leaf()

    def leaf(self) -> Node:
        kinds = ["letter", "letter", "number", "number", "constant"]
        kind = self.choose([*kinds, "noise"] if self.noise else kinds)
        if kind == "letter":
            return Node("letter", (), self.choose((*LETTERS, *self.bound * 4)))
        if kind == "number":
            return Node("number", (), self.choose(NUMBERS))
        if kind == "constant":
            return Node("constant", (), self.choose(("pi", "e", "inf", "nan")))
        self.noises += 1
        return Node(self.choose(("rand", "randn")), (), float(self.noises - 1))

    def _arithmetic(self) -> Node:
        operation = self.choose(ARITHMETIC)
        left, right = self.number(), self.number()
        if operation == "pow" and left.operation == "constant" and left.value == "e":
            return Node("exp", (right,))
        return Node(operation, (left, right))

    def _floordiv(self) -> Node:
        left, right = self.number(), self.number()
        return Node("div" if right.operation == "number" and right.value == 0 else "floordiv", (left, right))

    def _neg(self) -> Node:
        return Node("neg", (self.number(),))

    def _call(self) -> Node:
        row = FUNCTIONS[self.choose(CALLS)]
        arguments = tuple(self.number() for _ in range(row.most))
        if row.name == "factorial" and arguments[0].operation == "number" and float(arguments[0].value or 0) > 170:
            arguments = (Node("number", (), 5.0),)
        return Node(row.name, arguments)

    def _where(self) -> Node:
        return Node("where", (self.condition(), self.number(), self.number()))

    def _indicator(self) -> Node:
        return _indicator(self.condition())

    def _sum(self) -> Node:
        letter = self.choose(("i", "k", "j"))
        kind = self.choose(("sum", "prod"))
        first = self.choose((1.0, 0.0, 2.0))
        low = Node("number", (), first)
        top = self.choose((Node("number", (), first + 1), Node("letter", (), "n"), Node("number", (), first + 2)))
        if top.value in self.bound or letter in self.bound:
            top = Node("number", (), first + 1)
        self.bound.append(letter)
        body = self.number()
        self.bound.pop()
        return Node(kind, (body, low, top), letter)

    def _whole(self) -> Node:
        operation = self.choose(("norm", "total", "product", "mean"))
        return Node(operation, (self.vector(self.choose((2, 3, 1))),))

    def _matmul(self) -> Node:
        count = self.choose((2, 3))
        return Node("matmul", (self.vector(count), self.vector(count)))

    def condition(self) -> Node:
        self.left -= 1
        kind = self.choose(("compare", "compare", "and", "or", "not")) if self.left > 0 else "compare"
        if kind == "compare":
            return Node(self.choose(COMPARISONS), (self.number(), self.number()), shape=None)
        if kind == "not":
            return Node("not", (self.condition(),), shape=None)
        return Node(kind, (self.condition(), self.condition()), shape=None)

    def vector(self, count: int) -> Node:
        self.left -= 1
        kinds = ["items", "items", "each", "scaled", "neg", "call", "where", "matmul"]
        kind = self.choose(kinds) if self.left > 0 else "items"
        shape = (count,)
        if kind == "each":
            operation = self.choose(("add", "sub", "mul", "div", "pow", "max"))
            return Node(operation, (self.vector(count), self.vector(count)), shape=shape)
        if kind == "scaled":
            operation = self.choose(("mul", "div", "pow"))
            return Node(operation, (self.vector(count), self.number()), shape=shape)
        if kind == "neg":
            return Node("neg", (self.vector(count),), shape=shape)
        if kind == "call":
            return Node(self.choose(("sin", "exp", "abs", "floor", "relu")), (self.vector(count),), shape=shape)
        if kind == "where":
            return Node("where", (self.condition(), self.vector(count), self.vector(count)), shape=shape)
        if kind == "matmul":
            inner = self.choose((2, 3))
            return Node("matmul", (self.matrix(count, inner), self.vector(inner)), shape=shape)
        if count == 1:  # [x > 0] is the Iverson bracket, a number
            return Node("vector", (self.leaf(),), shape=shape)
        return Node("vector", tuple(self.number() for _ in range(count)), shape=shape)

    def matrix(self, rows: int, columns: int) -> Node:
        lines = (tuple(self.number() for _ in range(columns)) for _ in range(rows))
        return Node("vector", tuple(Node("vector", line, shape=(columns,)) for line in lines), shape=(rows, columns))


def _indicator(condition: Node) -> Node:
    return Node("indicator", (condition,))


def expression(root: Node) -> Expression:
    """The expression that text of this tree must be read as."""
    return Expression(flatten(root), "")


# What the printer may write for one thing.

_INFIX = {
    "add": ("+", 10), "sub": ("-", 10), "mul": ("*", 20), "div": ("/", 20), "floordiv": ("//", 20), "matmul": ("@", 20),
}  # fmt: skip
_COMPARISONS = {
    "lt": ("<",), "le": ("<=", "≤", r"\le", r"\leq"), "gt": (">",), "ge": (">=", "≥", r"\ge", r"\geq"), "eq": ("==",),
    "ne": ("!=", "≠", r"\ne", r"\neq"),
}  # fmt: skip
_GREEK_LETTERS = {name: letter for letter, name in GREEK.items()}
_SUBSCRIPTS = str.maketrans("0123456789n", "₀₁₂₃₄₅₆₇₈₉ₙ")
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LATEX_NAMES = {
    "asin": r"\arcsin", "acos": r"\arccos", "atan": r"\arctan", "log": r"\ln", "sin": r"\sin", "cos": r"\cos",
    "tan": r"\tan", "sinh": r"\sinh", "cosh": r"\cosh", "tanh": r"\tanh", "max": r"\max", "min": r"\min",
}  # fmt: skip
_NUMPY_NAMES = {
    "asin": "arcsin", "acos": "arccos", "atan": "arctan", "asinh": "arcsinh", "acosh": "arccosh", "atanh": "arctanh",
    "min": "minimum", "max": "maximum", "clamp": "clip", "mod": "remainder", "round": "rint", "abs": "absolute",
}  # fmt: skip
_TORCH_NAMES = {"min": "minimum", "max": "maximum", "mod": "remainder"}
_OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _POWER, _SUFFIX, _ATOM = 2, 3, 4, 5, 10, 20, 25, 30, 40, 100
DIALECTS = ("plain", "torch", "numpy", "latex", "mixed")

Text = tuple[str, int]  # with how tightly its outermost operator binds


class Printer:
    """Text of a tree in one dialect. `choose` picks between equal forms, the first the plainest."""

    def __init__(self, dialect: str, choose: Choose) -> None:
        self.dialect = dialect
        self.choose = choose

    def text(self, node: Node) -> str:
        return self.write(node)[0]

    def style(self) -> str:
        return self.choose(DIALECTS[:-1]) if self.dialect == "mixed" else self.dialect

    def space(self) -> str:
        return self.choose(("", " "))

    def write(self, node: Node) -> Text:
        line = getattr(self, f"_{node.operation}", None)
        style = self.style()
        if line is not None:
            return line(node, style)
        if node.operation in ("add", "sub", "mul", "div", "matmul", "floordiv"):
            return self._infix(node, style)
        if node.operation in COMPARISONS:
            return self._compare(node, style)
        return self._function(node, style)

    def within(self, node: Node, strength: int) -> str:
        """The text of a part, in brackets when it binds looser than that, and sometimes for nothing."""
        text, own = self.write(node)
        needless = own < _ATOM and self.choose((False, False, False, True))
        return self.bracket(text) if own < strength or needless else text

    def bracket(self, text: str) -> str:
        if self.style() == "latex":
            return self.choose((r"\left(" + text + r"\right)", "(" + text + ")", r"\bigl( " + text + r" \bigr)"))
        return self.choose((f"({text})", f"( {text} )", f"（{text}）" if self.style() == "plain" else f"({text})"))

    def arguments(self, parts: Sequence[Node]) -> str:
        return f",{self.space()}".join(self.text(p) for p in parts)

    # leaves

    def _number(self, node: Node, style: str) -> Text:
        value = float(node.value or 0)
        plain = repr(value)
        forms = [plain]
        if value == int(value) and value < 1e15:
            forms = [str(int(value)), f"{int(value)}.", plain, f"{int(value)}.00"]
        if plain.startswith("0."):
            forms.append(plain[1:])
        if "e" in plain:
            forms.append(plain.upper())
        return self.choose(forms), _ATOM

    def _letter(self, node: Node, style: str) -> Text:
        base, _, subscript = str(node.value).partition("_")
        forms = [base]
        if base in _GREEK_LETTERS:
            in_latex = "\\" + base.replace("lamda", "lambda")
            forms = {"plain": [_GREEK_LETTERS[base], base], "latex": [in_latex]}.get(style, [base])
        text = self.choose(forms)
        if not subscript:
            return text, _ATOM
        if style == "latex":
            bare = f"_{subscript}" if len(subscript) == 1 else f"_{{{subscript}}}"
            return text + self.choose((f"_{{{subscript}}}", bare)), _ATOM
        if style == "plain":
            return text + self.choose((f"_{subscript}", subscript.translate(_SUBSCRIPTS))), _ATOM
        indexed = subscript.isdigit() and len(subscript) < 3 and subscript == str(int(subscript))
        return text + self.choose((f"_{subscript}", f"[{subscript}]" if indexed else f"_{subscript}")), _ATOM

    def _constant(self, node: Node, style: str) -> Text:
        name = str(node.value)
        forms = {
            "plain": {"pi": ("pi", "π"), "inf": ("inf", "∞")}.get(name, (name,)),
            "torch": (name, f"torch.{name}", f"math.{name}"),
            "numpy": (name, f"np.{name}", f"numpy.{name}"),
            "latex": {"pi": (r"\pi",), "inf": (r"\infty",), "nan": (r"\operatorname{nan}",)}.get(name, (name,)),
        }[style]
        return self.choose(forms), _ATOM

    def _rand(self, node: Node, style: str) -> Text:
        name = node.operation
        return self.choose((f"{name}()", f"torch.{name}(x.size())", f"torch.{name}_like(x)")), _ATOM

    _randn = _rand

    # operators

    def _infix(self, node: Node, style: str) -> Text:
        sign, strength = _INFIX[node.operation]
        left, right = node.operands
        if style == "latex" and node.operation == "div":
            return rf"\{self.choose(('frac', 'dfrac'))}{{{self.text(left)}}}{{{self.text(right)}}}", _ATOM
        if style == "plain" and node.operation == "mul" and self.choose((False, True)):
            product = self._juxtaposed(left, right)
            if product:
                return product, _PRODUCT
        signs = self._signs(node, sign, style)
        if node.operation == "matmul" and self.choose((False, True)):
            return f"dot({self.text(left)}, {self.text(right)})", _ATOM
        gap = self.space()
        return (
            f"{self.within(left, strength)}{gap}{self.choose(signs)}{gap}{self.within(right, strength + 1)}",
            strength,
        )

    def _signs(self, node: Node, sign: str, style: str) -> Sequence[str]:
        vectors = all(o.shape for o in node.operands)  # between them a dot means the dot product
        if style == "plain":
            products = ("*", "×") if vectors else ("*", "·", "×")
            return {"mul": products, "div": ("/", "÷"), "sub": ("-", "−")}.get(node.operation, (sign,))
        if style == "latex":
            products = (r"\odot ", r"\times ") if vectors else (r"\cdot ", r"\times ", "*")
            return {"mul": products, "matmul": (r"\cdot ", "@")}.get(node.operation, (sign,))
        return (sign,)

    def _juxtaposed(self, left: Node, right: Node) -> str | None:
        """`2x`, `3(x+1)`, `(x+1)(x-1)`: only where nobody could read anything else."""
        if left.operation == "number" and right.operation == "letter":
            text = self.text(left)
            return None if "e" in text.lower() else f"{text}{self.choose(('', ' '))}{self.text(right)}"
        if right.operation in ("add", "sub") and left.operation in ("number", "add", "sub"):
            return f"{self.within(left, _ATOM)}{self.bracket(self.text(right))}"
        return None

    def _neg(self, node: Node, style: str) -> Text:
        return f"-{self.space()}{self.within(node.operands[0], _SIGN)}", _SIGN

    def _pow(self, node: Node, style: str) -> Text:
        base, exponent = node.operands
        left = self.within(base, _POWER + 1)
        if style == "latex":
            return f"{left}^{{{self.text(exponent)}}}", _POWER
        whole = exponent.operation == "number" and float(exponent.value or 0) == int(float(exponent.value or 0)) < 1e15
        if style == "plain" and whole and self.choose((True, False)):
            return left + str(int(float(exponent.value or 0))).translate(_SUPERSCRIPTS), _POWER
        if style == "torch" and self.choose((False, True)):
            return self.choose((f"torch.pow({self.text(base)}, {self.text(exponent)})",
                                f"({self.text(base)}).pow({self.text(exponent)})")), _ATOM  # fmt: skip
        sign = self.choose(("^", "**")) if style == "plain" else "**"
        return f"{left}{sign}{self.within(exponent, _SIGN)}", _POWER

    # conditions

    def _compare(self, node: Node, style: str) -> Text:
        signs = _COMPARISONS[node.operation]
        fitting = [s for s in signs if s.startswith("\\") == (style == "latex")] or signs[:1]
        if style in ("torch", "numpy"):
            fitting = list(signs[:1])
        left, right = (self.within(o, _COMPARE + 1) for o in node.operands)
        return f"{left} {self.choose(fitting)} {right}", _COMPARE

    def _and(self, node: Node, style: str) -> Text:
        sign = {"latex": r"\land", "plain": self.choose(("and", "∧"))}.get(style, "and")
        left, right = node.operands
        return f"{self.within(left, _AND)} {sign} {self.within(right, _AND + 1)}", _AND

    def _or(self, node: Node, style: str) -> Text:
        sign = {"latex": r"\lor", "plain": self.choose(("or", "∨"))}.get(style, "or")
        left, right = node.operands
        return f"{self.within(left, _OR)} {sign} {self.within(right, _OR + 1)}", _OR

    def _not(self, node: Node, style: str) -> Text:
        sign = r"\lnot" if style == "latex" else "not"
        return f"{sign} {self.within(node.operands[0], _NOT)}", _NOT

    def _indicator(self, node: Node, style: str) -> Text:
        return self.write(node.operands[0])

    def _where(self, node: Node, style: str) -> Text:
        condition, then, otherwise = node.operands
        if style == "latex":
            rows = rf"{self.text(then)} & {self.text(condition)} \\ {self.text(otherwise)}"
            last = self.choose((r" & \text{otherwise}", "", r" & \text{otherwise} \\"))
            return rf"\begin{{cases}} {rows}{last} \end{{cases}}", _ATOM
        c, a, b = self.text(condition), self.text(then), self.text(otherwise)
        if style == "plain":
            pieces = f"piecewise(({a}, {c}), ({b}, True))"
            return self.choose((f"where({c}, {a}, {b})", f"{{{c}: {a}, {b}}}", pieces)), _ATOM
        module = "torch" if style == "torch" else "np"
        form = self.choose((f"{module}.where({c}, {a}, {b})", "if"))
        if form != "if":
            return form, _ATOM
        return f"{self.within(then, _OR)} if {self.within(condition, _OR)} else {b}", 1

    # sums and vectors

    def _sum(self, node: Node, style: str) -> Text:
        body, low, high = node.operands
        name, letter = node.operation, str(node.value)
        if style == "latex":
            inner = self.within(body, _PRODUCT)
            return rf"\{name}_{{{letter}={self.text(low)}}}^{{{self.text(high)}}} {inner}", _SUM
        if style == "plain":
            return f"{name}({self.text(body)}, {letter}, {self.text(low)}, {self.text(high)})", _ATOM
        if high.operation == "number":
            stop = str(int(float(high.value or 0)) + 1)
        else:
            stop = f"{self.text(high)}+1"
        inner = f"{self.text(body)} for {letter} in range({self.text(low)}, {stop})"
        return self.choose((f"{name}({inner})", f"{name}([{inner}])")), _ATOM

    _prod = _sum

    def _vector(self, node: Node, style: str) -> Text:
        if style == "latex":
            matrix = len(node.shape or ()) > 1
            if not (matrix and node.operands[0].shape == (1,)):
                cells = [row.operands if matrix else (row,) for row in node.operands]
                rows = [" & ".join(map(self.text, row)) for row in cells]
                name = self.choose(("pmatrix", "bmatrix"))
                lines = r" \\ ".join(rows)
                return rf"\begin{{{name}}} {lines} \end{{{name}}}", _ATOM
        only = len(node.operands) == 1 and node.operands[0].operation != "vector"
        text = f"[{self.arguments(node.operands)}{',' if only else ''}]"
        if style in ("torch", "numpy") and len(node.shape or ()) == 1:
            return self.choose((text, f"torch.tensor({text})" if style == "torch" else f"np.array({text})")), _ATOM
        return text, _ATOM

    def _total(self, node: Node, style: str) -> Text:
        name = {"total": "sum", "product": "prod"}.get(node.operation, node.operation)
        inner = self.text(node.operands[0])
        if style == "torch":
            return self.choose((f"torch.{name}({inner})", f"({inner}).{name}()")), _ATOM
        if style == "latex":
            return rf"\operatorname{{{name}}}({inner})", _ATOM
        return f"{name}({inner})", _ATOM

    _product = _mean = _norm = _total

    # functions

    def _function(self, node: Node, style: str) -> Text:
        name, row = node.operation, FUNCTIONS[node.operation]
        inner = self.arguments(node.operands)
        first = node.operands[0]
        if style == "latex":
            return self._latex_function(node), _ATOM
        if style == "plain":
            forms = [f"{spelling}({inner})" for spelling in (name, *row.spellings)]
            if name in ("abs", "floor", "ceil") and not first.shape:
                opening, closing = {"abs": "||", "floor": "⌊⌋", "ceil": "⌈⌉"}[name]
                if name != "abs" or "|" not in inner:
                    forms.append(f"{opening}{inner}{closing}")
            if name in ("sqrt", "cbrt"):
                forms.append(f"{'√' if name == 'sqrt' else '∛'}({inner})")
            if name == "factorial":
                return self.choose(((forms[0], _ATOM), (f"{self.within(first, _ATOM)}!", _SUFFIX)))
            if name == "exp":
                return self.choose(((forms[0], _ATOM), (f"e^({inner})", _POWER)))
            return self.choose(forms), _ATOM
        if style == "numpy":
            return f"{self.choose(('np', 'numpy'))}.{_NUMPY_NAMES.get(name, name)}({inner})", _ATOM
        torch = _TORCH_NAMES.get(name, name)
        forms = [f"torch.{torch}({inner})", f"{torch}({inner})", f"torch.nn.functional.{torch}({inner})"]
        forms.append(f"({self.text(first)}).{torch}({self.arguments(node.operands[1:])})")
        return self.choose(forms), _ATOM

    def _latex_function(self, node: Node) -> str:
        name = node.operation
        inner = self.arguments(node.operands)
        brackets = self.choose((r"\left({}\right)", "({})")).format(inner)
        if name in _LATEX_NAMES:
            return _LATEX_NAMES[name] + brackets
        if name == "sqrt":
            return rf"\sqrt{{{inner}}}"
        if name == "cbrt":
            return rf"\sqrt[3]{{{inner}}}"
        if name == "abs":
            return rf"\left|{inner}\right|"
        if name in ("floor", "ceil"):
            return rf"\left\l{name} {inner} \right\r{name}"
        if name == "exp":
            return self.choose((rf"\operatorname{{exp}}{brackets}", rf"\exp{brackets}"))
        if name == "binomial":
            return rf"\binom{{{self.text(node.operands[0])}}}{{{self.text(node.operands[1])}}}"
        if name in ("log10", "log2"):
            return rf"\log_{{{name[3:]}}}{brackets}"
        return rf"\operatorname{{{name.replace('_', chr(92) + '_')}}}{brackets}"


@st.composite
def trees(draw: st.DrawFn, *, size: int = 12, noise: bool = False, vectors: bool = True) -> Node:
    """A valid tree."""
    return Grower(_drawn(draw), size=size, noise=noise, vectors=vectors).formula()


@st.composite
def printed(draw: st.DrawFn, dialect: str, *, size: int = 12) -> tuple[str, Node]:
    """(text, the tree that it must be read as)"""
    choose = _drawn(draw)
    root = Grower(choose, size=size).formula()
    return Printer(dialect, choose).text(root), root


def _drawn(draw: st.DrawFn) -> Choose:
    return lambda options: options[draw(st.integers(0, len(options) - 1))]
