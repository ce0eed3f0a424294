"""PyTorch source of lib/readings/beta.py, operation by operation, so that its values are bit-equal."""

from collections.abc import Mapping
from dataclasses import dataclass

from lib.expression.functions import MOST_FACTORS
from lib.readings.beta import FACTORS, SCALE, H


@dataclass(frozen=True)
class WrittenOut:
    """A function too long to be written out at each of its calls.

    cases: conditions, each with the value where it is the first to hold. steps: names and the values given to them.
    """

    parameters: str
    cases: tuple[tuple[str, str], ...]
    steps: Mapping[str, str]
    result: str

    def inline(self) -> str:
        """It as a lambda."""
        steps = ", ".join(f"{name} := ({text})" for name, text in self.steps.items())
        cases = "".join(f"{value} if {condition} else " for condition, value in self.cases)
        return f"lambda {self.parameters}: {cases}({steps}, {self.result})[-1]"

    def definition(self, name: str) -> str:
        """It as a function of that name, in lines."""
        lines = [f"def {name}({self.parameters}):"]
        for condition, value in self.cases:
            lines += [f"    if {condition}:", f"        return {value}"]
        for step, text in self.steps.items():
            head, _, body = text.partition(": ")
            if head.startswith("lambda "):
                lines += [f"    def {step}({head.removeprefix('lambda ')}):", f"        return {body}"]
            else:
                lines.append(f"    {step} = {text}")
        return "\n".join([*lines, f"    return {self.result}"])


def _is_whole(name: str, least: int) -> str:
    return f"not torch.is_tensor({name}) and {name} in range({least}, {MOST_FACTORS + 1})"


def _rising(x: str, k: str) -> str:
    return f"math.prod((j/({x} + j) for j in range(1, int({k}))), start=1/{x})"


_FALLING = "math.prod((n - j for j in range(1, int(k))), start=n if k else torch.ones_like(n))/math.factorial(int(k))"


def _tensor(name: str) -> str:
    return f"torch.as_tensor({name}, dtype=torch.float64)"


_QUOTIENTS = "*".join(f"((x*x + {u}*x + {v})/((x + {2 * i})*(x + {2 * i + 1})))" for i, (u, v) in enumerate(FACTORS))
_BEFORE = {
    "sine": "lambda n, t: (1 - 2*torch.remainder(n + torch.round(t), 2))*torch.sin(torch.pi*(t - torch.round(t)))",
    "lanczos": f"lambda x: {SCALE}*{_QUOTIENTS}",
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
    "size": f"lanczos(p)*lanczos(q)/(lanczos(p + q)*torch.sqrt(p + q + {H}))",
    "exponent": f"-(p - 0.5)*torch.log1p(q/(p + {H})) - (q - 0.5)*torch.log1p(p/(q + {H}))",
}

WRITTEN_OUT = {
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
        ((_is_whole("k", 0), _FALLING),),
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
