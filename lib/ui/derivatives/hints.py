"""What to know of a plotted curve."""

from lib.calculus import Curve
from lib.locale import _
from lib.ui.notice import hint


def curve_hints(curve: Curve) -> None:
    """Sentences on samples that are few or too coarse. What noise means stands below the echo."""
    if curve.thinned:
        hint(_("The formula is long, so that only {n} points of the curve were computed.", n=len(curve.x)))
    elif not curve.resolved:
        hint(_("The curve has finer detail than its samples: zoom in to see it."))
