"""Functions of a real variable that SymPy lacks, or knows for complex ones only: their values, and plain derivatives.

Steps are constant between their jumps, so their derivative is 0, where SymPy leaves it unevaluated. This module imports
SymPy: only work that a deadline can end imports it.
"""

from fractions import Fraction
from typing import Any

import mpmath
import sympy
from sympy import Expr, Function, S


class _Step(Function):  # type: ignore[misc]
    def fdiff(self, argindex: int = 1) -> Expr:
        return S.Zero


class floor(_Step, sympy.floor):  # type: ignore[misc]
    """The largest whole number ≤ x."""


class ceiling(_Step, sympy.ceiling):  # type: ignore[misc]
    """The smallest whole number ≥ x."""


class sign(_Step, sympy.sign):  # type: ignore[misc]
    """−1, 0 or 1."""

    def _eval_derivative(self, x: Any) -> Expr:
        return S.Zero


class Abs(sympy.Abs):  # type: ignore[misc]
    """|x| of a real number."""

    def _eval_derivative(self, x: Any) -> Expr:
        return sign(self.args[0]) * self.args[0].diff(x)


class trunc(_Step):
    """x rounded towards 0."""

    is_integer = True

    @classmethod
    def eval(cls, x: Expr) -> Expr | None:
        return sympy.Integer(int(x)) if x.is_Rational else None

    def _eval_evalf(self, prec: int) -> Expr | None:
        value = self.args[0]._eval_evalf(prec)
        return sympy.Float(int(value), precision=prec) if value is not None and value.is_Float else None


class nint(_Step):
    """The nearest whole number, halves to the even one."""

    is_integer = True

    @classmethod
    def eval(cls, x: Expr) -> Expr | None:
        return sympy.Integer(round(Fraction(int(x.p), int(x.q)))) if x.is_Rational else None

    def _eval_evalf(self, prec: int) -> Expr | None:
        value = self.args[0]._eval_evalf(prec)
        return sympy.Float(mpmath.nint(value._to_mpmath(prec)), precision=prec) if value.is_Float else None


class cbrt(Function):  # type: ignore[misc]
    """The cube root, real for negative numbers too."""

    is_extended_real = True

    @classmethod
    def eval(cls, x: Expr) -> Expr | None:
        if x.is_extended_nonnegative:
            return sympy.Pow(x, sympy.Rational(1, 3))
        return -cls(-x) if x.is_extended_negative or x.could_extract_minus_sign() else None

    def fdiff(self, argindex: int = 1) -> Expr:
        return 1 / (3 * cbrt(self.args[0]) ** 2)

    def _eval_evalf(self, prec: int) -> Expr | None:
        value = self.args[0]._eval_evalf(prec)
        return sympy.sign(value) * sympy.Pow(abs(value), sympy.Rational(1, 3)) if value.is_Float else None


class lgamma(Function):  # type: ignore[misc]
    """log |Γ(x)|, real for negative numbers too."""

    is_extended_real = True

    def fdiff(self, argindex: int = 1) -> Expr:
        return sympy.polygamma(0, self.args[0])

    def _eval_evalf(self, prec: int) -> Expr | None:
        value = self.args[0]._eval_evalf(prec)
        if value is None or not value.is_Float or (value <= 0 and not value % 1):
            return None
        with mpmath.workprec(prec):
            return sympy.Float(mpmath.re(mpmath.loggamma(value._to_mpmath(prec))), precision=prec)
