"""f' and f'' at points by independent methods, and a verdict on each point where they differ or can't be right."""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from lib.calculus.audit.as_computed import as_computed
from lib.calculus.audit.differences import richardson
from lib.calculus.audit.judge import Evidence, judge
from lib.calculus.audit.sides import EFFORT, NONE, ORDERS, Lens, Surroundings
from lib.calculus.audit.verdict import Finding
from lib.calculus.derivatives import NOTHING, derivatives, gradient
from lib.expression import Expression
from lib.expression.letters import symbol
from lib.expression.limits import points_within_budget
from lib.message import Message
from lib.readings.tensor import apply, evaluate, straight_line


@dataclass(frozen=True, eq=False)
class Audit:
    """f, f', f'' at n points by each method, rows f, f', f'' (3, n), and the finding at each point.

    autograd: as torch returns it, also where f is undefined. single: the same in float32. differences: Richardson's
    extrapolation of central differences, with its estimated errors. proof: by ball arithmetic, right to the last digit
    of a double, NaN where nothing is proved. formula: as given to `audit`.
    """

    x: Tensor
    autograd: Tensor
    taylor: Tensor
    differences: Tensor
    errors: Tensor
    proof: Tensor
    formula: Tensor
    single: Tensor
    single_digits: Tensor  # correct digits of `single`, 0 to 7
    findings: tuple[Finding, ...]


def audit(
    expression: Expression,
    x: Tensor,
    *,
    variable: str = "x",
    at: Mapping[str, float] = NOTHING,
    formula: Tensor | None = None,
) -> Audit:
    """The audit at the points x (n,): the first few of them where the formula is long, as limits.BUDGET allows.

    `formula` (3, n): the exact formulas' values, if they are there. Raises ValueError for a vector.
    """
    if expression.shape is not None:
        raise ValueError(Message("Choose one component of the vector."))
    cost = straight_line(expression, {**at, variable: 0.0}).cost
    x = torch.as_tensor(x, dtype=torch.float64).detach()
    x = x[: points_within_budget((cost + 6) * EFFORT, len(x), 0)]
    unknown = torch.full((ORDERS, len(x)), torch.nan, dtype=torch.float64)
    autograd, single = (raw_autograd(expression, x, variable, at, dtype) for dtype in (torch.float64, torch.float32))
    first, second = richardson(expression, x, variable=variable, at=at)
    around = as_computed(expression, x, _surroundings(expression, x, variable, at), variable, at)
    taylor = derivatives(expression, x, order=ORDERS, variable=variable, at=at)
    formula = unknown if formula is None else formula[:, : len(x)]
    has_where = any(step.operation == "where" for step in expression.program)
    overflows = _overflows(expression, x, variable, at)
    evidence = [
        Evidence(symbol(variable), point.item(), tuple(a), tuple(t), tuple(f), tuple(d), s, bool(o), has_where)
        for point, a, t, f, d, s, o in zip(
            x,
            autograd.T.tolist(),
            taylor.T.tolist(),
            formula.T.tolist(),
            first.masked_fill(first.abs() <= second, 0.0).T.tolist(),
            around,
            overflows,
            strict=True,
        )
    ]
    findings = tuple(judge(e) for e in evidence)
    for k, finding in enumerate(findings):  # what has no value is no estimate of one
        first[finding.verdict.lost - 1 :, k] = torch.nan
    return Audit(
        x,
        autograd,
        taylor[:ORDERS],
        torch.cat([autograd[:1], first]),
        torch.cat([torch.zeros_like(autograd[:1]), second]),
        _columns([e.proof for e in evidence]),
        formula,
        single.double(),
        _columns([e.digits(tuple(s), 7) for e, s in zip(evidence, single.T.tolist(), strict=True)]),
        findings,
    )


def raw_autograd(
    expression: Expression, x: Tensor, variable: str, at: Mapping[str, float], dtype: torch.dtype = torch.float64
) -> Tensor:
    """f, f', f'' (3, n) in that dtype as torch.autograd returns them, whether or not they make sense."""
    x = x.to(dtype).clone().requires_grad_()
    rows = [evaluate(expression, {**at, variable: x}, dtype=dtype).expand_as(x)]
    for _ in range(ORDERS - 1):
        rows.append(gradient(rows[-1], [x])[0])
    return torch.stack([row.detach() for row in rows]) + 0.0


def _surroundings(expression: Expression, x: Tensor, variable: str, at: Mapping[str, float]) -> list[Surroundings]:
    """What is around each point; nothing is known of noise."""
    if expression.random:
        return [Surroundings()] * len(x)
    lens = Lens(expression, variable, at)
    return [lens.look(point) for point in x.tolist()]


def _columns(rows: list[tuple[float, ...]]) -> Tensor:
    return torch.tensor([NONE, *rows], dtype=torch.float64)[1:].T


# Operations that exceed the largest double where their operands are large, but for a division by 0 and the like.
_GROWING = frozenset({"add", "sub", "mul", "div", "pow", "exp", "exp2", "expm1", "sinh", "cosh", "factorial", "gamma"})


@torch.no_grad()
def _overflows(expression: Expression, x: Tensor, variable: str, at: Mapping[str, float]) -> Tensor:
    """(n,) bool: a step of the computation is infinite though its operands are finite, and none of them 0."""
    found = torch.zeros(len(x), dtype=torch.bool)
    values: dict[str, Tensor | float] = {**at, variable: x}
    results: list[Tensor | float] = []
    for step in straight_line(expression, values).operations:
        operands = [results[i] for i in step.operands]
        if step.name == "letter":
            results.append(values[str(step.value)])
        elif step.operands:
            results.append(apply(step.name, operands))
        else:
            results.append(step.value if isinstance(step.value, float) else 0.0)
        if step.name in _GROWING:
            tensors = [torch.as_tensor(o, dtype=torch.float64) for o in operands]
            infinite = torch.as_tensor(results[-1], dtype=torch.float64).isinf()
            for operand in tensors:
                infinite = infinite & operand.isfinite() & (operand != 0)
            found |= infinite
    return found
