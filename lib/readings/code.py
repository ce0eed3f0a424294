"""The code reading: Python source in PyTorch or NumPy that computes the formula.

The PyTorch source does what lib/readings/tensor.py does, operation by operation, so that its values are bit-equal.
"""

import math

from lib.expression import Expression
from lib.expression.expression import Dialect
from lib.expression.precedence import AND, ATOM, COMPARISON, NOT, POWER, PRODUCT, SIGN, SUM
from lib.expression.tree import Step
from lib.readings.power import python_power
from lib.readings.printing import Line, Piece, fold, plain_number


def code(expression: Expression, dialect: Dialect = "torch") -> str:
    """One Python expression. In scope: `torch`; or `np`, `math`, `scipy.special`; the letters as float64 arrays."""
    printer = _Printer(dialect)
    lines = {name: _by_component(line) for name, line in printer.lines().items()} | printer.whole()
    piece = fold(expression.program, lines, _by_component(printer.call))
    return printer.stacked(piece)


def _by_component(line: Line) -> Line:
    """The line for numbers, applied to each component of vectors."""

    def each(step: Step, a: list[Piece]) -> Piece:
        count = max((len(p.components) for p in a), default=0)
        if not count:
            return line(step, a)
        parts = (each(step, [p.components[i] if p.components else p for p in a]) for i in range(count))
        return Piece("", components=tuple(parts))

    return each


class _Printer:
    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.module = "torch" if dialect == "torch" else "np"
        self.templates = TORCH if dialect == "torch" else NUMPY

    def tensor(self, piece: Piece) -> str:
        """A constant as an array, for functions that take no Python numbers."""
        if not piece.constant:
            return piece.text
        return (
            f"torch.tensor({piece.text}, dtype=torch.float64)"
            if self.dialect == "torch"
            else f"np.float64({piece.text})"
        )

    def lines(self) -> dict[str, Line]:
        return {
            "number": self.number,
            "letter": lambda step, a: Piece(str(step.value)),
            "constant": lambda step, a: Piece(f"{self.module}.{step.value}", constant=True),
            "add": _infix(" + ", SUM),
            "sub": _infix(" - ", SUM),
            "mul": _infix("*", PRODUCT),
            "div": _infix("/", PRODUCT),
            "pow": self.power,
            "neg": lambda step, a: Piece(f"-{a[0].within(SIGN + 1)}", SIGN, "neg", a[0].constant),
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
        }  # fmt: skip

    def number(self, step: Step, a: list[Piece]) -> Piece:
        value = float(step.value or 0)
        return Piece(plain_number(value), ATOM, "number", True, value)

    def power(self, step: Step, a: list[Piece]) -> Piece:
        if a[0].constant and a[1].constant:  # in floats: powers of Python's whole numbers have no largest value
            value = None
            if a[0].value is not None and a[1].value is not None:
                value = python_power(a[0].value, a[1].value)
                if not math.isfinite(value):
                    return Piece(f"float('{value}')", ATOM, constant=True, value=value)
            base = a[0].text + ".0" if a[0].text.isdigit() else f"float({a[0].text})"
            return Piece(f"{base}**{a[1].within(POWER)}", POWER, constant=True, value=value)
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
        quotient = _infix("/", PRODUCT)(step, a)
        return self.call(Step("floor", 1), [quotient])

    def whole(self) -> dict[str, Line]:
        """Lines of operations on whole vectors: written out in operations on numbers, as the tensor reading does."""
        return {
            "vector": lambda step, a: Piece("", components=tuple(a)),
            "matmul": lambda step, a: _matmul(*a),
            "total": lambda step, a: _joined(a[0].components, " + ", SUM),
            "product": lambda step, a: _joined(a[0].components, "*", PRODUCT),
            "mean": lambda step, a: _infix("/", PRODUCT)(
                step, [_joined(a[0].components, " + ", SUM), Piece(str(len(a[0].components)), constant=True)]
            ),
            "norm": lambda step, a: self.call(Step("sqrt", 1), [_dot(a[0], a[0])]),
        }

    def stacked(self, piece: Piece) -> str:
        """The finished source; a vector's components share the shape of the letters."""
        if not piece.components:
            return self.tensor(piece)
        parts = ", ".join(self.tensor(p) for p in piece.components)
        if self.dialect == "torch":
            return f"torch.stack(torch.broadcast_tensors({parts}))"
        return f"np.stack(np.broadcast_arrays({parts}))"

    def series(self, step: Step, a: list[Piece]) -> Piece:
        letter = str(step.value)
        top = f"int({a[2].text})" if not a[2].text.isdigit() else a[2].text
        bottom = f"int({a[1].text})" if not a[1].text.isdigit() else a[1].text
        terms = f"{a[0].text} for {letter} in range({bottom}, {top} + 1)"
        return Piece(f"sum({terms})" if step.operation == "sum" else f"math.prod({terms})")

    def noise(self, step: Step, a: list[Piece]) -> Piece:
        index = int(float(step.value or 0))
        if self.dialect == "torch":
            generator = f"torch.Generator().manual_seed({index})"
            return Piece(f"torch.{step.operation}(x.shape, generator={generator}, dtype=torch.float64)")
        draw = "random" if step.operation == "rand" else "standard_normal"
        return Piece(f"np.random.default_rng({index}).{draw}(np.shape(x))")

    def call(self, step: Step, a: list[Piece]) -> Piece:
        template = self.templates.get(step.operation, self.module + "." + step.operation + "({})")
        keep = _NUMBERS_TAKEN.get(step.operation, 0)  # trailing arguments that may stay Python numbers
        fixed = [self.tensor(p) for p in a[: len(a) - keep]] + [p.text for p in a[len(a) - keep :]]
        constant = all(p.constant for p in a)
        if "{0}" in template:
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
        return Piece(f"{a[0].within(precedence)}{sign}{right}", precedence, constant=a[0].constant and a[1].constant)

    return line


