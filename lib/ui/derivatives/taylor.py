"""A Taylor polynomial: its values and remainder at the points and over the window, and its coefficients."""

from collections.abc import Sequence

import numpy as np
import torch

from lib.calculus import Curve
from lib.figures import theme
from lib.figures.curve import Extra
from lib.figures.theme import Array
from lib.locale import _
from lib.readings.jet import taylor
from lib.ui.inputs import DerivativesInput
from lib.ui.letters import label_of
from lib.ui.notice import hint, say
from lib.ui.results import number, table
from lib.ui.typed import Typed

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def coefficients(it: Typed, about: float, degree: int) -> tuple[float, ...]:
    """f^(k)(about)/k!, k = 0 … degree."""
    series = taylor(it.function, torch.tensor([about], dtype=torch.float64), degree, variable=it.variable, at=it.at)
    return tuple(series[:, 0].tolist())


def polynomial(step: Array, coefficients: Sequence[float]) -> Array:
    """Its values, the coefficient of power 0 first, by Horner's rule."""
    value = np.zeros_like(step)
    for coefficient in reversed(coefficients):
        value = value * step + coefficient
    return value


def taylor_extras(curve: Curve, about: float, found: Sequence[float]) -> list[Extra]:
    """The polynomial over the curve's window, and the remainder f − T."""
    if not np.isfinite(found).all():
        return []
    x, f = np.asarray(curve.x), np.asarray(curve.values)[0]
    values = polynomial(x - about, found)
    return [
        Extra(_("Taylor, degree {n}", n=len(found) - 1), x, values, theme.TAYLOR, "dashdot"),
        Extra(_("remainder f − T"), x, f - values, theme.FAINT, "dot"),
    ]


def show_taylor(
    it: Typed, chosen: DerivativesInput, curve: Curve, about: float, found: Sequence[float], values: torch.Tensor
) -> None:
    """Tables at the points, with values (m,) the f there; the largest remainder in the window; coefficients."""
    name = label_of(it.variable)
    if not np.isfinite(found).all():
        say(_("f has no Taylor polynomial of this degree about {x}: a derivative is undefined there.",
              x=number(about)), "warn")  # fmt: skip
        return
    f = values.numpy()
    p = polynomial(np.array(chosen.points) - about, found)
    rows = zip(chosen.points, f.tolist(), p.tolist(), (f - p).tolist(), strict=True)
    table([name, "f", "T", "f − T"], rows, _("The polynomial T and the remainder f − T at the points"))
    x = np.asarray(curve.x)
    remainder = np.abs(np.asarray(curve.values)[0] - polynomial(x - about, found))
    if np.isfinite(remainder).any():
        worst = int(np.nanargmax(remainder))
        hint(
            _(
                "The largest remainder that is drawn: |f − T| = {size} at {name} = {x}.",
                size=number(float(remainder[worst])),
                name=name,
                x=number(float(x[worst])),
            )
        )
    head = [f"({name} − {number(about)}){str(k).translate(_RAISED)}" for k in range(len(found))]
    table(head, [found], _("Coefficients of the Taylor polynomial"))
