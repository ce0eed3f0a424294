"""Critical points of f on a curve g(x, y) = 0, by Lagrange multipliers: the search, and what it leaves undecided."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isnan, nan

import torch
from torch import Tensor

from lib.calculus.critical.critical_points import (
    BUDGET,
    NEAR,
    NEWTON,
    RESIDUAL,
    SHOWN,
    checked,
    rounded,
    same,
    starts_of,
    unbounded,
    unprovable,
)
from lib.calculus.critical.krawczyk import Box, middle, within
from lib.calculus.critical.lagrange import LagrangeEnclosure, Multipliers
from lib.calculus.critical.point import Certificate
from lib.calculus.critical.search import Search
from lib.calculus.definiteness import SecondDerivativeTest
from lib.calculus.derivatives import NOTHING
from lib.expression import Expression
from lib.message import Message

ZERO = 1e-6  # of the sizes in the window: a smaller ∇g or bordered determinant may be a 0 with rounding errors


@dataclass(frozen=True)
class ConstrainedPoint:
    """A point of the curve, what f has there along the curve, and how sure it is; ∇f = multiplier · ∇g, and the
    determinant of the bordered Hessian. NaN where ∇g is 0: there the rule says nothing."""

    point: tuple[float, ...]
    kind: SecondDerivativeTest
    certificate: Certificate
    value: float
    multiplier: float
    determinant: float


@dataclass(frozen=True)
class Constrained:
    """The critical points on the curve in a box. complete: proved that there are no others; flat: f is constant along
    pieces of the curve, or nothing tells that it isn't; rough: something undecided lies where derivatives of f or g
    have no bound."""

    points: tuple[ConstrainedPoint, ...]
    complete: bool
    flat: bool
    boxes: int
    rough: bool = False


def constrained_points(
    f: Expression,
    g: Expression,
    box: Sequence[tuple[float, float]],
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    budget: int = BUDGET,
) -> Constrained:
    """The points of g = 0 in the box where f is critical along the curve, and the curve's singular points.

    As in `search`, by interval bisection with Krawczyk's test, of at most `budget` boxes.
    """
    state = Search.of(checked_pair(box, variables))
    if not (unprovable(f) or unprovable(g)):
        state.advance(LagrangeEnclosure(f, g, variables=variables, at=at), budget)
    return conclude_on_curve(f, g, state, variables=variables, at=at)


def checked_pair(box: Sequence[tuple[float, float]], variables: Sequence[str]) -> Box:
    """The box, for two variables."""
    if len(variables) != 2:
        raise ValueError(Message("A curve g = 0 takes two variables."))
    return checked(box, variables)


def conclude_on_curve(
    f: Expression,
    g: Expression,
    state: Search,
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    guess: bool = True,
) -> Constrained:
    """What a search has found, whether or not it came to its end; without guess only what is proved.

    The kind of what is proved is proved: the Jacobian of (g, h) is regular on the whole box, so the bordered
    determinant has the sign that it has at the point.
    """
    complete = state.done and not state.undecided
    state.give_up()
    tight = [middle(box) for box, _ in state.proved]
    points = [(point, Certificate.PROVED) for point in tight]
    rough = False
    if guess and not complete and not state.flat:
        points += _likely(f, g, state, tight, variables, at)
        rough = bool(state.boxes) and unbounded(LagrangeEnclosure(f, g, variables=variables, at=at), state)
    found = _described(f, g, points, state.window, variables, at)
    return Constrained(tuple(sorted(found, key=lambda p: p.point)), complete, state.flat, state.boxes, rough)


def _described(
    f: Expression,
    g: Expression,
    points: Sequence[tuple[tuple[float, ...], Certificate]],
    window: Box,
    variables: Sequence[str],
    at: Mapping[str, float],
) -> list[ConstrainedPoint]:
    if not points:
        return []
    here = Multipliers.at(f, g, torch.tensor([p for p, _ in points], dtype=torch.float64), variables, at)
    corners = torch.cartesian_prod(*(torch.linspace(*ends, 4, dtype=torch.float64) for ends in window))
    usual = Multipliers.at(f, g, corners, variables, at)
    slope, bend = (float(part.nan_to_num(0.0, 0.0, 0.0).max()) for part in (usual.g.norm, _bend(usual)))
    numbers = [here.f.value, here.multiplier, here.determinant, here.g.norm, _bend(here)]
    found = []
    for (point, certificate), row in zip(points, torch.stack(numbers, 1).tolist(), strict=True):
        value, multiplier, determinant, norm, own = row
        kind = SecondDerivativeTest.MAXIMUM if determinant > 0 else SecondDerivativeTest.MINIMUM
        if certificate is not Certificate.PROVED:
            if norm <= ZERO * slope:
                multiplier = determinant = nan
            if certificate is Certificate.UNDECIDED or isnan(determinant):
                kind = SecondDerivativeTest.UNKNOWN
            elif abs(determinant) <= ZERO * max(own, bend) * norm**2:
                kind = SecondDerivativeTest.UNDECIDED
        found.append(ConstrainedPoint(point, kind, certificate, value, multiplier, determinant))
    return found


def _bend(here: Multipliers) -> Tensor:
    """The largest entry of the Hessian of f − λg, if the terms don't cancel (m,)."""
    bend = here.f.hessian.abs() + here.multiplier.abs()[:, None, None] * here.g.hessian.abs()
    return bend.amax((1, 2))


def _likely(
    f: Expression,
    g: Expression,
    state: Search,
    known: Sequence[tuple[float, ...]],
    variables: Sequence[str],
    at: Mapping[str, float],
) -> list[tuple[tuple[float, ...], Certificate]]:
    """Where Newton's method for (g, h) = 0 ends from the middles of the undecided boxes, or from all over the window if
    none was looked at; and the undecided boxes near which it ends nowhere."""
    starts = starts_of(state)
    ends, settled = _newton(f, g, starts, variables, at)
    found: list[tuple[float, ...]] = [*known]

    def vanishes(points: Tensor) -> Tensor:
        return (Multipliers.at(f, g, points, variables, at).residual == 0).all(1)

    for end in rounded(ends[settled], state.window, vanishes).tolist():
        if within(end, state.window) and not any(same(end, other, state.window) for other in found):
            found.append(tuple(end))
    likely = [(point, Certificate.LIKELY) for point in found[len(known) :][:SHOWN]]
    left: list[tuple[float, ...]] = []
    for start in starts.tolist() if state.boxes else []:
        if len(likely) + len(left) < SHOWN and not any(same(start, o, state.window) for o in [*found, *left]):
            left.append(tuple(start))
    return [*likely, *((point, Certificate.UNDECIDED) for point in left)]


def _newton(
    f: Expression, g: Expression, points: Tensor, variables: Sequence[str], at: Mapping[str, float]
) -> tuple[Tensor, Tensor]:
    """Where Newton's method leads (m, 2), and whether it has come to rest there (m,)."""
    step = torch.zeros_like(points)
    for _ in range(NEWTON):
        here = Multipliers.at(f, g, points, variables, at)
        matrix, residual = here.jacobian, here.residual
        known = matrix.isfinite().all(-1).all(-1) & residual.isfinite().all(1)
        inverse = torch.linalg.pinv(torch.where(known[:, None, None], matrix, 0.0))
        step = (inverse @ residual.nan_to_num()[:, :, None])[:, :, 0]
        points = points - step
    here = Multipliers.at(f, g, points, variables, at)
    size = here.jacobian.abs().amax((1, 2)).clamp(min=RESIDUAL)
    return points, (here.residual.abs().amax(1) <= RESIDUAL * size) & (step.abs().amax(1) <= NEAR)
