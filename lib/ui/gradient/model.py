"""The tangent plane and the quadratic model as formulas, what the Hessian says, and derivatives along a direction."""

import math
from collections.abc import Sequence

import streamlit as st
import torch
from torch import Tensor

from lib.calculus import LocalModel
from lib.figures.matrix import matrix_figure
from lib.locale import _
from lib.readings.latex import letter
from lib.readings.rows import read_direction
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import UNDEFINED, number, plot, table
from lib.ui.typed import Typed


def input_direction(count: int) -> tuple[float, ...] | None:
    """A direction at the point, if one is typed."""
    example = "45°, 1, 1" if count == 2 else ", ".join(["1"] * count)
    label = _("Direction u: a vector or an angle") if count == 2 else _("Direction u: a vector")
    ways = _("An angle is in radians, or in degrees with a sign: `pi/4`, `45°`.") if count == 2 else None
    box, _rest = st.columns([1, 2])
    with box:
        typed = state.text(label, "direction", "", meaning=count, placeholder=example, help=ways)
        if not typed.strip():
            return None
        return state.read(
            typed, lambda text: read_direction(text, count), ", ".join(["1"] * count), f"direction_{count}"
        )


def show_direction(direction: Sequence[float], model: LocalModel) -> None:
    """The derivatives along the direction, beside the largest that any direction has."""
    vector = torch.tensor(direction, dtype=torch.float64)
    unit = vector / torch.linalg.vector_norm(vector)
    first, second = model.along(vector)
    cosine = float(first[0] / model.norm[0]) if model.norm[0] > 0 else math.nan
    angle = math.degrees(math.acos(min(1.0, max(-1.0, cosine)))) if math.isfinite(cosine) else math.nan
    shown = ", ".join(number(x) for x in unit.tolist())
    head = [_("unit vector u"), "∇f·u", "u·H u", _("angle to ∇f"), "|∇f|"]
    row: list[float | str] = [f"({shown})", float(first[0]), float(second[0]), angle, float(model.norm[0])]
    row[3] = f"{number(angle)}°" if math.isfinite(angle) else UNDEFINED
    table(head, [row], _("Directional derivatives"))


def show_model(it: Typed, point: Tensor, model: LocalModel) -> None:
    """Formulas and numbers at the one point."""
    names = [label_of(name) for name in it.variables]
    if not model.gradient.isfinite().all():
        hint(_("f has no tangent plane here."))
        return
    plane, bent = formulas(it.variables, point, model)
    st.latex(f"T = {plane}")
    if model.hessian.isfinite().all() and bent:
        st.latex(f"Q = T {bent}")
    numbers: list[float | str] = [float(v[0]) for v in (model.norm, model.determinant, model.trace)]
    numbers.append(condition(float(model.condition[0])))
    table(["|∇f|", "det H", "tr H", _("condition number")], [numbers], _("Of the Hessian"))
    left, right = st.columns(2) if len(names) > 2 else (st.container(), None)
    if model.hessian.isfinite().all():
        values, vectors = model.eigenvalues[0].tolist(), model.eigenvectors[0].T.tolist()
        rows = [[value, *vector] for value, vector in zip(values, vectors, strict=True)]
        with left:
            table(["λ", *names], rows, _("Eigenvalues with their eigenvectors"))
    if right:
        with right:
            alt = _("The Hessian as a heat map, every entry in its cell.")
            plot(matrix_figure(model.hessian[0], names), "hessian", alt)


def condition(value: float) -> float | str:
    """A condition number, with its sign where it is infinite."""
    return "∞" if value == math.inf else value


def formulas(variables: Sequence[str], point: Tensor, model: LocalModel) -> tuple[str, str]:
    """The tangent plane, and what the quadratic model adds to it, as LaTeX; terms of 0 are left out."""
    steps = [_step(letter(name), x) for name, x in zip(variables, point.tolist(), strict=True)]
    value = float(model.value[0])
    plane = "".join(_term(slope, step) for slope, step in zip(model.gradient[0].tolist(), steps, strict=True))
    if value or not plane:
        plane = _number(value) + plane
    plane = plane.removeprefix("+")
    bent = ""
    hessian = model.hessian[0].tolist()
    for i, row in enumerate(hessian):
        for j in range(i, len(row)):
            weight = row[j] / 2 if i == j else row[j]
            power = f"{steps[i]}^2" if i == j else f"{steps[i]}\\,{steps[j]}"
            bent += _term(weight, power)
    return plane, bent


def _step(name: str, x: float) -> str:
    return f"({name}{_number(-x)})" if x else name


def _term(factor: float, of: str) -> str:
    """With its sign; a factor of 1 is not written, a term of 0 neither."""
    if not factor:
        return ""
    return f"{'-' if factor < 0 else '+'}{of}" if abs(factor) == 1 else f"{_number(factor)}\\,{of}"


def _number(value: float) -> str:
    """With its sign, to 6 digits."""
    text = number(value)
    if "e" in text:
        digits, power = text.split("e")
        text = f"{digits}\\cdot 10^{{{int(power)}}}"
    return text if text.startswith("-") else f"+{text}"
