"""What the dialects mean: each text and the plain maths it is read as."""

import pytest

from lib.expression import parse

PYTHON = {
    "3*x**2 + 5*x + 6*torch.exp(x)": "3*x^2 + 5*x + 6*exp(x)",
    "np.sin(2*np.pi*x)": "sin(2*pi*x)",
    "math.e + math.pi*x": "e + pi*x",
    "torch.pow(x, 3)": "x^3",
    "x.pow(2)": "x^2",
    "x.sin().exp()": "exp(sin(x))",
    "(x+1).relu()": "relu(x + 1)",
    "torch.where(x > 0, x, 0.1*x)": "where(x > 0, x, 0.1*x)",
    "torch.nn.functional.relu(x)": "relu(x)",
    "F.softplus(x)": "softplus(x)",
    "torch.clamp(x, min=0)": "clamp(x, 0, inf)",
    "torch.clamp(x, max=1)": "clamp(x, -inf, 1)",
    "x[0]**2 + x[1]": "x_0^2 + x_1",
    "lambda x: x**2": "x^2",
    "x -> x^2": "x^2",
    "f: x ↦ x^2": "x^2",
    "f: x \\mapsto x^2": "x^2",
    ">>> x**2": "x^2",
    "∑_{i=1}^n x^i": "sum(x^i, i, 1, n)",
    "∏_{k=1}^{3} (x-k)": "prod(x - k, k, 1, 3)",
    "max{x, 1}": "max(x, 1)",
    "x mod 3 + 1": "mod(x, 3) + 1",
    "2 mod(x, 3)": "2*mod(x, 3)",
    "def f(x): return x**2": "x^2",
    "y = x**2": "x^2",
    "z=x*y": "x*y",
    "f(x, y) = x*y": "x*y",
    "f = lambda x, y: x + y": "x + y",
    "x if x > 0 else -x": "where(x > 0, x, -x)",
    "where(0 < x < 1, 1, 0)": "where(0 < x and x < 1, 1, 0)",
    "sum(x**i for i in range(1, n+1))": "sum(x^i, i, 1, n)",
    "sum([torch.pow(x, i) for i in range(1, n+1)])": "sum(x^i, i, 1, n)",
    "sum(x^i, (i, 1, 3))": "sum(x^i, i, 1, 3)",
    "x.pow(2)+0.2*torch.rand(x.size())": "x^2 + 0.2*rand()",
    "torch.randn_like(x)": "randn()",
    "10%3": "mod(10, 3)",
    "x//2": "x//2",
    "2**3**2": "2^3^2",
    "max(x, 0, y)": "max(max(x, 0), y)",
    "torch.tensor([1, 2]) @ [x, y]": "[1, 2] @ [x, y]",
    "not x > 0": "not x > 0",
    "x > 0 and x < 1 or x > 2": "x > 0 and x < 1 or x > 2",
    "piecewise((x, x<1), (x**2, True))": "where(x < 1, x, x^2)",
}
MATHS = {
    "2x": "2*x",
    "3(x+1)(x-1)": "3*(x + 1)*(x - 1)",
    "x^2": "x^2",
    "-x^2": "-x^2",
    "2^-x": "2^(-x)",
    "sin x": "sin(x)",
    "sin 2x": "sin(2*x)",
    "sin 2πx": "sin(2*pi*x)",
    "sin x cos x": "sin(x)*cos(x)",
    "sin^2 x": "sin(x)^2",
    "sin²x": "sin(x)^2",
    "sin^-1(x)": "asin(x)",
    "e^-x sin(2πx)": "exp(-x)*sin(2*pi*x)",
    "6eˣ": "6*exp(x)",
    "|x|": "abs(x)",
    "||x|-1|": "abs(abs(x) - 1)",
    "2|x|": "2*abs(x)",
    "√x": "sqrt(x)",
    "√(x+1)": "sqrt(x + 1)",
    "x²+x³": "x^2 + x^3",
    "x⁻¹": "x^(-1)",
    "x₁ + x₂": "x_1 + x_2",
    "½x": "1/2*x",
    "x·y × 2 ÷ 3 − 1": "x*y*2/3 - 1",
    "{x≤0: -x, x}": "where(x <= 0, -x, x)",
    "log_2(x)": "log2(x)",
    "log_b(x)": "log(x)/log(b)",
    "ln x": "log(x)",
    "tg x + arctg x + sh x": "tan(x) + atan(x) + sinh(x)",
    "（x＋１），".rstrip("，"): "x + 1",
    "α x + β": "alpha*x + beta",
    "[x*y, x+y]": "[x*y, x + y]",
    "dot([1,2,3],[4,5,6])": "[1, 2, 3] @ [4, 5, 6]",
    "norm([x, y])": "norm([x, y])",
    "1/2x": "1/2*x",
    "xy": "x*y",
    "⌊x⌋": "floor(x)",
}
LATEX = {
    r"\frac{x^2}{1+x}": "x^2/(1 + x)",
    r"\dfrac12 x": "1/2*x",
    r"\sqrt[3]{x}": "cbrt(x)",
    r"\sqrt[4]{x}": "x^(1/4)",
    r"\sin^{2}x": "sin(x)^2",
    r"e^{-x^2/2}": "exp(-x^2/2)",
    r"\left|x\right|": "abs(x)",
    r"2 \cdot x \times 3": "2*x*3",
    r"\ln x + \log_{2} x": "log(x) + log2(x)",
    r"\operatorname{sinh}(x)": "sinh(x)",
    r"\sin 2\pi x": "sin(2*pi*x)",
    r"\sin \omega t": "sin(omega*t)",
    r"\begin{cases} -x & x<0 \\ x & \text{otherwise} \end{cases}": "where(x < 0, -x, x)",
    r"\begin{cases} -x, & x<0 \\ x, & x \ge 0 \end{cases}": "where(x < 0, -x, where(x >= 0, x, nan))",
    r"\sum_{i=1}^{n} x^i": "sum(x^i, i, 1, n)",
    r"\lfloor x \rfloor": "floor(x)",
    r"$f(x)=x_{1}\,x$": "x_1*x",
    r"f\left(x\right)=\alpha x": "alpha*x",
}


