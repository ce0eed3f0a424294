"""All points as one table."""

from collections.abc import Sequence
from math import isfinite, nan

import torch

from lib.calculus import LocalModel, local_model
from lib.calculus.audit.partials import MissingPartials, existing_partials, missing_partials
from lib.calculus.undefined import why_undefined_at
from lib.locale import _, translate
from lib.ui.gradient.check import entry_name
from lib.ui.gradient.model import condition
from lib.ui.gradient.place import Rows
from lib.ui.letters import label_of
from lib.ui.results import table, take_away
from lib.ui.tables import missing_entries, star_hint
from lib.ui.typed import Typed

SMALL = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ENTRIES = 3  # variables up to which the table holds every entry of the Hessian


def show_table(it: Typed, points: Rows) -> None:
    """A row a point: f, its gradient and Hessian, and what they say."""
    names = [label_of(name) for name in it.variables]
    places = torch.tensor(points, dtype=torch.float64)
    model = local_model(it.function, places, variables=it.variables, at=it.at)
    missing = missing_partials(it.function, places, variables=it.variables, at=it.at)
    real = existing_partials(model, missing)
    head = [*names, it.name, *(entry_name((k,), names, it.name) for k in range(len(names))), f"|∇{it.name}|"]
    columns: list[Sequence[float | str]] = [*zip(*points, strict=True), model.value.tolist()]
    columns += [*model.gradient.T.tolist(), real.norm.tolist()]
    if len(names) <= ENTRIES:
        for i in range(len(names)):
            for j in range(i, len(names)):
                head.append(entry_name((i, j), names, it.name))
                columns.append(model.hessian[:, i, j].tolist())
    head += [f"λ{k}".translate(SMALL) for k in range(1, len(names) + 1)]
    head += ["det H", "tr H", _("condition number"), _("Hessian"), _("second-derivative test")]
    columns += [*real.eigenvalues.T.tolist(), *(v.tolist() for v in (real.determinant, real.trace))]
    columns.append([condition(value) for value in real.condition.tolist()])
    columns.append([translate(verdict.value) for verdict in real.verdict])
    columns.append([translate(test.value) if test else nan for test in real.test])
    rows = list(zip(*columns, strict=True))
    reasons = {(k, i): why for k in range(len(rows)) for i, why in _reasons(it, real, missing, k, head).items()}
    at_kinks = {k for k, _variable in missing}
    notes = {(k, i): why for (k, i), why in reasons.items() if k in at_kinks and _is_finite(rows[k][i])}
    table(head, rows, _("f, its gradient and Hessian at all points"), reasons=reasons, notes=notes)
    take_away(head, rows, "gradient.csv")
    if notes:
        star_hint()


def _is_finite(value: float | str) -> bool:
    return not isinstance(value, str) and isfinite(value)


def _reasons(it: Typed, real: LocalModel, missing: MissingPartials, k: int, head: Sequence[str]) -> dict[int, str]:
    """The reason for a dash or a star in each column, at point k."""
    point, gradient, hessian = real.points[k].tolist(), real.gradient[k], real.hessian[k]
    last, d = len(head) - 1, len(point)
    why = why_undefined_at(it.function, point, gradient, hessian, variables=it.variables, at=it.at)
    why |= missing_entries(missing, k, d)
    if not why:
        return {last - 2: _("Every eigenvalue is 0."), last: _("The test is for points where the gradient is 0.")}
    told = {place: translate(reason) for place, reason in why.items()}
    *_others, second = told.values()
    entries = [(i, j) for i in range(d) for j in range(i, d)] if d <= ENTRIES else []
    found = {2 * d + 2 + n: told[place] for n, place in enumerate(entries) if place in told}
    found |= dict.fromkeys(range(2 * d + 2 + len(entries), last + 1), second)
    for place, reason in told.items():
        if len(place) == 1:
            found |= {d + 1 + place[0]: reason, 2 * d + 1: reason}
    return found if isfinite(float(real.value[k])) else found | {d: second}
