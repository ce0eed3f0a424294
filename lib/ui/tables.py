"""The tables of the pages, and the sentences that go with them."""

from collections.abc import Container, Sequence
from math import isfinite

import torch
from torch import Tensor

from lib.calculus import LocalModel
from lib.calculus.audit import raw_autograd
from lib.calculus.audit.conventions import missing_by_component, missing_derivatives
from lib.calculus.audit.partials import MissingPartials, existing_partials
from lib.calculus.audit.rounding import differing
from lib.calculus.derivatives import defined
from lib.calculus.undefined import why_undefined, why_undefined_at
from lib.expression import Expression
from lib.expression.components import component
from lib.figures.curve import order_name
from lib.figures.vector import component_name
from lib.locale import _, translate
from lib.message import Message
from lib.ui.inputs import DerivativesInput
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import headline, number, table, take_away
from lib.ui.typed import Typed

REDUCTION = {"each": "y.backward(torch.ones_like(y))", "sum": "y.sum().backward()", "mean": "y.mean().backward()"}

TOLD = 2  # sentences about variables along which f has no derivative


def derivatives_table(it: Typed, chosen: DerivativesInput, values: Tensor, grad: Tensor | None) -> None:
    """x, f, f', f'' at the points (orders, n), x.grad (n,) where it differs from f', float32's if wanted."""
    name = label_of(it.variable)
    head = [name, *map(order_name, range(len(values)))]
    points = torch.tensor(chosen.points, dtype=torch.float64)
    columns = [list(chosen.points), *values.tolist()]
    why = why_undefined(it.function, points, values, variable=it.variable, at=it.at)
    reasons = {(i, order + 1): translate(message) for (order, i), message in why.items()}
    missing = missing_derivatives(it.function, points, variable=it.variable, at=it.at)
    notes = {
        (i, k + 1): translate(why) for i, (order, why) in missing.items() for k in range(order, len(values))
        if values[k, i].isfinite()
    }  # fmt: skip
    starred = bool(notes)
    other = other_notes(it, points, values, but=notes)
    notes |= other
    if grad is not None:
        head.append(f"{name}.grad")
        columns.append(grad.tolist())
    if chosen.single:
        rows = _in_float32(it, it.function, points, len(values))
        head += [f"{order_name(k)} (float32)" for k in range(len(rows))]
        columns += rows
    table(head, zip(*columns, strict=True), _("Values and derivatives at the points"), reasons=reasons, notes=notes)
    take_away(head, zip(*columns, strict=True), "derivatives.csv")
    if starred:
        star_hint()
    if other:
        other_hint()
    if chosen.component is None:
        hint(gradient_sentence(name, chosen))


def _in_float32(it: Typed, f: Expression, points: Tensor, orders: int) -> list[list[float]]:
    """f and its derivatives, as far as orders go."""
    rows = defined(raw_autograd(f, points, it.variable, it.at, torch.float32)[:orders])
    return rows.to(torch.float64).tolist()


def family_table(it: Typed, chosen: DerivativesInput, values: Tensor) -> None:
    """x, and f₁, f₁', … f₂, … at the points; values (orders, components, n); float32's if wanted."""
    points = torch.tensor(chosen.points, dtype=torch.float64)
    head, columns = [label_of(it.variable)], [list(chosen.points)]
    for k in range(values.shape[1]):
        head += [component_name(k, order) for order in range(len(values))]
        columns += values[:, k].tolist()
    why = component_reasons(it, chosen, values)
    reasons = {(i, 1 + k * len(values) + order): reason for (order, k, i), reason in why.items()}
    notes = {
        (i, 1 + k * len(values) + order): why for (order, k, i), why in component_notes(it, chosen, values).items()
    }
    starred = bool(notes)
    other = other_notes(it, points, values, but=notes)
    notes |= other
    for k in range(values.shape[1]) if chosen.single else ():
        rows = _in_float32(it, component(it.function, k), points, len(values))
        head += [f"{component_name(k, order)} (float32)" for order in range(len(rows))]
        columns += rows
    table(head, zip(*columns, strict=True), _("Values and derivatives at the points"), reasons=reasons, notes=notes)
    take_away(head, zip(*columns, strict=True), "derivatives.csv")
    if starred:
        convention_hint()
    if other:
        other_hint()


def star_hint() -> None:
    """What a star means in a table of a number."""
    hint(_("* Autograd's convention: f has no such derivative there. The check below tells why."))


def convention_hint() -> None:
    """What a star means in a table of a vector."""
    hint(_("* Autograd's convention: this component has no such derivative there. Its own check tells why."))


def other_hint() -> None:
    """What a star means where two ways to a derivative differ."""
    hint(_("* Taylor arithmetic gives another number there; the check below tells more."))