@pytest.mark.parametrize(("text", "meaning"), [*PYTHON.items(), *MATHS.items(), *LATEX.items()])
def test_text_is_read_as_the_plain_maths_beside_it(text: str, meaning: str) -> None:
    expression = parse(text)
    assert expression.canonical() == meaning
    assert parse(meaning) == expression


@pytest.mark.parametrize(
    ("text", "names"),
    [("a*x + y", ("a", "x", "y")), ("sum(x^i, i, 1, n) + i", ("x", "n", "i")), ("5", ()), ("e^x", ("x",))],
)
def test_names_are_the_free_letters_in_order_of_first_use(text: str, names: tuple[str, ...]) -> None:
    assert parse(text).names == names


def test_bounds_and_whole_exponents_are_whole_numbers() -> None:
    assert parse("sum(x^i, i, 1, n)").whole_numbers == {"n"}
    assert parse("x^2+x^3+x^n").whole_numbers == {"n"}
    assert parse("x^a + n*x").whole_numbers == frozenset()


def test_shape_is_the_number_of_components() -> None:
    assert parse("x").shape is None
    assert parse("[x, y, 1]").shape == 3
    assert parse("[[1,2],[3,4]] @ [x, y]").shape == 2
    assert parse("[x,y] @ [x,y]").shape is None


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("log(x)", "natural logarithm"),
        ("1/2x", "the division comes first"),
        ("xy", "x·y"),
        ("e^2x", "the exponent ending before the product"),
        ("x(x+1)", "read as a product"),
        ("sin^-1(x)", "asin"),
        ("sin x/2", "divided"),
        ("x + rand()", "derivatives treat it as a constant"),
    ],
)
def test_conventions_are_announced(text: str, note: str) -> None:
    assert any(note in n for n in parse(text).notes)


@pytest.mark.parametrize("text", ["torch.log(x)", "1/(2x)", "x*y", "e^(2x)", "x*(x+1)", "sin(x)/2", "x^2 y"])
def test_unambiguous_text_needs_no_note(text: str) -> None:
    assert parse(text).notes == ()


def test_equal_formulas_are_equal_however_typed() -> None:
    assert len({parse(t) for t in ("3x^2", "3*x**2", "3 * x²", "y = 3x^2")}) == 1
