"""What visitors ask for in a formula's place: a derivative, an integral, a limit, a solution. Where they find it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lib.message import Message

if TYPE_CHECKING:
    from lib.expression.parser import Parser

_DERIVATIVE = Message("Type the function itself; its derivatives are shown.")
_INTEGRAL = Message("Integrals are not computed: type the function under the integral sign.")
_LIMIT = Message("Type the function itself, and look at its plot near that place.")
_SOLUTION = Message("Type the function; the Inverse page finds where it takes a value.")
_PLOT = Message("Type only the formula; it is plotted as you type.")
_SUM = Message("Write a sum as `sum(x^i, i, 1, n)`, a product as `prod(x - i, i, 1, n)`.")
_NOISE = Message("Type `rand()` for uniform noise, `randn()` for normal.")
_POINTS = Message("Type only the formula; points are chosen on the page.")
_NETWORK = Message("Type a formula; networks are on the Learn page.")
_SET = Message("Give a condition as a comparison, such as `x > 0`.")
_SIGN = Message("Choose one sign, `+` or `-`.")
_CONSTRAINT = Message("Type only the function; on the Gradient page a constraint has its own box.")
_BESSEL = Message("Bessel functions are `j0(x)`, `j1(x)`, `i0(x)` and `i1(x)`.")
_VECTOR = Message("Several components go in square brackets: `[x, y]`.")
_FORMULA = Message("Type only the formula, such as `x^2 + sin(x)`.")
DEGREES = Message("Angles are in radians: for 30° write `30*pi/180`.")
_TORCH = Message("Type only the formula; the page makes the tensor and calls `backward()`.")

_WORDS = {
    _DERIVATIVE: "derivative differentiate diff deriv grad gradient nabla hessian jacobian autograd partial prime"
    " dot ddot",
    _INTEGRAL: "integral integrate int iint oint quad",
    _LIMIT: "lim limit",
    _SOLUTION: "solve solveset fsolve nsolve roots inverse",
    _PLOT: "plot graph draw show print fplot ezplot",
    _SUM: "cdots ldots dots",
    _NOISE: "normal uniform gauss randint",
    _POINTS: "linspace arange logspace meshgrid unsqueeze",
    _NETWORK: "linear sequential module conv1d conv2d dropout softmax",
    _SET: "notin subset mathbb",
    _SIGN: "pm mp",
    _CONSTRAINT: "subject constraint lagrange",
    DEGREES: "circ",
    _BESSEL: "bessel besselj bessely besseli jn yn jv yv iv",
    _VECTOR: "langle rangle",
    _FORMULA: "function syms end",
    _TORCH: "backward detach item requires_grad requires_grad_ retain_grad numpy tolist zero_grad data",
}
WISHES = {word: way_out for way_out, words in _WORDS.items() for word in words.split()}
SIGNS = {"∫": _INTEGRAL, "∬": _INTEGRAL, "∮": _INTEGRAL, "∂": _DERIVATIVE, "∇": _DERIVATIVE, "'": _DERIVATIVE,
         "′": _DERIVATIVE, "’": _DERIVATIVE, "″": _DERIVATIVE, "…": _SUM, "⋯": _SUM, "∈": _SET, "±": _SIGN, "∓": _SIGN,
         "°": DEGREES}  # fmt: skip

# d/dx, dy/dx, d^2y/dx^2, d²/dx², \frac{d}{dx}, and d(…)/dx around the whole
_FONT = r"\\(?:mathrm|text|operatorname|rm)\s*"
_UPRIGHT = rf"(?:{_FONT}(?:\{{\s*d\s*\}}|d)\s*|\{{\s*{_FONT}d\s*\}}\s*)"
_QUOTIENT = re.compile(
    rf"(?:(?<![A-Za-z\\])d|{_UPRIGHT})"
    + r"(?:[²³]|\^\{?\d\}?)?\s?[a-zA-Z]?\s*(?:/\s*|\}\s*\{\s*)"
    + rf"(?:d|{_UPRIGHT})[a-zA-Z]"
)
_WOLFRAM = re.compile(r"\bD\s?\[")  # D[x^2, x]
_AROUND = re.compile(r"\s*d\s?\(.*\)\s*/\s*d[a-zA-Z]\s*\Z")


def refuse_derivative(p: Parser) -> None:
    """A sentence instead of reading `d/dx` as a quotient of products of letters."""
    if "d" not in p.formula and "D" not in p.formula:
        return
    if found := _QUOTIENT.search(p.formula) or _AROUND.match(p.formula) or _WOLFRAM.search(p.formula):
        raise p.error(Message("This asks for a derivative."), found.span(), _DERIVATIVE)
