"""What a network that learnt x from y says for typed targets, beside Newton's method and bisection."""

from collections.abc import Sequence

import streamlit as st
import torch

from lib.figures.network import residuals_figure
from lib.learning.comparison import answers_for, compare, newton_step, residual
from lib.learning.learner import Learner
from lib.learning.sharing import branches_of
from lib.locale import _, translate
from lib.readings.numbers import read_points
from lib.ui import state
from lib.ui.learn.outcome import short
from lib.ui.letters import label_of
from lib.ui.results import plot, table
from lib.ui.typed import Typed

TARGETS = "1, 5, 10"
MOST = 8  # targets: each is solved by two methods at once
POINTS = 401


def show_targets(it: Typed, learner: Learner) -> None:
    """The table of answers, the comparison, and the residuals over all y."""
    name = label_of(it.variable)
    left, right = st.columns(2, gap="medium")
    with left:
        text = state.text(_("Targets y"), "targets", TARGETS)
        targets = state.read(text, read_points, TARGETS, "targets")[:MOST]
        found = answers_for(learner, targets)
        rows: list[Sequence[float | str]] = [
            [a.y, a.x, short(a.residual), a.stepped, short(a.stepped_residual)] for a in found
        ]
        missed = f"f({name}) − y"
        after = _("after Newton")
        table(["y", name, missed, f"{name},\n{after}", f"{missed},\n{after}"], rows, _("Answers of the network"))
        known = branches_of(it.function, learner.experiment.sampling.ranges[0], it.variable, learner.experiment.at)
        ways: list[Sequence[float | str]] = [
            [translate(way.title), short(way.worst), short(1e3 * way.seconds / len(targets))]
            for way in compare(learner, targets, known)
        ]
        head = ["", f"{_('worst')}\n|{missed}|", _("ms a target")]
        table(head, ways, _("The network beside methods that solve"), named_rows=True)
    with right:
        inputs = learner.task.inputs[:, 0]
        y = torch.linspace(float(inputs.min()), float(inputs.max()), POINTS, dtype=torch.float64)
        x = learner.answers(y[:, None])
        columns = [(residual(learner, c, y), residual(learner, newton_step(learner, c, y), y)) for c in x.unbind(1)]
        before, stepped = (torch.stack(part, 1).numpy() for part in zip(*columns, strict=True))
        figure = residuals_figure(y.numpy(), before, stepped, (float(y[0]), float(y[-1])))
        plot(figure, "residuals", _("By how much f misses y at the network's answers, before and after a Newton step."))
