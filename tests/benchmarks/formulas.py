"""Formulas that Nabla, JAX and SymPy all read as they are, with new random constants each time."""

import random

TEMPLATES = (
    "x**3 - {a}*x + {b}",
    "exp(-{a}*x)*sin({b}*x)",
    "sin({a}*x)**2/({b} + x**2)",
    "log({a} + x**2)*cos({b}*x)",
    "1/(1 + exp(-{a}*x)) + tanh({b}*x)",
    "sqrt(x**2 + {a})*exp(-x**2/{b})",
    "sin(x)*sin(x + {a})*sin(x + {b})*sin(x + 1)",
)


def constant() -> str:
    return f"{random.uniform(1, 2):.6f}"


def fresh(template: str) -> str:
    return template.format(a=constant(), b=constant())


def product_of_sines(factors: int = 8) -> str:
    return "*".join(f"sin(x + {constant()})" for _ in range(factors))
