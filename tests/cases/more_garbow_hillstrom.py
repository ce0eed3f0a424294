"""Problems of J. J. Moré, B. S. Garbow, K. E. Hillstrom, "Testing Unconstrained Optimization Software", ACM TOMS 7
(1981) 17, doi 10.1145/355934.355936, by their numbers there: the formula as text, the same in mpmath, the start.

Of the 35, numbers 1 to 5, 13 and 14 are in tests/calculus/test_standard_problems.py, and 19 has 11 variables, where 10
are the most. Where the number of variables or of terms is free, it is one that fits.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mpmath import atan, cos, exp, log, mpf, pi, sin, sqrt

BARD = (0.14, 0.18, 0.22, 0.25, 0.29, 0.32, 0.35, 0.39, 0.37, 0.58, 0.73, 0.96, 1.34, 2.10, 4.39)
GAUSS = (0.0009, 0.0044, 0.0175, 0.0540, 0.1295, 0.2420, 0.3521, 0.3989)
GAUSS = (*GAUSS, *GAUSS[-2::-1])
MEYER = (34780, 28610, 23650, 19630, 16370, 13720, 11540, 9744, 8261, 7030, 6005, 5147, 4427, 3820, 3307, 2872)
KOWALIK = (0.1957, 0.1947, 0.1735, 0.1600, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246)
KOWALIK_U = (4, 2, 1, 0.5, 0.25, 0.167, 0.125, 0.1, 0.0833, 0.0714, 0.0625)

OSBORNE = (0.844, 0.908, 0.932, 0.936, 0.925, 0.908, 0.881, 0.850, 0.818, 0.784, 0.751, 0.718, 0.685, 0.658, 0.628)
OSBORNE += (0.603, 0.580, 0.558, 0.538, 0.522, 0.506, 0.490, 0.478, 0.467, 0.457, 0.448, 0.438, 0.431, 0.424, 0.420)
OSBORNE += (0.414, 0.411, 0.406)


@dataclass(frozen=True)
class Problem:
    """text: in x_1, x_2, …, or in `letters`; exact: the same of mpmath numbers, or its list of residuals."""

    name: str
    text: str
    exact: Callable[[Sequence[Any]], Any]
    start: tuple[float, ...]
    letters: str = ""

    @property
    def variables(self) -> tuple[str, ...]:
        return tuple(self.letters) or tuple(f"x_{k}" for k in range(1, len(self.start) + 1))

    def value(self, *x: Any) -> Any:
        found = self.exact(x)
        return sum(r * r for r in found) if isinstance(found, list) else found


def squares(*terms: str) -> str:
    """The sum of the terms' squares as text."""
    return "+".join(f"({term})^2" for term in terms)


def plus(form: str, count: int) -> str:
    """The sum of the form with i = 1, …, count as text."""
    return "(" + "+".join(form.format(i=i) for i in range(1, count + 1)) + ")"


def ends(i: int, n: int) -> tuple[str, str]:
    """The letters before and after x_i as text, 0 beyond the first and last."""
    return (f"x_{i - 1}" if i > 1 else "0"), (f"x_{i + 1}" if i < n else "0")


def _before(x: Sequence[Any], i: int) -> Any:
    return x[i - 1] if i else mpf(0)


def _after(x: Sequence[Any], i: int) -> Any:
    return x[i + 1] if i + 1 < len(x) else mpf(0)


def _integral(x: Sequence[Any]) -> list[Any]:
    n = len(x)
    t = [mpf(i + 1) / (n + 1) for i in range(n)]
    cubes = [(x[j] + t[j] + 1) ** 3 for j in range(n)]
    return [
        x[i]
        + (
            (1 - t[i]) * sum(t[j] * cubes[j] for j in range(i + 1))
            + t[i] * sum((1 - t[j]) * cubes[j] for j in range(i + 1, n))
        )
        / (2 * (n + 1))
        for i in range(n)
    ]


def _integral_text(n: int) -> str:
    def cube(j: int) -> str:
        return f"(x_{j}+{j}/{n + 1}+1)^3"

    rows = []
    for i in range(1, n + 1):
        low = "+".join(f"{j}/{n + 1} {cube(j)}" for j in range(1, i + 1))
        high = "+".join([f"{n + 1 - j}/{n + 1} {cube(j)}" for j in range(i + 1, n + 1)] or ["0"])
        rows.append(f"x_{i}+({n + 1 - i}/{n + 1}({low})+{i}/{n + 1}({high}))/{2 * (n + 1)}")
    return squares(*rows)


