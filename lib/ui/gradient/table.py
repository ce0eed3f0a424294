"""All points as one table."""

from collections.abc import Sequence

import torch

from lib.calculus import local_model
from lib.locale import _, translate
from lib.ui.gradient.check import entry_name
from lib.ui.gradient.model import condition
from lib.ui.gradient.place import Rows
from lib.ui.letters import label_of
from lib.ui.results import UNDEFINED, table, take_away
from lib.ui.typed import Typed

SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ENTRIES = 3  # variables up to which the table holds every entry of the Hessian


def show_table(it: Typed, points: Rows) -> None:
    """A row a point: f, its gradient and Hessian, and what they say."""
    names = [label_of(name) for name in it.variables]
    model = local_model(it.function, torch.tensor(points, dtype=torch.float64), variables=it.variables, at=it.at)
    head = [*names, "f", *(entry_name((k,), names) for k in range(len(names))), "|∇f|"]
    columns: list[Sequence[float | str]] = [*zip(*points, strict=True), model.value.tolist()]
    columns += [*model.gradient.T.tolist(), model.norm.tolist()]
    if len(names) <= ENTRIES:
        for i in range(len(names)):
            for j in range(i, len(names)):
                head.append(entry_name((i, j), names))
                columns.append(model.hessian[:, i, j].tolist())
    head += [*(f"λ{k}".translate(SMALL) for k in range(1, len(names) + 1)), "det H", "tr H", _("condition number")]
    columns += [*model.eigenvalues.T.tolist(), *(v.tolist() for v in (model.determinant, model.trace))]
    columns.append([condition(value) for value in model.condition.tolist()])
    head += [_("Hessian"), _("second-derivative test")]
    columns.append([translate(verdict.value) for verdict in model.verdict])
    columns.append([translate(test.value) if test else UNDEFINED for test in model.test])
    rows = list(zip(*columns, strict=True))
    table(head, rows, _("f, its gradient and Hessian at all points"))
    take_away(head, rows, "gradient.csv")
