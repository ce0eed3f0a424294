"""Every word that a formula may hold: functions, constants, modules, and words that the grammar itself uses."""

import re
from dataclasses import dataclass

from lib.expression.functions import CONSTANTS, SPELLINGS
from lib.expression.letters import GREEK_NAMES
from lib.expression.nearest import nearest

MODULES = frozenset({
    "torch", "np", "numpy", "math", "F", "nn", "torch.nn", "torch.nn.functional", "nn.functional", "torch.special",
    "np.random", "numpy.random", "np.linalg", "numpy.linalg", "torch.linalg", "scipy", "scipy.special", "special", "sp",
    "sympy", "random",
})  # fmt: skip

# Written as functions, made of other operations: see lib/expression/calls.py.
WRITTEN = frozenset({
    "pow", "power", "float_power", "square", "reciprocal", "rsqrt", "neg", "negative", "positive", "add", "sub",
    "subtract", "mul", "multiply", "div", "divide", "true_divide", "root", "nthroot", "where", "piecewise",
    "sum", "prod", "mean", "norm", "dot", "inner", "vdot", "matmul", "mm", "mv", "tensor", "array", "stack",
    "as_tensor", "rand", "randn", "rand_like", "randn_like", "random", "float", "double", "vector", "zeros", "ones",
    "zeros_like", "ones_like", "full_like", "logsigmoid", "relu6", "hardtanh", "hardsigmoid", "hardswish", "selu",
    "tanhshrink", "logaddexp", "fmod", "deg2rad", "radians", "rad2deg", "degrees", "clone",
    "logical_and", "logical_or", "logical_not", "select", "celu", "hardshrink", "softshrink", "clamp_min", "clamp_max",
})  # fmt: skip

SPECIAL_CONSTANTS = {"tau": 2 * CONSTANTS["pi"]}

# Words of Python's that end an operand, or belong to a construct that the parser reads.
KEYWORDS = frozenset({"if", "else", "and", "or", "not", "for", "in", "is", "lambda", "otherwise", "when", "then"})
REFUSED = frozenset({
    "import", "from", "del", "def", "class", "return", "while", "with", "as", "async", "await", "try", "except",
    "finally", "raise", "global", "nonlocal", "assert", "yield", "pass", "break", "continue", "print", "None",
})  # fmt: skip
TRUTHS = {"True": True, "False": False, "otherwise": True, "else": True}

# Classes of torch.nn: `nn.ReLU()(x)` is relu(x), and so is `ReLU(x)`.
LAYERS = {
    "ReLU": "relu", "LeakyReLU": "leaky_relu", "ELU": "elu", "GELU": "gelu", "SiLU": "silu", "Mish": "mish",
    "Sigmoid": "sigmoid", "Tanh": "tanh", "Softplus": "softplus", "Softsign": "softsign", "LogSigmoid": "logsigmoid",
    "ReLU6": "relu6", "Hardtanh": "hardtanh", "Hardsigmoid": "hardsigmoid", "Hardswish": "hardswish", "SELU": "selu",
    "Tanhshrink": "tanhshrink", "CELU": "celu", "Hardshrink": "hardshrink", "Softshrink": "softshrink",
}  # fmt: skip
_SYMPY = {"Abs": "abs", "Max": "max", "Min": "min", "Piecewise": "piecewise", "Heaviside": "heaviside", "Sum": "sum",
          "Product": "prod", "Which": "piecewise", "Rational": "div"}  # fmt: skip
_ALIKE = {**LAYERS, **_SYMPY, "If": "where", "IF": "where", "ifelse": "where", "INT": "floor", "nroot": "root",
          "AND": "logical_and", "OR": "logical_or", "NOT": "logical_not"}  # fmt: skip  # of Wolfram, R and spreadsheets
_CONSTANTS = {"Infinity": "inf", "infinity": "inf", "oo": "inf", "NaN": "nan", "PI": "pi", "M_PI": "pi", "M_E": "e"}

# Words of three letters read as products: only letters that stand in formulas as letters. Words of two letters always.
_PRODUCT_LETTERS = frozenset("abckxyz")