def _chebyquad(x: Sequence[Any]) -> list[Any]:
    rows = []
    for i in range(1, len(x) + 1):
        total = mpf(0)
        for c in x:
            a, b = mpf(1), 2 * c - 1  # T_0, T_1 of 2c − 1
            for _ in range(i - 1):
                a, b = b, 2 * (2 * c - 1) * b - a
            total += b
        rows.append(total / len(x) + (mpf(1) / (i * i - 1) if i % 2 == 0 else 0))
    return rows


# T_1 to T_4 as polynomials in u = 2x − 1.
CHEBYSHEV = ("u", "2u^2-1", "4u^3-3u", "8u^4-8u^2+1")


def _chebyquad_text(n: int) -> str:
    rows = []
    for i, form in enumerate(CHEBYSHEV[:n], 1):
        total = "+".join(form.replace("u", f"(2x_{j}-1)") for j in range(1, n + 1))
        rows.append(f"({total})/{n}" + (f"+1/{i * i - 1}" if i % 2 == 0 else ""))
    return squares(*rows)


def _penalty_2(x: Sequence[Any]) -> list[Any]:
    a, n = sqrt(mpf(1) / 100000), len(x)
    rows = [x[0] - mpf(1) / 5]
    rows += [a * (exp(x[i] / 10) + exp(x[i - 1] / 10) - exp(mpf(i + 1) / 10) - exp(mpf(i) / 10)) for i in range(1, n)]
    rows += [a * (exp(x[i] / 10) - exp(-mpf(1) / 10)) for i in range(1, n)]
    return [*rows, sum((n - j) * x[j] ** 2 for j in range(n)) - 1]


def _banded(x: Sequence[Any]) -> list[Any]:
    rows = []
    for i, c in enumerate(x):
        near = [j for j in range(max(0, i - 5), min(len(x), i + 2)) if j != i]
        rows.append(c * (2 + 5 * c**2) + 1 - sum(x[j] * (1 + x[j]) for j in near))
    return rows


def _banded_text(n: int) -> str:
    rows = []
    for i in range(1, n + 1):
        near = [f"x_{j}(1+x_{j})" for j in range(max(1, i - 5), min(n, i + 1) + 1) if j != i]
        rows.append(f"x_{i}(2+5x_{i}^2)+1-({'+'.join(near)})")
    return squares(*rows)


def _osborne_text() -> str:
    """Squares of vectors of at most 10 components, as 33 squares take more than 1000 characters."""
    rows = ["x+y+z-.844"]
    rows += [f"x+y/e^({10 * k}u)+z/e^({10 * k}v)-{f'{y}'[1:]}" for k, y in enumerate(OSBORNE) if k]
    return "+".join(f"norm([{','.join(rows[k : k + 10])}])^2" for k in range(0, len(rows), 10))


