"""The source of the project's own functions, so that a script computes by them what the page does, bit by bit."""

import ast
import inspect
import sys
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from lib.readings.beta import beta_function, binomial
from lib.readings.special import digamma, factorial, gamma_function, hypot, i0, i1, lgamma, power, sinc

# Of operations that torch lacks or differentiates wrongly.
OWN: dict[str, Callable[..., Any]] = {
    "pow": power,
    "hypot": hypot,
    "sinc": sinc,
    "gamma": gamma_function,
    "lgamma": lgamma,
    "digamma": digamma,
    "factorial": factorial,
    "i0": i0,
    "i1": i1,
    "beta": beta_function,
    "binomial": binomial,
}


def definitions(operations: Iterable[str]) -> str:
    """Definitions of the operations' functions, each after those of what it uses. In scope: `torch`, `math`."""
    found: dict[str, str] = {}
    for operation in operations:
        _define(OWN[operation], found)
    return "".join(found.values())


def _define(value: Any, found: dict[str, str]) -> None:
    """Adds the source of a function or class, by name, after that of all that it uses from its module."""
    if value.__name__ in found:
        return
    found[value.__name__] = ""  # what it uses may use it in turn
    text, names = _source(value)
    scope = vars(sys.modules[value.__module__])
    for name in names:
        if isinstance(scope.get(name), int | float | tuple):
            found[name] = f"\n{name} = {scope[name]!r}\n\n"
        elif inspect.isfunction(scope.get(name)) or inspect.isclass(scope.get(name)):
            _define(scope[name], found)
    del found[value.__name__]
    found[value.__name__] = f"\n{text}\n\n"


@cache
def _source(value: Any) -> tuple[str, list[str]]:
    """Its text without annotations, and the names in it that are not its own."""
    tree = _Bare().visit(ast.parse(inspect.getsource(value)))
    nodes = list(ast.walk(tree))
    named = [node for node in nodes if isinstance(node, ast.Name)]
    own = {node.id for node in named if isinstance(node.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return ast.unparse(tree), sorted({node.id for node in named} - own)


class _Bare(ast.NodeTransformer):
    """Without annotations."""

    def visit_arg(self, node: ast.arg) -> ast.arg:
        return ast.arg(node.arg)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.Assign | None:
        return ast.copy_location(ast.Assign([node.target], node.value), node) if node.value else None
