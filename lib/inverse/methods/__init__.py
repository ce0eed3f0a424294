"""The table of methods. To add one: a file with a class that proposes step after step, and a line here."""

from collections.abc import Mapping
from types import MappingProxyType

from lib.inverse.methods.bisection import Bisection
from lib.inverse.methods.brent import Brent
from lib.inverse.methods.chandrupatla import Chandrupatla
from lib.inverse.methods.damped_newton import DampedNewton
from lib.inverse.methods.fixed_point import FixedPoint
from lib.inverse.methods.guarded_newton import GuardedNewton
from lib.inverse.methods.halley import Halley
from lib.inverse.methods.illinois import Illinois
from lib.inverse.methods.itp import ITP
from lib.inverse.methods.method import Method
from lib.inverse.methods.newton import Newton
from lib.inverse.methods.regula_falsi import RegulaFalsi
from lib.inverse.methods.secant import Secant
from lib.inverse.methods.toms748 import Toms748

METHODS: Mapping[str, Method] = MappingProxyType({
    "newton": Newton(),
    "bisection": Bisection(),
    "secant": Secant(),
    "regula_falsi": RegulaFalsi(),
    "illinois": Illinois(),
    "brent": Brent(),
    "chandrupatla": Chandrupatla(),
    "itp": ITP(),
    "toms748": Toms748(),
    "halley": Halley(),
    "damped_newton": DampedNewton(),
    "guarded_newton": GuardedNewton(),
    "fixed_point": FixedPoint(),
})  # fmt: skip
