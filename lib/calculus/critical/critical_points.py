"""Critical points of f in a box: the search, and what can be said of what it leaves undecided."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import torch

from lib.calculus.critical.krawczyk import Box, Enclosure, balls, middle, within
from lib.calculus.critical.point import Certificate, CriticalPoint, CriticalPoints
from lib.calculus.critical.search import Search
from lib.calculus.definiteness import CONCLUSIONS, SecondDerivativeTest
from lib.calculus.derivatives import NOTHING
from lib.calculus.local_model import local_model
from lib.expression import Expression
from lib.message import Message
from lib.readings import arguments
from lib.readings.ball import provable
from lib.readings.ball.hessian import HessianEnclosure

T = TypeVar("T")

BUDGET = 20_000  # boxes: some 4 s
NEWTON = 40  # steps for what is likely
RESIDUAL = 1e-8  # of the Hessian's size: a smaller gradient makes a point likely
STARTS = 9  # a side
SHOWN = 50  # what isn't proved
LOOKED_AT = 400  # undecided boxes, for bounds of derivatives
SINGULAR = 1e-5  # of the largest entry of Hessians in the window: a smaller eigenvalue may be a 0 with rounding errors
NEAR = 1e-6  # of the window: closer points are one
AROUND = 1e-3  # of the window: where a gradient of 0 is looked at again
DECIMALS = 6  # of the number that a likely point may stand for


def critical_points(
    expression: Expression,
    box: Sequence[tuple[float, float]],
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
) -> list[CriticalPoint]:
    """All critical points of f in the box, ascending, each (point, kind, certificate). See `search`."""
    return list(search(expression, box, variables=variables, at=at).points)


def search(
    expression: Expression,
    box: Sequence[tuple[float, float]],
    *,
    variables: Sequence[str] = ("x", "y"),
    at: Mapping[str, float] = NOTHING,
    budget: int = BUDGET,
) -> CriticalPoints:
    """The critical points in the box, and whether these are proved to be all; 1 to 3 variables.

    Interval bisection with Krawczyk's test. What it leaves is likely where Newton's method ends within it, else
    undecided. Stops after `budget` boxes.
    """
    expression, at = arguments.formula(expression), arguments.letters(at)
    window = checked(box, variables)
    state = Search.of(window)
    if unprovable(expression) is None:
        state.advance(HessianEnclosure(expression, variables=variables, at=at), budget)
    return conclude(expression, state, variables=variables, at=at)


def checked(box: Sequence[tuple[float, float]], variables: Sequence[str]) -> Box:
    """The box, one window a variable."""
    windows, count = arguments.numbers(box), len(arguments.names(variables))
    if windows.shape != (count, 2) or count > 3:
        raise ValueError(Message("Give each of 1 to 3 variables a window."))
    if not (windows[:, 0] < windows[:, 1]).all():
        raise ValueError(Message("The window's left end isn't below its right end."))
    return tuple((low, high) for low, high in windows.tolist())


def unprovable(expression: Expression) -> Message | None:
    """Why nothing can be proved of f; None if it can."""
    if expression.random:
        return Message("Nothing can be proved of noise.")
    return provable(expression)


def conclude(
    expression: Expression,
    state: Search,
    *,
    variables: Sequence[str],
    at: Mapping[str, float] = NOTHING,
    guess: bool = True,
) -> CriticalPoints:
    """What a search has found, whether or not it came to its end; without guess only what is proved."""
    complete = state.done and not state.undecided
    state.give_up()
    tight = [middle(box) for box, _ in state.proved]
    found = [CriticalPoint(point, kind, Certificate.PROVED) for point, kind in _kinds(expression, tight, variables, at)]
    rough = False
    if guess and not complete and not state.flat:
        found += _likely(expression, state, tight, variables, at)
        rough = bool(state.boxes) and unbounded(HessianEnclosure(expression, variables=variables, at=at), state)
    return CriticalPoints(tuple(sorted(found, key=lambda p: p.point)), complete, state.boxes, rough)


def _kinds(
    expression: Expression, points: list[tuple[float, ...]], variables: Sequence[str], at: Mapping[str, float]
) -> list[tuple[tuple[float, ...], SecondDerivativeTest]]:
    """The points with what the Hessian's signs say.

    For what Krawczyk's test proved this is a proof: every matrix in the enclosure of the Hessian is regular, so all of
    them have the signs of the one at the point.
    """
    if not points:
        return []
    model = local_model(expression, torch.tensor(points, dtype=torch.float64), variables=variables, at=at)
    return [
        (point, CONCLUSIONS.get(verdict, SecondDerivativeTest.UNDECIDED))
        for point, verdict in zip(points, model.verdict, strict=True)
    ]


def _some(every: Sequence[T], most: int = 2 * SHOWN) -> Sequence[T]:
    """At most so many of a sequence, from all over it."""
    return every[:: 1 + (len(every) - 1) // most] if every else every


def unbounded(f: Enclosure, state: Search) -> bool:
    """Whether on one of the undecided boxes what is to vanish or its derivatives have no bound."""
    count = range(len(state.window))
    for box in _some(state.undecided, LOOKED_AT):
        here = f(balls(box))
        entries = [*here.slopes, *(here.second(i, j) for i in count for j in count)] if here.slopes else []
        if not all(entry.is_finite() for entry in entries):
            return True
    return False


def _on_plateau(
    expression: Expression, points: torch.Tensor, window: Box, variables: Sequence[str], at: Mapping[str, float]
) -> torch.Tensor:
    """Whether the gradient is exactly 0 all around a point, (m,): it is too small for a double there."""
    room = [torch.tensor([-1.0, 1.0], dtype=torch.float64) * AROUND * (high - low) for low, high in window]
    corners = torch.cartesian_prod(*room).reshape(-1, len(window))
    around = (points[:, None] + corners).reshape(-1, len(window))
    level = (local_model(expression, around, variables=variables, at=at).gradient == 0).all(1)
    return level.reshape(len(points), len(corners)).all(1)


def _likely(
    expression: Expression,
    state: Search,
    known: list[tuple[float, ...]],
    variables: Sequence[str],
    at: Mapping[str, float],
) -> list[CriticalPoint]:
    """Where Newton's method ends from the middles of the undecided boxes, and from all over the window if nothing
    was looked at; and the undecided boxes where it ends nowhere near."""
    starts = starts_of(state)
    ends, settled = _newton(expression, starts, variables, at)
    settled &= ~_on_plateau(expression, ends, state.window, variables, at)
    found = list(known)

    def vanishes(points: torch.Tensor) -> torch.Tensor:
        return (local_model(expression, points, variables=variables, at=at).gradient == 0).all(1)

    for end in rounded(ends[settled], state.window, vanishes).tolist():
        if within(end, state.window) and not any(same(end, other, state.window) for other in found):
            found.append(tuple(end))
    likely = found[len(known) :]
    likely = list(_some(likely, SHOWN))
    if not state.boxes:
        return [CriticalPoint(p, k, Certificate.LIKELY) for p, k in _kinds(expression, likely, variables, at)]
    labelled = [
        CriticalPoint(
            p,
            k if regular or k is SecondDerivativeTest.FLAT else SecondDerivativeTest.UNDECIDED,
            Certificate.LIKELY,
        )
        for (p, k), regular in zip(
            _kinds(expression, likely, variables, at),
            _regular(expression, likely, state.window, variables, at),
            strict=True,
        )
    ]
    left: list[tuple[float, ...]] = []
    for start in starts.tolist():
        if not any(same(start, other, state.window) for other in [*found, *left]):
            left.append(tuple(start))
    room = SHOWN - len(likely)
    undecided = [
        CriticalPoint(p, SecondDerivativeTest.UNKNOWN, Certificate.UNDECIDED)
        for p in (_some(left, room) if room > 0 else ())
    ]
    return labelled + undecided


def rounded(points: torch.Tensor, window: Box, vanishes: Callable[[torch.Tensor], torch.Tensor]) -> torch.Tensor:
    """The points (m, d), each at the number of few decimals beside it where what is to vanish is exactly 0 (m,) there:
    at a zero of high order Newton's method comes to rest before it."""
    if not len(points):
        return points
    short = points.round(decimals=DECIMALS) + 0.0  # no −0
    width = torch.tensor([high - low for low, high in window], dtype=torch.float64)
    close = ((short - points).abs() <= NEAR * width).all(1)
    return torch.where((vanishes(short) & close)[:, None], short, points)


