"""All points as one table."""

from collections.abc import Sequence
from math import nan

import torch

from lib.calculus import LocalModel, local_model
from lib.calculus.undefined import why_undefined_at
from lib.locale import _, translate
from lib.ui.gradient.check import entry_name
from lib.ui.gradient.model import condition
from lib.ui.gradient.place import Rows
from lib.ui.letters import label_of
from lib.ui.results import table, take_away
from lib.ui.typed import Typed

SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ENTRIES = 3  # variables up to which the table holds every entry of the Hessian


def show_table(it: Typed, points: Rows) -> None:
    """A row a point: f, its gradient and Hessian, and what they say."""
    names = [label_of(name) for name in it.variables]
    model = local_model(it.function, torch.tensor(points, dtype=torch.float64), variables=it.variables, at=it.at)
    head = [*names, it.name, *(entry_name((k,), names, it.name) for k in range(len(names))), f"|∇{it.name}|"]
    columns: list[Sequence[float | str]] = [*zip(*points, strict=True), model.value.tolist()]
    columns += [*model.gradient.T.tolist(), model.norm.tolist()]
    if len(names) <= ENTRIES:
        for i in range(len(names)):
            for j in range(i, len(names)):
                head.append(entry_name((i, j), names, it.name))
                columns.append(model.hessian[:, i, j].tolist())
    head += [f"λ{k}".translate(SMALL) for k in range(1, len(names) + 1)]
    head += ["det H", "tr H", _("condition number"), _("Hessian"), _("second-derivative test")]
    columns += [*model.eigenvalues.T.tolist(), *(v.tolist() for v in (model.determinant, model.trace))]
    columns.append([condition(value) for value in model.condition.tolist()])
    columns.append([translate(verdict.value) for verdict in model.verdict])
    columns.append([translate(test.value) if test else nan for test in model.test])
    rows = list(zip(*columns, strict=True))
    reasons = {(k, i): why for k in range(len(rows)) for i, why in _reasons(it, model, k, head).items()}
    table(head, rows, _("f, its gradient and Hessian at all points"), reasons=reasons)
    take_away(head, rows, "gradient.csv")


def _reasons(it: Typed, model: LocalModel, k: int, head: Sequence[str]) -> dict[int, str]:
    """The reason for a dash in each column, at point k."""
    point, gradient, hessian = model.points[k].tolist(), model.gradient[k], model.hessian[k]
    why = why_undefined_at(it.function, point, gradient, hessian, variables=it.variables, at=it.at)
    last, d = len(head) - 1, len(point)
    if not why:
        return {last - 2: _("Every eigenvalue is 0."), last: _("The test is for points where the gradient is 0.")}
    told = {place: translate(reason) for place, reason in why.items()}
    *_others, second = told.values()
    first = {place[0]: reason for place, reason in told.items() if len(place) == 1}
    found = dict.fromkeys(range(2 * d + 2, last + 1), second)
    for i, reason in first.items():
        found |= {d: reason, d + 1 + i: reason, 2 * d + 1: reason}
    return found
