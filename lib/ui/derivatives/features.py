"""The features of the curve as a table."""

import numpy as np

from lib.calculus.feature import Feature, Features, Kind
from lib.locale import _, translate
from lib.ui.letters import label_of
from lib.ui.notice import hint
from lib.ui.results import number, table
from lib.ui.typed import Typed


def show_features(it: Typed, found: Features) -> None:
    """What was found in the window, and how sure it is."""
    if not found.found:
        hint(_("No features found in this window."))
    else:
        name = label_of(it.variable)
        rows = [_feature_row(f) for f in found.found]
        table([_("kind"), name, "f", _("remark")], rows, _("Features of the curve in the window"), named_rows=True)
    if found.more:
        hint(_("There are more than are listed: zoom in to see them."))
    if not found.resolved:
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
