"""Source of operations on numbers. Constants are Python's own numbers, with their values where these are known."""

import math
from collections.abc import Collection
from dataclasses import replace
from math import factorial

from lib.expression import Expression
from lib.expression.expression import Dialect
from lib.expression.functions import CONSTANTS, MOST_FACTORS, MOST_QUOTIENTS
from lib.expression.precedence import AND, ATOM, COMPARISON, NOT, POWER, PRODUCT, SIGN, SUM
from lib.expression.tree import Step
from lib.readings import beta
from lib.readings.code.beta import BETA
from lib.readings.code.definitions import OWN
from lib.readings.code.functions import NUMPY, TORCH
from lib.readings.code.gamma import GAMMA
from lib.readings.code.near_zero import NEAR_ZERO
from lib.readings.code.written_out import WrittenOut
from lib.readings.printing import Line, Piece, plain_number
from lib.readings.tensor import TAKES_NUMBERS, TENSOR, apply

_WRITTEN_OUT = {**BETA, **GAMMA, **NEAR_ZERO}


def _value(step: Step, a: list[Piece]) -> float | None:
    """The value of an operation on constants, as the tensor reading has it; None where one of them is not known."""
    values = [p.value for p in a]
    if not a or None in values or step.operation not in TENSOR:
        return None
    value: float = apply(step.operation, values)
    return value


