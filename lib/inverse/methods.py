"""The table of methods. To add one: a file with a class that proposes one step, and a line here."""

from collections.abc import Mapping
from types import MappingProxyType

from lib.inverse.bisection import Bisection
from lib.inverse.method import Method
from lib.inverse.newton import Newton

METHODS: Mapping[str, Method] = MappingProxyType({"newton": Newton(), "bisection": Bisection()})