_SUBSCRIPTED = re.compile(r"[A-Za-z]?(?:[A-Za-z]_(?:\d|[ijkmn]))+[A-Za-z]?", re.ASCII)  # x_1x_2, a_1x, wx_i

# A letter with an accent is another letter: x_hat. Its subscript is the accent, which lib/readings/latex.py sets again.
ACCENTS = frozenset({"hat", "bar", "tilde"})

KNOWN = frozenset(SPELLINGS) | WRITTEN | frozenset(CONSTANTS) | {"Infinity"}


@dataclass(frozen=True, slots=True)
class Word:
    """kind: function, written, constant, letter, product, truth, keyword, refused or unknown. name: canonical."""

    kind: str
    name: str


def look_up(word: str) -> Word:
    """What a word stands for."""
    if word in KEYWORDS:
        return Word("keyword", word)
    if word in REFUSED:
        return Word("refused", word)
    if word in TRUTHS:
        return Word("truth", word)
    if word in CONSTANTS or word in _CONSTANTS:
        return Word("constant", _CONSTANTS.get(word, word))
    known = _ALIKE.get(word, word)
    if known in SPELLINGS:
        return Word("function", SPELLINGS[known])
    if known in WRITTEN:
        return Word("written", known)
    base, _, subscript = word.partition("_")
    if base == "log" and (subscript.isdigit() or len(subscript) == 1 or subscript in GREEK_NAMES):
        return Word("function", "log")
    if ((len(base) == 1 and base.isalpha()) or base in GREEK_NAMES) and ("_" not in word or is_subscript(subscript)):
        return Word("letter", word)
    if _SUBSCRIPTED.fullmatch(word) and (len(base) == 1 or not (base in SPELLINGS or base in CONSTANTS)):
        return Word("product", word)
    lower = word.lower()  # Sin of Wolfram, SIN of a spreadsheet
    if word[:1].isupper() and word[1:] not in SPELLINGS and (len(word) > 2 or lower in ("ln", "lg")):  # not Asin
        if lower in SPELLINGS:
            return Word("function", SPELLINGS[lower])
        if lower in WRITTEN:
            return Word("written", lower)
    letters = word.isascii() and word.isalpha() and "e" not in word
    if letters and (len(word) == 2 or (len(word) == 3 and set(word) <= _PRODUCT_LETTERS)):
        return Word("product", word)
    return Word("unknown", word)


def is_namesake(word: str) -> bool:
    """Whether a word is a letter where it isn't called: beta, psi, J_0; or one always: alpha."""
    return word in GREEK_NAMES or word in ("J_0", "J_1")


def is_subscript(text: str) -> bool:
    """Whether a text is a number or a name, or an accent and one of these: the hat_1 of \\hat{y}_1."""
    accent, _, below = text.partition("_")
    return text.isdigit() or text.isalpha() or (accent in ACCENTS and bool(below) and is_subscript(below))


# What stands after a function without brackets; `sine` and `cosh` are no sin(e) and cos(h).
_ARGUMENTS = frozenset((*"xyztuvwnab", "pi"))


def suggestion(word: str) -> str | None:
    """What the visitor probably meant by an unknown word: a known one, or known parts glued together: x*sin, sin(x)."""
    if word.isalnum() and len(word) < 16:
        for cut in range(1, len(word)):
            left, right = word[:cut], word[cut:]
            if _is_part(left) and (_is_part(right) or right in SPELLINGS) and not (left.isdigit()):
                return f"{left}*{right}"
            multiple = right.lstrip("0123456789")  # the x of sin2x; log2x is no multiple
            multiple = right if left + right[: len(right) - len(multiple)] in SPELLINGS else multiple
            if left in SPELLINGS and multiple in _ARGUMENTS:
                return f"{left}({right})"
            if left[1:] in SPELLINGS and _is_part(left[0]) and right in _ARGUMENTS:
                return f"{left[0]}*{left[1:]}({right})"
    return nearest(word, KNOWN)


def _is_part(text: str) -> bool:
    return (len(text) == 1 and text.isalpha()) or text in ("pi",) or text.isdigit()