def _joined(parts: tuple[Piece, ...], sign: str, precedence: int) -> Piece:
    total = parts[0]
    for part in parts[1:]:
        total = _infix(sign, precedence)(Step("", 2), [total, part])
    return total


def _dot(left: Piece, right: Piece) -> Piece:
    products = zip(left.components, right.components, strict=True)
    return _joined(tuple(_infix("*", PRODUCT)(Step("", 2), list(pair)) for pair in products), " + ", SUM)


def _matmul(left: Piece, right: Piece) -> Piece:
    rows = left.components if left.components[0].components else (left,)
    matrix = bool(right.components[0].components)
    columns = [Piece("", components=c) for c in zip(*(r.components for r in right.components), strict=True)]
    if not matrix:
        columns = [right]
    entries = [[_dot(row, column) for column in columns] for row in rows]
    lines = [Piece("", components=tuple(e)) if matrix else e[0] for e in entries]
    return Piece("", components=tuple(lines)) if left.components[0].components else lines[0]


_NUMBERS_TAKEN = {"leaky_relu": 1, "elu": 1, "clamp": 2}

_SHARED = {
    "cot": "(1/{m}.tan({0}))",
    "sec": "(1/{m}.cos({0}))",
    "csc": "(1/{m}.sin({0}))",
    "coth": "(1/{m}.tanh({0}))",
    "sech": "(1/{m}.cosh({0}))",
    "csch": "(1/{m}.sinh({0}))",
}
_SINES = "torch.sin(torch.pi*((torch.arange(64, dtype=torch.float64) + 0.5)/128))"


def _sign(argument: str) -> str:
    """Source of the sign of Γ."""
    return f"torch.where({argument} > 0, 1.0, 1 - 2*torch.remainder(torch.floor({argument}), 2))"


