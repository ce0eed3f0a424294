"""Krawczyk's operator: does a box hold no zero, exactly one zero, or can't it tell?

Source: R. Krawczyk, Computing 4 (1969) 187, doi 10.1007/BF02234767; R. E. Moore, R. B. Kearfott, M. J. Cloud,
Introduction to Interval Analysis, SIAM 2009, section 8.2, doi 10.1137/1.9780898717716.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf, nextafter

import numpy as np
from flint import arb

from lib.readings.ball.hessian import Local
from lib.readings.ball.values import ball

Box = tuple[tuple[float, float], ...]
# Of a box, balls that hold what is to vanish (`slopes`) and its derivatives (`second`): f's gradient and Hessian.
Enclosure = Callable[[Sequence[arb]], Local]

ROUNDING = 1e-15
TIGHTENING = 8  # steps: convergence is quadratic


def balls(box: Box) -> list[arb]:
    return [ball(low, high) for low, high in box]


@dataclass(frozen=True)
class Step:
    """The box K that holds every zero of the gradient in the box, None where there is none; contracts: K's inside the
    box proves one zero."""

    image: Box | None
    contracts: bool


def krawczyk(f: Enclosure, box: Box, local: Local) -> Step | None:
    """The operator, from f's enclosures on the box; None where the Hessian is unknown or its middle singular.

    Before it, the mean value form of each f_i: where one excludes 0 there is no zero.
    """
    count = range(len(box))
    hessian = [[local.second(i, j) for j in count] for i in count]
    if not all(entry.is_finite() for row in hessian for entry in row):
        return None
    centre = [low + (high - low) / 2 for low, high in box]
    slopes = f([arb(c) for c in centre]).slopes
    if slopes is None or not all(slope.is_finite() for slope in slopes):
        return None
    steps = [ball(*box[k]) - arb(centre[k]) for k in count]
    for i in count:
        if not sum((hessian[i][k] * steps[k] for k in count), slopes[i]).contains(0):
            return Step(None, contracts=False)
    try:
        inverse = np.linalg.inv(np.array([[float(entry.mid()) for entry in row] for row in hessian])).tolist()
    except np.linalg.LinAlgError:
        return None
    image, norm = [], 0.0
    for i in count:
        moved = arb(centre[i])
        row = 0.0
        for j in count:
            moved -= arb(inverse[i][j]) * slopes[j]
        for k in count:
            left = arb(int(i == k))
            for j in count:
                left -= arb(inverse[i][j]) * hessian[j][k]
            row += float(left.abs_upper())
            moved += left * steps[k]
        norm = max(norm, row)
        image.append(outwards(moved))
    return Step(tuple(image), norm < 0.999)


def outwards(x: arb) -> tuple[float, float]:
    """The ends of the ball, as doubles."""
    if not x.is_finite():
        return -inf, inf
    return nextafter(float(x.lower()), -inf), nextafter(float(x.upper()), inf)


def meet(a: Box, b: Box) -> Box | None:
    """What both hold; None: nothing."""
    common = tuple((max(p[0], q[0]), min(p[1], q[1])) for p, q in zip(a, b, strict=True))
    return common if all(low <= high for low, high in common) else None


def inside(a: Box, b: Box) -> bool:
    """Whether a lies in b's interior."""
    return all(q[0] < p[0] and p[1] < q[1] for p, q in zip(a, b, strict=True))


def within(point: Sequence[float], box: Box) -> bool:
    return all(low <= x <= high for x, (low, high) in zip(point, box, strict=True))


def middle(box: Box) -> tuple[float, ...]:
    """The point in the middle; 0 where a side as narrow as rounding errors holds it."""
    return tuple(0.0 if -ROUNDING < low <= 0 <= high < ROUNDING else low + (high - low) / 2 for low, high in box)


def widened(box: Box, share: float) -> Box:
    """The box with a share of its width added on each side."""
    return tuple((low - share * (high - low), high + share * (high - low)) for low, high in box)


def tightened(f: Enclosure, box: Box) -> Box:
    """The smallest box around the one zero in the box."""
    for _ in range(TIGHTENING):
        step = krawczyk(f, box, f(balls(box)))
        smaller = meet(step.image, box) if step and step.image else None
        if smaller is None or smaller == box:
            break
        box = smaller
    return box
