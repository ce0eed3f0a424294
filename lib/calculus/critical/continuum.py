"""Whether zeros that a search can't tell apart are isolated, or fill a curve or a surface: from each of some boxes
Newton's method goes to a zero, takes a step along each direction in which the Jacobian is singular there, and goes to a
zero again. An isolated zero takes it back; of a curve or a surface it finds another one beside the first."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from flint import arb
from numpy.typing import NDArray

from lib.calculus.critical.krawczyk import Box, Enclosure

Array = NDArray[np.float64]

SAMPLES = 12  # boxes
MOST = 0.6  # of them that must agree
STEPS = 30  # of Newton's method, which is slow at zeros of high order
SETTLED = 1e-7  # of the window: a shorter step is the last
# Of the steepest direction not yet at rest: Newton's method goes down such ones first, since all at once would lead it
# along a curve of zeros to where another crosses.
STEEP = 0.5
SINGULAR = 1e-6  # of the largest singular value
TINY = 1e-150  # the largest is that small where derivatives underflow, which says nothing of zeros
FINEST = 2.0**-10  # of the window: in narrower boxes Newton's own errors at zeros of high order look like neighbours
NEAR = 2.0  # widths of a box from its middle: a zero beyond isn't its own


def dimension(f: Enclosure, boxes: Sequence[Box], window: Box) -> int:
    """1: what the boxes hold looks like a curve of zeros, 2: like a surface; 0: nothing tells that zeros aren't
    isolated."""
    some = sorted(boxes)[:: 1 + (len(boxes) - 1) // SAMPLES]
    (found, count), *_ = Counter(spread_beside(f, box, window) for box in some).most_common(1)
    return found if count >= MOST * len(some) else 0


def spread_beside(f: Enclosure, box: Box, window: Box) -> int:
    """The dimension of the zeros beside the box, 0 if there is none or it is isolated."""
    low, size = np.array(window).T[0], np.ptp(np.array(window), axis=1)
    middle, width = (np.mean(box, axis=1) - low) / size, float((np.ptp(np.array(box), axis=1) / size).max())
    if width < FINEST:
        return 0

    def at(place: Array) -> tuple[Array, Array] | None:
        """The values that are to vanish and their Jacobian, in units of the window."""
        local = f([arb(float(x)) for x in low + size * place])
        if local.slopes is None:
            return None
        count = range(len(size))
        jacobian = np.array([[float(local.second(i, j)) for j in count] for i in count]) * size
        values = np.array([float(slope) for slope in local.slopes])
        return (values, jacobian) if np.isfinite(jacobian).all() and np.isfinite(values).all() else None

    def settled(place: Array) -> tuple[Array, Array] | None:
        """Where Newton's method ends, and the singular directions there as rows."""
        for _ in range(STEPS):
            here = at(place)
            if here is None:
                return None
            values, jacobian = here
            columns, sizes, rows = np.linalg.svd(jacobian)
            if sizes[0] < TINY:
                return None
            regular = sizes > SINGULAR * sizes[0]
            along = (columns.T @ values)[regular] / sizes[regular]
            moving = np.abs(along) > SETTLED
            if not moving.any():
                return place, rows[~regular]
            steep = sizes[regular] >= STEEP * sizes[regular][moving][0]
            place = place - along[steep] @ rows[regular][steep]
        return None

    first = settled(middle)
    if first is None or not len(first[1]) or np.abs(first[0] - middle).max() > NEAR * width:
        return 0
    zero, singular = first
    for direction in singular:
        other = settled(zero + width / 2 * direction)
        if other is None or len(other[1]) < len(singular):
            return 0
        if not width / 4 <= np.linalg.norm(other[0] - zero) <= width:
            return 0
    return min(len(singular), 2)
