"""A PyTorch script that goes down from a point by the methods of the Gradient page."""

from collections.abc import Mapping, Sequence

from lib.calculus.descent.methods import ENOUGH, HALVINGS, LEAST, METHODS
from lib.calculus.descent.path import FAR, LEVEL
from lib.export.gradient_script import head_of
from lib.expression import Expression

_OPTIMIZER = '''def by(make):
    """The steps of an optimizer of torch.optim from a point."""

    def begin(point):
        point = point.clone().requires_grad_()
        optimizer = make([point])

        def closure():
            optimizer.zero_grad()
            value = at(point)
            value.backward()
            return value

        def step(_point):
            optimizer.step(closure)
            return point.detach().clone()

        return step

    return begin


'''

_NEWTON = """def newton(_start):
    return lambda point: point - torch.linalg.pinv(hessian(at, point)) @ jacobian(at, point)


"""

_LINE_SEARCH = '''def newton_with_line_search(_start):
    """Along Newton's direction with |λ| in place of λ, halved until f has fallen enough."""

    def step(point):
        gradient = jacobian(at, point)
        eigenvalues, vectors = torch.linalg.eigh(hessian(at, point))
        size = eigenvalues.abs()
        size = size.clamp(min={least!r} * size.max().item()) if size.any() else torch.ones_like(size)
        direction = -vectors @ ((vectors.T @ gradient) / size)
        length = 1.0
        for _ in range({halvings}):
            if at(point + length * direction) <= at(point) + {enough!r} * length * (gradient @ direction):
                return point + length * direction
            length /= 2
        return point

    return step


'''

_CALLS = {
    "gradient": "by(lambda p: torch.optim.SGD(p, lr=rate))",
    "momentum": "by(lambda p: torch.optim.SGD(p, lr=rate, momentum=0.9))",
    "adam": "by(lambda p: torch.optim.Adam(p, lr=rate))",
    "newton": "newton",
    "safeguarded": "newton_with_line_search",
    "lbfgs": """by(
        lambda p: torch.optim.LBFGS(
            p,
            max_iter=1,
            history_size=10,
            line_search_fn="strong_wolfe",
            tolerance_grad=0,
            tolerance_change=1e-16,
            max_eval=50,
        )
    )""",
}
_NEEDS = {"newton": _NEWTON, "safeguarded": _LINE_SEARCH.format(least=LEAST, halvings=HALVINGS, enough=ENOUGH)}

_LOOP = """start, rate, steps = torch.tensor({start!r}), {rate!r}, {steps!r}
methods = {{
{methods}
}}

for name, begin in methods.items():
    print(name)
    point, step = start, begin(start)
    for taken in range(steps + 1):
        gradient, matrix = jacobian(at, point), hessian(at, point)
        print(taken, *point.tolist(), at(point).item(), gradient.norm().item())
        small = {level!r} * max(1.0, matrix.abs().max().item())
        if not gradient.isfinite().all() or point.abs().max() > {far!r} or gradient.norm() <= small:
            break
        point = step(point)
"""


def descent_script(
    expression: Expression,
    start: Sequence[float],
    methods: Sequence[str],
    *,
    rate: float,
    steps: int,
    variables: Sequence[str],
    at: Mapping[str, float],
) -> str:
    """Source that prints the name of each method of METHODS, and for each step a row: its number, point, f and |∇f|."""
    parts = [_OPTIMIZER] if any(name not in _NEEDS for name in methods) else []
    parts += [_NEEDS[name] for name in methods if name in _NEEDS]
    listed = "\n".join(f'    "{METHODS[name].title}": {_CALLS[name]},' for name in methods)
    loop = _LOOP.format(start=list(map(float, start)), rate=rate, steps=steps, methods=listed, level=LEVEL, far=FAR)
    return head_of(expression, variables, at, "hessian, jacobian") + "".join(parts) + loop
