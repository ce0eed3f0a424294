"""Questions that people asked elsewhere, one click away from their answers."""

from collections.abc import Mapping
from dataclasses import dataclass

from lib.message import Message


@dataclass(frozen=True)
class Example:
    """A question: its title, the page that answers it, the function as it was typed, and that page's inputs."""

    title: Message
    page: str
    function: str
    inputs: Mapping[str, str | int]

    def fields(self) -> dict[str, str | int]:
        """Widget key -> value, the function box included."""
        return {"f": self.function, **self.inputs}


EXAMPLES: Mapping[str, Example] = {
    "second-derivative": Example(
        Message("First and second derivative of 3x² + 5x + 6eˣ at 2"),
        "derivatives.py",
        "y=3 * x ** 2 + 5 * x + 6 * torch.exp(x)",
        {"points": "2", "window": "-3:3", "reduction": "each"},
    ),
    "powers-backward": Example(
        Message("x.grad after y.mean().backward()"),
        "derivatives.py",
        "y = x**2+x**3+x**4",
        {"points": "1, 2, 3", "window": "-4:4", "reduction": "mean"},
    ),
    "powers-tape": Example(
        Message("How PyTorch computes backpropagation for x² + x³ + x⁴"),
        "backprop.py",
        "y = x**2+x**3+x**4",
        {"points": "2", "call": "none"},
    ),
    "second-backward": Example(
        Message("Why a second backward() raises"),
        "backprop.py",
        "y=3 * x ** 2 + 5 * x + 6 * torch.exp(x)",
        {"points": "2", "call": "none", "below": "mistakes", "mistake": "twice"},
    ),
    "powers-item": Example(
        Message("Why y.item() refuses three numbers"),
        "backprop.py",
        "y = x**2+x**3+x**4",
        {"points": "1, 2, 3", "call": "mean", "below": "mistakes", "mistake": "item"},
    ),
    "hessian-grads": Example(
        Message("Why a second grad() raises"),
        "backprop.py",
        "z=x**4+2*x**2*y**2+y**4",
        {"leaf_x": "2", "leaf_y": "3", "call": "none", "below": "mistakes", "mistake": "grads"},
    ),
    "powers-sum-n-tape": Example(
        Message("The tape of a sum of n powers"),
        "backprop.py",
        "sum(x**i for i in range(1, n+1))",
        {"points": "1, 2, 3", "call": "sum", "k_n": 4, "below": "table"},
    ),
    "powers-sum-n": Example(
        Message("A sum of n powers of x"),
        "derivatives.py",
        "sum([torch.pow(x, i) for i in range(1, n+1)])",
        {"points": "1, 2, 3", "window": "-4:4", "reduction": "sum", "k_n": 4},
    ),
    "damped-sine": Example(
        Message("A damped sine on [0, 5]"),
        "derivatives.py",
        "np.exp(-x) * np.sin(2 * np.pi * x)",
        {"points": "0, 0.25, 1, 2.5", "window": "0:5", "reduction": "each"},
    ),
    "noisy-square": Example(
        Message("x² with random noise"),
        "derivatives.py",
        "y=x.pow(2)+0.2*torch.rand(x.size())",
        {"points": "1", "window": "-1:2", "reduction": "each"},
    ),
    "hessian": Example(
        Message("The Hessian of a function of two variables"),
        "gradient.py",
        "z=x**4+2*x**2*y**2+y**4",
        {"point": "2, 3", "xwindow": "-5:5", "ywindow": "-5:5"},
    ),
    "matrix-product": Example(
        Message("A quadratic form: vector, matrix, vector"),
        "gradient.py",
        "[x, y] @ [[2,1],[1,3]] @ [x, y]",
        {"point": "1, 2", "xwindow": "-4:4", "ywindow": "-4:4"},
    ),
    "network": Example(
        Message("A network learns x² + x³ + x⁴"),
        "learn.py",
        "x^2+x^3+x^4",
        {"range": "-2:2", "layers": "64, 64", "goal": "f"},
    ),
    "network-inverse": Example(
        Message("A network learns x from y, where two x share a y"),
        "learn.py",
        "x^2+x^3+x^4",
        {"range": "-2:2", "layers": "64, 64", "goal": "inverse", "way": "inverse"},
    ),
    "powers-inverse": Example(
        Message("Where is x² + x³ + x⁴ equal to 28?"),
        "inverse.py",
        "x^2+x^3+x^4",
        {"y": "28", "interval": "-4:4", "method": "newton", "start": "1", "bracket": "0:3"},
    ),
    "circle-hyperbola": Example(
        Message("Where do a circle and a hyperbola meet?"),
        "inverse.py",
        "[x^2 + y^2, x*y]",
        {"goal": "4, 1", "origin": "1, 0.5", "xwindow": "-3:3", "ywindow": "-3:3"},
    ),
}
