"""How else a text becomes f, f', f'' at points: JAX and SymPy, each in the way that is quickest for it."""

from collections.abc import Callable
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import sympy
from jax.experimental.jet import jet
from sympy.parsing.sympy_parser import parse_expr

jax.config.update("jax_enable_x64", True)

X = sympy.Symbol("x")
NAMES = {name: getattr(jnp, name) for name in ("exp", "log", "sin", "cos", "tanh", "sqrt")}

Function = Callable[[Any], Any]


def read(text: str) -> Function:
    """The text as a function that JAX can trace."""
    function: Function = eval(f"lambda x: {text}", NAMES)
    return function


def forward(f: Function) -> Function:
    """f, f', f'' by forward mode over forward mode."""

    def slope(x: Any) -> Any:
        return jax.jvp(f, (x,), (jnp.ones_like(x),))

    def both(x: Any) -> Any:
        (value, first), (_, second) = jax.jvp(slope, (x,), (jnp.ones_like(x),))
        return value, first, second

    return both


def reverse(f: Function) -> Function:
    """f, f', f'' by reverse mode over reverse mode."""
    return lambda x: (f(x), jax.vmap(jax.grad(f))(x), jax.vmap(jax.grad(jax.grad(f)))(x))


def jax_compiled(text: str, x: np.ndarray) -> object:
    return jax.block_until_ready(jax.jit(forward(read(text)))(x))


def jax_eager(text: str, x: np.ndarray) -> object:
    return jax.block_until_ready(forward(read(text))(jnp.asarray(x)))


def jax_jet(text: str, x: np.ndarray, order: int) -> object:
    """Taylor coefficients by JAX's own jets, compiled."""
    series = [jnp.ones_like(x)] + [jnp.zeros_like(x)] * (order - 1)
    return jax.block_until_ready(jax.jit(lambda x: jet(read(text), (x,), (series,)))(x))


def sympy_lambdified(text: str, x: np.ndarray) -> object:
    f = parse_expr(text)
    return sympy.lambdify(X, [f, f.diff(X), f.diff(X, 2)], "numpy")(x)