class NumberPrinter:
    """Prints operations on numbers.

    in_line: operations that torch lacks are functions of one line, gathered by name in `functions`; else calls of the
    project's own functions, whose operations are gathered in `own`.
    """

    def __init__(
        self,
        dialect: Dialect,
        expression: Expression,
        seed: int,
        variable: str,
        numbers: Collection[str],
        *,
        in_line: bool,
    ) -> None:
        self.in_line = in_line
        self.numbers = numbers
        self.seed = seed
        self.variable = variable
        self.dialect = dialect
        self.names = expression.names
        self.module = "torch" if dialect == "torch" else "np"
        self.templates = TORCH if dialect == "torch" else NUMPY
        self.functions: dict[str, WrittenOut] = {}
        self.own: dict[str, None] = {}

    def operation(self, name: str, *a: Piece) -> Piece:
        """One operation on numbers."""
        return self.applied(self.lines().get(name, self.call))(Step(name, len(a)), list(a))

    def applied(self, line: Line) -> Line:
        """The line, with the value of what it prints where that is a constant."""

        def printed(step: Step, a: list[Piece]) -> Piece:
            piece = line(step, a)
            return self._constant(piece, _value(step, a)) if piece.constant else piece

        return printed

    def _constant(self, piece: Piece, value: float | None) -> Piece:
        """A constant with its value; Python has exceptions in place of values that are not finite."""
        if value == 0 and piece.whole and math.copysign(1, value) < 0:  # Python's whole numbers have no −0
            return Piece("-0.0", SIGN, "neg", constant=True, value=value)
        if value is None or math.isfinite(value):
            return piece if value is None else replace(piece, value=value)
        text = f"{self.module}.{'nan' if math.isnan(value) else 'inf'}"
        if value < 0:
            return Piece(f"-{text}", SIGN, "neg", constant=True, value=value)
        return Piece(text, constant=True, value=value)

    def tensor(self, piece: Piece) -> str:
        """A constant as an array, for functions that take no Python numbers."""
        if not piece.constant:
            return piece.text
        if piece.shape is None:
            return f"torch.tensor({piece.text})" if self.dialect == "torch" else piece.text
        if self.dialect == "torch":
            return f"torch.tensor({piece.text}, dtype=torch.float64)"
        return f"np.float64({piece.text})"

    def lines(self) -> dict[str, Line]:
        return {
            "number": self.number,
            "letter": lambda step, a: Piece(str(step.value), constant=step.value in self.numbers),
            "index": lambda step, a: Piece(str(step.value), ATOM, "index", constant=True, whole=True),
            "constant": lambda step, a: Piece(
                f"{self.module}.{step.value}", constant=True, value=CONSTANTS[str(step.value)]
            ),
            "add": _infix(" + ", SUM),
            "sub": _infix(" - ", SUM),
            "mul": _infix("*", PRODUCT),
            "div": self.divide,
            "pow": self.power,
            "neg": lambda step, a: Piece(f"-{a[0].within(SIGN + 1)}", SIGN, "neg", a[0].constant, whole=a[0].whole),
            "lt": _infix(" < ", COMPARISON),
            "le": _infix(" <= ", COMPARISON),
            "gt": _infix(" > ", COMPARISON),
            "ge": _infix(" >= ", COMPARISON),
            "eq": _infix(" == ", COMPARISON),
            "ne": _infix(" != ", COMPARISON),
            "and": self.logic(" & ", " and "),
            "or": self.logic(" | ", " or "),
            "not": lambda step, a: Piece(f"~({a[0].text})" if not a[0].constant else f"not ({a[0].text})", NOT,
                                         constant=a[0].constant),
            "indicator": self.indicator,
            "floordiv": self.floor_divide,
            "sum": self.series,
            "prod": self.series,
            "rand": self.noise,
            "randn": self.noise,
            "beta": self.beta,
            "binomial": self.binomial,
            **dict.fromkeys((*GAMMA, *NEAR_ZERO, "hypot"), self.function),
        }  # fmt: skip

    def number(self, step: Step, a: list[Piece]) -> Piece:
        value = float(step.value or 0)
        text = plain_number(value)
        return Piece(text, ATOM, "number", True, value, whole=text.isdigit())

    def divide(self, step: Step, a: list[Piece]) -> Piece:
        quotient = _infix("/", PRODUCT)(step, a)
        if not quotient.constant or a[1].value or (a[0].value is not None and a[1].value is not None):
            return replace(quotient, whole=False)
        # A divisor that a sum's index may bring to 0: Python has an exception there.
        text = _infix("/", PRODUCT)(step, [Piece(self.tensor(a[0])), a[1]]).text
        return Piece(f"({text}).item()", constant=True)

    def power(self, step: Step, a: list[Piece]) -> Piece:
        if a[0].constant and a[1].constant:  # in floats: powers of Python's whole numbers have no largest value
            base = a[0].text + ".0" if a[0].text.isdigit() else f"float({a[0].text})"
            known = a[0].value is not None and (a[1].value is not None or (a[0].value > 0 and a[1].whole))
            if known or (a[0].operation == "neg" and a[0].value and a[1].whole):
                return Piece(f"{base}**{a[1].within(POWER)}", POWER, constant=True)
            # Python has exceptions for 0**-1 and 10.0**1000, and complex numbers for roots of negative ones.
            array = self.tensor(Piece(base, constant=True))
            return Piece(f"({array}**{a[1].within(POWER)}).item()", constant=True)
        if not (self.in_line or a[0].constant or a[1].constant):
            return self.function(step, a)
        if a[0].constant and a[1].precedence < POWER:
            return Piece(f"{a[0].within(POWER + 1)}**({a[1].text})", POWER)
        return Piece(f"{a[0].within(POWER + 1)}**{a[1].within(POWER)}", POWER)

    def logic(self, elementwise: str, python: str) -> Line:
        def line(step: Step, a: list[Piece]) -> Piece:
            if all(p.constant for p in a):
                return Piece(f"({a[0].text}){python}({a[1].text})", AND, constant=True)
            return Piece(f"({a[0].text}){elementwise}({a[1].text})", COMPARISON + 1)

        return line

    def indicator(self, step: Step, a: list[Piece]) -> Piece:
        if a[0].constant:
            return Piece(f"float({a[0].text})", constant=True)
        return Piece(f"({a[0].text}).double()" if self.dialect == "torch" else f"({a[0].text}).astype(float)")

    def floor_divide(self, step: Step, a: list[Piece]) -> Piece:
        return self.operation("floor", self.operation("div", *a))

    def series(self, step: Step, a: list[Piece]) -> Piece:
        body, low, high = a
        if low.value is not None and high.value is not None and high.value < low.value:
            return whole_number(0 if step.operation == "sum" else 1)
        bottom = low.text if low.text.isdigit() else f"int({low.text})"
        top = str(int(high.text) + 1) if high.text.isdigit() else f"int({high.text}) + 1"
        term = (
            f"float({body.text})" if body.whole and (body.value is not None or step.operation == "prod") else body.text
        )
        terms = f"{term} for {step.value} in range({bottom}, {top})"
        text = f"sum({terms})" if step.operation == "sum" else f"math.prod({terms})"
        return Piece(text, constant=body.constant, whole=body.whole and term == body.text)

    def noise(self, step: Step, a: list[Piece]) -> Piece:
        index = self.seed + int(float(step.value or 0))
        letter = self.variable or ("x" if "x" in self.names or not self.names else self.names[0])
        if self.dialect == "torch":
            generator = f"torch.Generator().manual_seed({index})"
            return Piece(f"torch.{step.operation}({letter}.shape, generator={generator}, dtype=torch.float64)")
        draw = "random" if step.operation == "rand" else "standard_normal"
        return Piece(f"np.random.default_rng({index}).{draw}(np.shape({letter}))")

    def beta(self, step: Step, a: list[Piece]) -> Piece:
        """With a whole number a fraction, as lib/readings/beta.py has it."""
        for x, y in (a, reversed(a)):
            if y.constant and (k := beta.whole(y.value, 1)) is not None:
                return self.product(x, "1/{x}" + "".join(f"*({j}/({{x}} + {j}))" for j in range(1, k)))
            if x.constant and y.constant:
                break
        return self.function(step, a)

    def binomial(self, step: Step, a: list[Piece]) -> Piece:
        """For a whole number a polynomial, as lib/readings/beta.py has it."""
        if a[1].constant and (k := beta.whole(a[1].value, 0, MOST_QUOTIENTS)) is not None:
            if k > MOST_FACTORS:
                quotients = f"(({{x}} - _j)/(_j + 1) for _j in range(1, {k}))"
                return self.product(a[0], f"math.prod({quotients}, start={{x}})")
            factors = ["{x}", *(f"({{x}} - {j})" for j in range(1, k))] if k else [f"{self.module}.ones_like({{x}})"]
            return self.product(a[0], f"{'*'.join(factors)}/{factorial(k)}")
        return self.function(step, a)

    def product(self, x: Piece, template: str) -> Piece:
        """A template that repeats x, which is written once where it is long."""
        text = _bracketed(self.tensor(x), x)
        if len(text) > _LONG:
            source = f"(lambda s: {template.format(x='s')})({self.tensor(x)})"
        else:
            source = f"({template.format(x=text)})"
        return Piece(f"{source}.item()" if x.constant else source, constant=x.constant)

    def function(self, step: Step, a: list[Piece]) -> Piece:
        """A call of a function that stands before the formula; its constants may be Python's numbers."""
        if self.dialect != "torch" or (self.in_line and step.operation not in _WRITTEN_OUT):
            return self.call(step, a)
        if self.in_line:
            name = f"_{step.operation}"
            self.functions[name] = _WRITTEN_OUT[step.operation]
        else:
            name = OWN[step.operation].__name__
            self.own[step.operation] = None
        constant = all(p.constant for p in a)
        mixed = step.operation in TAKES_NUMBERS
        tensors = [not mixed or p.value is not None or (constant and p is a[0]) for p in a]
        texts = [self.tensor(p) if tensor else p.text for p, tensor in zip(a, tensors, strict=True)]
        return Piece(f"{name}({', '.join(texts)}){'.item()' if constant else ''}", constant=constant)

    def call(self, step: Step, a: list[Piece]) -> Piece:
        template = self.templates.get(step.operation, self.module + "." + step.operation + "({})")
        keep = _NUMBERS_TAKEN.get(step.operation, 0)  # trailing arguments that may stay Python numbers
        if keep and not all(p.constant for p in a[-keep:]):
            keep, template = 0, _OF_TENSORS.get((self.dialect, step.operation), template)
        fixed = [self.tensor(p) for p in a[: len(a) - keep]] + [p.text for p in a[len(a) - keep :]]
        constant = all(p.constant for p in a)
        if any(template.count(f"{{{i}}}") > 1 and len(text) > _LONG for i, text in enumerate(fixed)):
            # An argument that the template repeats is written once: else each call would double the source.
            names = ["stuvw"[i] for i in range(len(a))]
            text = f"(lambda {', '.join(names)}: {template.format(*names)})({', '.join(fixed)})"
        elif "{0}" in template:
            bare = template.count("{0}") > template.count("({0})")
            text = template.format(*(_bracketed(t, p) if bare else t for t, p in zip(fixed, a, strict=True)))
        else:
            text = template.format(", ".join(fixed))
        if constant:
            return Piece(f"{text}.item()", constant=True)
        return Piece(text)


