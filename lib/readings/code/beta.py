"""PyTorch source of lib/readings/beta.py, operation by operation, so that its values are bit-equal."""

from lib.expression.functions import MOST_FACTORS, MOST_QUOTIENTS
from lib.readings.beta import FACTORS, SCALE, SHIFT
from lib.readings.code.written_out import WrittenOut


def _is_whole(name: str, least: int, most: int = MOST_FACTORS) -> str:
    return f"not torch.is_tensor({name}) and {name} in range({least}, {most + 1})"


def _rising(x: str, k: str) -> str:
    return f"math.prod((j/({x} + j) for j in range(1, int({k}))), start=1/{x})"


_FALLING = "math.prod((n - j for j in range(1, int(k))), start=n if k else torch.ones_like(n))/math.factorial(int(k))"

_QUOTIENTS = "math.prod(((n - j)/(j + 1) for j in range(1, int(k))), start=n)"


def _tensor(name: str) -> str:
    return f"{name} if torch.is_tensor({name}) else torch.tensor({name}, dtype=torch.float64)"


_LANCZOS = "*".join(f"((x*x + {u}*x + {v})/((x + {2 * i})*(x + {2 * i + 1})))" for i, (u, v) in enumerate(FACTORS))
_BEFORE = {
    "sine": "lambda n, t: (1 - 2*torch.remainder(n + torch.round(t), 2))*torch.sin(torch.pi*(t - torch.round(t)))",
    "lanczos": f"lambda x: {SCALE}*{_LANCZOS}",
}
# Of a, b, s and the sines u, v, w of πa, πb and πs.
_REFLECTED = {
    "low": "a < 0.5",
    "both": "b < 0.25",
    "end": "s < 0.5",
    "turned": "low & (both | ~end)",
    "p": "torch.where(turned, 1 - a, torch.where(low, 1 - s, a))",
    "q": "torch.where(both, 1 - b, torch.where(turned, s, b))",
    "top": "torch.where(low & end, w, 1.0)*torch.where(turned, torch.pi, torch.ones_like(a))",
    "bottom": "torch.where(low, u, 1.0)*torch.where(both, v*(1 - s), torch.where(turned, b, 1.0))",
    "size": f"lanczos(p)*lanczos(q)/(lanczos(p + q)*torch.sqrt(p + q + {SHIFT}))",
    "exponent": f"-(p - 0.5)*torch.log1p(q/(p + {SHIFT})) - (q - 0.5)*torch.log1p(p/(q + {SHIFT}))",
}

BETA = {
    "beta": WrittenOut(
        "x, y",
        ((_is_whole("y", 1), _rising("x", "y")), (_is_whole("x", 1), _rising("y", "x"))),
        {
            "x": _tensor("x"),
            "y": _tensor("y"),
            **_BEFORE,
            "a": "torch.where(x <= y, x, y)",
            "b": "torch.where(x <= y, y, x)",
            "m": "torch.round(a)",
            "n": "torch.round(b)",
            "u": "sine(m, a - m)",
            "v": "sine(n, b - n)",
            "w": "sine(m + n, a - m + (b - n))",
            "s": "a + b",
            **_REFLECTED,
        },
        "top/bottom*torch.where(turned, 1/size, size)*torch.exp(torch.where(turned, -exponent, exponent))",
    ),
    "binomial": WrittenOut(
        "n, k",
        ((_is_whole("k", 0), _FALLING), (_is_whole("k", 0, MOST_QUOTIENTS), _QUOTIENTS)),
        {
            "n": _tensor("n"),
            "k": _tensor("k"),
            **_BEFORE,
            "r": "torch.round(n)",
            "t": "torch.round(k)",
            "first": "sine(r - t + 1, n - r - (k - t))",
            "second": "sine(t + 1, k - t)",
            "x": "n - k + 1",
            "y": "k + 1",
            "u": "torch.where(x <= y, first, second)",
            "v": "torch.where(x <= y, second, first)",
            "w": "sine(r + 2, n - r)",
            "a": "torch.where(x <= y, x, y)",
            "b": "torch.where(x <= y, y, x)",
            "s": "n + 2",
            **_REFLECTED,
        },
        "bottom/(top*torch.where(turned, 1/size, size)*(n + 1))*torch.exp(-torch.where(turned, -exponent, exponent))",
    ),
}
