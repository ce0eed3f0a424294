"""What to know of a plotted curve."""

from lib.calculus import Curve
from lib.locale import _
from lib.ui.notice import hint
from lib.ui.typed import Typed


def curve_hints(it: Typed, curve: Curve) -> None:
    """Sentences on samples that are few or too coarse, and on noise."""
    if it.function.random:
        hint(_("Noise is drawn anew for another seed only; derivatives take it for a constant."))
    if curve.thinned:
        hint(_("The formula is long, so that only {n} points of the curve were computed.", n=len(curve.x)))
    elif not curve.resolved:
        hint(_("The curve has finer detail than its samples: zoom in to see it."))