def starts_of(state: Search) -> torch.Tensor:
    """The middles (m, d) of at most 2 · SHOWN undecided boxes, from all over; points all over the window if nothing was
    looked at."""
    if not state.boxes:
        axes = [torch.linspace(*ends, STARTS, dtype=torch.float64) for ends in state.window]
        return torch.cartesian_prod(*axes).reshape(-1, len(axes))
    boxes = _some(sorted(state.undecided))
    return torch.tensor([middle(box) for box in boxes], dtype=torch.float64)


def _regular(
    expression: Expression,
    points: list[tuple[float, ...]],
    window: Box,
    variables: Sequence[str],
    at: Mapping[str, float],
) -> list[bool]:
    """Whether the Hessian's eigenvalues are well away from 0, by the size that Hessians have in the window."""
    if not points:
        return []
    corners = torch.cartesian_prod(*(torch.linspace(*ends, 4, dtype=torch.float64) for ends in window))
    corners = corners.reshape(-1, len(window))
    size = local_model(expression, corners, variables=variables, at=at).hessian.nan_to_num(0.0, 0.0, 0.0).abs().max()
    found = local_model(expression, torch.tensor(points, dtype=torch.float64), variables=variables, at=at).eigenvalues
    well: list[bool] = (found.abs().amin(1) > SINGULAR * size).tolist()
    return well


def same(a: Sequence[float], b: Sequence[float], window: Box) -> bool:
    """Whether two points are too near each other to be told apart."""
    return all(abs(p - q) <= NEAR * (high - low) for p, q, (low, high) in zip(a, b, window, strict=True))


def _newton(
    expression: Expression, points: torch.Tensor, variables: Sequence[str], at: Mapping[str, float]
) -> tuple[torch.Tensor, torch.Tensor]:
    """Where Newton's method for gradient 0 leads, (m, d), and whether it has come to rest there (m,)."""
    for _ in range(NEWTON):
        model = local_model(expression, points, variables=variables, at=at)
        known = model.gradient.isfinite().all(1) & model.hessian.isfinite().all(-1).all(-1)
        hessian = torch.where(known[:, None, None], model.hessian, 0.0)
        step = (torch.linalg.pinv(hessian) @ model.gradient.nan_to_num()[:, :, None])[:, :, 0]
        points = points - step
    model = local_model(expression, points, variables=variables, at=at)
    size = model.hessian.abs().amax((-1, -2)).clamp(min=1e-8)
    return points, (model.gradient.abs().amax(1) <= RESIDUAL * size) & (step.abs().amax(1) <= NEAR)