ALL_5 = plus("x_{i}", 5)
PROBLEMS = {
    6: Problem(
        "Jennrich and Sampson",
        "sum((2 + 2k - exp(k x_1) - exp(k x_2))^2, k, 1, 10)",
        lambda x: [2 + 2 * k - (exp(k * x[0]) + exp(k * x[1])) for k in range(1, 11)],
        (0.3, 0.4),
    ),
    7: Problem(
        "Helical valley",
        "100(x_3 - 10(atan(x_2/x_1)/(2pi) + where(x_1 < 0, 0.5, 0)))^2 + 100(sqrt(x_1^2 + x_2^2) - 1)^2 + x_3^2",
        lambda x: [
            10 * (x[2] - 10 * (atan(x[1] / x[0]) / (2 * pi) + mpf(1) / 2)),
            10 * (sqrt(x[0] ** 2 + x[1] ** 2) - 1),
            x[2],
        ],
        (-1.0, 0.0, 0.0),
    ),
    8: Problem(
        "Bard",
        squares(*(f"{y}-x_1-{i}/({16 - i}x_2+{min(i, 16 - i)}x_3)" for i, y in enumerate(BARD, 1))),
        lambda x: [y - (x[0] + i / ((16 - i) * x[1] + min(i, 16 - i) * x[2])) for i, y in enumerate(BARD, 1)],
        (1.0, 1.0, 1.0),
    ),
    9: Problem(
        "Gaussian",
        squares(*(f"x_1 exp(-x_2({(8 - i) / 2}-x_3)^2/2)-{y}" for i, y in enumerate(GAUSS, 1))),
        lambda x: [x[0] * exp(-x[1] * (mpf(8 - i) / 2 - x[2]) ** 2 / 2) - y for i, y in enumerate(GAUSS, 1)],
        (0.4, 1.0, 0.0),
    ),
    10: Problem(
        "Meyer",
        squares(*(f"x_1 exp(x_2/({45 + 5 * i}+x_3))-{y}" for i, y in enumerate(MEYER, 1))),
        lambda x: [x[0] * exp(x[1] / (45 + 5 * i + x[2])) - y for i, y in enumerate(MEYER, 1)],
        (0.02, 4000.0, 250.0),
    ),
    11: Problem(
        "Gulf research and development",
        "sum((exp(-abs(25 + (-50 ln(k/100))^(2/3) - x_2)^x_3/x_1) - k/100)^2, k, 1, 10)",
        lambda x: [
            exp(-(abs(25 + (-50 * log(mpf(k) / 100)) ** (mpf(2) / 3) - x[1]) ** x[2]) / x[0]) - mpf(k) / 100
            for k in range(1, 11)
        ],
        (5.0, 2.5, 0.15),
    ),
    12: Problem(
        "Box three-dimensional",
        "sum((exp(-k x_1/10) - exp(-k x_2/10) - x_3(exp(-k/10) - exp(-k)))^2, k, 1, 10)",
        lambda x: [
            exp(-k * x[0] / 10) - exp(-k * x[1] / 10) - x[2] * (exp(-mpf(k) / 10) - exp(-mpf(k))) for k in range(1, 11)
        ],
        (0.0, 10.0, 20.0),
    ),
    15: Problem(
        "Kowalik and Osborne",
        squares(*(f"{y}-x_1({u}^2+{u}x_2)/({u}^2+{u}x_3+x_4)" for y, u in zip(KOWALIK, KOWALIK_U, strict=True))),
        lambda x: [
            y - x[0] * (u**2 + u * x[1]) / (u**2 + u * x[2] + x[3])
            for y, u in zip(map(mpf, KOWALIK), map(mpf, KOWALIK_U), strict=True)
        ],
        (0.25, 0.39, 0.415, 0.39),
    ),
    16: Problem(
        "Brown and Dennis",
        "sum(((x_1 + k x_2/5 - exp(k/5))^2 + (x_3 + x_4 sin(k/5) - cos(k/5))^2)^2, k, 1, 10)",
        lambda x: [
            (x[0] + k * x[1] / 5 - exp(mpf(k) / 5)) ** 2 + (x[2] + x[3] * sin(mpf(k) / 5) - cos(mpf(k) / 5)) ** 2
            for k in range(1, 11)
        ],
        (25.0, 5.0, -5.0, -1.0),
    ),
    17: Problem(
        "Osborne 1",
        _osborne_text(),
        lambda x: [x[0] + x[1] * exp(-10 * k * x[3]) + x[2] * exp(-10 * k * x[4]) - y for k, y in enumerate(OSBORNE)],
        (0.5, 1.5, -1.0, 0.01, 0.02),
        "xyzuv",
    ),
    18: Problem(
        "Biggs EXP6",
        "sum((x_3 exp(-k x_1/10) - x_4 exp(-k x_2/10) + x_6 exp(-k x_5/10) - exp(-k/10) + 5exp(-k) - 3exp(-2k/5))^2,"
        " k, 1, 10)",
        lambda x: [
            x[2] * exp(-k * x[0] / 10)
            - x[3] * exp(-k * x[1] / 10)
            + x[5] * exp(-k * x[4] / 10)
            - (exp(-mpf(k) / 10) - 5 * exp(-mpf(k)) + 3 * exp(-2 * mpf(k) / 5))
            for k in range(1, 11)
        ],
        (1.0, 2.0, 1.0, 1.0, 1.0, 1.0),
    ),
    20: Problem(
        "Watson",
        "sum((x_2 - (x_1 + x_2 k/29)^2 - 1)^2, k, 1, 29) + x_1^2 + (x_2 - x_1^2 - 1)^2",
        lambda x: [
            *(x[1] - (x[0] + x[1] * mpf(k) / 29) ** 2 - 1 for k in range(1, 30)),
            x[0],
            x[1] - x[0] ** 2 - 1,
        ],
        (0.0, 0.0),
    ),
    21: Problem(
        "Extended Rosenbrock",
        "+".join(f"100(x_{2 * i}-x_{2 * i - 1}^2)^2+(1-x_{2 * i - 1})^2" for i in range(1, 6)),
        lambda x: [r for i in range(0, 10, 2) for r in (10 * (x[i + 1] - x[i] ** 2), 1 - x[i])],
        (-1.2, 1.0) * 5,
    ),
    22: Problem(
        "Extended Powell singular",
        "+".join(
            f"(x_{i}+10x_{i + 1})^2+5(x_{i + 2}-x_{i + 3})^2+(x_{i + 1}-2x_{i + 2})^4+10(x_{i}-x_{i + 3})^4"
            for i in (1, 5)
        ),
        lambda x: sum(
            (x[i] + 10 * x[i + 1]) ** 2
            + 5 * (x[i + 2] - x[i + 3]) ** 2
            + (x[i + 1] - 2 * x[i + 2]) ** 4
            + 10 * (x[i] - x[i + 3]) ** 4
            for i in (0, 4)
        ),
        (3.0, -1.0, 0.0, 1.0) * 2,
    ),
    23: Problem(
        "Penalty I",
        f"1e-5{plus('(x_{i}-1)^2', 4)}+({plus('x_{i}^2', 4)}-0.25)^2",
        lambda x: sum((c - 1) ** 2 for c in x) / mpf(100000) + (sum(c * c for c in x) - mpf(1) / 4) ** 2,
        (1.0, 2.0, 3.0, 4.0),
    ),
    24: Problem(
        "Penalty II",
        "(x_1-0.2)^2+1e-5("
        + squares(*(f"exp(x_{i}/10)+exp(x_{i - 1}/10)-exp({i}/10)-exp({i - 1}/10)" for i in range(2, 5)))
        + "+"
        + squares(*(f"exp(x_{i}/10)-exp(-1/10)" for i in range(2, 5)))
        + ")+(4x_1^2+3x_2^2+2x_3^2+x_4^2-1)^2",
        _penalty_2,
        (0.5,) * 4,
    ),
    25: Problem(
        "Variably dimensioned",
        f"{plus('(x_{i}-1)^2', 6)}+{plus('{i}(x_{i}-1)', 6)}^2+{plus('{i}(x_{i}-1)', 6)}^4",
        lambda x: [*(c - 1 for c in x), (s := sum(j * (c - 1) for j, c in enumerate(x, 1))), s * s],
        tuple(1 - j / 6 for j in range(1, 7)),
    ),
    26: Problem(
        "Trigonometric",
        squares(*(f"5-{plus('cos(x_{i})', 5)}+{i}(1-cos(x_{i}))-sin(x_{i})" for i in range(1, 6))),
        lambda x: [len(x) - sum(map(cos, x)) + i * (1 - cos(c)) - sin(c) for i, c in enumerate(x, 1)],
        (0.2,) * 5,
    ),
    27: Problem(
        "Brown almost-linear",
        squares(*(f"x_{i}+{plus('x_{i}', 5)}-6" for i in range(1, 5)), "x_1 x_2 x_3 x_4 x_5-1"),
        lambda x: [*(c + sum(x) - 6 for c in x[:4]), x[0] * x[1] * x[2] * x[3] * x[4] - 1],
        (0.5,) * 5,
    ),
    28: Problem(
        "Discrete boundary value",
        squares(*(f"2x_{i}-{ends(i, 5)[0]}-{ends(i, 5)[1]}+(x_{i}+{i}/6+1)^3/72" for i in range(1, 6))),
        lambda x: [2 * x[i] - _before(x, i) - _after(x, i) + (x[i] + mpf(i + 1) / 6 + 1) ** 3 / 72 for i in range(5)],
        tuple(i / 6 * (i / 6 - 1) for i in range(1, 6)),
    ),
    29: Problem("Discrete integral equation", _integral_text(3), _integral, (-0.1875, -0.25, -0.1875)),
    30: Problem(
        "Broyden tridiagonal",
        squares(*(f"(3-2x_{i})x_{i}-{ends(i, 8)[0]}-2{ends(i, 8)[1]}+1" for i in range(1, 8)), "(3-2x_8)x_8-x_7+1"),
        lambda x: [(3 - 2 * x[i]) * x[i] - _before(x, i) - 2 * _after(x, i) + 1 for i in range(8)],
        (-1.0,) * 8,
    ),
    31: Problem("Broyden banded", _banded_text(5), _banded, (-1.0,) * 5),
    32: Problem(
        "Linear, full rank",
        f"{plus('(x_{i}-' + ALL_5 + '/5-1)^2', 5)}+5({ALL_5}/5+1)^2",
        lambda x: [*(c - sum(x) / 5 - 1 for c in x), *[-sum(x) / 5 - 1] * 5],
        (1.0,) * 5,
    ),
    33: Problem(
        "Linear, rank 1",
        f"sum((k {plus('{i}x_{i}', 5)}-1)^2, k, 1, 10)",
        lambda x: [k * sum(j * c for j, c in enumerate(x, 1)) - 1 for k in range(1, 11)],
        (1.0,) * 5,
    ),
    34: Problem(
        "Linear, rank 1, with zero columns and rows",
        "2+sum(((k-1)(2x_2+3x_3+4x_4)-1)^2, k, 2, 9)+0(x_1+x_5)",
        lambda x: [mpf(-1), *((k - 1) * (2 * x[1] + 3 * x[2] + 4 * x[3]) - 1 for k in range(2, 10)), mpf(-1)],
        (1.0,) * 5,
    ),
    35: Problem("Chebyquad", _chebyquad_text(4), _chebyquad, (0.2, 0.4, 0.6, 0.8)),
}