TORCH = {
    **{name: text.replace("{m}", "torch") for name, text in _SHARED.items()},
    "acot": "(torch.pi/2 - torch.atan({0}))",
    "asec": "torch.acos(1/{0})",
    "acsc": "torch.asin(1/{0})",
    "acoth": "torch.atanh(1/{0})",
    "asech": "torch.acosh(1/{0})",
    "acsch": "torch.asinh(1/{0})",
    "cbrt": "(torch.sign({0})*torch.abs({0})**(1/3))",
    "mod": "torch.remainder({})",
    "min": "torch.minimum({})",
    "max": "torch.maximum({})",
    "softplus": "torch.nn.functional.softplus({0}, 1, 40)",
    "softsign": "torch.nn.functional.softsign({0})",
    "leaky_relu": "torch.nn.functional.leaky_relu({})",
    "elu": "torch.nn.functional.elu({})",
    "gelu": "({0}*torch.erfc(-{0}/2**0.5)/2)",
    "silu": "torch.nn.functional.silu({0})",
    "mish": "torch.nn.functional.mish({0})",
    "heaviside": "torch.heaviside(*torch.broadcast_tensors({}))",
    "gamma": f"(torch.exp(torch.lgamma({{0}}))*{_sign('{0}')})",
    "factorial": f"(torch.exp(torch.lgamma({{0}} + 1))*{_sign('({0} + 1)')})",
    "beta": "(torch.exp(torch.lgamma({0}) + torch.lgamma({1}) - torch.lgamma({0} + {1}))*("
    f"{_sign('{0}')}*{_sign('{1}')}*{_sign('({0} + {1})')}))",
    "binomial": "(torch.exp(torch.lgamma({0} + 1) - torch.lgamma({1} + 1) - torch.lgamma({0} - {1} + 1))*("
    f"{_sign('({0} + 1)')}*{_sign('({1} + 1)')}*{_sign('({0} - {1} + 1)')}))",
    # The integrals of lib/readings/special.py.
    "j0": f"torch.where(torch.abs({{0}}) <= 180, torch.cos({{0}}[..., None]*{_SINES}).mean(-1), torch.nan)",
    "j1": f"torch.where(torch.abs({{0}}) <= 180, ({_SINES}*torch.sin({{0}}[..., None]*{_SINES})).mean(-1), torch.nan)",
    "i0": "torch.special.i0({0})",
    "i1": "torch.special.i1({0})",
}
NUMPY = {
    **{name: text.replace("{m}", "np") for name, text in _SHARED.items()},
    "asin": "np.arcsin({0})",
    "acos": "np.arccos({0})",
    "atan": "np.arctan({0})",
    "acot": "(np.pi/2 - np.arctan({0}))",
    "asec": "np.arccos(1/{0})",
    "acsc": "np.arcsin(1/{0})",
    "atan2": "np.arctan2({})",
    "asinh": "np.arcsinh({0})",
    "acosh": "np.arccosh({0})",
    "atanh": "np.arctanh({0})",
    "acoth": "np.arctanh(1/{0})",
    "asech": "np.arccosh(1/{0})",
    "acsch": "np.arcsinh(1/{0})",
    "mod": "np.mod({})",
    "min": "np.minimum({})",
    "max": "np.maximum({})",
    "frac": "({0} - np.trunc({0}))",
    "clamp": "np.clip({})",
    "sigmoid": "(1/(1 + np.exp(-{0})))",
    "logit": "np.log({0}/(1 - {0}))",
    "softplus": "np.logaddexp({0}, 0)",
    "softsign": "({0}/(1 + np.abs({0})))",
    "relu": "np.maximum({0}, 0)",
    "leaky_relu": "np.where({0} > 0, {0}, {1}*{0})",
    "elu": "np.where({0} > 0, {0}, {1}*np.expm1({0}))",
    "erf": "np.vectorize(math.erf)({0})",
    "erfc": "np.vectorize(math.erfc)({0})",
    "gelu": "({0}*np.vectorize(math.erfc)(-{0}/math.sqrt(2))/2)",
    "silu": "({0}/(1 + np.exp(-{0})))",
    "mish": "({0}*np.tanh(np.logaddexp({0}, 0)))",
    "factorial": "scipy.special.gamma({0} + 1)",
    # NumPy has no special functions of its own but i0: SciPy's are the usual ones beside it.
    **{
        name: f"scipy.special.{scipy}({{}})"
        for name, scipy in (
            ("erfinv", "erfinv"),
            ("gamma", "gamma"),
            ("lgamma", "gammaln"),
            ("digamma", "digamma"),
            ("beta", "beta"),
            ("binomial", "binom"),
            ("j0", "j0"),
            ("j1", "j1"),
            ("i0", "i0"),
            ("i1", "i1"),
        )
    },
}
