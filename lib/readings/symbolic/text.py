"""SymPy objects back in the formula language: plain text that `parse` reads, and LaTeX."""

from functools import reduce
from typing import Any, NoReturn

import sympy
from sympy import S
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE
from sympy.printing.str import StrPrinter

from lib.readings.latex import letter
from lib.readings.printing import plain_number


class Unreadable(ValueError):
    """A function that the formula language lacks; the text is its name in SymPy."""


def plain(formula: Any) -> str:
    """The formula as text for `parse`; a vector as [a, b]. Raises Unreadable."""
    printer = _Printer()
    if isinstance(formula, sympy.MatrixBase):
        return f"[{', '.join(printer.doprint(f) for f in formula)}]"
    return str(printer.doprint(formula))


def typeset(formula: Any) -> str:
    """LaTeX of any formula, also of what the formula language lacks."""
    names = {symbol: letter(symbol.name) for symbol in formula.free_symbols}
    return str(_Typesetter({"ln_notation": True, "symbol_names": names, "inv_trig_style": "full"}).doprint(formula))


class _Typesetter(LatexPrinter):  # type: ignore[misc]
    def _print_polygamma(self, expr: Any, exp: str | None = None) -> str:
        order, x = expr.args
        text = rf"\psi{f'^{{({order})}}' if order else ''}\left({self._print(x)}\right)"
        return text if exp is None else rf"\left({text}\right)^{{{exp}}}"

    def _print_beta(self, expr: Any, exp: str | None = None) -> str:
        text = rf"\operatorname{{beta}}\left({', '.join(self._print(a) for a in expr.args)}\right)"
        return text if exp is None else rf"{text}^{{{exp}}}"


# SymPy's functions by class name; the others are called alike in both.
_NAMES = {"Abs": "abs", "Heaviside": "heaviside", "ceiling": "ceil", "nint": "round"}
_SAME = frozenset({
    "exp", "log", "sin", "cos", "tan", "cot", "sec", "csc", "asin", "acos", "atan", "acot", "asec", "acsc", "atan2",
    "sinh", "cosh", "tanh", "coth", "sech", "csch", "asinh", "acosh", "atanh", "acoth", "asech", "acsch", "sign",
    "floor", "trunc", "cbrt", "erf", "erfc", "erfinv", "gamma", "lgamma", "beta", "binomial", "factorial",
})  # fmt: skip


class _Printer(StrPrinter):  # type: ignore[misc]
    def _print_Function(self, expr: Any) -> str:
        name = type(expr).__name__
        if name not in _SAME and name not in _NAMES:
            raise Unreadable(name)
        arguments = expr.args[:1] if name == "Heaviside" else expr.args
        return f"{_NAMES.get(name, name)}({', '.join(self._print(a) for a in arguments)})"

    _print_Abs = _print_sign = _print_Heaviside = _print_Function

    def _print_sinc(self, expr: Any) -> str:
        return f"sinc({self._print(expr.args[0] / sympy.pi)})"

    def _print_polygamma(self, expr: Any) -> str:
        if expr.args[0] != 0:
            self._refuse(expr)
        return f"digamma({self._print(expr.args[1])})"

    def _bessel(self, expr: Any) -> str:
        order, x = expr.args
        kind = "j" if isinstance(expr, sympy.besselj) else "i"
        if order not in (0, 1):
            self._refuse(expr)
        return f"{kind}{order}({self._print(x)})"

    _print_besselj = _print_besseli = _bessel

    def _nested(self, expr: Any) -> str:
        name = type(expr).__name__.lower()
        return str(reduce(lambda a, b: f"{name}({a}, {b})", (self._print(a) for a in expr.args)))

    _print_Max = _print_Min = _nested

    def _print_Piecewise(self, expr: Any) -> str:
        text = "nan"
        for value, condition in reversed(expr.args):
            value = self._print(value)
            text = value if condition == S.true else f"where({self._print(condition)}, {value}, {text})"
        return text

    def _print_Relational(self, expr: Any) -> str:
        return f"({self._print(expr.lhs)} {expr.rel_op} {self._print(expr.rhs)})"

    def _logic(self, expr: Any) -> str:
        word = f" {type(expr).__name__.lower()} "
        return f"({word.join(self._print(a) for a in expr.args)})"

    _print_And = _print_Or = _logic

    def _print_Not(self, expr: Any) -> str:
        return f"(not {self._print(expr.args[0])})"

    def _print_Pow(self, expr: Any, rational: bool = False) -> str:
        if expr.exp.is_Rational and expr.exp < 0:
            return f"1/{self.parenthesize(1 / expr, PRECEDENCE['Mul'] + 1)}"
        return str(super()._print_Pow(expr, rational))

    def _print_Float(self, expr: Any) -> str:
        return plain_number(float(expr))

    def _print_Exp1(self, expr: Any) -> str:
        return "e"

    def _print_NaN(self, expr: Any) -> str:
        return "nan"

    def _print_Infinity(self, expr: Any) -> str:
        return "inf"

    def _print_NegativeInfinity(self, expr: Any) -> str:
        return "-inf"

    def _refuse(self, expr: Any) -> NoReturn:
        raise Unreadable(type(expr).__name__)

    _print_ImaginaryUnit = _print_ComplexInfinity = _print_Derivative = _print_Subs = _print_Integral = _refuse
    _print_re = _print_im = _print_arg = _print_conjugate = _print_Sum = _print_BooleanTrue = _refuse
    emptyPrinter = _refuse
