"""What can be typed: samples of every way to write, the table of functions, conventions, limits."""

from collections.abc import Sequence

from lib.expression import limits, parse
from lib.expression.composed import COMPOSED
from lib.expression.functions import FUNCTIONS, Function
from lib.locale import _, translate
from lib.ui.typeset import typeset

# One line each for the help page, and read by a test: what stands here is what the parser reads.
SAMPLES: dict[str, tuple[str, ...]] = {
    "maths": (
        "3x² + 5x + 6e^x",
        "e^-x sin(2πx)",
        "sin^2 x + cos 2x",
        "y = x lnx (x > 0)",
        "||x| - 1|",
        "√(1 + x²)",
        "{x<0: -x, x<1: x², 1}",
        "sum(x^i, i, 1, n)",
        "5! x",
        "[x*y, x+y]",
    ),
    "Python": (
        "3*x**2 + 5*x + 6*torch.exp(x)",
        "np.exp(-x)*np.sin(2*np.pi*x)",
        "x.pow(2) + 0.2*torch.rand(x.size())",
        "torch.where(x > 0, x, 0.1*x)",
        "x if x > 0 else -x",
        "lambda x: x**2",
        "nn.ELU(2)(x)",
        "a = 2; y = a*x**2; y.backward()",
        "sum(x**i for i in range(1, n+1))",
        "[x, y] @ [[2, 1], [1, 3]] @ [x, y]",
    ),
    "LaTeX": (
        r"\frac{x^2}{1+x}",
        r"e^{-x^2/2}",
        r"\sqrt[3]{x} + \left|x\right|",
        r"\sum_{i=1}^{n} x^i",
        r"\begin{cases} -x & x < 0 \\ x & \text{otherwise} \end{cases}",
        r"f(x) = \ln x, \quad x > 1",
    ),
}


def sample_rows(samples: Sequence[str]) -> dict[str, list[str]]:
    """The samples of one way to write, and how each is read, as columns of Markdown."""
    return {
        _("You type"): [f"`{text}`" for text in samples],
        _("It is read as"): [f"${typeset(parse(text).latex())}$" for text in samples],
    }


def function_rows(wanted: str = "") -> dict[str, list[str]]:
    """The functions whose name, spelling or meaning holds the wanted text, as columns of Markdown."""
    rows = [row for row in FUNCTIONS.values() if _matches(row, wanted.strip().lower())]
    return {
        _("Function"): [f"`{_call(row)}`" for row in rows],
        _("Typeset"): [f"${typeset(parse(_call(row)).latex())}$" for row in rows],
        _("Meaning"): [translate(row.help) for row in rows],
        _("Also written"): [", ".join(f"`{name}`" for name in row.spellings) for row in rows],
        _("Defined for"): [f"${_condition(row.domain)}$" for row in rows],
    }


def _matches(row: Function, wanted: str) -> bool:
    return any(wanted in text.lower() for text in (row.name, *row.spellings, translate(row.help)))


def _call(row: Function) -> str:
    """The function with letters for the arguments that must be given: atan2(y, x), clamp(x)."""
    letters = {"atan2": ("y", "x"), "binomial": ("n", "k")}.get(row.name, ("x", "y", "z"))
    return f"{row.name}({', '.join(letters[: row.least])})"


def _condition(domain: str) -> str:
    """A domain in LaTeX, without the brackets that make a number of a condition."""
    return parse(domain).latex().removeprefix(r"\left[").removesuffix(r"\right]") if domain else r"\mathbb{R}"


def conventions() -> list[str]:
    """Sentences on how doubtful text is read, as Markdown."""
    return [
        _("`log` is the natural logarithm; `log10` and `log2` have the other bases."),
        _("`^` is a power, and `2^3^2` is `2^(3^2)`; `-x^2` is `-(x^2)`."),
        _("`1/2x` is `(1/2)*x`: a product without a sign binds like `*`."),
        _("`sin x y` is refused: it could be `sin(x)*y` or `sin(x*y)`. So is all else with two meanings."),
        _("`sin^2 x` is `(sin x)^2`, and `sin^-1(x)` is `asin(x)`."),
        _("`e`, `pi` and `inf` are constants; every other single letter is a variable or gets a slider."),
        _("`xy` is `x*y`, and `sinx` is `sin(x)`; other words must be names of functions."),
        _("Of a pasted program its last formula is read; names stand for what they were given."),
        _("Formulas of the functions below: {names}.", names=", ".join(f"`{name}`" for name in COMPOSED)),
        _("A comparison counts 1 where it holds and 0 where it doesn't."),
        _("Points go as `1, 2.5, pi/2`, `0:5:0.5` or `linspace(0, 5, 11)`; windows as `-3:3`."),
        _("`rand()` and `randn()` draw noise from a seed; derivatives treat it as a constant."),
    ]


def limit_sentence() -> str:
    """What a formula may cost."""
    return _(
        "A formula has at most {characters} characters, {operations} operations and {letters} letters.",
        characters=limits.MAX_CHARACTERS,
        operations=limits.MAX_OPERATIONS,
        letters=limits.MAX_LETTERS,
    )
