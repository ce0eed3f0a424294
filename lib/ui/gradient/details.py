"""Which detail is open below the plots, what it adds to the map, and its words and numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
import torch

from lib.calculus import CriticalPoints, LocalModel
from lib.calculus.descent import Path
from lib.export.gradient_script import gradient_script
from lib.figures.figure import Drawing
from lib.figures.landmarks import critical_traces, path_traces
from lib.locale import _
from lib.ui import state
from lib.ui.gradient.critical import find_critical, show_critical
from lib.ui.gradient.descent import DescentInput, find_paths, input_descent, show_paths
from lib.ui.gradient.model import show_model
from lib.ui.inputs import GradientInput
from lib.ui.typed import Typed


@dataclass(frozen=True)
class Detail:
    """What is open, and its inputs."""

    name: str
    descent: DescentInput | None = None


@dataclass(frozen=True)
class Found:
    """What the open detail found before the map is drawn."""

    critical: CriticalPoints | None = None
    paths: tuple[Path, ...] = ()

    def traces(self) -> Sequence[Drawing]:
        """What to mark on the map."""
        return critical_traces(self.critical.points) if self.critical else path_traces(self.paths)


def input_detail(chosen: GradientInput) -> Detail:
    """Which detail is open."""
    names = {"model": _("Local model")}
    if chosen.windows:
        names["critical"] = _("Critical points")
    names |= {"descent": _("Descent"), "code": _("PyTorch code")}
    opened = state.choice(_("Details"), names, "about", "model", label_visibility="collapsed")
    return Detail(opened, input_descent() if opened == "descent" else None)


def find(it: Typed, chosen: GradientInput, detail: Detail) -> Found:
    """What the open detail needs before the map is drawn."""
    if detail.name == "critical" and chosen.windows:
        return Found(critical=find_critical(it, chosen.windows))
    if detail.descent:
        return Found(paths=tuple(find_paths(it, chosen.point, detail.descent)))
    return Found()


def show(it: Typed, chosen: GradientInput, detail: Detail, found: Found, model: LocalModel) -> None:
    """The open detail."""
    if found.critical is not None and chosen.windows:
        show_critical(it, chosen.windows, found.critical)
    elif detail.name == "descent":
        show_paths(it, found.paths)
    elif detail.name == "code":
        st.code(gradient_script(it.function, chosen.point, variables=it.variables, at=it.at), language="python")
    else:
        show_model(it, torch.tensor(chosen.point, dtype=torch.float64), model)