def other_notes(
    it: Typed, points: Tensor, values: Tensor, *, but: Container[tuple[int, int]]
) -> dict[tuple[int, int], str]:
    """(row, column) -> the number of Taylor arithmetic where it is another one, but for what has a note already."""
    found = differing(it.function, points, values, variable=it.variable, at=it.at)
    cells = {(i, 1 + sum(part) * len(values) + order): other for (order, *part, i), other in found.items()}
    return {place: _("Taylor arithmetic: {number}", number=number(other))
            for place, other in cells.items() if place not in but}  # fmt: skip


def component_notes(it: Typed, chosen: DerivativesInput, values: Tensor) -> dict[tuple[int, int, int], str]:
    """(order, component, point) -> why f has no such derivative, of each number in values (orders, components, n) that
    is autograd's convention."""
    points = torch.tensor(chosen.points, dtype=torch.float64)
    return {
        (order, k, i): translate(why)
        for k, missing in enumerate(missing_by_component(it.function, points, variable=it.variable, at=it.at))
        for i, (first, why) in missing.items()
        for order in range(first, len(values))
        if values[order, k, i].isfinite()
    }


def component_reasons(it: Typed, chosen: DerivativesInput, values: Tensor) -> dict[tuple[int, int, int], str]:
    """(order, component, point) -> the reason, for each NaN in values (orders, components, n)."""
    points = torch.tensor(chosen.points, dtype=torch.float64)
    found: dict[tuple[int, int, int], str] = {}
    for k in range(values.shape[1]):
        if values[:, k].isnan().any():
            f = component(it.function, k)
            why = why_undefined(f, points, values[:, k], variable=it.variable, at=it.at)
            found |= {(order, k, i): translate(message) for (order, i), message in why.items()}
    return found


def gradient_sentence(name: str, chosen: DerivativesInput) -> str:
    """What x.grad holds after the backward pass of the chosen reduction."""
    call, count = REDUCTION[chosen.reduction], len(chosen.points)
    match chosen.reduction:
        case "mean" if count > 1:
            return _(
                "After `{call}`, {name}.grad holds f′/{n}: the mean divides by the {n} points.",
                call=call,
                name=name,
                n=count,
            )
        case "sum":
            return _(
                "After `{call}`, {name}.grad holds f′, as each y depends on its own {name} only.", call=call, name=name
            )
    return _("After `{call}`, {name}.grad holds f′ at each point.", call=call, name=name)


def model_table(it: Typed, model: LocalModel, missing: MissingPartials) -> None:
    """Value, gradient, Hessian and eigenvalues at the one point, and what they say. missing: the derivatives that f
    doesn't have there, where autograd has a convention."""
    variables, point = it.variables, model.points[0].tolist()
    names = [label_of(name) for name in variables]
    at = ", ".join(number(value) for value in point)
    headline(f"{it.name}({at}) = {number(float(model.value[0]))}")
    rows: list[Sequence[float | str]] = [[f"∇{it.name}", *model.gradient[0].tolist()]]
    rows += [[f"H {name}", *row] for name, row in zip(names, model.hessian[0].tolist(), strict=True)]
    real = existing_partials(model, missing)
    rows += [["λ", *real.eigenvalues[0].tolist()]]
    alt = _("Gradient ∇{f}, Hessian H row by row, and its eigenvalues λ", f=it.name)
    why = why_undefined_at(
        it.function, point, real.gradient[0], real.hessian[0], variables=variables, at=it.at
    ) | missing_entries(missing, 0, len(names))  # fmt: skip
    told = {(0 if len(place) == 1 else 1 + place[0], 1 + place[-1]): translate(why[place]) for place in why}
    notes = {(k, j): reason for (k, j), reason in told.items() if isfinite(float(rows[k][j]))}
    table(["", *names], rows, alt, named_rows=True, reasons=told, notes=notes)
    _say_what_is_missing([reason for _place, (_order, reason) in missing.items()], starred=bool(notes))
    if not missing:
        for reason in dict.fromkeys(why.values()):
            hint(reason)
    if any(order < 2 for order, _reason in missing.values()):
        say(_("{f} isn't differentiable here: the second-derivative test says nothing.", f=it.name))
        return
    say(_("The Hessian is {verdict}.", verdict=real.verdict[0].value))
    test = real.test[0]
    if test:
        say(_("The gradient is 0: {test}.", test=test.value))


def missing_entries(missing: MissingPartials, i: int, count: int) -> dict[tuple[int, ...], Message]:
    """The places of the gradient and the Hessian of `count` variables at point i that f doesn't have, and why."""
    found: dict[tuple[int, ...], Message] = {}
    for (row, k), (order, why) in missing.items():
        if row == i:
            found[k, k] = why
            if order < 2:
                found[(k,)] = why
                found |= {place: why for j in range(count) for place in ((k, j), (j, k))}
    return found


def _say_what_is_missing(reasons: Sequence[Message], *, starred: bool) -> None:
    """Of a few variables why f has no derivative along them; the table's dashes and stars tell of all."""
    for reason in reasons[:TOLD]:
        say(reason, "warn")
    if starred:
        star_hint()
