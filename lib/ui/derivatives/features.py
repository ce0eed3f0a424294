"""The features of the curve as a table."""

from collections.abc import Sequence

import numpy as np

from lib.calculus.curve.feature import Feature, Features, Kind
from lib.figures.vector import component_name
from lib.locale import _, translate
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import number, table
from lib.ui.typed import Typed


def show_features(it: Typed, found: Sequence[Features]) -> None:
    """What was found in the window, of f or of each component, and how sure it is."""
    every = [(k, feature) for k, features in enumerate(found) for feature in features.found]
    if not every:
        hint(_("No features found in this window."))
    else:
        head, rows = [_("kind"), label_of(it.variable), "f", _("remark")], [_feature_row(f) for _k, f in every]
        if len(found) > 1:
            head = ["", *head]
            rows = [[component_name(k), *row] for (k, _f), row in zip(every, rows, strict=True)]
        table(head, rows, _("Features of the curve in the window"), named_rows=True)
    if any(features.more for features in found):
        hint(_("There are more than are listed: zoom in to see them."))
    if not all(features.resolved for features in found):
        hint(_("The curve has finer detail than its samples: some features may be missing."))
    hint(_("Found numerically, not proved."))


def _feature_row(f: Feature) -> list[float | str]:
    remark = ""
    if f.kind is Kind.OBLIQUE_ASYMPTOTE:
        remark = f"y = {number(f.slope)} x + {number(f.value)}"
    elif f.kind is Kind.HORIZONTAL_ASYMPTOTE:
        remark = f"y = {number(f.value)}"
    elif np.isfinite(f.before) or np.isfinite(f.after):
        remark = _("{before} on the left, {after} on the right", before=number(f.before), after=number(f.after))
    x: float | str = f.x if np.isfinite(f.x) else ("+∞" if f.x > 0 else "−∞")
    value: float | str = f.value if remark == "" or np.isfinite(f.x) else "—"
    return [translate(f.kind.value), x, value, remark]
