"""The table of functions: one row each, from which parser, help, tests and every reading are driven.

To add a function, add a row here and one line in each reading (lib/readings); a test fails where a reading lacks it.
"""

from dataclasses import dataclass

from lib.message import Message

# Factors of the products that stand for beta and binomial of whole numbers, whose factorials float64 holds exactly.
MOST_FACTORS = 20

# Beyond, each factor of a binomial coefficient is a quotient; with more of them the general formula costs less.
MOST_QUOTIENTS = 170


@dataclass(frozen=True, slots=True)
class Function:
    """A function that can be typed.

    name: as canonical text prints it. help: one line. spellings: its other names, in any dialect.
    parameters: names of its arguments as keywords. defaults: values of the last arguments when left out.
    inverse: what name^-1 means. domain: the condition for it to be defined, as the parser reads it;
    "" for everywhere. weight: how many operations it costs, see limits.BUDGET.
    effort: what it costs however few the points are, see limits.MAX_EFFORT.
    products: the arguments that make it a product, if one of them is a whole number of at most `factors`.
    """

    name: str
    help: Message
    spellings: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ("input",)
    defaults: tuple[float, ...] = ()
    inverse: str | None = None
    domain: str = ""
    weight: int = 1
    effort: int = 2
    products: tuple[int, ...] = ()
    factors: int = MOST_FACTORS

    @property
    def least(self) -> int:
        """The number of arguments that must be given."""
        return len(self.parameters) - len(self.defaults)

    @property
    def most(self) -> int:
        return len(self.parameters)


_INF = float("inf")
_TWO = ("input", "other")

