"""Which layers lie over the map."""

from collections.abc import Sequence

import torch
from torch import Tensor

from lib.calculus import Grid, LocalModel, local_model
from lib.figures.figure import Drawing
from lib.figures.layers import axes_cross, level_zero
from lib.locale import _
from lib.ui import state
from lib.ui.letters import label_of
from lib.ui.typed import Typed


def input_layers(it: Typed) -> Sequence[str]:
    """The layers; the boxes stand below the map."""
    x, y = (label_of(name) for name in it.variables[:2])
    names = {"zero": _("∂f/∂{x} = 0 and ∂f/∂{y} = 0", x=x, y=y), "axes": _("eigenvectors")}
    return state.choices(_("Layers"), names, "layers", [])


def layers(it: Typed, chosen: Sequence[str], land: Grid, point: Tensor, model: LocalModel) -> list[Drawing]:
    """What to draw for them."""
    drawn: list[Drawing] = []
    if "zero" in chosen:
        up, across = torch.meshgrid(land.y, land.x, indexing="ij")
        points = torch.stack([across.flatten(), up.flatten()], 1)
        gradient = local_model(it.function, points, variables=it.variables, at=it.at).gradient
        names = [label_of(name) for name in it.variables]
        drawn += level_zero(land.x, land.y, gradient.reshape(*up.shape, 2), names)
    if "axes" in chosen:
        drawn += axes_cross(point, model.eigenvectors[0], float(land.x[-1] - land.x[0]))
    return drawn
