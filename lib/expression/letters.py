"""Letters: the names that stand for numbers, and which of them are variables."""

from collections.abc import Collection, Iterable

# λ is spelt as SymPy spells it, since `lambda` is a word of Python's.
GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "η": "eta", "θ": "theta",
    "ι": "iota", "κ": "kappa", "λ": "lamda", "μ": "mu", "ν": "nu", "ξ": "xi", "ρ": "rho", "σ": "sigma", "τ": "tau",
    "υ": "upsilon", "φ": "phi", "χ": "chi", "ψ": "psi", "ω": "omega", "Γ": "Gamma", "Δ": "Delta", "Θ": "Theta",
    "Λ": "Lambda", "Ξ": "Xi", "Π": "Pi", "Σ": "Sigma", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip
GREEK_NAMES = frozenset(GREEK.values())
_SYMBOLS = {name: symbol for symbol, name in GREEK.items()}
_SMALL = str.maketrans("0123456789aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")  # Unicode has no others

# In this order a page picks its variables from a formula's letters; any other letter is a parameter with a slider.
VARIABLES = ("x", "y", "z", "u", "v", "w", "t", "s", "r", "theta", "phi")


def split(names: Iterable[str], least: int = 1, fixed: Collection[str] = ()) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The variables, x first, and the parameters among the letters of a formula.

    A subscripted variable letter (x_1) is a variable. If fewer than `least` are, the first of the other letters become
    variables too. Letters that are `fixed` (bounds of sums) never are.
    """
    names = tuple(names)
    variables = sorted((n for n in names if _base(n) in VARIABLES and n not in fixed), key=_rank)
    others = [n for n in names if n not in variables and n not in fixed]
    variables += others[: max(0, least - len(variables))]
    return tuple(variables), tuple(n for n in names if n not in variables)


def symbol(name: str) -> str:
    """The letter as a reader writes it: alpha as α, x_1 as x₁; x_b stays."""
    base, _, index = name.partition("_")
    small = index.translate(_SMALL) if all(ord(letter) in _SMALL for letter in index) else f"_{index}"
    return _SYMBOLS.get(base, base) + small


def _base(name: str) -> str:
    return name.partition("_")[0]


def _rank(name: str) -> tuple[int, int, str]:
    base, _, subscript = name.partition("_")
    return VARIABLES.index(base), int(subscript) if subscript.isdigit() else 0, subscript