_ROWS = (
    # powers, roots, exponentials, logarithms
    Function("sqrt", Message("square root"), domain="x >= 0"),
    Function("cbrt", Message("cube root, also of negative numbers")),
    Function("exp", Message("exponential function, e to the power x"), inverse="log"),
    Function("exp2", Message("2 to the power x")),
    Function("expm1", Message("exp(x) − 1, accurate near 0")),
    Function("log", Message("natural logarithm"), ("ln",), domain="x > 0", inverse="exp"),
    Function("log10", Message("logarithm to base 10"), ("lg",), domain="x > 0"),
    Function("log2", Message("logarithm to base 2"), ("lb", "ld"), domain="x > 0"),
    Function("log1p", Message("log(1 + x), accurate near 0"), domain="x > -1"),
    # trigonometric
    Function("sin", Message("sine"), ("sen",), inverse="asin"),
    Function("cos", Message("cosine"), inverse="acos"),
    Function("tan", Message("tangent"), ("tg",), domain="cos(x) != 0", inverse="atan"),
    Function("cot", Message("cotangent"), ("ctg", "cotan", "cotg"), domain="sin(x) != 0", inverse="acot"),
    Function("sec", Message("secant, 1/cos"), domain="cos(x) != 0", inverse="asec"),
    Function("csc", Message("cosecant, 1/sin"), ("cosec",), domain="sin(x) != 0", inverse="acsc"),
    Function("asin", Message("inverse sine"), ("arcsin",), domain="|x| <= 1", inverse="sin", effort=3),
    Function("acos", Message("inverse cosine"), ("arccos",), domain="|x| <= 1", inverse="cos", effort=3),
    Function("atan", Message("inverse tangent"), ("arctan", "arctg", "atg"), inverse="tan"),
    Function("acot", Message("inverse cotangent, π/2 − atan"), ("arccot", "arcctg", "actg"), inverse="cot"),
    Function("asec", Message("inverse secant, acos(1/x)"), ("arcsec",), domain="|x| >= 1", inverse="sec",
             weight=3, effort=6),
    Function("acsc", Message("inverse cosecant, asin(1/x)"), ("arccsc", "arccosec"), domain="|x| >= 1",
             inverse="csc", weight=3, effort=6),
    Function("atan2", Message("angle of the point (x, y)"), ("arctan2",), _TWO),
    Function("hypot", Message("sqrt(x² + y²)"), (), _TWO, effort=3),
    Function("sinc", Message("sin(πx)/(πx), as in PyTorch and NumPy"), weight=4, effort=6),
    # hyperbolic
    Function("sinh", Message("hyperbolic sine"), ("sh",), inverse="asinh"),
    Function("cosh", Message("hyperbolic cosine"), ("ch",), inverse="acosh"),
    Function("tanh", Message("hyperbolic tangent"), ("th",), inverse="atanh"),
    Function("coth", Message("hyperbolic cotangent"), ("cth",), domain="x != 0", inverse="acoth"),
    Function("sech", Message("hyperbolic secant"), inverse="asech"),
    Function("csch", Message("hyperbolic cosecant"), ("cosech",), domain="x != 0", inverse="acsch"),
    Function("asinh", Message("inverse hyperbolic sine"), ("arcsinh", "arsinh", "arsh", "argsh"), inverse="sinh"),
    Function(
        "acosh", Message("inverse hyperbolic cosine"), ("arccosh", "arcosh", "arch", "argch"),
        domain="x >= 1", inverse="cosh",
    ),
    Function(
        "atanh", Message("inverse hyperbolic tangent"), ("arctanh", "artanh", "arth", "argth"),
        domain="|x| < 1", inverse="tanh",
    ),
    Function("acoth", Message("inverse hyperbolic cotangent, atanh(1/x)"), ("arccoth", "arcoth"), domain="|x| > 1",
             inverse="coth", weight=3, effort=6),
    Function("asech", Message("inverse hyperbolic secant, acosh(1/x)"), ("arcsech", "arsech"), domain="0 < x <= 1",
             inverse="sech", weight=3, effort=6),
    Function("acsch", Message("inverse hyperbolic cosecant, asinh(1/x)"), ("arccsch", "arcsch"), domain="x != 0",
             inverse="csch"),
    # steps and pieces
    Function("abs", Message("absolute value"), ("fabs", "absolute")),
    Function("sign", Message("sign: −1, 0 or 1"), ("sgn", "signum")),
    Function("floor", Message("largest whole number ≤ x")),
    Function("ceil", Message("smallest whole number ≥ x"), ("ceiling",)),
    Function("round", Message("nearest whole number, halves to the even one"), ("rint",)),
    Function("trunc", Message("whole part, rounded towards 0"), ("fix", "int")),
    Function("frac", Message("x minus its whole part")),
    Function("mod", Message("remainder with the sign of the divisor"), ("remainder",), _TWO, domain="y != 0"),
    Function("min", Message("smaller of two"), ("minimum", "fmin"), _TWO),
    Function("max", Message("larger of two"), ("maximum", "fmax"), _TWO),
    Function("clamp", Message("x kept between two bounds"), ("clip",), ("input", "min", "max"), (-_INF, _INF)),
    Function("heaviside", Message("0 below 0, 1 above, the second argument at 0"), ("step",), ("input", "values"),
             (0.5,)),
    # networks
    Function("sigmoid", Message("logistic function 1/(1 + e^−x)"), ("expit", "logistic"), inverse="logit", effort=3),
    Function("logit", Message("log(x/(1 − x))"), domain="0 < x < 1", inverse="sigmoid", weight=15),
    Function("softplus", Message("log(1 + e^x)")),
    Function("softsign", Message("x/(1 + |x|)")),
    Function("relu", Message("max(x, 0), derivative 0 at 0")),
    Function("leaky_relu", Message("x above 0, a small slope below"), (), ("input", "negative_slope"), (0.01,)),
    Function("elu", Message("x above 0, α(e^x − 1) below"), (), ("input", "alpha"), (1.0,)),
    Function("gelu", Message("x·Φ(x), Φ the normal distribution"), weight=2, effort=3),
    Function("silu", Message("x·sigmoid(x)"), ("swish",)),
    Function("mish", Message("x·tanh(softplus(x))"), effort=6),
    # special
    Function("erf", Message("error function")),
    Function("erfc", Message("1 − erf(x), accurate for large x")),
    Function("erfinv", Message("inverse of the error function"), domain="|x| < 1", inverse="erf"),
    Function("gamma", Message("gamma function, (x − 1)! for whole numbers"), ("Gamma",),
             domain="x > 0 or x != floor(x)", weight=8, effort=10),
    Function("lgamma", Message("log |Γ(x)|"), ("gammaln", "loggamma"),
             domain="x > 0 or x != floor(x)", weight=7, effort=10),
    Function("digamma", Message("derivative of log Γ(x)"), ("psi",),
             domain="x > 0 or x != floor(x)", weight=12, effort=10),
    Function("beta", Message("Γ(x)Γ(y)/Γ(x + y)"), ("Beta",), _TWO, weight=50, effort=60,
             products=(0, 1)),
    Function("factorial", Message("x! = Γ(x + 1)"), domain="x >= 0 or x != floor(x)", weight=8, effort=10),
    Function("binomial", Message("number of ways to choose k of n"), ("binom", "comb", "nCr", "nchoosek"), ("n", "k"),
             weight=50, effort=60, products=(1,), factors=MOST_QUOTIENTS),
    Function("j0", Message("Bessel function J₀, for |x| ≤ 180"), ("bessel_j0", "besselj0", "J0", "J_0"),
             weight=36, effort=6),
    Function("j1", Message("Bessel function J₁, for |x| ≤ 180"), ("bessel_j1", "besselj1", "J1", "J_1"),
             weight=36, effort=6),
    Function("i0", Message("modified Bessel function I₀"), ("bessel_i0", "besseli0", "I0"), weight=10, effort=8),
    Function("i1", Message("modified Bessel function I₁"), ("bessel_i1", "besseli1", "I1"), weight=10, effort=8),
)  # fmt: skip

FUNCTIONS = {row.name: row for row in _ROWS}

# Every spelling, to the name of its row.
SPELLINGS = {spelling: row.name for row in _ROWS for spelling in (row.name, *row.spellings)}

CONSTANTS = {
    "pi": 3.141592653589793,
    "e": 2.718281828459045,
    "inf": _INF,
    "nan": float("nan"),
}