def _bracketed(text: str, piece: Piece) -> str:
    return f"({text})" if piece.precedence < ATOM and text == piece.text else text


def _infix(sign: str, precedence: int) -> Line:
    def line(step: Step, a: list[Piece]) -> Piece:
        right = a[1].within(precedence + 1) if a[1].operation != "neg" else f"({a[1].text})"
        constant, whole = a[0].constant and a[1].constant, a[0].whole and a[1].whole
        left = a[0].within(precedence)
        if whole and any(p.value is None or abs(p.value) > _EXACT for p in a) and not _small_or_index(a):
            left, whole = f"float({a[0].text})", False  # floats as in the tensor reading
        return Piece(f"{left}{sign}{right}", precedence, constant=constant, whole=whole)

    return line


def whole_number(value: int) -> Piece:
    return Piece(str(value), ATOM, "number", True, float(value), whole=True)


def _small_or_index(a: list[Piece]) -> bool:
    return all(p.operation == "index" or (p.value is not None and abs(p.value) <= _EXACT) for p in a)


_EXACT = 1e6  # products of whole numbers up to here are exact in floats too
_LONG = 24  # characters
_OF_TENSORS = {
    ("torch", "leaky_relu"): "torch.where({0} > 0, {0}, {0}*{1})",
    ("torch", "elu"): "torch.where({0} > 0, {0}, {1}*torch.expm1(torch.minimum({0}, torch.zeros_like({0}))))",
}
_NUMBERS_TAKEN = {"leaky_relu": 1, "elu": 1, "clamp": 2}
